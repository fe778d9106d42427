"""Sets what reports quote beside what transcripts have, and says how the words differ.

A quotation is what stands in quotation marks inside a direct or mixed statement. It is checked against the words of
the same actor, or of the same name, in transcripts of the days before the report. What is told without quotation marks
is not checked. That words are found says nothing about whether what they say is so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from onrecord.domain.spans import Span, trimmed
from onrecord.domain.statements import Kind
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.shown import LocatedSpan, RecordedStatement
from onrecord.ledger.view import StatementFilter
from onrecord.linking.quotations import NOT_FOUND, Beside, Fidelity, Spoken, set_beside
from onrecord.quoting.transcripts import READER, Transcript
from onrecord.reading.people import key
from onrecord.reading.quotations import quoted_regions
from onrecord.reading.windows import paragraphs

WITHIN: Final = timedelta(days=10)
"""So long after a transcript's day a report of it may come out."""
FEWEST_LETTERS: Final = 3
OTHER_SPEAKER: Final = 6
"""So many words of somebody else, word by word, are no accident."""
_MARKS: Final = "“”„‟«»‹›\"'‘’`❝❞＂"
_BEST: Final = {mark: place for place, mark in enumerate(Fidelity)}


@dataclass(frozen=True, slots=True)
class Checked:
    """One quotation of one statement, and how it stands to the transcript that has most of it.

    `quoted` are its characters in its report. `speaker` is whose words of the transcript it was set beside. `said_by`
    is set where the words are not this speaker's in the transcript but stand there as another one's.
    """

    statement: RecordedStatement
    quoted: LocatedSpan
    transcript: Transcript
    speaker: str
    beside: Beside
    said_by: str | None = None


def check_quotes(
    view: LinkedView, transcripts: Sequence[Transcript], reports: Collection[str] = ()
) -> Iterator[Checked]:
    """The quotations that may render the transcripts, each beside the one that has most of it, by report and place.

    `reports` are ids: with them only these reports are looked at, whenever they came out.
    """
    best: dict[tuple[str, int, int], Checked] = {}
    for transcript in transcripts:
        for name in transcript.names:
            spoken = transcript.said_by(name)
            for statement in _statements(view, transcript, name, reports):
                for quoted in _quotations(view, statement):
                    place = (quoted.report, quoted.start, quoted.end)
                    beside = set_beside(quoted.text, spoken)
                    if place not in best or _BEST[beside.fidelity] < _BEST[best[place].beside.fidelity]:
                        best[place] = Checked(statement, quoted, transcript, name, beside)
    others = cache(lambda place, name: _others(transcripts[place], name))
    for _, one in sorted(best.items(), key=lambda row: (_day(row[1]), row[0])):
        if one.beside.fidelity not in (Fidelity.CHANGED, Fidelity.NOT_FOUND):
            yield one
            continue
        yield _by_another(one, others(transcripts.index(one.transcript), one.speaker))


def _by_another(one: Checked, others: Spoken) -> Checked:
    """The same, or where the words stand in the transcript as somebody else's, not found and who says them."""
    if len(one.quoted.text.split()) < OTHER_SPEAKER:
        return one
    beside = set_beside(one.quoted.text, others)
    if beside.fidelity not in (Fidelity.VERBATIM, Fidelity.CUT):
        return one
    who = one.transcript.speaker_at(beside.spoken[0].start) or "somebody without a name"
    return Checked(one.statement, one.quoted, one.transcript, one.speaker, NOT_FOUND, who)


def _others(transcript: Transcript, name: str) -> Spoken:
    return Spoken(transcript.report.text, [spans for own, spans in transcript.turns if own != name])


def _day(one: Checked) -> str:
    published = one.statement.report.published
    return published.isoformat() if published else ""


def _statements(
    view: LinkedView, transcript: Transcript, name: str, reports: Collection[str]
) -> Iterator[RecordedStatement]:
    """The statements in quotation marks that are reported of a speaker of a transcript."""
    surname = name.split()[-1]
    if reports:
        wanted = [StatementFilter(report=one) for one in reports]
    elif transcript.published is None:
        wanted = [StatementFilter(speaker=surname)]
    else:
        since = transcript.published.replace(hour=0, minute=0, second=0, microsecond=0)
        wanted = [StatementFilter(speaker=surname, since=since, until=since + WITHIN + timedelta(days=1))]
    for one in wanted:
        for statement in view.statements(one):
            quotes = statement.statement.kind in (Kind.DIRECT, Kind.MIXED) and statement.reader.name != READER
            if quotes and statement.report.id != transcript.id and _same(view, statement, name, transcript):
                yield statement


def _same(view: LinkedView, statement: RecordedStatement, name: str, transcript: Transcript) -> bool:
    """Whether a statement is held to be of this speaker: the same actor, or where linking knows none, the same name."""
    told = statement.statement.speaker.name
    if told is None:
        return False
    actor = transcript.actors.get(name)
    if actor is not None and (other := view.speaker_of(statement.statement.id)[0]) is not None:
        return other.id == actor
    mine, theirs = key(name).split(), key(told).split()
    return mine[-1] == theirs[-1] and (len(mine) == 1 or len(theirs) == 1 or mine[0] == theirs[0])


def _quotations(view: LinkedView, statement: RecordedStatement) -> Iterator[LocatedSpan]:
    """What of a statement's content stands in quotation marks, each stretch alone, without its marks."""
    text = view.texts([statement.report.id])[statement.report.id]
    blocks = list(paragraphs(text))
    for part in statement.content:
        for block in blocks:
            if block.end <= part.start or block.start >= part.end:
                continue
            for region in quoted_regions(text, block):
                start, end = max(region.start, part.start), min(region.end, part.end)
                span = trimmed(text, start, end) if start < end else None
                bare = None if span is None else _bare(text, span)
                if bare is not None and sum(letter.isalpha() for letter in bare.of(text)) >= FEWEST_LETTERS:
                    head = statement.report
                    yield LocatedSpan(head.id, head.input, bare.start, bare.end, bare.of(text))


def _bare(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return trimmed(text, start, end)
