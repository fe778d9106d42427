"""Composes a brief: which sentences, in which order. How each is worded is `domain.briefs.words` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Final

from onrecord.domain.briefs import Brief, Citation, Form, Part, Section, Sentence, words
from onrecord.errors import NotOnRecord
from onrecord.ledger.linked import UtteranceHead
from onrecord.ledger.weighed import DocketRow
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.briefs.citing import Citing, alike, tells
from onrecord.publishing.briefs.figures import figure_sentences
from onrecord.publishing.weighed_exports import due_words, status_of

MOST_LOOKED_AT: Final = 200
MOST_REPORTED: Final = 8
MOST_SAID: Final = 12
MOST_BY_ONE: Final = 2
MOST_RELATIONS: Final = 6
MOST_FIGURES: Final = 8
MOST_ENTRIES: Final = 8
LEAD: Final = 600
"""How far into a report, in characters, news tells what happened (the lead of the inverted pyramid)."""


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
        self._cite = Citing(view).cite

    def brief(self, by: str, made: datetime) -> Brief:
        heads = [one for one in self._heads() if self._in_days(one.first, one.last)][:MOST_LOOKED_AT]
        told = self._told(heads)
        if not told:
            raise NotOnRecord("nothing on the record is about this; name another story, other words or other days")
        reported = self._reported(told, [*told, *self._retold(heads)])
        disputed = [Sentence(Form.AGAINST, sides, {"kind": kind}) for kind, sides in self._disputes()]
        figures = list(self._figures())
        due = list(self._due())
        elsewhere = {one.utterance for sentence in (*disputed, *figures, *due) for one in sentence.citations}
        elsewhere |= {one.utterance for one in reported}
        said = self._by_speaker([one for one in told if one.utterance not in elsewhere])
        sections = (
            Section(Part.HAPPENED, _written(Sentence(Form.SAID, (one,)) for one in reported)),
            Section(Part.DISPUTED, _written(disputed)),
            Section(Part.FIGURES, _written(figures)),
            Section(Part.DOCKET, _written(due)),
            Section(Part.SAID, _written(Sentence(Form.SAID, (one,)) for one in said)),
            Section(Part.MISSING, _written(_missing(reported, disputed))),
        )
        return Brief(self._title(), self._asked.as_row(), sections, made, by, self._view.head())

    def _title(self) -> str:
        if self._story is not None:
            return self._story.head.title
        about = [
            None if self._asked.text is None else f"“{self._asked.text}” on the record",
            None if self._actor is None else self._view.actor_names([self._actor])[self._actor],
        ]
        return ", ".join(one for one in about if one) or "All that is on the record"

    def _heads(self) -> Iterator[UtteranceHead]:
        return self._view.utterances(actor=self._actor, text=self._asked.text, story=self._story_id)

    def _told(self, heads: Sequence[UtteranceHead]) -> list[Citation]:
        """Utterances by their fullest passages, in the same order."""
        passages = self._view.fullest_of([one.id for one in heads])
        return [self._cite(passages[one.id]) for one in heads if one.id in passages]

    def _retold(self, heads: Sequence[UtteranceHead]) -> list[Citation]:
        """How reports begin with what is told more fully elsewhere."""
        shown = self._view.whole_utterances([one for one in heads if one.reports > 1])
        wanted = {one.passage for whole in shown for one in whole.renderings if one.span.start < LEAD}
        passages = self._view.passages_named(wanted)
        return [self._cite(passages[one]) for one in sorted(passages)]

    def _reported(self, told: Sequence[Citation], leads: Sequence[Citation]) -> list[Citation]:
        """What happened, in the order of time: what each report tells first, then what most origins have."""
        inside = None if self._story is None else {one.id for one in self._story.reports}
        first: dict[str, Citation] = {}
        for one in leads:
            begins = one.start < LEAD and tells(one) and (inside is None or one.report in inside)
            if begins and (one.report not in first or one.start < first[one.report].start):
                first[one.report] = one
        carried = [one for one in told if one.origins > 1 and tells(one)]
        ranked = [*sorted(first.values(), key=lambda one: (-one.origins, one.start, one.passage)), *carried]
        chosen = _once(ranked or [one for one in told if tells(one)] or told)[:MOST_REPORTED]
        return sorted(chosen, key=_in_time)

    def _by_speaker(self, told: Sequence[Citation]) -> list[Citation]:
        """What named speakers say besides, no more than a few of each; who has most on the record comes first."""
        by_one: dict[str, list[Citation]] = {}
        for one in _unlike([one for one in told if one.speaker and tells(one)]):
            by_one.setdefault(one.speaker, []).append(one)
        ranked = sorted(by_one, key=lambda speaker: (-len(by_one[speaker]), speaker))
        chosen = [one for speaker in ranked for one in sorted(by_one[speaker][:MOST_BY_ONE], key=_in_time)]
        return chosen[:MOST_SAID]

    def _disputes(self) -> list[tuple[str, tuple[Citation, Citation]]]:
        """What stands against what, the surest first; of near-identical ones the surest, each utterance once."""
        found: list[tuple[tuple[object, ...], str, tuple[Citation, Citation]]] = []
        for kind in ("contradicts", "denies"):
            for one in self._view.relations(kind=kind, actor=self._actor, story=self._story_id, text=self._asked.text):
                if self._in_days(one.a.report.published, one.b.report.published):
                    sides = self._cite(one.a), self._cite(one.b)
                    cut = sum(not tells(side) for side in sides)
                    unknown = sum(not side.speaker and not side.described for side in sides)
                    found.append(((cut, unknown, -one.score, one.id), kind, sides))
        chosen: list[tuple[str, tuple[Citation, Citation]]] = []
        shown: list[Citation] = []
        pairs: set[frozenset[str]] = set()
        for _, kind, sides in sorted(found, key=lambda ranked: ranked[0]):
            pair = frozenset(one.speaker or one.described or one.utterance for one in sides)
            again = any(side.utterance == one.utterance or alike(side, one) for side in sides for one in shown)
            if not again and pair not in pairs and len(chosen) < MOST_RELATIONS:
                chosen.append((kind, sides))
                shown += sides
                pairs.add(pair)
        return chosen

    def _figures(self) -> Iterator[Sentence]:
        heads = self._view.lineages(actor=self._actor, story=self._story_id, text=self._asked.text, figures=2)
        made = 0
        for shown in self._view.whole_lineages(heads):
            if made >= MOST_FIGURES:
                return
            by_id = {one.counted.id: one for one in shown.figures if self._in_days(one.passage.report.published, None)}
            for sentence in figure_sentences(shown, by_id, self._cite):
                made += 1
                yield sentence

    def _due(self) -> Iterator[Sentence]:
        """What falls due next, then what fell due last, then what has no day."""
        rows = self._view.docket(actor=self._actor, story=self._story_id, text=self._asked.text)
        rows = [row for row in rows if self._in_days(row.passage.report.published, None)]
        coming = [row for row in rows if row.entry.end is not None and row.entry.end > self._now]
        passed = [row for row in reversed(rows) if row.entry.end is not None and row.entry.end <= self._now]
        shown: list[Citation] = []
        for row in [*coming, *passed, *(row for row in rows if row.entry.end is None)]:
            cited = self._cite(row.passage)
            if not tells(cited) or any(alike(cited, one) for one in shown) or len(shown) >= MOST_ENTRIES:
                continue
            shown.append(cited)
            yield self._entry(row, cited)

    def _entry(self, row: DocketRow, cited: Citation) -> Sentence:
        facts = {
            "act": row.entry.act.value,
            "due": due_words(row.entry) if row.entry.end else "",
            "status": status_of(row, self._now).value,
        }
        if row.status is not None:
            history = self._view.docket_entry(row.entry.utterance).history
            facts["by"] = history[-1].by if history else ""
        return Sentence(Form.DUE, (cited,), facts)

    def _in_days(self, first: datetime | None, last: datetime | None) -> bool:
        since, until = self._asked.since, self._asked.until
        last = last or first
        if since is not None and (last is None or last.date() < since):
            return False
        return until is None or (first is not None and first.date() <= until)


def _missing(reported: Sequence[Citation], disputed: Sequence[Sentence]) -> Iterator[Sentence]:
    """What of the main matter only one independent origin has, and what nobody is named for."""
    cited = dict.fromkeys([*reported, *(one for sentence in disputed for one in sentence.citations)])
    alone = tuple(one for one in cited if one.origins < 2 and one.speaker)
    unnamed = tuple(one for one in cited if not one.speaker)
    if alone:
        yield Sentence(Form.ALONE, alone)
    if unnamed:
        yield Sentence(Form.UNNAMED, unnamed)


def _unlike(cited: Sequence[Citation]) -> list[Citation]:
    """The citations without those that have nearly the words of one before them."""
    kept: list[Citation] = []
    for one in cited:
        if not any(alike(one, other) for other in kept):
            kept.append(one)
    return kept


def _once(cited: Sequence[Citation]) -> list[Citation]:
    """The citations, one of each utterance, without those that have nearly the words of one before them.

    Where reports describe the one who spoke otherwise and name nobody, the wordings may be of two people: both stay.
    """
    by_utterance: dict[tuple[str, str], Citation] = {}
    for one in cited:
        by_utterance.setdefault((one.utterance, one.speaker or one.described), one)
    return _unlike(list(by_utterance.values()))


def _in_time(one: Citation) -> tuple[bool, datetime, str, int]:
    published = one.published
    return published is None, published or datetime.min.replace(tzinfo=UTC), one.report, one.start


def _written(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Each sentence once; one that cannot be made of what it cites is not written."""
    made: dict[str, Sentence] = {}
    for one in sentences:
        try:
            made.setdefault(words(one), one)
        except ValueError:
            continue
    return tuple(made.values())
