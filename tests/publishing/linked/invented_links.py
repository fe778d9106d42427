"""Invented linked rows for the tests of their pages: a warning at a weir, told by a wire, its copy and two others."""

from __future__ import annotations

from datetime import UTC, date, datetime

from onrecord.domain.actors import ActorKind, Office
from onrecord.domain.origins import Independence, Origin, OriginKind, Tie
from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Change, Difference, Edit, Link, Material
from onrecord.ledger.linked import (
    ActorHead,
    ActorRow,
    ShownActor,
    ShownRendering,
    ShownStory,
    ShownUtterance,
    StoryHead,
    UtteranceHead,
)
from onrecord.ledger.view import LocatedSpan, ReportHead

HOSTILE = "<script>alert('x')</script>"
QUELL = ActorHead("local:quell", "Marta Quell", ActorKind.PERSON, True)
FULLEST = "At least 40 houses will be flooded if the gates open"
OTHER = "14 houses could be flooded if the gates open at dawn"


def report(name: str, outlet: str | None, day: int | None, hour: int = 9, title: str | None = None) -> ReportHead:
    published = None if day is None else datetime(2031, 4, day, hour, tzinfo=UTC)
    return ReportHead(name, f"{name}.html", outlet, title or f"Title of {name}", None, None, published, False, None, 3)


WIRE = report("wire", "Brook Wire", 2)
COPY = report("copy", "Ansk Post", 3)
OWN = report("own", "Weir Weekly", 3, 18, HOSTILE)
UNDATED = report("undated", None, None)
REPORTS = (WIRE, COPY, OWN, UNDATED)


def difference(passage: str, a: str = FULLEST, b: str = OTHER) -> Difference:
    """The difference of OTHER to FULLEST, written by hand."""
    figure = Edit(Change.CHANGED, Span(0, a.index(" houses")), Span(0, b.index(" houses")), (Material.FIGURE,))
    will, could = a.index("will"), b.index("could")
    modal = Edit(Change.CHANGED, Span(will, will + 4), Span(could, could + 5), (Material.MODAL,))
    added = Edit(Change.ADDED, None, Span(b.index("at dawn"), len(b)))
    return Difference("p1", passage, (figure, modal, added))


def rendering(
    passage: str, head: ReportHead, words: str, told: Difference | None, speaker: str | None = "Quell"
) -> ShownRendering:
    span = LocatedSpan(head.id, head.input, 100, 100 + len(words), words)
    return ShownRendering(passage, span, head, f"s-{passage}", speaker, Act.WARNING, True, told)


ORIGINS = (
    Origin("wire", OriginKind.OWN, reasons=("no credit stands in it",)),
    Origin("copy", OriginKind.WIRE, "Brook Wire", copied="wire", reasons=("nine of ten sentences are the same",)),
    Origin("own", OriginKind.EVENT, "a call of the water board"),
)
TIES = (
    Independence("copy", "wire", (Tie.COPY,), ("the texts are the same in 90 of 100 words",)),
    Independence("copy", "own", (), ("nothing ties them",)),
)


def utterance() -> ShownUtterance:
    """Four reports, three origins; two with the same words, one that differs in substance, one that is a paraphrase."""
    head = UtteranceHead(
        "u1", QUELL, "Quell", LocatedSpan("wire", "wire.html", 100, 100 + len(FULLEST), FULLEST),
        WIRE.published, OWN.published, 4, 4, 3, 3,
    )  # fmt: skip
    throughout = "High water threatens homes near us, a board member thinks"
    whole = Difference(
        "p1", "p4", (Edit(Change.CHANGED, Span(0, len(FULLEST)), Span(0, len(throughout)), (Material.FIGURE,)),)
    )
    renderings = (
        rendering("p1", WIRE, FULLEST, None),
        rendering("p2", COPY, FULLEST, Difference("p1", "p2", ())),
        rendering("p3", OWN, OTHER, difference("p3"), HOSTILE),
        rendering("p4", UNDATED, throughout, whole, None),
    )
    links = (
        Link("p1", "p2", 0.99, ("the same words",)),
        Link("p1", "p3", 0.8, ("same speaker", "shares the rare word “gates”")),
        Link("p3", "p4", 0.6, ("same speaker",)),
    )
    return ShownUtterance(head, renderings, (("wire", "copy"), ("own",), ("undated",)), TIES, ORIGINS, links)


def actor() -> ShownActor:
    """Somebody with two offices, one of a body that is known by name."""
    row = ActorRow(QUELL, 12, 3, 2, 5, WIRE.published, OWN.published)
    offices = (
        Office("chair", "org:board", date(2029, 1, 1), None),
        Office("engineer", "org:mill", None, date(2028, 12, 31)),
    )
    days = ((date(2031, 4, 2), 4), (date(2031, 4, 5), 8))
    return ShownActor(row, ("M. Quell",), offices, "Q42", (("Quell", 9), (HOSTILE, 3)), days, (utterance().head,))


def story() -> ShownStory:
    """The four reports as one story."""
    head = StoryHead("t1", "The gates at Orlen Weir", WIRE.published, OWN.published, 4, 3, 3)
    groups = (("wire", "copy"), ("own",), ("undated",))
    return ShownStory(head, REPORTS, groups, TIES, ORIGINS, (), (utterance().head,))
