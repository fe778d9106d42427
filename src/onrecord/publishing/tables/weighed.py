"""The tables of what weighing derived and people decided: relations, figures through time, the docket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from onrecord.domain.docket import Bearing
from onrecord.domain.figures import Standing
from onrecord.domain.judgements import Judgement
from onrecord.ledger.snapshot import Snapshot
from onrecord.ledger.weighed import ShownEntry, ShownFigure, ShownPassage, ShownRelation
from onrecord.publishing.tables.columns import Column, Sort, T, Table
from onrecord.publishing.tables.recorded import CHARACTERS, reported
from onrecord.publishing.weighed_exports import status_of, who


@dataclass(frozen=True, slots=True)
class FigureInTime:
    """A figure with the earlier ones that it revises, and those that it stands against."""

    shown: ShownFigure
    revises: list[str]
    disputes: list[str]


@dataclass(frozen=True, slots=True)
class EntryNow:
    """A docket entry, and the moment as of which it is told."""

    shown: ShownEntry
    now: datetime

    @property
    def decided(self) -> Judgement | None:
        """The latest word of a person on it."""
        return self.shown.history[-1] if self.shown.history else None

    def borne(self, bearing: Bearing) -> list[str]:
        return [one.passage.passage for one in self.shown.evidence if one.bearing == bearing]


def _said(passage: Callable[[T], ShownPassage], prefix: str = "") -> tuple[Column[T], ...]:
    def actor(one: T) -> str | None:
        found = passage(one).actor
        return None if found is None else found.id

    return (
        Column(f"{prefix}passage", Sort.TEXT, "The passage: passages.id.", lambda one: passage(one).passage),
        Column(f"{prefix}utterance", Sort.TEXT, "What it renders: utterances.id.", lambda one: passage(one).utterance),
        Column(f"{prefix}text", Sort.TEXT, "Its characters.", lambda one: passage(one).span.text),
        Column(f"{prefix}who", Sort.TEXT, "Who says it, or “unnamed”.", lambda one: who(passage(one))),
        Column(f"{prefix}actor", Sort.TEXT, "Who that is: actors.id.", actor, empty=True),
        *reported(lambda one: passage(one).report, prefix),
    )


def _judged(judgement: Callable[[T], Judgement | None], of: str) -> tuple[Column[T], ...]:
    def part(take: Callable[[Judgement], object]) -> Callable[[T], object]:
        def taken(one: T) -> object:
            found = judgement(one)
            return None if found is None else take(found)

        return taken

    return (
        Column("judged_by", Sort.TEXT, f"The person who last judged {of}.", part(lambda one: one.by), empty=True),
        Column("judged_why", Sort.TEXT, "Why, in that person's words.", part(lambda one: one.why), empty=True),
        Column("judged", Sort.TIME, "When.", part(lambda one: one.made), unit="UTC", empty=True),
    )


RELATIONS: Final[Table[ShownRelation]] = Table(
    "relations",
    "A relation: how passage a stands to passage b.",
    Snapshot.every_relation,
    (
        Column("id", Sort.TEXT, "A hash of the two utterances.", lambda one: one.id),
        Column(
            "kind",
            Sort.TEXT,
            "repeats, corroborates, contradicts, revises, narrows, answers or denies.",
            lambda one: str(one.kind),
        ),
        Column(
            "program",
            Sort.TEXT,
            "What the program holds it to be, where a person judged otherwise too.",
            lambda one: one.program,
            empty=True,
        ),
        *_said(lambda one: one.a, "a_"),
        *_said(lambda one: one.b, "b_"),
        Column("score", Sort.NUMBER, "How sure the program is.", lambda one: one.score, unit="0 to 1"),
        Column("reasons", Sort.TEXTS, "Why, in words.", lambda one: list(one.reasons)),
        *_judged(lambda one: one.judgement, "it; null where nobody did"),
    ),
)


def _figures(view: Snapshot) -> Iterator[FigureInTime]:
    for lineage in view.whole_lineages(view.lineages()):
        for one in lineage.figures:
            ties = [tie for tie in lineage.ties if tie.a == one.counted.id]
            yield FigureInTime(
                one,
                [tie.b for tie in ties if tie.standing is Standing.REVISION],
                [tie.b for tie in ties if tie.standing is Standing.DISPUTE],
            )


def _edge(edge: float | None) -> float | None:
    return None if edge is None else float(edge)


FIGURES: Final[Table[FigureInTime]] = Table(
    "figures",
    "A figure: a number that a passage gives, and what it counts or measures.",
    _figures,
    (
        Column("id", Sort.TEXT, "A hash of its passage and where it stands.", lambda one: one.shown.counted.id),
        Column(
            "lineage",
            Sort.TEXT,
            "The same for all figures that are held to count one thing.",
            lambda one: one.shown.lineage,
            empty=True,
        ),
        *_said(lambda one: one.shown.passage),
        Column("start", Sort.WHOLE, "Where the number begins.", lambda one: one.shown.span.start, unit=CHARACTERS),
        Column(
            "end",
            Sort.WHOLE,
            "Where it ends; the character there is no part of it.",
            lambda one: one.shown.span.end,
            unit=CHARACTERS,
        ),
        Column("number", Sort.TEXT, "Its characters.", lambda one: one.shown.span.text),
        Column(
            "value",
            Sort.NUMBER,
            "The number; null for a range and for one that has edges only.",
            lambda one: _edge(one.shown.counted.figure.value),
            unit="see the column unit",
            empty=True,
        ),
        Column(
            "low",
            Sort.NUMBER,
            "The least number that the words allow; null where they set none.",
            lambda one: _edge(one.shown.counted.low),
            unit="see the column unit",
            empty=True,
        ),
        Column(
            "high",
            Sort.NUMBER,
            "The greatest number that the words allow; null where they set none.",
            lambda one: _edge(one.shown.counted.high),
            unit="see the column unit",
            empty=True,
        ),
        Column(
            "bound",
            Sort.TEXT,
            "exact, about, at least, at most, more than, less than or between.",
            lambda one: one.shown.counted.figure.bound.value,
        ),
        Column(
            "unit",
            Sort.TEXT,
            "What the number is measured in; null for a plain count.",
            lambda one: one.shown.counted.figure.unit,
            empty=True,
        ),
        Column("counted", Sort.TEXT, "What is counted.", lambda one: one.shown.counted.words),
        Column("place", Sort.TEXT, "Where.", lambda one: one.shown.counted.place, empty=True),
        Column(
            "holds_from",
            Sort.TIME,
            "The first moment that it holds for: as the passage says, else the day of publication.",
            lambda one: one.shown.counted.start,
            unit="UTC",
            empty=True,
        ),
        Column(
            "holds_until",
            Sort.TIME,
            "The first moment that it does not hold for any more.",
            lambda one: one.shown.counted.end,
            unit="UTC",
            empty=True,
        ),
        Column(
            "as_of_stated",
            Sort.FLAG,
            "Whether the passage itself says for when it holds.",
            lambda one: one.shown.counted.dated,
        ),
        Column("revises", Sort.TEXTS, "Earlier figures that it revises: figures.id.", lambda one: one.revises),
        Column(
            "disputes",
            Sort.TEXTS,
            "Earlier figures, of others, that it stands against: figures.id.",
            lambda one: one.disputes,
        ),
    ),
)


def _entries(view: Snapshot) -> Iterator[EntryNow]:
    now = view.today()
    for shown in view.every_entry():
        yield EntryNow(shown, now)


DOCKET: Final[Table[EntryNow]] = Table(
    "docket",
    "A docket entry: what an utterance binds somebody to, or foretells.",
    _entries,
    (
        Column("id", Sort.TEXT, "The utterance that it is made of.", lambda one: one.shown.row.entry.utterance),
        Column(
            "act",
            Sort.TEXT,
            "commitment, demand, warning or prediction.",
            lambda one: one.shown.row.entry.act.value,
        ),
        *_said(lambda one: one.shown.row.passage),
        Column(
            "bound",
            Sort.TEXT,
            "Who must do it, or of whom it is foretold.",
            lambda one: one.shown.row.entry.bound,
            empty=True,
        ),
        Column("rule", Sort.TEXT, "What would count as met.", lambda one: one.shown.row.entry.rule),
        Column(
            "due_from",
            Sort.TIME,
            "The first moment in which it can fall due; null where no day is stated.",
            lambda one: one.shown.row.entry.start,
            unit="UTC",
            empty=True,
        ),
        Column("due", Sort.DAY, "The last day that counts.", lambda one: one.shown.row.entry.last_day, empty=True),
        Column(
            "due_words", Sort.TEXT, "The words that state it.", lambda one: one.shown.row.entry.due_words, empty=True
        ),
        Column(
            "condition",
            Sort.TEXT,
            "The words of an “if” that it hangs on.",
            lambda one: one.shown.row.entry.condition,
            empty=True,
        ),
        Column(
            "status",
            Sort.TEXT,
            "As a person decided: met, partly, not met, withdrawn, cannot be told; else open or due by the calendar.",
            lambda one: status_of(one.shown.row, one.now).value,
        ),
        *_judged(lambda one: one.decided, "what became of it; null where nobody did"),
        Column(
            "evidence_for",
            Sort.TEXTS,
            "Later passages that bear it out, the surest first: passages.id.",
            lambda one: one.borne(Bearing.FOR),
        ),
        Column(
            "evidence_against",
            Sort.TEXTS,
            "Later passages that bear against it: passages.id.",
            lambda one: one.borne(Bearing.AGAINST),
        ),
        Column(
            "withdrawn_in",
            Sort.TEXTS,
            "Later passages that withdraw it: passages.id.",
            lambda one: one.borne(Bearing.WITHDRAWS),
        ),
    ),
)
