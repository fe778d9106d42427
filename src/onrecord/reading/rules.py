"""A reader made of a few rules, without weights: the smallest thing that fits the `Reader` protocol.

It finds a verb of saying beside a name, a pronoun or a definite noun, and takes the quotation in the same sentence, or
the "that …" behind the verb. Tests read with it where the weights do not matter, it is the baseline in the benchmark,
and docs/how-to/write-a-reader.md walks through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.domain.reports import Report
from onrecord.domain.spans import Span, trimmed
from onrecord.domain.statements import ReaderIdentity, Statement, statement_id
from onrecord.reading.quotations import kind_of, quoted_regions
from onrecord.reading.speakers import Speakers, Unresolved
from onrecord.reading.windows import paragraphs, sentences

VERBS = "said says told tells added adds warned denied announced insisted stressed noted asked replied claimed stated"
_VERB = rf"(?:{'|'.join(VERBS.split())})"
_NAME = r"(?:[A-Z][\w.'’\-]*(?: (?:of|de|von|van))?(?: [A-Z][\w.'’\-]*)*)"
_SOURCE = rf"(?:[Hh]e|[Ss]he|[Tt]hey|(?:[Tt]he )(?:[a-z]+ ){{0,3}}[a-z]+|(?:[Tt]he )?{_NAME})"
_SAID = re.compile(rf"(?P<source>{_SOURCE}) (?P<cue>{_VERB})\b|\b(?P<cue2>{_VERB}) (?P<source2>{_SOURCE})")


class RuleReader:
    """Reads by rules.

    >>> reader = RuleReader()
    >>> [found] = reader.read('"We will not leave," Mayor Ida Holm said on Friday.')
    >>> found.kind.value, found.speaker.name
    ('direct', 'Ida Holm')
    """

    identity = ReaderIdentity("rules", "1", None)

    def read(self, text: str) -> Iterator[Statement]:
        """The statements of a text that has no report around it."""
        yield from self.read_report(Report(capture="", text=text))

    def read_report(self, report: Report) -> list[Statement]:
        """The statements of one report, in the order of their contents; marked stretches are not read."""
        text = report.text
        blocks = list(paragraphs(text, [mark.span for mark in report.marks]))
        found = [one for block in blocks for one in _statements(text, block)]
        found.sort(key=lambda one: one.content[0])
        speakers = Speakers(text, blocks, report.author).resolve(found)
        return [
            Statement(
                id=statement_id(report.id, text, one.source, one.cue, one.content),
                report=report.id,
                source=one.source,
                cue=one.cue,
                content=one.content,
                kind=one.kind,
                speaker=speaker,
                confidence=0.5,
            )
            for one, speaker in zip(found, speakers, strict=True)
        ]


def _statements(text: str, paragraph: Span) -> Iterator[Unresolved]:
    regions = quoted_regions(text, paragraph)
    for sentence in _with_their_quotations(sentences(text, paragraph), regions):
        inside = [region for region in regions if sentence.covers(region)]
        for found in _SAID.finditer(text, sentence.start, sentence.end):
            if any(region.overlaps(Span(*found.span())) for region in inside):
                continue
            which = "" if found["source"] else "2"
            source, cue = Span(*found.span(f"source{which}")), Span(*found.span(f"cue{which}"))
            content = tuple(inside) or _clause(text, found.end(), sentence.end)
            if content:
                yield Unresolved((source,), (cue,), content, kind_of(text, content, regions))
            break


def _with_their_quotations(parts: list[Span], regions: list[Span]) -> Iterator[Span]:
    """Sentences, joined where a quotation runs over their border."""
    at = 0
    while at < len(parts):
        start, end = parts[at].start, parts[at].end
        while at + 1 < len(parts) and any(region.start < end < region.end for region in regions):
            at += 1
            end = parts[at].end
        yield Span(start, end)
        at += 1


def _clause(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The "that …" behind a verb, without the sentence's full stop."""
    found = re.compile(r"(?:\s+\w+){0,3}?\s+(?=that\s)").match(text, start, end)
    if not found:
        return ()
    last = end
    while last > found.end() and (text[last - 1].isspace() or text[last - 1] in ".!?"):
        last -= 1
    clause = trimmed(text, found.end(), last)
    return (clause,) if clause else ()
