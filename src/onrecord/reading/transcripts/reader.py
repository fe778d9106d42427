"""The reader of transcripts: each paragraph of a turn is one direct statement of whoever the label names.

The source of a statement is the label, its content the words. A short label ("Oder:") means the fullest name that the
labels and the text before them give ("Ned Oder, spokesman:"); where two people share the surname it stays as it is.
"Question", "Q" and voices stay unnamed. What the words tell of others is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.domain.passages import Time
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Basis, Kind, ReaderIdentity, Speaker, Statement, statement_id
from onrecord.reading.cast import Cast
from onrecord.reading.contents import taken_apart
from onrecord.reading.people import Person, key, roles_in
from onrecord.reading.transcripts.labels import Label, Sort, once
from onrecord.reading.transcripts.recognising import Turn, turns_anyway, turns_of
from onrecord.reading.vocabulary import ROLE_NOUNS, first_names
from onrecord.reading.windows import paragraphs

CONFIDENCE: Final = 0.98
"""Of 42 statements drawn from 14 transcripts and looked at, 41 were words of whom the label names."""


class TranscriptReader:
    """Reads turns by their labels.

    >>> reader = TranscriptReader()
    >>> for one in reader.read("Ned Oder, spokesman: Good day.\\n\\nQ: Will you leave?\\n\\nOder: We will not leave."):
    ...     print(one.speaker.name, one.speaker.basis.value, one.passages[0].act.value)
    Ned Oder named opinion
    None unnamed question
    Ned Oder shortened commitment
    """

    identity = ReaderIdentity("transcript", "1", None)

    def read(self, text: str) -> Iterator[Statement]:
        """The statements of a text that has no report around it."""
        yield from self.read_report(Report(capture="", text=text))

    def read_report(self, report: Report) -> list[Statement]:
        """The statements of one report in order; of one that is no transcript, whatever stands behind labels."""
        text = report.text
        blocks = list(paragraphs(text, [mark.span for mark in report.marks]))
        turns = turns_of(report) or turns_anyway(report)
        speakers = _Speakers(report, blocks, turns)
        statements: list[Statement] = []
        times: list[Time] = []
        for turn in turns:
            speaker = speakers.of(turn.label)
            for content in turn.words:
                source = (turn.label.span,)
                passages = taken_apart(
                    text, content, cue=(), source=source, kind=Kind.DIRECT, published=report.published, before=times
                )
                times += [time for passage in passages for time in passage.times]
                statements.append(
                    Statement(
                        id=statement_id(report.id, text, source, (), content),
                        report=report.id,
                        source=source,
                        cue=(),
                        content=content,
                        kind=Kind.DIRECT,
                        speaker=speaker,
                        confidence=CONFIDENCE,
                        passages=passages,
                    )
                )
        return statements


class _Speakers:
    """Whom the labels of one transcript mean."""

    def __init__(self, report: Report, blocks: Sequence[Span], turns: Sequence[Turn]) -> None:
        text = self._text = report.text
        self._title = report.title or ""
        self._known: dict[str, tuple[str, Span]] = {}
        first = turns[0].label.span.start if turns else 0
        before = [block for block in blocks if block.end <= first]
        self._introduced = Cast(text, before).people if before else []
        for turn in turns:
            if turn.label.name is not None and turn.label.sort is Sort.NAMED:
                name = written(turn.label.name)
                self._known.setdefault(key(name), (name, turn.label.span))
        for person in self._introduced:
            if len(person.name.split()) > 1:
                name = once(person.name.split())
                self._known.setdefault(key(name), (name, person.place))

    def of(self, label: Label) -> Speaker:
        if label.sort is Sort.ASKED:
            return UNNAMED
        if label.sort is Sort.ROLE:
            return self._by_role(label)
        if label.name is None:
            return UNNAMED
        name = written(label.name)
        fuller = {known: place for own, (known, place) in self._known.items() if _shortens(key(name), own)}
        # "Ned Oder" and "Ned A. Oder" are one, "Ned Oder" and "Ida Oder" are two.
        longest = max(fuller, key=lambda one: (len(one.split()), one), default=None)
        if longest is not None and all(one == longest or _shortens(key(one), key(longest)) for one in fuller):
            return Speaker(longest, Basis.SHORTENED, fuller[longest])
        titled = self._in_title(name)
        if titled is not None and not fuller:
            return Speaker(titled, Basis.SHORTENED, label.span)
        return Speaker(name, Basis.NAMED, label.span)

    def _in_title(self, surname: str) -> str | None:
        """The only name in the report's title that ends in a surname: "Briefing by Ned Oder"."""
        found = re.findall(rf"\b([^\W\d_a-z][^\W\d_]+ (?:[^\W\d_]\. )?{re.escape(surname)})\b", self._title)
        names = {name for name in found if key(name.split()[0]) in first_names()}
        return names.pop() if len(names) == 1 else None

    def _by_role(self, label: Label) -> Speaker:
        """ "THE PRESIDENT", when the text before the turns names one person alone who is that."""
        words = [word.strip(".,").casefold() for word in label.span.of(self._text).split()]
        held = roles_in(words) & ROLE_NOUNS
        meant: list[Person] = [one for one in self._introduced if held <= one.roles and len(one.name.split()) > 1]
        if held and len(meant) == 1:
            return Speaker(meant[0].name, Basis.DESCRIPTION, meant[0].place)
        return UNNAMED


def written(name: str) -> str:
    """A name as it is written in a sentence: labels often put it in capitals.

    >>> written("NED McCALL"), written("LENZ-ODER"), written("Ana Lenz")
    ('Ned McCall', 'Lenz-Oder', 'Ana Lenz')
    """
    return " ".join(word if not word.isupper() and not word.startswith("Mc") else _small(word) for word in name.split())


def _small(word: str) -> str:
    if word.startswith("Mc") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return "-".join(part.capitalize() if len(part) > 2 or not part.endswith(".") else part for part in word.split("-"))


def _shortens(short: str, full: str) -> bool:
    """Whether a name is the other one with words left out: the surname alone, or without what stands in the middle."""
    few, many = short.split(), full.split()
    if len(few) >= len(many) or few[-1] != many[-1]:
        return False
    return len(few) == 1 or (few[0] == many[0] and all(word in many for word in few))
