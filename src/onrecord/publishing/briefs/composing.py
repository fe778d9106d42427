"""Composes a brief: which sentences, in which order. How each is worded is `domain.briefs.words` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from onrecord.domain.briefs import Brief, Citation, Form, Part, Section, Sentence, day_words, words
from onrecord.domain.figures import Standing
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed import DocketRow, ShownFigure, ShownLineage, ShownPassage, ShownRelation
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed_exports import due_words, status_of, who

MOST_LOOKED_AT: Final = 200
MOST_SAID: Final = 10
MOST_BY_ONE: Final = 3
MOST_RELATIONS: Final = 8
MOST_FIGURES: Final = 6
MOST_ENTRIES: Final = 10
MOST_MISSING: Final = 8

_STANDING: Final = {Standing.REVISION: "revision", Standing.DISPUTE: "dispute", Standing.LATER: "later"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a brief is about: a story, an actor, words, or all of them; `since` and `until` are days, both included."""

    story: str | None = None
    actor: str | None = None
    text: str | None = None
    since: date | None = None
    until: date | None = None

    def as_row(self) -> dict[str, str]:
        """What was asked for, as the brief keeps it."""
        return {one.name: str(getattr(self, one.name)) for one in fields(self) if getattr(self, one.name) is not None}


def composed(view: WeighedView, asked: Asked, *, by: str, made: datetime) -> Brief:
    """A brief of what is on the record of what was asked.

    Raises:
        NotOnRecord: when nothing on the record is about it.
    """
    return _Composer(view, asked).brief(by, made)


