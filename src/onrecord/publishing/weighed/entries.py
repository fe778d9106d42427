"""Passages, relations, figures and docket entries as lists show them: words ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.domain.docket import Status
from onrecord.domain.judgements import Judgement
from onrecord.domain.relations import RelationKind
from onrecord.ledger.weighed import DocketRow, LineageHead, ShownFigure, ShownPassage, ShownRelation
from onrecord.publishing.entries import ReportEntry, report_entry
from onrecord.publishing.linked.entries import ActorEntry, actor_entry, named
from onrecord.publishing.weighed_exports import due_words, status_of, value_words, who
from onrecord.publishing.wording import When, counted, shortened, when

LONGEST_WORDS = 400
MOST_GIVEN = 4
"""Speakers, and values of one, that a figure in a list names."""
UNNAMED_IN = "unnamed, in "
NOT_NAMED = "a speaker who is not named"

STATUS_WORDS = {Status.DUE: "its day has passed, nobody has decided"}

HEADINGS = {
    RelationKind.REPEATS.value: ("", " repeats what ", " said"),
    RelationKind.CORROBORATES.value: ("", " says the same as ", ", from another source"),
    RelationKind.CONTRADICTS.value: ("What ", " says stands against what ", " says"),
    RelationKind.REVISES.value: ("", " revises what ", " said"),
    RelationKind.NARROWS.value: ("", " narrows what ", " said"),
    RelationKind.ANSWERS.value: ("", " answers what ", " said"),
    RelationKind.DENIES.value: ("", " denies what ", " says"),
}
"""What is said of two sides: before the first, between them, behind the second; by the kind of the relation."""
SAME_SPEAKER = {
    RelationKind.CORROBORATES.value: ("", " says the same as ", " before, from another source"),
    RelationKind.CONTRADICTS.value: ("What ", " says stands against what ", " said elsewhere"),
    RelationKind.REVISES.value: ("", " revises what ", " said before"),
    RelationKind.REPEATS.value: ("", " repeats what ", " said before"),
    RelationKind.NARROWS.value: ("", " narrows what ", " said before"),
    RelationKind.DENIES.value: ("", " denies what ", " is said to have said"),
}
"""The same where one speaker stands on both sides, who is then named once."""
_UNRELATED = ("What ", " says has nothing to do with what ", " says")
_QUOTED = re.compile(r"[“\"]([^“”\"]*)[”\"]")


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """One passage with who says it, where it stands, and from how many independent origins its utterance comes.

    `called` is what the speaker is called in a sentence, also where nobody is named.
    """

    words: str
    actor: ActorEntry | None
    speaker: str
    called: str
    report: ReportEntry
    statement: str
    utterance: str
    passage: str
    act: str
    start: int
    end: int
    carried: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class WordEntry:
    """What a person said, when and why."""

    verdict: str
    why: str
    by: str
    made: When


@dataclass(frozen=True, slots=True)
class Heading:
    """How one side stands to the other, in a sentence around the names of both."""

    before: str
    a: str
    between: str
    b: str
    behind: str

    @property
    def words(self) -> str:
        return f"{self.before}{self.a}{self.between}{self.b}{self.behind}"


@dataclass(frozen=True, slots=True)
class RelationEntry:
    """How one passage stands to another; `held` tells what the program held where a person said otherwise.

    `told` are the reasons that say more than the words of the two sides do.
    """

    id: str
    kind: str
    heading: Heading
    a: PassageEntry
    b: PassageEntry
    reasons: tuple[str, ...]
    told: tuple[str, ...]
    judged: WordEntry | None
    held: str | None


@dataclass(frozen=True, slots=True)
class GivenEntry:
    """The values that one speaker gave for a figure, in order of time."""

    who: str
    values: str


@dataclass(frozen=True, slots=True)
class LineageEntry:
    """A figure followed through time; `given` are its values by speaker, `others` tells of those left out, in words."""

    id: str
    counted: str
    place: str | None
    told: str
    first: When
    last: When
    disputes: int
    given: tuple[GivenEntry, ...] = ()
    others: str = ""


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """What somebody is bound to, or what is foretold."""

    id: str
    act: str
    passage: PassageEntry
    due: str
    status: str
    decided: bool
    passed: bool
    evidence: int


def passage_entry(one: ShownPassage, longest: int = LONGEST_WORDS) -> PassageEntry:
    """The entry of a passage."""
    origins = counted(one.origins, "independent origin", "independent origins")
    return PassageEntry(
        words=shortened(one.span.text, longest),
        actor=None if one.actor is None else actor_entry(one.actor),
        speaker=named(one.speaker),
        called=NOT_NAMED if one.actor is None and one.speaker is None else shortened(who(one), 80),
        report=report_entry(one.report),
        statement=one.statement,
        utterance=one.utterance,
        passage=one.passage,
        act=one.act.value,
        start=one.span.start,
        end=one.span.end,
        carried=f"{origins}, {counted(one.reports, 'report', 'reports')}",
        quoted=one.quoted,
    )


def word_entry(one: Judgement) -> WordEntry:
    """The entry of a judgement."""
    return WordEntry(str(one.verdict), shortened(one.why, 300), shortened(one.by, 80), when(one.made))


def word_entries(judgements: Sequence[Judgement]) -> tuple[WordEntry, ...]:
    """The entries of judgements, the latest first."""
    return tuple(word_entry(one) for one in reversed(judgements))


def relation_entry(one: ShownRelation, longest: int = LONGEST_WORDS) -> RelationEntry:
    """The entry of a relation."""
    held = None if one.judgement is None else (one.program or "no relation")
    a, b = passage_entry(one.a, longest), passage_entry(one.b, longest)
    reasons = tuple(shortened(reason, 300) for reason in one.reasons[:8])
    return RelationEntry(
        id=one.id,
        kind=one.kind,
        heading=heading(one.kind, a, b),
        a=a,
        b=b,
        reasons=reasons,
        told=tuple(reason for reason in reasons if says_more(reason, one.a.span.text, one.b.span.text)),
        judged=None if one.judgement is None else word_entry(one.judgement),
        held=held,
    )


def heading(kind: str, a: PassageEntry, b: PassageEntry) -> Heading:
    """A relation as a sentence about its two speakers."""
    unknown = a.called == b.called == NOT_NAMED
    same = a.called == b.called and not unknown
    before, between, behind = (SAME_SPEAKER if same else HEADINGS).get(kind) or HEADINGS.get(kind, _UNRELATED)
    first = a.called if before else upper_first(a.called)
    second = "the same speaker" if same else "another who is not named" if unknown else b.called
    if may_be_one(a.called, b.called):
        behind = f" (perhaps the same){behind}"
    return Heading(before, first, between, second, behind)


def may_be_one(one: str, other: str) -> bool:
    """Whether the one name is no more than the surname in the other: two actors on the record, perhaps one person.

    >>> may_be_one("Halvik", "Joren Halvik"), may_be_one("Ida Halvik", "Joren Halvik"), may_be_one("Halvik", "Halvik")
    (True, False, False)
    """
    fewer, more = sorted((one.casefold().split(), other.casefold().split()), key=len)
    return len(fewer) == 1 < len(more) and fewer[0] == more[-1]


def says_more(reason: str, *sides: str) -> bool:
    """Whether a reason says more than to quote the sides against each other.

    >>> says_more("“no sign of it”, against “it has begun”", "we see no sign of it", "it has begun")
    False
    >>> says_more("an absence, against “it has begun”", "we see no sign of it", "it has begun")
    True
    """
    whole = [" ".join(side.split()).casefold() for side in sides]
    for quoted in _QUOTED.findall(reason):
        wanted = " ".join(quoted.strip(" …").split()).casefold()
        if not any(wanted in side for side in whole):
            return True
    return bool(set(re.findall(r"\w+", _QUOTED.sub(" ", reason).casefold())) - {"against", "and"})


def upper_first(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def lineage_entry(head: LineageHead, figures: Sequence[ShownFigure] = ()) -> LineageEntry:
    """The entry of a lineage; `figures` are its own, where their values are to be named."""
    told = [f"given {counted(head.figures, 'time', 'times')}"]
    if head.speakers:
        told[0] += f" by {counted(head.speakers, 'named speaker', 'named speakers')}"
    told.append(counted(head.values, "value", "values"))
    if head.revisions:
        told.append(counted(head.revisions, "revision", "revisions"))
    if head.disputes:
        told.append(counted(head.disputes, "dispute", "disputes"))
    values: dict[str, dict[str, None]] = {}
    for one in figures:
        values.setdefault(giver(one.passage), {})[value_words(one)] = None
    by_most = sorted(values.items(), key=lambda item: (item[0].startswith(UNNAMED_IN), -len(item[1])))
    return LineageEntry(
        id=head.id,
        counted=upper_first(shortened(head.counted, 120)) or "Not stated what is counted",
        place=None if head.place is None else shortened(head.place, 80),
        told=", ".join(told),
        first=when(head.first, is_day=True),
        last=when(head.last, is_day=True),
        disputes=head.disputes,
        given=tuple(GivenEntry(shortened(name, 80), _values(list(its))) for name, its in by_most[:MOST_GIVEN]),
        others=_others([name for name, _ in by_most]),
    )


def _others(givers: Sequence[str]) -> str:
    """Who else gives a figure: `givers` are all of them, the unnamed ones of each outlet last."""
    unnamed = sum(name.startswith(UNNAMED_IN) for name in givers[MOST_GIVEN:])
    named = len(givers[MOST_GIVEN:]) - unnamed
    told = [counted(named, "other speaker", "other speakers")] if named else []
    if unnamed:
        more = "other " if any(name.startswith(UNNAMED_IN) for name in givers[:MOST_GIVEN]) else ""
        told.append(f"unnamed ones in {counted(unnamed, f'{more}outlet', f'{more}outlets')}")
    return " and ".join(told)


def giver(one: ShownPassage) -> str:
    """Who gives a figure: two speakers whom two outlets do not name are not one."""
    if one.actor is not None or one.speaker is not None:
        return shortened(who(one), 80)
    return f"{UNNAMED_IN}{shortened(one.report.outlet or 'an outlet that is not stated', 60)}"


def _values(values: Sequence[str]) -> str:
    if len(values) > MOST_GIVEN:
        values = [*values[: MOST_GIVEN - 1], "…", values[-1]]
    return " → ".join(values)


def docket_entry(row: DocketRow, now: datetime) -> DocketEntry:
    """The entry of a docket entry as of `now`."""
    status = status_of(row, now)
    return DocketEntry(
        id=row.entry.utterance,
        act=row.entry.act.value,
        passage=passage_entry(row.passage),
        due=due_words(row.entry),
        status=STATUS_WORDS.get(status, status.value),
        decided=row.status is not None,
        passed=row.entry.end is not None and row.entry.end <= now,
        evidence=row.evidence,
    )
