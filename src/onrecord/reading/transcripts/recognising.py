"""Whether a report is a transcript, and its turns.

The rule is careful: a news story that is taken for a transcript loses what it tells, a transcript that is not
recognised is read like any report. So nearly all of the text has to stand in turns, the labels have to look like names,
roles or question and answer, and they have to come back. An interview counts when it is nearly all of its report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from onrecord.domain.reports import Report
from onrecord.domain.spans import Span, trimmed
from onrecord.reading.people import key
from onrecord.reading.transcripts.labels import Label, Sort, in_capitals, label_at
from onrecord.reading.vocabulary import ORGANISATION_NOUNS, first_names
from onrecord.reading.windows import paragraphs

SHARE: Final = 0.8
"""The part of a report's characters that has to stand in turns."""
FEWEST_TURNS: Final = 3
MOST_LABELS: Final = 0.75
"""Labels that differ, for each turn, at most: who speaks comes back."""
LONGEST_TURN: Final = 60
"""Paragraphs of a turn at most on the average: with more, a label is a heading."""
ROLE_WORDS: Final = 3
"""From so many words on, a label of its own gives a name and what its bearer is."""
MOST_TOLD: Final = 0.1
"""The part of the paragraphs without a label that may tell of speech ("…," he said) or name who speaks."""
MOST_STRANGE: Final = 0.2
"""Lines that begin with what looks like a label but is none ("Winner:", "The facts:"), for each turn at most."""
MOST_SPEAKERS: Final = 500
"""Labels that differ at most, whatever a text is made of."""
LONGEST_HEADING: Final = 8
"""Words of a heading between turns at most."""
LONG_LAST: Final = 15
"""So many paragraphs behind the last label may be its turn; more only where others are as long."""

