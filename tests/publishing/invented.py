"""An invented record for the tests of pages and exports: a river, two towns, a dam, and some hostile reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from onrecord.domain.passages import Act, Figure, Passage, Time, TimeKind
from onrecord.domain.reports import Capture, Input, Mark, MarkKind, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis, Kind, ReaderIdentity, Speaker, Statement, statement_id
from onrecord.ledger.writer import Writer
from onrecord.settings import Settings

READER = ReaderIdentity("careful", "1.2.0", "5e" * 32)
CLOCK = datetime(2031, 4, 9, 8, 30, tzinfo=UTC)

DAM = (
    "The spillway gates at Orlen Weir stayed shut through the night, the water board says, although two villages "
    "downstream had been told to expect a controlled release.\n\n"
    "“Nobody gave that order,” said Marta Quell, who chairs the board. “If somebody had, I would have heard it "
    "first.”\n\n"
    "Her account was disputed within the hour. Governor Piet Hallam told reporters that the board had “known since "
    "Sunday” and that the warning was passed on by telephone. According to two officials who took part in the call, "
    "Ms Quell said that the gates would open at dawn.\n\n"
    "A spokesman for the rail company said it had moved eleven wagons to higher ground.\n\n"
    "Photo: the weir at low water, last autumn.\n\n"
    "Quell declined to say whether she would resign. She added that a report would be published “before the month is "
    "out”.\n\n"
    "Read more: Five walks along the Orlen. Subscribe to our newsletter."
)

VILLAGE = (
    "In Lower Ansk the church bell was rung at four in the morning.\n"
    "“We took the animals first,” said Joonas Vell, a farmer. “Then the old people, then the rest of us.”\n"
    "The mayor, Ines Adair, said the village had been warned too late, and called on the governor to publish the "
    "record of every call.\n"
    "Hallam said later that the calls would be published."
)

ARABIC = """قالت مارتا كويل إن البوابات بقيت مغلقة طوال الليل.

وأضافت: «لم يعط أحد هذا الأمر»."""

LETTER = """Sir, the gates have not been painted since my father worked there, and nobody has said why."""

HOSTILE_WORD = "<script>alert('x')</script>"
OVERRIDE = "\u202eesrever\u202c"
HOSTILE = f"""{HOSTILE_WORD} said "<img src=x onerror=alert(1)>" on Monday.

It was "'><svg/onload=alert(2)> {{{{ 7*7 }}}} {OVERRIDE} &amp; &lt;b&gt;" that {HOSTILE_WORD} also announced.

{"x" * 3000}"""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement by the words of its parts; each part is looked for behind `after`."""

    kind: Kind
    speaker: str | None
    basis: Basis
    source: str
    cue: str
    content: tuple[str, ...]
    after: str = ""
    confidence: float = 0.9
    inside: int | None = None
    act: Act | None = None


def statements_of(report: Report, said: Sequence[Said]) -> list[Statement]:
    """The statements, with spans found in the report's text."""
    found: list[Statement] = []

    def spans(words: str, start: int) -> tuple[Span, ...]:
        place = report.text.index(words, start) if words else 0
        return (Span(place, place + len(words)),) if words else ()

    for one in said:
        start = report.text.index(one.after) if one.after else 0
        source, cue = spans(one.source, start), spans(one.cue, start)
        content = tuple(span for words in one.content for span in spans(words, start))
        found.append(
            Statement(
                id=statement_id(report.id, report.text, source, cue, content),
                report=report.id,
                source=source,
                cue=cue,
                content=content,
                kind=one.kind,
                speaker=Speaker(one.speaker, one.basis),
                confidence=one.confidence,
                nested_in=None if one.inside is None else found[one.inside].id,
                passages=() if one.act is None else (wagons(report.text, content[0], one.act),),
            )
        )
    return found


