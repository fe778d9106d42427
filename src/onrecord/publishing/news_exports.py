"""What is new, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.news_view import News, NewsView
from onrecord.ledger.weighed import DocketRow, LineageHead, ShownPassage
from onrecord.publishing.linked_exports import utterance_row
from onrecord.publishing.versions.edits import EditEntry, EditList
from onrecord.publishing.weighed.folding import folded
from onrecord.publishing.weighed_exports import (
    docket_row,
    due_words,
    figure_row,
    judgement_row,
    relation_row,
    status_of,
    who,
)
from onrecord.publishing.wording import counted, printable, shortened


def news_row(view: NewsView, news: News, now: datetime, edits: EditList) -> dict[str, object]:
    """What is new as one object for JSON; each list with how many there are."""

    def listed(total: int, rows: Iterable[object]) -> dict[str, object]:
        return {"total": total, "items": list(rows)}

    lineages = view.whole_lineages(news.moved)
    return {
        "since": news.since.isoformat(),
        "reports": news.reports,
        "statements": news.statements,
        "contradictions": listed(news.all_contradictions, map(relation_row, news.contradictions)),
        "utterances": listed(news.all_carried, map(utterance_row, view.whole_utterances(news.carried))),
        "figures": listed(news.all_moved, (figure_row(one) for lineage in lineages for one in lineage.figures)),
        "falling_due": listed(
            news.all_falling_due, (docket_row(one, now) for one in view.whole_entries(news.falling_due))
        ),
        "entered": listed(news.all_entered, (docket_row(one, now) for one in view.whole_entries(news.entered))),
        "judgements": list(map(judgement_row, news.judgements)),
        "silent_edits": listed(edits.all_silent, map(_edit_row, edits.silent)),
        "edits_that_say_so": edits.said,
        "edits_taken_otherwise": edits.otherwise,
        "changed_pages": edits.pages,
        "changed_pages_looked_at": edits.looked_at,
    }


def news_lines(news: News, now: datetime, most: int, edits: EditList) -> Iterator[str]:
    """What is new for a terminal, at most so many lines of each sort, each with the id to ask further with."""
    statements, reports = (
        counted(news.statements, "statement", "statements"),
        counted(news.reports, "report", "reports"),
    )
    yield f"since {news.since:%Y-%m-%d %H:%M} UTC: {statements} in {reports}"
    against = list(folded(news.contradictions))[:most]
    pairs = (f"{_said(one.a)}, against {_said(one.b)}  {one.id[:12]}" for one in against)
    yield from _section("what stands against what", news.all_contradictions, pairs)
    yield from _section("said", news.all_carried, map(_carried, news.carried))
    yield from _section("figures that moved", news.all_moved, map(_moved, news.moved))
    yield from _section("falls due within a week", news.all_falling_due, (_due(one, now) for one in news.falling_due))
    yield from _section("new on the docket", news.all_entered, (_due(one, now) for one in news.entered))
    newest = f" on the newest {edits.looked_at} of {edits.pages:,} changed pages"
    part = newest if edits.looked_at < edits.pages else ""
    yield from _section(f"silent edits{part}", edits.all_silent, map(_edit, edits.silent))
    judged = (f"{one.by}: {one.subject.value} {one.verdict}, {one.why}  {one.id[:12]}" for one in news.judgements)
    yield from _section("judged by people", len(news.judgements), judged)


def _section(title: str, total: int, lines: Iterable[str]) -> Iterator[str]:
    if total:
        yield ""
        yield f"{title} ({total:,})"
        for line in lines:
            yield printable(f"  {line}")


def _edit(one: EditEntry) -> str:
    changed = f"“{one.was}” is now “{one.now}”"
    words = changed if one.was and one.now else f"“{one.was}” is gone" if one.was else f"“{one.now}” is new"
    return (
        f"{one.new.outlet or one.new.input}, {one.since.words}: {words} ({one.size})  {one.old[:12]} {one.new.id[:12]}"
    )


def _edit_row(one: EditEntry) -> dict[str, object]:
    return {
        "old": one.old,
        "new": one.new.id,
        "outlet": one.new.outlet,
        "title": one.new.title,
        "since": one.since.iso,
        "told": one.told,
        "changed": one.size,
        "was": one.was,
        "now": one.now,
    }


def _said(one: ShownPassage) -> str:
    return f"{who(one)}: “{shortened(one.span.text, 160)}”"


def _carried(one: UtteranceHead) -> str:
    origins = counted(one.origins, "independent origin", "independent origins")
    return f"{who(one)}: “{shortened(one.fullest.text, 160)}”, {origins}  {one.id[:12]}"


def _moved(one: LineageHead) -> str:
    place = f", {one.place}" if one.place else ""
    told = f"{counted(one.values, 'value', 'values')} by {counted(one.speakers, 'speaker', 'speakers')}"
    dispute = ", in dispute" if one.disputes else ""
    return f"{one.counted}{place}: {told}{dispute}  {one.id[:12]}"


def _due(row: DocketRow, now: datetime) -> str:
    entry = row.entry
    told = f"{_said(row.passage)}, {entry.act.value}, due {due_words(entry)}, {status_of(row, now).value}"
    return f"{told}  {entry.utterance[:12]}"
