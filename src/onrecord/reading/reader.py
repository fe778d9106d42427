"""The reader: a report's text in, attributed statements out.

`Reader` is a protocol, so that another reader can stand in; `TaggerReader` is the one in the wheel. A reader has no
state between reports and gives the same statements for the same text, whatever was read before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from onrecord.domain.passages import Time
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span, trimmed
from onrecord.domain.statements import Kind, ReaderIdentity, Statement, statement_id
from onrecord.reading.contents import taken_apart
from onrecord.reading.decode import Attribution, Decoding, Run, attributions
from onrecord.reading.encoder import Encoder, Words
from onrecord.reading.nesting import Inner, inner_speakers, inner_statements, nested, reading_order
from onrecord.reading.quotations import kind_of, quoted_regions
from onrecord.reading.speakers import Speakers, Unresolved
from onrecord.reading.vocabulary import names_a_questioner
from onrecord.reading.windows import paragraphs

_WORD = re.compile(r"[^\W_]+")
_SAYS_NOTHING = frozenset(
    "a an and as but he her him his it its of one or she so that the them they this to what".split()
)
MISSED_WORDS = 4
"""So many words of a quotation behind a content are no accident of tokens but a part that was missed."""
_CONJUNCTION = re.compile(r",?\s+(?:and|but|or|while|as)\Z")
_QUESTION_END = re.compile(r"\?[\"”’»]")
_ANSWER_OPENS = '"“‘«„'
_HYPHENATED = re.compile(r"-\w+(?:-\w+)*")


class Reader(Protocol):
    """What takes statements out of reports."""

    @property
    def identity(self) -> ReaderIdentity:
        """Name, version and weights: they stand on every row this reader writes."""
        ...

    def read_report(self, report: Report) -> Sequence[Statement]:
        """The statements of one report, in the order of their contents."""
        ...


class TaggerReader:
    """Reads with the tagger whose weights are in the wheel.

    >>> reader = TaggerReader()
    >>> for statement in reader.read('"We will not leave," Mayor Ida Holm said on Friday.'):
    ...     print(statement.kind, statement.speaker.name)
    direct Ida Holm
    """

    def __init__(self, weights: Path | None = None, *, threads: int = 1, decoding: Decoding | None = None) -> None:
        self._encoder = Encoder(weights, threads)
        self._decoding = decoding or Decoding()
        self.identity = ReaderIdentity("tagger", self._encoder.version, self._encoder.sha256)

    def read(self, text: str) -> Iterator[Statement]:
        """The statements of a text that has no report around it; their `report` is that of the bare text."""
        yield from self.read_report(Report(capture="", text=text))

    def read_report(self, report: Report) -> list[Statement]:
        """The statements of one report, in the order of their contents; marked stretches are not read."""
        text, skip = report.text, [mark.span for mark in report.marks]
        blocks = list(paragraphs(text, skip))
        regions = [region for block in blocks for region in quoted_regions(text, block)]
        found = self._outermost(text, skip, regions)
        outer = [one for one, _ in found]
        inner = inner_statements(text, outer, lambda span: self._again(text, span, regions))
        resolver = Speakers(text, blocks, report.author)
        # Asked apart, so that who speaks in the outer statements does not hang on what was found inside them.
        unasked = deepcopy(resolver) if inner else None
        speakers = resolver.resolve(outer)
        if unasked is not None:
            within = [one.statement for one in inner]
            speakers += inner_speakers(text, unasked, outer, within, regions)
            found += [(one.statement, one.certainty) for one in inner]
        statements: list[Statement] = []
        times: list[Time] = []
        for (one, certain), speaker in sorted(
            zip(found, speakers, strict=True), key=lambda row: reading_order(row[0][0])
        ):
            before = [time for time in times if time.span.end <= one.content[0].start]
            passages = taken_apart(
                text, one.content, cue=one.cue, source=one.source, kind=one.kind,
                published=report.published, before=before,
            )  # fmt: skip
            times += [time for passage in passages for time in passage.times]
            statements.append(
                Statement(
                    id=statement_id(report.id, text, one.source, one.cue, one.content),
                    report=report.id,
                    source=one.source,
                    cue=one.cue,
                    content=one.content,
                    kind=one.kind,
                    speaker=speaker,
                    confidence=self._confidence(certain),
                    passages=passages,
                )
            )
        return nested(statements)

    def _outermost(self, text: str, skip: Sequence[Span], regions: Sequence[Span]) -> list[tuple[Unresolved, float]]:
        """The statements that stand in no other one, with how certain the tagger is of each."""
        found: list[tuple[Attribution, Words]] = []
        for window in self._encoder.windower.windows(text, skip):
            words = self._encoder.tag(window)
            for attribution in attributions(words, self._decoding):
                if certainty(attribution) >= self._decoding.floor:
                    found.extend((part, words) for part in answers_apart(text, attribution, words))
        located = [self._located(text, attribution, words, regions) for attribution, words in found]
        whole = to_the_marks(text, located, regions)
        return [
            (one, certainty(attribution))
            for (attribution, _), one in zip(found, whole, strict=True)
            if _says_something(text, one)
        ]

    def _again(self, text: str, span: Span, regions: Sequence[Span]) -> Iterator[Inner]:
        """What the tagger finds in a stretch of a report when nothing stands around it."""
        for window in self._encoder.windower.packed(text, [span]):
            words = self._encoder.tag(window)
            for attribution in attributions(words, self._decoding):
                one = self._located(text, attribution, words, regions)
                if one.cue and _says_something(text, one):
                    yield Inner(one, certainty(attribution))

    def _located(self, text: str, attribution: Attribution, words: Words, regions: Sequence[Span]) -> Unresolved:
        """An attribution in characters of the text, with its kind."""
        source = tuple(_whole_words(text, span) for span in spans_of(words, attribution.source))
        own = (*attribution.source, *attribution.cue)
        joined = spans_of(words, attribution.content, own, self._decoding.bridge)
        content = tuple(_without_conjunction(text, span) for span in joined)
        near = [region for region in regions if any(region.overlaps(span) for span in content)]
        return Unresolved(source, spans_of(words, attribution.cue), content, kind_of(text, content, near))

    def _confidence(self, certain: float) -> float:
        """How often statements as certain as this were right on PolNeAR dev, 0 to 1, to four digits."""
        known, right = self._encoder.calibration.T
        return round(float(np.interp(certain, known, right)), 4)


def to_the_marks(text: str, located: Sequence[Unresolved], regions: Sequence[Span]) -> list[Unresolved]:
    """Statements with their quotations whole: a content that breaks off inside quotation marks goes on to their end.

    Or to the next thing that the reader found, when that comes first; an unclosed quotation ends with its paragraph.
    """
    taken = sorted(span.start for one in located for span in (*one.source, *one.cue, *one.content))
    out = []
    for one in located:
        last = one.content[-1]
        region = next((r for r in regions if r.start < last.end < r.end and r.overlaps(last)), None)
        if region is not None:
            after = next((start for start in taken if start >= last.end), len(text))
            rest = trimmed(text, last.end, min(region.end, after))
            if rest is not None and len(_WORD.findall(rest.of(text))) >= MISSED_WORDS:
                one = replace(one, content=(*one.content[:-1], Span(last.start, rest.end)))
        out.append(one)
    return out


def certainty(attribution: Attribution) -> float:
    """The geometric mean of the certainty of the labels times that of the ties, 0 to 1; not a probability yet."""
    parts = [*attribution.content, *attribution.source, *attribution.cue]
    sure = math.exp(sum(math.log(max(run.sure, 1e-6)) for run in parts) / len(parts)) * attribution.tie
    return min(1.0, max(0.0, sure))


def _says_something(text: str, statement: Unresolved) -> bool:
    """Whether there is more than a pronoun or an article, and more than unquoted words that nothing attributes."""
    if statement.kind is Kind.INDIRECT and not statement.cue:
        return False
    if statement.source and all(span.of(text).lower() == "you" for span in statement.source):
        # The page speaks to its reader: "Do you have an opinion on this article?"
        return False
    words = [word.lower() for span in statement.content for word in _WORD.findall(span.of(text))]
    return any(word not in _SAYS_NOTHING for word in words)


def spans_of(words: Words, parts: Sequence[Run], between: Sequence[Run] = (), bridge: int = 1) -> tuple[Span, ...]:
    """Character spans of the runs of one role, joined where only a few words of a paragraph part them.

    At most `bridge` words, and none of a run in `between`; a single word, a lost comma or mark, never parts them.
    """
    joined: list[tuple[int, int]] = []
    for run in sorted(parts, key=lambda part: part.first):
        if joined:
            first, last = joined[-1]
            gap = range(last + 1, run.first)
            free = not any(other.first <= k <= other.last for other in between for k in gap)
            same = words.paragraph[run.first] == words.paragraph[last]
            if same and (len(gap) <= 1 or (free and len(gap) <= bridge)):
                joined[-1] = (first, run.last)
                continue
        joined.append((run.first, run.last))
    return tuple(Span(int(words.starts[first]), int(words.ends[last])) for first, last in joined)


def answers_apart(text: str, attribution: Attribution, words: Words) -> Iterator[Attribution]:
    """A journalist's question and the answer that was tied to the same cue, as two attributions.

    The answer is left without a source: whoever gives it, it is not the one who asked.
    """
    asked = any(names_a_questioner(text[words.starts[run.first] : words.ends[run.last]]) for run in attribution.source)
    if not asked:
        yield attribution
        return
    question: list[Run] = []
    for k, run in enumerate(attribution.content):
        inside = range(run.first, run.last + 1)
        ends = [i for i in inside if _QUESTION_END.match(text, max(0, int(words.ends[i]) - 2), int(words.ends[i]))]
        more = ends and (ends[-1] < run.last or k + 1 < len(attribution.content))
        if not more:
            question.append(run)
            continue
        end = ends[-1]
        question.append(replace(run, last=end))
        # What introduces the answer ("To the question, “…") is not part of it.
        opens = [i for i in range(end + 1, run.last + 1) if text[words.starts[i]] in _ANSWER_OPENS]
        rest = [replace(run, first=opens[0])] if opens else []
        answer = (*rest, *attribution.content[k + 1 :])
        yield replace(attribution, content=tuple(question))
        if answer:
            yield Attribution((), (), answer, attribution.tie)
        return
    yield attribution


def _whole_words(text: str, span: Span) -> Span:
    """The span with the rest of a hyphenated word that it breaks off in ("the Union Secretary" of "-General")."""
    rest = _HYPHENATED.match(text, span.end)
    return Span(span.start, rest.end()) if rest else span


def _without_conjunction(text: str, span: Span) -> Span:
    """The span without an "and" or "but" at its end, which leads on to the next statement."""
    tail = _CONJUNCTION.search(text, span.start, span.end)
    return Span(span.start, tail.start()) if tail and tail.start() > span.start else span