def wagons(text: str, content: Span, act: Act) -> Passage:
    """A passage as long as the content, with a figure and a time where the words for them stand in it."""
    words = content.of(text)
    counted, moment = re.search(r"eleven (wagons)", words), re.search(r"before the month is out", words)
    at = content.start
    figures = (
        (
            Figure(
                Span(at + counted.start(), at + counted.end()),
                11.0,
                counted=Span(at + counted.start(1), at + counted.end(1)),
            ),
        )
        if counted
        else ()
    )
    month = (datetime(2031, 4, 8, tzinfo=UTC), datetime(2031, 5, 1, tzinfo=UTC))
    times = (Time(Span(at + moment.start(), at + moment.end()), TimeKind.DATE, "2031-04", *month),) if moment else ()
    return Passage(content, act, negated=act is Act.DENIAL, figures=figures, times=times)


def marks_of(text: str, marked: Sequence[tuple[str, MarkKind]]) -> tuple[Mark, ...]:
    """Marks over the words given."""
    return tuple(Mark(Span(text.index(words), text.index(words) + len(words)), kind) for words, kind in marked)


def input_of(name: str, text: str, **fields: object) -> Input:
    """An input whose capture is the text itself."""
    capture = Capture(
        text.encode("utf-8"), place=f"reports/{name}", media_type="text/plain", retrieved=fields.pop("retrieved", None)
    )  # type: ignore[arg-type]
    return Input(name, capture.place, capture, Report(capture.sha256, text, **fields))  # type: ignore[arg-type]


DAM_SAID = (
    Said(
        Kind.DIRECT,
        "Marta Quell",
        Basis.NAMED,
        "Marta Quell, who chairs the board",
        "said",
        ("“Nobody gave that order,”", "“If somebody had, I would have heard it first.”"),
        after="“Nobody",
        confidence=0.98,
    ),
    Said(
        Kind.INDIRECT,
        "water board",
        Basis.DESCRIPTION,
        "the water board",
        "says",
        ("The spillway gates at Orlen Weir stayed shut through the night",),
        confidence=0.81,
    ),
    Said(
        Kind.MIXED,
        "Piet Hallam",
        Basis.NAMED,
        "Governor Piet Hallam",
        "told reporters",
        ("that the board had “known since Sunday” and that the warning was passed on by telephone",),
        confidence=0.93,
    ),
    Said(
        Kind.INDIRECT,
        None,
        Basis.UNNAMED,
        "two officials who took part in the call",
        "According to",
        ("Ms Quell said that the gates would open at dawn",),
        confidence=0.77,
    ),
    Said(
        Kind.INDIRECT,
        "Marta Quell",
        Basis.SHORTENED,
        "Ms Quell",
        "said",
        ("that the gates would open at dawn",),
        after="Ms Quell",
        confidence=0.72,
        inside=3,
    ),
    Said(
        Kind.INDIRECT,
        None,
        Basis.UNNAMED,
        "A spokesman for the rail company",
        "said",
        ("it had moved eleven wagons to higher ground",),
        after="A spokesman",
        act=Act.CLAIM,
    ),
    Said(
        Kind.MIXED,
        "Marta Quell",
        Basis.PRONOUN,
        "She",
        "added",
        ("that a report would be published “before the month is out”",),
        after="She added",
        confidence=0.9999,
        act=Act.COMMITMENT,
    ),
)

VILLAGE_SAID = (
    Said(
        Kind.DIRECT,
        "Joonas Vell",
        Basis.NAMED,
        "Joonas Vell, a farmer",
        "said",
        ("“We took the animals first,”", "“Then the old people, then the rest of us.”"),
        after="“We",
    ),
    Said(
        Kind.INDIRECT,
        "Ines Adair",
        Basis.NAMED,
        "The mayor, Ines Adair",
        "said",
        ("the village had been warned too late",),
        after="The mayor",
    ),
    Said(
        Kind.INDIRECT,
        "Piet Hallam",
        Basis.SHORTENED,
        "Hallam",
        "said",
        ("the calls would be published",),
        after="Hallam said",
    ),
)

ARABIC_SAID = (
    Said(
        Kind.INDIRECT,
        "مارتا كويل",
        Basis.NAMED,
        "مارتا كويل",
        "قالت",
        ("إن البوابات بقيت مغلقة طوال الليل",),
    ),
    Said(Kind.DIRECT, "مارتا كويل", Basis.CONTINUED, "", "وأضافت", ("«لم يعط أحد هذا الأمر»",)),
)

