"""Invented weighed rows for the tests of their pages: levels at a weir, told by a warden, a town and nobody named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from onrecord.domain.actors import ActorKind
from onrecord.domain.docket import Entry
from onrecord.domain.figures import Counted, FigureTie, Standing
from onrecord.domain.hypotheses import Consistency, Hypothesis, Matrix, Row, RowKind
from onrecord.domain.indicators import Break, Day, Direction, Indicator, Level, Series, Shift, Unit
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.passages import Act, Bound, Figure
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering
from onrecord.ledger.linked import ActorHead
from onrecord.ledger.shown import LocatedSpan
from onrecord.ledger.weighed import (
    DocketRow,
    LineageHead,
    ShownEntry,
    ShownEvidence,
    ShownFigure,
    ShownLineage,
    ShownPassage,
    ShownRelation,
)
from tests.publishing.linked.invented_links import HOSTILE, report

FIRST = date(2031, 4, 1)
WARDEN = ActorHead("local:warden", "Ida Holm", ActorKind.PERSON, True)
TOWN = ActorHead("local:town", "Ansk", ActorKind.ORGANISATION, True)


def passage(
    name: str,
    words: str = "the weir will hold",
    actor: ActorHead | None = WARDEN,
    *,
    day: int = 1,
    outlet: str | None = "Weir Weekly",
    title: str | None = None,
) -> ShownPassage:
    """A passage called `name`, of an utterance and a report called after it."""
    head = report(f"r-{name}", outlet, day, title=title)
    return ShownPassage(
        passage=f"p-{name}",
        utterance=f"u-{name}",
        span=LocatedSpan(head.id, head.input, 10, 10 + len(words), words),
        report=head,
        statement=f"s-{name}",
        speaker=None if actor is None else actor.name,
        actor=actor,
        act=Act.CLAIM,
        quoted=True,
        origins=1,
        reports=2,
    )


def judgement(verdict: str = "unrelated", why: str = "I was there") -> Judgement:
    made = datetime(2031, 4, 9, 8, tzinfo=UTC)
    return Judgement("j1", Subject.RELATION, "p-a", "p-b", verdict, why, "Mara Lind", made)


def relation(
    kind: str, a: ShownPassage, b: ShownPassage, reasons: tuple[str, ...] = (), judged: Judgement | None = None
) -> ShownRelation:
    id_ = f"{kind}-{a.utterance}-{b.utterance}"
    return ShownRelation(id_, kind, kind, a, b, 0.8, reasons, judged)


def figure(
    name: str,
    value: float | None,
    *,
    low: float | None = None,
    high: float | None = None,
    bound: Bound = Bound.EXACT,
    actor: ActorHead | None = WARDEN,
    outlet: str = "Weir Weekly",
    published: int = 1,
    as_of: int | None = None,
    words: str = "centimetres at the weir",
) -> ShownFigure:
    """A figure given on a day of April; `as_of` is the day that it states, the day of publication without."""
    shown = passage(name, words, actor, day=published, outlet=outlet)
    found = Figure(Span(10, 12), value, low, high, bound)
    rendering = Rendering(
        passage=shown.passage,
        statement=shown.statement,
        report=shown.report.id,
        outlet=outlet,
        published=shown.report.published,
        span=Span(10, 10 + len(words)),
        words=words,
        act=Act.CLAIM,
    )
    start = datetime(2031, 4, as_of or published, tzinfo=UTC)
    counted = Counted(
        f"f-{name}", rendering, found, "block", "centimetre", "centimetres", None, start, start + timedelta(days=1),
        dated=as_of is not None,
    )  # fmt: skip
    return ShownFigure(counted, LocatedSpan(shown.report.id, shown.report.input, 10, 12, "40"), shown, "l1")


def lineage(figures: tuple[ShownFigure, ...], ties: tuple[FigureTie, ...] = ()) -> ShownLineage:
    head = LineageHead(
        "l1", "centimetres", "the weir", None, len(figures), 2, 2,
        sum(tie.standing is Standing.DISPUTE for tie in ties), 0,
        datetime(2031, 4, 1, tzinfo=UTC), datetime(2031, 4, 9, tzinfo=UTC),
    )  # fmt: skip
    return ShownLineage(head, figures, ties, ())


def series(values: list[float | None], unit: Unit = Unit.FIGURE, breaks: tuple[Break, ...] = ()) -> Series:
    days = [
        Day(FIRST + timedelta(days=place), value, passages=() if value is None else (f"p-day{place}",))
        for place, value in enumerate(values)
    ]
    return Series(
        Indicator("levels at the weir", unit, counted=("centimetre*",)), tuple(days), ("Weir Weekly",), breaks
    )


def shift(change: int, days: int) -> Shift:
    """A rise at the day numbered `change` of `days`."""
    first, day, last = (FIRST + timedelta(days=place) for place in (0, change, days - 1))
    before = Level(first, day - timedelta(days=1), 42.0, 40.0, 44.0, change)
    after = Level(day, last, 81.5, 80.0, 83.0, days - change)
    return Shift(
        "levels at the weir", day, Direction.RISING, before, after, 9.0, day, ("rising", "first to be seen later")
    )


def entry(words: str = "the gates will be opened by Friday", end: datetime | None = None) -> ShownEntry:
    said = passage("promise", words)
    row = DocketRow(
        Entry("u-promise", "p-promise", Act.COMMITMENT, WARDEN.id, "Ida Holm", "The gates are open.", None, end),
        said,
        None,
        1,
    )
    against = ShownEvidence(
        "against", passage("shut", "the gates are shut", TOWN, day=5), 0.8, ("says that they are shut",), None
    )
    return ShownEntry(row, (against,), ())


def matrix(*kinds: RowKind) -> Matrix:
    cells = {"hold": Consistency.CONSISTENT, "break": Consistency.INCONSISTENT}
    rows = tuple(Row(kind, f"{kind.value} {HOSTILE}", cells, HOSTILE) for kind in kinds)
    return Matrix(
        f"Why {HOSTILE}",
        (Hypothesis("hold", f"It holds {HOSTILE}"), Hypothesis("break", "It breaks", True)),
        rows,
        (HOSTILE,),
    )
