"""What a weighed view shows: relations, figures followed, docket entries, grades, every passage with its characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.domain.docket import Entry, Status
from onrecord.domain.figures import Counted, FigureTie
from onrecord.domain.judgements import Judgement
from onrecord.domain.passages import Act
from onrecord.ledger.linked import ActorHead
from onrecord.ledger.shown import LocatedSpan, ReportHead


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with its report, who speaks there and who that is, and the utterance that it renders.

    `origins` and `reports` count those of the whole utterance.
    """

    passage: str
    utterance: str
    span: LocatedSpan
    report: ReportHead
    statement: str
    speaker: str | None
    actor: ActorHead | None
    act: Act
    quoted: bool
    origins: int
    reports: int


@dataclass(frozen=True, slots=True)
class ShownRelation:
    """How passage `a` stands to passage `b`.

    `kind` is a relation kind, or "unrelated" where a person overturned what the program held, which is `program` (None
    where the program held nothing). `judgement` is the person's word that counts, None where nobody judged.
    """

    id: str
    kind: str
    program: str | None
    a: ShownPassage
    b: ShownPassage
    score: float
    reasons: tuple[str, ...]
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class LineageHead:
    """A figure followed through time, in a list; `values` counts the different ones, `speakers` who gives them."""

    id: str
    counted: str
    place: str | None
    unit: str | None
    figures: int
    values: int
    speakers: int
    disputes: int
    revisions: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure of a lineage with its passage and the characters of the number."""

    counted: Counted
    span: LocatedSpan
    passage: ShownPassage
    lineage: str | None


@dataclass(frozen=True, slots=True)
class ShownLineage:
    """A lineage with its figures, earliest published first, and how they stand to each other.

    `scopes` are other lineages that look alike and count something else, each with the tie that says why.
    """

    head: LineageHead
    figures: tuple[ShownFigure, ...]
    ties: tuple[FigureTie, ...]
    scopes: tuple[tuple[LineageHead, FigureTie], ...]


@dataclass(frozen=True, slots=True)
class DocketRow:
    """A docket entry in a list; `status` is a person's word, None where nobody has decided."""

    entry: Entry
    passage: ShownPassage
    status: Status | None
    evidence: int


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A passage that bears on an entry; `bearing` is "says nothing" where a person overturned the program."""

    bearing: str
    passage: ShownPassage
    score: float
    reasons: tuple[str, ...]
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A docket entry with its evidence, the surest first, and all that people decided, in the order of recording."""

    row: DocketRow
    evidence: tuple[ShownEvidence, ...]
    history: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade that counts, of a source by its name or of an item, with all that were given before, latest first."""

    judgement: Judgement
    earlier: tuple[Judgement, ...]
    passage: ShownPassage | None
