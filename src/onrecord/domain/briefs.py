"""Briefs: sentences that each point at the characters they rest on, and nothing that does not.

A sentence is made of its form, its citations and a few plain facts by a pure function (`words`), here and nowhere else.
So a sentence can be made again from what it cites and compared: a citation that does not bear its sentence shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from onrecord.domain.ids import content_id


class Part(StrEnum):
    """The sections of a brief, in their order."""

    HAPPENED = "What is reported"
    SAID = "Who says what"
    DISPUTED = "What stands against what"
    FIGURES = "Figures"
    DOCKET = "Commitments, demands, warnings, predictions"
    MISSING = "What is missing"


class Form(StrEnum):
    """How a sentence is made of its citations."""

    SAID = "said"
    """One citation: who said it, where it stands, from how many independent origins."""
    AGAINST = "against"
    """Two citations: `kind` says how the first stands to the second."""
    FIGURE = "figure"
    """One citation whose characters hold the number `number`, for the day `day`."""
    REVISED = "revised"
    """Two citations of one figure: `number` and, before it, `earlier`; `kind` says how they stand."""
    DUE = "due"
    """One citation: `act`, the day `due` and how it stands, `status`; with `by` where a person decided."""
    ALONE = "alone"
    """One citation: no second independent origin has it."""
    UNNAMED = "unnamed"
    """One citation: nobody is named who said it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters `[start, end)` of a report's text, those characters, and what they can be checked by.

    `capture` is the SHA-256 of the bytes that the report was taken from, `text_sha256` that of the report's text.
    `speaker` is who is shown as saying it, `named` the name in the report, None where it names nobody. `origins` counts
    the independent origins of its utterance.
    """

    report: str
    input: str
    capture: str
    text_sha256: str
    start: int
    end: int
    text: str
    speaker: str
    named: str | None
    passage: str
    statement: str
    utterance: str
    origins: int
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    published_is_day: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: made by `words` of its form, citations and facts."""

    form: Form
    citations: tuple[Citation, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """One section with its sentences."""

    part: Part
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: what was asked for, what is said, as of which state of the record.

    `head` is the hash of the last entry of the chain that it was made from.
    """

    title: str
    asked: Mapping[str, str]
    sections: tuple[Section, ...]
    made: datetime
    by: str
    head: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in order, each once."""
        every = (one for section in self.sections for sentence in section.sentences for one in sentence.citations)
        return tuple(dict.fromkeys(every))


KIND_WORDS = {
    "contradicts": "This stands against what {other} said",
    "denies": "This denies what {other} said",
    "revises": "This revises what {other} said",
    "narrows": "This narrows what {other} said",
    "repeats": "This repeats what {other} said",
    "corroborates": "The same is said, from another source, by {other}",
    "answers": "This answers {other}",
}

STANDING_WORDS = {
    "revision": "before that it was given as",
    "dispute": "against it stands",
    "later": "earlier",
    "same": "as",
}


def words(sentence: Sentence) -> str:
    """The sentence, without its citations' numbers; the same for the same form, citations and facts, always.

    Raises:
        ValueError: when a citation or a fact that the form needs is missing, so that nothing is written that rests on
            nothing.
    """
    needed = 2 if sentence.form in (Form.AGAINST, Form.REVISED) else 1
    if len(sentence.citations) != needed:
        cited = len(sentence.citations)
        raise ValueError(f"a sentence of the form {sentence.form.value!r} cites {needed}, not {cited}")
    first, facts = sentence.citations[0], sentence.facts
    try:
        match sentence.form:
            case Form.SAID:
                return _capital(f"{_told(first)} {_origins(first)}.")
            case Form.AGAINST:
                other = sentence.citations[1]
                against = KIND_WORDS[facts["kind"]].format(other=_name(other))
                return _capital(f"{_told(first)}. {against}{_when(other)}: {_quoted(other)}.")
            case Form.FIGURE:
                number = _within(facts["number"], first)
                return _capital(f"{_name(first)} gives {number} for {facts['day']}{_when(first)}: {_quoted(first)}.")
            case Form.REVISED:
                other = sentence.citations[1]
                number, earlier = _within(facts["number"], first), _within(facts["earlier"], other)
                return _capital(
                    f"{_name(first)} gives {number}{_when(first)}; {STANDING_WORDS[facts['kind']]} {earlier}, by "
                    f"{_name(other)}{_when(other)}."
                )
            case Form.DUE:
                decided = f", as {facts['by']} decided" if facts.get("by") else ""
                return (
                    f"{facts['act'].capitalize()} of {_name(first)}{_when(first)}: {_quoted(first)}; due: "
                    f"{facts['due']}; {facts['status']}{decided}."
                )
            case Form.ALONE:
                return f"Only one independent origin has it that {_name(first)} said {_quoted(first)}{_when(first)}."
            case Form.UNNAMED:
                return f"Nobody is named who said {_quoted(first)}{_when(first)}."
    except KeyError as error:
        raise ValueError(f"a sentence of the form {sentence.form.value!r} needs the fact {error}") from error


def brief_id(content: str) -> str:
    """The id of a brief: a hash of all that it says, as it is kept."""
    return content_id("brief", content)


def day_words(moment: datetime) -> str:
    """The day of a time in UTC, as briefs write it.

    >>> day_words(datetime(2031, 3, 9, tzinfo=UTC))
    '9 March 2031'
    """
    months = "January February March April May June July August September October November December".split()
    moment = moment.astimezone(UTC)
    return f"{moment.day} {months[moment.month - 1]} {moment.year}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text.startswith("somebody") else text


def _told(one: Citation) -> str:
    return f"{_name(one)} said{_when(one)}: {_quoted(one)}"


def _name(one: Citation) -> str:
    return one.speaker or "somebody who is not named"


def _quoted(one: Citation) -> str:
    return f"“{' '.join(one.text.split())}”"


def _when(one: Citation) -> str:
    outlet = one.outlet or one.input
    return f" ({outlet}, {day_words(one.published)})" if one.published is not None else f" ({outlet}, no date)"


def _origins(one: Citation) -> str:
    return f"({one.origins} independent origin{'' if one.origins == 1 else 's'})"


def _within(number: str, one: Citation) -> str:
    if number not in one.text:
        raise ValueError(f"the number {number!r} does not stand in the words that are cited for it")
    return number