HOSTILE_SAID = (
    Said(Kind.DIRECT, HOSTILE_WORD, Basis.NAMED, HOSTILE_WORD, "said", ('"<img src=x onerror=alert(1)>"',)),
    Said(
        Kind.DIRECT,
        f"{OVERRIDE} / ..?&#",
        Basis.NAMED,
        f"{HOSTILE_WORD} also",
        "announced",
        (f'"\'><svg/onload=alert(2)> {{{{ 7*7 }}}} {OVERRIDE} &amp; &lt;b&gt;"',),
    ),
)


def dam() -> tuple[Input, list[Statement]]:
    """A report with every kind, a nested statement, a caption and boilerplate."""
    marks = marks_of(
        DAM,
        [
            ("Photo: the weir at low water, last autumn.", MarkKind.CAPTION),
            ("Read more: Five walks along the Orlen. Subscribe to our newsletter.", MarkKind.BOILERPLATE),
        ],
    )
    given = input_of(
        "weir.html",
        DAM,
        outlet="Orlen Courier",
        title="Gates stayed shut as villages waited for the flood",
        author="Tove Anders",
        url="https://courier.example/2031/04/08/weir",
        published=datetime(2031, 4, 8, 6, 40, tzinfo=UTC),
        retrieved=datetime(2031, 4, 8, 9, 0, tzinfo=UTC),
        language="en",
        marks=marks,
    )
    assert given.report is not None
    return given, statements_of(given.report, DAM_SAID)


def village() -> tuple[Input, list[Statement]]:
    """A report with one paragraph a line, of which only the day is known."""
    given = input_of(
        "ansk.txt",
        VILLAGE,
        outlet="Ansk Weekly",
        title="The bell at four",
        published=datetime(2031, 4, 9, tzinfo=UTC),
        published_is_day=True,
        language="en",
    )
    assert given.report is not None
    return given, statements_of(given.report, VILLAGE_SAID)


def letter() -> tuple[Input, list[Statement]]:
    """A report of which nothing is known, with no statement in it."""
    return input_of("letter.txt", LETTER), []


def arabic() -> tuple[Input, list[Statement]]:
    """A report written from right to left."""
    given = input_of("dam-ar.txt", ARABIC, outlet="أورلن", title="البوابات بقيت مغلقة", language="ar")
    assert given.report is not None
    return given, statements_of(given.report, ARABIC_SAID)


def hostile() -> tuple[Input, list[Statement]]:
    """A report with markup in every field."""
    given = input_of(
        f"in{HOSTILE_WORD}.txt",
        HOSTILE,
        outlet=f"Outlet {HOSTILE_WORD}",
        title=f"Title {HOSTILE_WORD} " + "long " * 200_000,
        author=f"Author {HOSTILE_WORD}",
        url="javascript:alert(document.domain)",
        published=datetime(2031, 4, 1, tzinfo=UTC),
        language="en",
    )
    assert given.report is not None
    return given, statements_of(given.report, HOSTILE_SAID)


def write_record(path: Path, *, with_hostile: bool = False, copies: int = 0) -> Path:
    """A ledger with the reports above, and `copies` more of the village under other names, each with its own words."""
    with Writer(path, Settings(), clock=lambda: CLOCK) as writer:
        for given, statements in (dam(), village(), letter(), arabic(), *([hostile()] if with_hostile else [])):
            writer.record_read(given, READER, statements)
        for number in range(copies):
            text = VILLAGE.replace("four", f"four and {number} minutes")
            copy = input_of(f"copy-{number}.txt", text, outlet="Copies", title=f"Copy {number}")
            assert copy.report is not None
            writer.record_read(copy, READER, statements_of(copy.report, VILLAGE_SAID))
        writer.record_duplicate(Input("weir-again.html", "reports/weir-again.html", *_parts(dam()[0])))
        for number in range(3):
            writer.record_skipped(Input(f"empty-{number}.txt", f"reports/empty-{number}.txt", reason="empty"))
        writer.record_skipped(
            Input("rio.txt", "reports/rio.txt", reason="language: es", detail=f"only English is read {HOSTILE_WORD}")
        )
    return path


def _parts(given: Input) -> tuple[Capture, Report]:
    assert given.capture is not None
    assert given.report is not None
    return given.capture, given.report
