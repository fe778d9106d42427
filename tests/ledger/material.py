"""Invented inputs for the tests of the ledger: the same number makes the same input."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from onrecord.domain.briefs import Brief, Citation, Form, Part, Section, Sentence
from onrecord.domain.judgements import Judgement, Subject, Verdict, judgement_id
from onrecord.domain.passages import Act, Bound, Figure, Passage, Time, TimeKind
from onrecord.domain.reports import Capture, Input, Mark, MarkKind, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import (
    UNNAMED,
    Basis,
    Kind,
    ReaderIdentity,
    Speaker,
    Statement,
    statement_id,
)
from onrecord.ledger import linked_schema, listed_schema, versions_schema, weighed_schema
from onrecord.ledger.writer import Writer
from onrecord.places import Place
from onrecord.settings import Settings

READER = ReaderIdentity("test reader", "1", "ab" * 32)
LATER_READER = ReaderIdentity("test reader", "2", None)
START = datetime(2031, 5, 1, 12, tzinfo=UTC)

Read = tuple[Input, tuple[Statement, ...]]

_SPEAKERS = ("Ilse Märtz", "Omar Dûr", "ILSE MÄRTZ", "Keat Ling", "Anna-Lena Weiß")
_OUTLETS = ("The Harbour Post", "Región Hoy", None)
_PAIRS_BEFORE = """
DROP TABLE link_pair;
CREATE TABLE link_pair (
    kind TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, reasons TEXT NOT NULL,
    PRIMARY KEY (kind, a, b)
);
CREATE INDEX link_pair_b ON link_pair (kind, b);
INSERT INTO link_pair VALUES ('story', 'a', 'b', 0.5, '["r"]'), ('story', 'c', 'd', 0.25, '[]');
"""
"""The table of pairs as it was up to schema 6, with two in it."""


def back_to(schema: int) -> str:
    """SQL, for either database, that takes from a ledger of today what came after `schema`, 2 to 6.

    From schema 3 on there are two linked pairs in it afterwards.
    """
    lacking: list[str] = []
    if schema < 6:
        lacking += [one.name for one in reversed(versions_schema.DERIVED)]
    if schema < 5:
        lacking += [one.name for one in reversed(listed_schema.DERIVED)]
    if schema < 4:
        lacking += ["brief", *(one.name for one in reversed(weighed_schema.DERIVED))]
    if schema < 3:
        lacking += ["judgement", *(one.name for one in reversed(linked_schema.DERIVED))]
    elif schema < 5:
        lacking += ["link_voice", "link_heard", "link_called"]
    dropped = "".join(f"DROP TABLE {one};\n" for one in lacking)
    indexes = "DROP INDEX IF EXISTS link_rendering_statement;\nDROP INDEX IF EXISTS link_utterance_first;\n"
    return dropped + indexes + (_PAIRS_BEFORE if schema >= 3 else "")


class Clock:
    """A clock that goes on by one minute each time it is read."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def located(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def made(
    report: Report,
    source: str | None,
    cue: str,
    content: tuple[str, ...],
    kind: Kind,
    speaker: str | None,
    nested_in: str | None = None,
    after: int = 0,
) -> Statement:
    text = report.text
    sources = () if source is None else (located(text, source, after),)
    cues = (located(text, cue, after),)
    contents = tuple(located(text, words, after) for words in content)
    return Statement(
        id=statement_id(report.id, text, sources, cues, contents),
        report=report.id,
        source=sources,
        cue=cues,
        content=contents,
        kind=kind,
        speaker=UNNAMED if speaker is None else Speaker(speaker, Basis.NAMED, sources[0] if sources else None),
        confidence=0.875,
        nested_in=nested_in,
    )


