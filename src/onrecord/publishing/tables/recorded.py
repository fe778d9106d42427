"""The tables of what stands in the chain: reports, statements and their passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.ledger.shown import LocatedPassage, LocatedSpan, ReportHead
from onrecord.ledger.snapshot import LinkedStatement, Snapshot, TakenReport
from onrecord.publishing.exports import joined
from onrecord.publishing.tables.columns import Column, Sort, T, Table

CHARACTERS: Final = "characters of the report's text, from 0"


@dataclass(frozen=True, slots=True)
class PassageOfStatement:
    """A passage and the statement it is of."""

    passage: LocatedPassage
    of: LinkedStatement

    @property
    def utterance(self) -> str | None:
        return self.of.utterances.get(self.passage.id)


def reported(report: Callable[[T], ReportHead], prefix: str = "") -> tuple[Column[T], ...]:
    """The columns that say where a thing stands: which report, of which outlet, published when."""
    return (
        Column(f"{prefix}report", Sort.TEXT, "The report it stands in: reports.id.", lambda one: report(one).id),
        Column(f"{prefix}outlet", Sort.TEXT, "Who published the report.", lambda one: report(one).outlet, empty=True),
        Column(
            f"{prefix}published",
            Sort.TIME,
            "When the report was published, as the outlet says; midnight where it says a day alone.",
            lambda one: report(one).published,
            unit="UTC",
            empty=True,
        ),
    )


def _starts(spans: Sequence[LocatedSpan]) -> list[int]:
    return [span.start for span in spans]


def _ends(spans: Sequence[LocatedSpan]) -> list[int]:
    return [span.end for span in spans]


def _spans(
    name: str, meaning: str, spans: Callable[[LinkedStatement], Sequence[LocatedSpan]]
) -> Iterator[Column[LinkedStatement]]:
    yield Column(name, Sort.TEXT, f"{meaning} Parts are joined by “ … ”.", lambda one: joined(spans(one)))
    yield Column(
        f"{name}_starts",
        Sort.WHOLES,
        f"Where each part of the {name} begins.",
        lambda one: _starts(spans(one)),
        unit=CHARACTERS,
    )
    yield Column(
        f"{name}_ends",
        Sort.WHOLES,
        f"Where each part of the {name} ends; the character there is no part of it.",
        lambda one: _ends(spans(one)),
        unit=CHARACTERS,
    )


REPORTS: Final[Table[TakenReport]] = Table(
    "reports",
    "A report: the text taken from one capture.",
    Snapshot.every_report,
    (
        Column("id", Sort.TEXT, "A hash of what it says and where it stood.", lambda one: one.recorded.head.id),
        Column("input", Sort.TEXT, "What people call it: a file's name or an id.", lambda one: one.recorded.head.input),
        Column("outlet", Sort.TEXT, "Who published it.", lambda one: one.recorded.head.outlet, empty=True),
        Column("title", Sort.TEXT, "Its headline.", lambda one: one.recorded.head.title, empty=True),
        Column("author", Sort.TEXT, "Its byline.", lambda one: one.recorded.head.author, empty=True),
        Column("url", Sort.TEXT, "The address it states.", lambda one: one.recorded.head.url, empty=True),
        Column("language", Sort.TEXT, "Its language (ISO 639).", lambda one: one.recorded.report.language, empty=True),
        Column(
            "published",
            Sort.TIME,
            "When it was published, as the outlet says; midnight where it says a day alone.",
            lambda one: one.recorded.head.published,
            unit="UTC",
            empty=True,
        ),
        Column(
            "published_is_day",
            Sort.FLAG,
            "Whether the outlet says a day alone.",
            lambda one: one.recorded.head.published_is_day,
        ),
        Column(
            "retrieved",
            Sort.TIME,
            "When the bytes were fetched, where that is known.",
            lambda one: one.recorded.head.retrieved,
            unit="UTC",
            empty=True,
        ),
        Column("recorded", Sort.TIME, "When it came on the record.", lambda one: one.recorded.recorded, unit="UTC"),
        Column("capture", Sort.TEXT, "The SHA-256 of the bytes.", lambda one: one.recorded.capture_sha256),
        Column("media_type", Sort.TEXT, "What the bytes are.", lambda one: one.media_type),
        Column("size", Sort.WHOLE, "How many bytes there are.", lambda one: one.size, unit="bytes"),
        Column("story", Sort.TEXT, "The story it tells: stories.id.", lambda one: one.story, empty=True),
        Column(
            "statements",
            Sort.WHOLE,
            "How many statements the last reading found in it.",
            lambda one: one.recorded.head.statements,
            unit="statements",
        ),
        Column(
            "text",
            Sort.TEXT,
            "Its text, of which every start and end in these tables counts the characters (Unicode code points).",
            lambda one: one.recorded.report.text,
        ),
        Column(
            "version",
            Sort.WHOLE,
            "Which version of its page it is, from 1; texts that differ in furniture of the page alone are one.",
            lambda one: one.version,
            unit="versions",
        ),
        Column(
            "version_of",
            Sort.TEXT,
            "The first report of the same page: reports.id; null for the first itself, and for the only one.",
            lambda one: one.version_of,
            empty=True,
        ),
        Column(
            "superseded_by",
            Sort.TEXT,
            "The report of what the page read when it was last seen: reports.id; null where it still read so.",
            lambda one: one.superseded_by,
            empty=True,
        ),
    ),
)

STATEMENTS: Final[Table[LinkedStatement]] = Table(
    "statements",
    "A statement: one attribution in one report.",
    Snapshot.every_statement,
    (
        Column("id", Sort.TEXT, "A hash of what it says and where it stands.", lambda one: one.recorded.statement.id),
        *reported(lambda one: one.recorded.report),
        Column(
            "kind",
            Sort.TEXT,
            "direct: all of it in quotation marks; indirect: none of it; or mixed.",
            lambda one: one.recorded.statement.kind.value,
        ),
        Column(
            "speaker",
            Sort.TEXT,
            "The fullest name of the speaker in the report; null where it names nobody, or none was safe to choose.",
            lambda one: one.recorded.statement.speaker.name,
            empty=True,
        ),
        Column(
            "speaker_basis",
            Sort.TEXT,
            "How the speaker was found: named, shortened, pronoun, description, continued, unnamed or, where a person "
            "said who speaks, judged.",
            lambda one: one.recorded.statement.speaker.basis.value,
        ),
        Column(
            "actor",
            Sort.TEXT,
            "Who the speaker is: actors.id; null where that is not safe.",
            lambda one: None if one.actor is None else one.actor.id,
            empty=True,
        ),
        *_spans("source", "The words that say who speaks.", lambda one: one.recorded.source),
        *_spans("cue", "The words that say that something was said.", lambda one: one.recorded.cue),
        *_spans("content", "The words that render what was said.", lambda one: one.recorded.content),
        Column(
            "confidence",
            Sort.NUMBER,
            "How sure the reader is that content and source are right.",
            lambda one: one.recorded.statement.confidence,
            unit="probability, 0 to 1",
        ),
        Column(
            "nested_in",
            Sort.TEXT,
            "The statement whose content holds this one: statements.id.",
            lambda one: one.recorded.statement.nested_in,
            empty=True,
        ),
        Column(
            "acts",
            Sort.TEXTS,
            "What is done by saying it: the acts of its passages, each once.",
            lambda one: [act.value for act in one.recorded.statement.acts],
        ),
        Column("reader", Sort.TEXT, "Who read the report.", lambda one: one.recorded.reader.name),
        Column("reader_version", Sort.TEXT, "In which version.", lambda one: one.recorded.reader.version),
        Column(
            "reader_weights",
            Sort.TEXT,
            "The SHA-256 of its weights; null for a reader that has none.",
            lambda one: one.recorded.reader.weights,
            empty=True,
        ),
        Column("recorded", Sort.TIME, "When it came on the record.", lambda one: one.recorded.recorded, unit="UTC"),
    ),
)


def _passages(view: Snapshot) -> Iterator[PassageOfStatement]:
    for one in view.every_statement():
        for passage in one.recorded.passages:
            yield PassageOfStatement(passage, one)


PASSAGES: Final[Table[PassageOfStatement]] = Table(
    "passages",
    "A passage: one sentence or clause of a statement's content, the unit that is linked and weighed. One that is of a "
    "statement and of another inside it has a row for each.",
    _passages,
    (
        Column("id", Sort.TEXT, "A hash of what it says and where it stands.", lambda one: one.passage.id),
        Column("statement", Sort.TEXT, "What it is of: statements.id.", lambda one: one.of.recorded.statement.id),
        *reported(lambda one: one.of.recorded.report),
        Column("start", Sort.WHOLE, "Where it begins.", lambda one: one.passage.span.start, unit=CHARACTERS),
        Column(
            "end",
            Sort.WHOLE,
            "Where it ends; the character there is no part of it.",
            lambda one: one.passage.span.end,
            unit=CHARACTERS,
        ),
        Column("text", Sort.TEXT, "Its characters.", lambda one: one.passage.span.text),
        Column(
            "act",
            Sort.TEXT,
            "What is done by saying it: claim, denial, demand, commitment, warning, prediction, question or opinion.",
            lambda one: one.passage.passage.act.value,
        ),
        Column(
            "negated",
            Sort.FLAG,
            "Whether it says that something is not so or was not seen.",
            lambda one: one.passage.passage.negated,
        ),
        Column("conditional", Sort.FLAG, "Whether it hangs on an “if”.", lambda one: one.passage.passage.conditional),
        Column(
            "speaker",
            Sort.TEXT,
            "The speaker of its statement, as there.",
            lambda one: one.of.recorded.statement.speaker.name,
            empty=True,
        ),
        Column(
            "actor",
            Sort.TEXT,
            "Who the speaker is: actors.id; null where that is not safe.",
            lambda one: None if one.of.actor is None else one.of.actor.id,
            empty=True,
        ),
        Column("utterance", Sort.TEXT, "What it renders: utterances.id.", lambda one: one.utterance, empty=True),
        Column(
            "figures",
            Sort.WHOLE,
            "How many numbers it gives that count or measure something.",
            lambda one: len(one.passage.figures),
            unit="figures",
        ),
        Column(
            "times",
            Sort.TEXTS,
            "The times it names, as TIMEX3 writes their values.",
            lambda one: [found.time.value for found in one.passage.times],
        ),
    ),
)