class _Composer:
    def __init__(self, view: WeighedView, asked: Asked) -> None:
        self._view = view
        self._asked = asked
        self._story = None if asked.story is None else view.story(asked.story, utterances=0)
        self._story_id = None if self._story is None else self._story.head.id
        self._actor = None if asked.actor is None else view.actor_id(asked.actor)
        self._now = view.today()
        self._sources: dict[str, tuple[str, str]] = {}

    def brief(self, by: str, made: datetime) -> Brief:
        told = self._told()
        if not told:
            raise NotOnRecord("nothing on the record is about this; name another story, other words or other days")
        reported = [one for one in told if one.reports > 1][:MOST_SAID] or told[:MOST_BY_ONE]
        said = self._by_speaker([one for one in told if one not in reported])
        relations = self._relations()
        sections = (
            Section(Part.HAPPENED, self._sentences(Sentence(Form.SAID, (self._cite(one),)) for one in reported)),
            Section(Part.SAID, self._sentences(Sentence(Form.SAID, (self._cite(one),)) for one in said)),
            Section(Part.DISPUTED, self._sentences(map(self._relation, relations))),
            Section(Part.FIGURES, self._sentences(self._figures())),
            Section(Part.DOCKET, self._sentences(map(self._entry, self._entries()))),
            Section(Part.MISSING, self._sentences(self._missing([*reported, *said], relations))),
        )
        return Brief(self._title(), self._asked.as_row(), sections, made, by, self._view.head())

    def _title(self) -> str:
        if self._story is not None:
            return self._story.head.title
        about = [self._asked.text, None if self._actor is None else self._view.actor_names([self._actor])[self._actor]]
        return ", ".join(one for one in about if one) or "All that is on the record"

    def _told(self) -> list[ShownPassage]:
        """The utterances asked for by their fullest passages, most independent origins first."""
        heads = self._view.utterances(actor=self._actor, text=self._asked.text, story=self._story_id)
        ids = [one.id for one in heads if self._in_days(one.first, one.last)][:MOST_LOOKED_AT]
        passages = self._view.fullest_of(ids)
        return [passages[one] for one in ids if one in passages]

    def _by_speaker(self, told: Sequence[ShownPassage]) -> list[ShownPassage]:
        """What named speakers say besides, no more than a few of each."""
        counts: dict[str, int] = {}
        chosen = []
        for one in told:
            if one.actor is None and one.speaker is None:
                continue
            counts[who(one)] = counts.get(who(one), 0) + 1
            if counts[who(one)] <= MOST_BY_ONE:
                chosen.append(one)
        return sorted(chosen[: 2 * MOST_SAID], key=lambda one: (who(one), one.report.published is None, one.span.start))

    def _relations(self) -> list[ShownRelation]:
        found = []
        for kind in ("contradicts", "denies"):
            for one in self._view.relations(kind=kind, actor=self._actor, story=self._story_id, text=self._asked.text):
                if self._in_days(one.a.report.published, one.b.report.published):
                    found.append(one)
        return sorted(found, key=lambda one: (-one.score, one.id))[:MOST_RELATIONS]

    def _relation(self, one: ShownRelation) -> Sentence:
        return Sentence(Form.AGAINST, (self._cite(one.a), self._cite(one.b)), {"kind": one.kind})

    def _figures(self) -> Iterator[Sentence]:
        heads = self._view.lineages(actor=self._actor, story=self._story_id, text=self._asked.text, figures=2)
        for shown in self._view.whole_lineages(heads[:MOST_FIGURES]):
            yield from self._figure(shown)

    def _figure(self, shown: ShownLineage) -> Iterator[Sentence]:
        by_id = {one.counted.id: one for one in shown.figures if self._in_days(one.passage.report.published, None)}
        ties = [one for one in shown.ties if one.standing in _STANDING and {one.a, one.b} <= by_id.keys()]
        ties.sort(key=lambda one: (one.standing is not Standing.DISPUTE, one.standing is Standing.LATER, one.a, one.b))
        for tie in ties[:2]:
            later, earlier = by_id[tie.a], by_id[tie.b]
            facts = {"number": later.span.text, "earlier": earlier.span.text, "kind": _STANDING[tie.standing]}
            yield Sentence(Form.REVISED, (self._cite(later.passage), self._cite(earlier.passage)), facts)
        if not ties and by_id:
            yield self._value(list(by_id.values())[-1])

    def _value(self, one: ShownFigure) -> Sentence:
        start = one.counted.start
        day = "a day that is not stated" if start is None else day_words(start)
        return Sentence(Form.FIGURE, (self._cite(one.passage),), {"number": one.span.text, "day": day})

    def _entries(self) -> list[DocketRow]:
        rows = self._view.docket(actor=self._actor, story=self._story_id, text=self._asked.text)
        rows = [row for row in rows if self._in_days(row.passage.report.published, None)]
        return [*(row for row in rows if row.entry.end), *(row for row in rows if not row.entry.end)][:MOST_ENTRIES]

    def _entry(self, row: DocketRow) -> Sentence:
        facts = {
            "act": row.entry.act.value,
            "due": due_words(row.entry),
            "status": status_of(row, self._now).value,
        }
        if row.status is not None:
            history = self._view.docket_entry(row.entry.utterance).history
            facts["by"] = history[-1].by if history else ""
        return Sentence(Form.DUE, (self._cite(row.passage),), facts)

    def _missing(self, told: Sequence[ShownPassage], relations: Sequence[ShownRelation]) -> Iterator[Sentence]:
        disputed = [side for one in relations for side in (one.a, one.b)]
        alone = {one.utterance: one for one in (*disputed, *told) if one.origins < 2}
        for one in list(alone.values())[:MOST_MISSING]:
            form = Form.ALONE if one.actor is not None or one.speaker is not None else Form.UNNAMED
            yield Sentence(form, (self._cite(one),))

    def _sentences(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """Each sentence once; one that cannot be made of what it cites is not written."""
        made: dict[str, Sentence] = {}
        for one in sentences:
            try:
                made.setdefault(words(one), one)
            except ValueError:
                continue
        return tuple(made.values())

    def _in_days(self, first: datetime | None, last: datetime | None) -> bool:
        since, until = self._asked.since, self._asked.until
        last = last or first
        if since is not None and (last is None or last.date() < since):
            return False
        return until is None or (first is not None and first.date() <= until)

    def _cite(self, one: ShownPassage) -> Citation:
        if one.report.id not in self._sources:
            self._sources |= self._view.sources_of([one.report.id])
        capture, text = self._sources[one.report.id]
        report = one.report
        return Citation(
            report=report.id,
            input=report.input,
            capture=capture,
            text_sha256=text,
            start=one.span.start,
            end=one.span.end,
            text=one.span.text,
            speaker=who(one) if one.actor is not None or one.speaker is not None else "",
            named=one.speaker,
            passage=one.passage,
            statement=one.statement,
            utterance=one.utterance,
            origins=one.origins,
            outlet=report.outlet,
            title=report.title,
            url=report.url,
            published=report.published,
            published_is_day=report.published_is_day,
        )