def invented(number: int, *, name: str | None = None, confidence: float | None = None) -> Read:
    """One input with four statements: direct, indirect holding a nested one, and an unnamed speaker's."""
    speaker = _SPEAKERS[number % len(_SPEAKERS)]
    text = (
        f"Bridge {number} reopens\n\n“The bridge will carry {number} lorries a day,” {speaker} said. "
        f"{speaker} added that the council believes ferries {number} are cheaper. "
        f"A harbour pilot warned that the channel is silting up. 🚢 Weather: calm.\n"
    )
    outlet = _OUTLETS[number % len(_OUTLETS)]
    capture = Capture(
        f"<p>{text}</p>".encode(),
        place=f"in/{number}.html",
        media_type="text/html",
        retrieved=START - timedelta(hours=number) if number % 2 else None,
        headers={"etag": f'"{number}"', "content-type": "text/html"},
    )
    report = Report(
        capture=capture.sha256,
        text=text,
        outlet=outlet,
        title=f"Bridge {number} reopens" if number % 4 else None,
        author="N. Ovák",
        url=f"https://example.org/{number}",
        published=None if number % 5 == 4 else datetime(2031, 4, 1 + number % 28, tzinfo=UTC),
        published_is_day=number % 5 != 4,
        language="en",
        marks=(Mark(located(text, "Weather: calm."), MarkKind.BOILERPLATE),),
        extractor="test 1",
        extra='{"section":"Häfen"}',
    )
    after = text.index(" added") - len(speaker)
    outer = made(
        report, speaker, "added", (f"that the council believes ferries {number} are cheaper",), Kind.INDIRECT, speaker,
        after=after,
    )  # fmt: skip
    statements: tuple[Statement, ...] = (
        made(report, speaker, "said", (f"“The bridge will carry {number} lorries a day,”",), Kind.DIRECT, speaker),
        outer,
        made(report, "the council", "believes", (f"ferries {number} are cheaper",), Kind.MIXED, None, outer.id),
        made(report, "A harbour pilot", "warned", ("that the channel is silting up",), Kind.INDIRECT, None),
    )
    statements = (replace(statements[0], passages=(lorries(text, number),)), *statements[1:])
    if confidence is not None:
        statements = tuple(replace(one, confidence=confidence) for one in statements)
    return Input(name or f"{number}.html", capture.place, capture, report), statements


def lorries(text: str, number: int) -> Passage:
    """The passage of an invented report's first statement: a commitment with a figure and a time."""
    day = Time(
        located(text, "a day"),
        TimeKind.SET,
        "P1D",
        datetime(2031, 4, 1, tzinfo=UTC) if number % 2 else None,
        datetime(2031, 4, 2, tzinfo=UTC) if number % 2 else None,
    )
    figure = Figure(
        located(text, f"{number} lorries"),
        float(number) if number % 3 else None,
        low=0.5,
        bound=Bound.AT_LEAST,
        unit="per day",
        counted=located(text, "lorries"),
        place=located(text, "The bridge"),
        as_of=day,
    )
    words = located(text, f"The bridge will carry {number} lorries a day")
    return Passage(words, Act.COMMITMENT, conditional=bool(number % 2), figures=(figure,), times=(day,))


def skipped(number: int) -> Input:
    return Input(f"bad-{number}", f"in/bad-{number}", Capture(b"%PDF" * number, "x", "x/y"), None, "empty", "no text")


def judged(number: int) -> Judgement:
    """A person's judgement on two invented passages."""
    a, b, made_at = f"a{number}", f"b{number}", START + timedelta(hours=number)
    verdict = Verdict.SAME if number % 2 else Verdict.DIFFERENT
    said = (Subject.PASSAGE, a, b, verdict, f"reason {number}", "Ida Holm", made_at)
    return Judgement(judgement_id(*said), *said)


def record(path: Place | str, numbers: range, *, settings: Settings = Settings(commit_every=2)) -> Clock:
    """Writes some invented inputs, one of them skipped and one a duplicate."""
    clock = Clock()
    with Writer(path, settings, clock=clock, recorded_by="test 1.0") as writer:
        for number in numbers:
            given, statements = invented(number)
            writer.record_read(given, READER, statements)
        writer.record_skipped(skipped(1))
        writer.record_duplicate(invented(numbers[0], name="copy.html")[0])
    return clock


def put(path: Place | str, *numbers: int, later: int = 0) -> None:
    """Writes some invented inputs, so many days later than others."""
    with Writer(path, clock=Clock(START + timedelta(days=later))) as writer:
        for number in numbers:
            given, statements = invented(number)
            writer.record_read(given, READER, statements)


def cited(number: int = 1, **changed: object) -> Citation:
    """A citation of an invented passage; `changed` are other values of its fields."""
    values: dict[str, object] = {
        "report": f"report-{number}",
        "input": f"story-{number}",
        "capture": "c" * 64,
        "text_sha256": "d" * 64,
        "start": 10,
        "end": 52,
        "text": f"The bridge will carry {number} lorries a day here",
        "speaker": "Ida Holm",
        "named": "Holm",
        "passage": f"passage-{number}",
        "statement": f"statement-{number}",
        "utterance": f"utterance-{number}",
        "origins": 1 + number % 2,
        "outlet": "The Courier",
        "published": START,
    }
    return Citation(**{**values, **changed})  # type: ignore[arg-type]


def briefed(number: int) -> Brief:
    """An invented brief of two sentences."""
    said = Sentence(Form.SAID, (cited(number),))
    against = Sentence(Form.AGAINST, (cited(number + 1), cited(number)), {"kind": "contradicts"})
    sections = (Section(Part.SAID, (said,)), Section(Part.DISPUTED, (against,)))
    return Brief(
        f"Bridges {number}", {"text": "bridge"}, sections, START + timedelta(hours=number), "Ida Holm", "0" * 64
    )