_SEPARATOR = re.compile(
    r"(?:[*_\-–—=#~•·.…<>]\s*){3,}|#{1,6}|[-–—\s]*(?:end|ends|30)[-–—\s]*|\W*to be continued\W*", re.I
)
_REMARK = re.compile(
    r"\s*[(\[<](?:[^()\[\]<>]{0,60}\b)?(?:laughter|applause|laughs|chuckles|crosstalk|inaudible|off-mic|off mic|pause"
    r"|cheers|booing|music|silence|no response|via interpreter|through interpreter|in (?:[A-Z][a-z]+|English)"
    r"|speaks (?:in )?[A-Z][a-z]+|continues|retranslated|as (?:interpreted|translated)|end transcript|break)"
    r"\b[^()\[\]<>]{0,60}[)\]>]\s*",
    re.IGNORECASE,
)
_WHOLE_REMARK = re.compile(r"[(\[<][^()\[\]<>]{0,200}[)\]>]\.?")
_TOLD = re.compile(
    r"[”\"’],?\s(?:[\w.’'\-]+\s){0,4}?(?:said|says|told|added|asked|wrote)\b|\b(?:said|told|added),?\s[“\"‘]"
)
_WORD = re.compile(r"[^\W\d_]+")
# Looked ahead at, so that names which overlap are all found.
_FULL_NAME = re.compile(
    r"\b(?=(?P<first>[^\W\d_a-z][^\W\d_]{1,30}) (?:[^\W\d_]\. )?(?P<last>[^\W\d_a-z][^\W\d_]{1,30})\b)"
)
_HEADING = re.compile(r"[*_]{0,3}(?:[A-Z][\w’'.-]*(?:\s(?:[A-Z][\w’'.-]*|of|the|and)){0,5}|[A-Z][a-z]+)[*_]{0,3}:\s")
_LINE = re.compile(r"(?<=\n)[^\S\n]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says before another takes over: the label, and the stretches of words, a paragraph each.

    A paragraph is more than one stretch where a remark such as "(Laughter.)" parts it.
    """

    label: Label
    words: tuple[tuple[Span, ...], ...]


def is_transcript(report: Report) -> bool:
    """Whether a report is a transcript as a whole."""
    return bool(turns_of(report))


def turns_of(report: Report) -> tuple[Turn, ...]:
    """The turns of a transcript; none when the report is no transcript."""
    found = _Found(report)
    return found.turns if found.suffices() else ()


def turns_anyway(report: Report) -> tuple[Turn, ...]:
    """Whatever stands behind labels in a report, also in one that is no transcript."""
    return _Found(report).turns


class _Found:
    """The turns of one text, and what speaks for and against its being a transcript."""

    def __init__(self, report: Report) -> None:
        self.text = report.text
        self.title = report.title or ""
        self.blocks = list(paragraphs(self.text, [mark.span for mark in report.marks]))
        self.turns: tuple[Turn, ...] = ()
        self.later: list[tuple[Label, Span]] = []
        """Paragraphs of a turn behind its first one, with the label of the turn."""
        self.covered = 0
        """Characters of the paragraphs that stand in turns."""
        self.strange = 0
        """Lines that begin with what looks like a label and is none."""
        parts = list(_labelled(self.text, self.blocks))
        labels = [label for label, _ in parts if label is not None]
        if len(labels) > 1 and len({label.key(self.text) for label in labels}) <= MOST_SPEAKERS:
            self._take(parts, self._believed(labels))

    def _take(self, parts: Sequence[tuple[Label | None, Span]], known: set[str]) -> None:
        turns: list[Turn] = []
        current: Label | None = None
        words: list[tuple[Span, ...]] = []
        for label, block in parts:
            starts = label is not None and label.key(self.text) in known
            apart = not starts and _SEPARATOR.fullmatch(block.of(self.text)) is not None
            if starts or apart:
                if current is not None and words:
                    turns.append(Turn(current, tuple(words)))
                current, words = label if starts else None, []
            else:
                self.strange += label is not None or _HEADING.match(self.text, block.start, block.end) is not None
            if current is None:
                continue
            self.covered += block.end - block.start
            said = trimmed(self.text, current.behind if starts else block.start, block.end)
            if (
                said is None
                or _WHOLE_REMARK.fullmatch(said.of(self.text))
                or (not starts and is_heading(block.of(self.text)))
            ):
                continue
            stretches = tuple(_without_remarks(self.text, said))
            if stretches:
                words.append(stretches)
                self.later.extend([] if starts else [(current, block)])
        if current is not None and words:
            turns.append(Turn(current, tuple(words)))
        self.turns = tuple(turns)

    def _believed(self, labels: Sequence[Label]) -> set[str]:
        """The labels that count: names and questions do, other words when they belong to a name that the text gives."""
        times = Counter(label.key(self.text) for label in labels)
        names = {word for label in labels if label.sort is Sort.NAMED and label.name for word in _ends(label.name)}
        believed = set()
        asked = sum(label.sort is Sort.ASKED for label in labels) > 1
        for label in labels:
            own = label.key(self.text)
            if label.stopped and times[own] == 1:
                continue
            named = label.sort in (Sort.ASKED, Sort.NAMED) or (label.sort is Sort.ROLE and times[own] > 1)
            short = label.sort is Sort.SHORT and (own in names or self._is_name(label.span, times[own], asked))
            if named or short:
                believed.add(own)
        if len(believed) > 1:
            # The paper that asks: its name counts beside those of people alone.
            believed |= {label.key(self.text) for label in labels if label.sort is Sort.BODY and _is_outlet(label.name)}
        return believed

    def _is_name(self, word: Span, times: int, asked: bool) -> bool:
        """Whether one word that stands as a label so often, maybe beside questions, is somebody's name."""
        alone = word.of(self.text)
        if times < 2:
            return False
        if key(alone) in first_names() or key(alone) in map(key, self.title.split()):
            return True
        if (asked or (times > 2 and in_capitals(alone))) and alone.lower() not in self._words:
            return True
        return key(alone) in self._surnames

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word of the text as it is written."""
        return frozenset(_WORD.findall(self.text))

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """The words that stand behind a given name somewhere in the text."""
        return frozenset(
            key(found["last"]) for found in _FULL_NAME.finditer(self.text) if key(found["first"]) in first_names()
        )

    def suffices(self) -> bool:
        """Whether nearly all of the text stands in turns of people who come back."""
        turns, later = self.turns, self.later
        if len(turns) < 2 or len({self._who(turn.label) for turn in turns}) < 2:
            return False
        whole = sum(block.end - block.start for block in self.blocks)
        if self.covered < SHARE * whole or len(later) > LONGEST_TURN * len(turns):
            return False
        told = sum(1 for label, block in later if self._tells(label, block))
        if self.strange > max(1, MOST_STRANGE * len(turns)) or told > max(1, MOST_TOLD * (len(turns) + len(later))):
            return False
        *others, last = (len(turn.words) for turn in turns)
        if last > max(LONG_LAST, 3 * max(others)):
            return False
        times = Counter(self._who(turn.label) for turn in turns)
        if len(turns) >= FEWEST_TURNS and max(times.values()) > 1 and len(times) <= MOST_LABELS * len(turns):
            return True
        # Two heads of state who each speak once: labels that give a name and what its bearer is.
        return not told and all(turn.label.sort is Sort.NAMED and _has_role(self.text, turn.label) for turn in turns)

    def _who(self, label: Label) -> str:
        return _ends(label.name)[1] if label.name else label.key(self.text)

    def _tells(self, label: Label, block: Span) -> bool:
        """Whether a paragraph tells of speech, or of the one who is said to speak it: people do not name themselves."""
        words = block.of(self.text)
        if _TOLD.search(words):
            return True
        surname = label.name.split()[-1] if label.name else ""
        return len(surname) > 3 and re.search(rf"\b{re.escape(surname)}\b", words, re.IGNORECASE) is not None


def _labelled(text: str, blocks: Sequence[Span]) -> Iterator[tuple[Label | None, Span]]:
    """The paragraphs, cut before each line that has a label, each with the label it begins with."""
    for block in blocks:
        starts = [block.start, *(found.end() for found in _LINE.finditer(text, block.start, block.end))]
        labels = [(at, label_at(text, at, block.end)) for at in starts]
        cuts = [(at, label) for at, label in labels if at == block.start or label is not None]
        for place, (at, label) in enumerate(cuts):
            end = cuts[place + 1][0] if place + 1 < len(cuts) else block.end
            part = trimmed(text, at, end)
            if part is not None:
                yield label, part


def _ends(name: str) -> tuple[str, str]:
    """The first and the last word of a name, as they are compared."""
    words = name.split()
    return key(words[0]), key(words[-1])


def _is_outlet(name: str | None) -> bool:
    return name is not None and key(name.split()[-1]) in ORGANISATION_NOUNS


def _has_role(text: str, label: Label) -> bool:
    words = re.findall(r"[^\W\d_]+", label.span.of(text))
    return label.name is not None and len(words) - len(label.name.split()) >= ROLE_WORDS - 1


def _without_remarks(text: str, said: Span) -> Iterator[Span]:
    at = _begins(text, said.start, said.end)
    for found in _REMARK.finditer(text, said.start, said.end):
        before = trimmed(text, at, found.start())
        if before is not None and any(letter.isalnum() for letter in before.of(text)):
            yield before
        at = _begins(text, found.end(), said.end)
    rest = trimmed(text, at, said.end)
    if rest is not None and any(letter.isalnum() for letter in rest.of(text)):
        yield rest


def _begins(text: str, at: int, end: int) -> int:
    """Where words begin behind a remark and what punctuation it leaves."""
    while at < end and text[at] in " :;,\t\n":
        at += 1
    return at


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading between turns.

    >>> is_heading("Coalition Against Iraq"), is_heading("Thank you"), is_heading("We Will Stay.")
    (True, False, False)
    """
    words = re.findall(r"[^\W\d_]+", paragraph)
    large = [word for word in words if len(word) > 3]
    capitals = len(large) > 1 and all(word[0].isupper() for word in large)
    return 1 < len(words) <= LONGEST_HEADING and capitals and paragraph[-1].isalnum()
