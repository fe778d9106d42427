"""Actors, utterances and stories as rows for other programs and for a terminal.

An utterance is `{"id", "actor", "said", "passages", "origins", "differences"}`, a story `{"id", "title", "reports"}`,
in this order, followed by what else is known. A passage is a span with the outlet and the published time of its report.
Later versions only add keys behind the last one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from onrecord.domain.utterances import Difference
from onrecord.ledger.linked import ActorRow, ShownRendering, ShownStory, ShownUtterance, StoryHead, UtteranceHead
from onrecord.ledger.shown import ReportHead
from onrecord.publishing.exports import plain_cells, span_row
from onrecord.publishing.weighed_exports import who
from onrecord.publishing.wording import counted, iso_time, printable, when

UTTERANCE_COLUMNS: Final = ("origins", "reports", "outlets", "first", "speaker", "words", "id")
ACTOR_COLUMNS: Final = ("actor", "kind", "statements", "reports", "outlets", "utterances", "first", "last", "id")
STORY_COLUMNS: Final = ("reports", "origins", "first", "last", "title", "id")


def utterance_row(shown: ShownUtterance) -> dict[str, object]:
    """One utterance as an object for JSON.

    `said` is the day by which it had been said: that of its first report with a date. `origins` counts independent
    origins, and `origin_groups` are the reports, by the names of their inputs, behind each.
    """
    head = shown.head
    names = {one.report.id: one.report.input for one in shown.renderings}
    words = {one.passage: one.span.text for one in shown.renderings}
    return {
        "id": head.id,
        "actor": None if head.actor is None else head.actor.id,
        "said": None if head.first is None else head.first.date().isoformat(),
        "passages": [_passage_row(one) for one in shown.renderings],
        "origins": head.origins,
        "differences": [
            difference_row(one.difference, words) for one in shown.renderings if one.difference is not None
        ],
        "actor_name": None if head.actor is None else head.actor.name,
        "speaker": head.speaker,
        "words": head.fullest.text,
        "reports": head.reports,
        "outlets": head.outlets,
        "origin_groups": [[names[one] for one in group] for group in shown.groups],
        "ties": [
            {
                "reports": [names[one.a], names[one.b]],
                "ties": [tie.value for tie in one.ties],
                "reasons": list(one.reasons),
            }
            for one in shown.ties
        ],
        "links": [
            {"passages": [one.a, one.b], "score": round(one.score, 4), "reasons": list(one.reasons)}
            for one in shown.links
        ],
    }


def difference_row(difference: Difference, words: dict[str, str]) -> dict[str, object]:
    """How a rendering differs from the fullest one; the changed words stand beside each change."""
    ours, full = words[difference.rendering], words[difference.fullest]
    return {
        "passage": difference.rendering,
        "fullest": difference.fullest,
        "material": [kind.value for kind in difference.material],
        "edits": [
            {
                "change": edit.change.value,
                "fullest": None if edit.fullest is None else edit.fullest.of(full),
                "rendering": None if edit.rendering is None else edit.rendering.of(ours),
                "material": [kind.value for kind in edit.material],
            }
            for edit in difference.edits
        ],
    }


def story_row(shown: ShownStory) -> dict[str, object]:
    """One story as an object for JSON."""
    head = shown.head
    names = {one.id: one.input for one in shown.reports}
    return {
        "id": head.id,
        "title": head.title,
        "reports": [report_row(one) for one in shown.reports],
        "origins": head.origins,
        "outlets": head.outlets,
        "origin_groups": [[names[one] for one in group] for group in shown.groups],
    }


def report_row(head: ReportHead) -> dict[str, object]:
    """A report in a list as an object for JSON, without its text."""
    return {
        "report": head.id,
        "input": head.input,
        "outlet": head.outlet,
        "published": iso_time(head.published, head.published_is_day),
        "title": head.title,
    }


def actor_row(row: ActorRow) -> dict[str, object]:
    """One actor as an object for JSON."""
    return {
        "id": row.actor.id,
        "name": row.actor.name,
        "kind": None if row.actor.kind is None else row.actor.kind.value,
        "local": row.actor.local,
        "statements": row.statements,
        "reports": row.reports,
        "outlets": row.outlets,
        "utterances": row.utterances,
        "first": iso_time(row.first),
        "last": iso_time(row.last),
    }


def utterance_cells(head: UtteranceHead, *, longest: int = 200) -> tuple[str, ...]:
    """The cells under `UTTERANCE_COLUMNS`, plain text."""
    return plain_cells(
        (
            str(head.origins),
            str(head.reports),
            str(head.outlets),
            when(head.first, True, unknown="").words,
            who(head),
            head.fullest.text,
            head.id[:12],
        ),
        longest,
    )


def actor_cells(row: ActorRow) -> tuple[str, ...]:
    """The cells under `ACTOR_COLUMNS`, plain text."""
    return plain_cells(
        (
            row.actor.name,
            "" if row.actor.kind is None else row.actor.kind.value,
            str(row.statements),
            str(row.reports),
            str(row.outlets),
            str(row.utterances),
            when(row.first, True, unknown="").words,
            when(row.last, True, unknown="").words,
            row.actor.id,
        )
    )


def story_cells(head: StoryHead) -> tuple[str, ...]:
    """The cells under `STORY_COLUMNS`, plain text."""
    return plain_cells(
        (
            str(head.reports),
            str(head.origins),
            when(head.first, True, unknown="").words,
            when(head.last, True, unknown="").words,
            head.title,
            head.id[:12],
        )
    )


def utterance_lines(shown: ShownUtterance) -> Iterator[str]:
    """An utterance for a terminal: a head, then each rendering with what differs from the fullest one."""
    head = shown.head
    yield printable(f"{who(head)}: {head.fullest.text}")
    yield ", ".join(
        (
            counted(head.origins, "independent origin", "independent origins"),
            counted(head.reports, "report", "reports"),
            counted(head.outlets, "outlet", "outlets"),
        )
    )
    words = {one.passage: one.span.text for one in shown.renderings}
    for one in shown.renderings:
        report = one.report
        yield ""
        where = report.outlet or report.input
        yield printable(f"{when(report.published, True, unknown='no date').words}  {where}  {one.passage[:12]}")
        yield printable(f"  {one.span.text}")
        if one.difference is None:
            yield "  (the fullest)"
            continue
        for kind in one.difference.material:
            yield f"  ! {kind.value} differs"
        for edit in one.difference.edits:
            full = "" if edit.fullest is None else edit.fullest.of(words[one.difference.fullest])
            ours = "" if edit.rendering is None else edit.rendering.of(one.span.text)
            yield printable(f"  {edit.change.value}: " + " → ".join(f"“{part}”" for part in (full, ours) if part))
    if shown.ties:
        names = {one.report.id: one.report.outlet or one.report.input for one in shown.renderings}
        yield ""
        yield "not shown independent:"
        for tie in shown.ties:
            yield printable(f"  {names[tie.a]} and {names[tie.b]}: {'; '.join(tie.reasons)}")
    if shown.links:
        yield ""
        yield "held to be one utterance because:"
        for link in shown.links:
            yield printable(f"  {link.a[:12]} and {link.b[:12]} ({link.score:.2f}): {'; '.join(link.reasons)}")


def _passage_row(one: ShownRendering) -> dict[str, object]:
    return {
        **span_row(one.span),
        "outlet": one.report.outlet,
        "published": iso_time(one.report.published, one.report.published_is_day),
        "id": one.passage,
        "statement": one.statement,
        "speaker": one.speaker,
        "act": one.act.value,
        "quoted": one.quoted,
    }
