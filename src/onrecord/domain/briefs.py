"""Briefs: sentences that each point at the characters they rest on, and nothing that does not.

A sentence is made of its form, its citations and a few plain facts by a pure function (`words`), here and nowhere else.
So a sentence can be made again from what it cites and compared: a citation that does not bear its sentence shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from onrecord.domain.ids import content_id

WORDING: Final = 1
"""The version of `words` and of the names of parts; whoever changes how a sentence is worded raises it."""


class BriefFormat(StrEnum):
    """How a brief is written."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"


class Part(StrEnum):
    """The sections of a brief, in their order."""

    HAPPENED = "What is reported"
    DISPUTED = "What stands against what"
    FIGURES = "Figures"
    DOCKET = "Commitments, demands, warnings, predictions"
    SAID = "Who else says what"
    MISSING = "What is missing"


class Form(StrEnum):
    """How a sentence is made of its citations."""

    SAID = "said"
    """One citation: who said it, where it stands, and from how many independent origins where there is a second."""
    AGAINST = "against"
    """Two citations: `kind` says how the first stands to the second."""
    FIGURE = "figure"
    """One citation whose characters hold the number `number`, for the day `day` where one is stated."""
    REVISED = "revised"
    """Two citations of one figure: `number` and, before it, `earlier`; `kind` says how they stand."""
    SERIES = "series"
    """Three citations or more of one speaker, earliest published first: `number 1`, `number 2` and so on."""
    DUE = "due"
    """One citation: `act`, `due` and how it stands, `status`; with `by` where a person decided. `due` is a day or days
    in words, empty where none is stated."""
    ALONE = "alone"
    """Citations that no second independent origin has, one or more."""
    UNNAMED = "unnamed"
    """Citations for which nobody is named who said it, one or more."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters `[start, end)` of a report's text, those characters, and what they can be checked by.

    `capture` is the SHA-256 of the bytes that the report was taken from, `text_sha256` that of the report's text.
    `speaker` is who is shown as saying it, `named` the name in the report, None where it names nobody; `described` are
    then the report's words for who it is ("two officials"). `quoted` tells that the characters stand in quotation marks
    in the report; where they do not, `lead` are the report's characters right before `start`, beginning with those that
    say that it was said ("has denied that "), empty where none stand so. `origins` counts the independent origins of
    its utterance.
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
    quoted: bool = False
    lead: str = ""
    described: str = ""


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
    "contradicts": "Against this stands",
    "denies": "This denies",
    "revises": "This revises",
    "narrows": "This narrows",
    "repeats": "This repeats",
    "corroborates": "The same comes from another source",
    "answers": "This answers",
}

STANDING_WORDS = {
    "revision": "before that, {other} gave {earlier}",
    "dispute": "against it stands {earlier}, from {other}",
    "later": "earlier, {other} gave {earlier}",
    "same": "so did {other}: {earlier}",
}

STATUS_WORDS = {
    "due": "day passed, nobody has decided",
}

FEWEST_IN_SERIES = 3

_CITED = {
    Form.AGAINST: (2, 2),
    Form.REVISED: (2, 2),
    Form.SERIES: (FEWEST_IN_SERIES, 99),
    Form.ALONE: (1, 99),
    Form.UNNAMED: (1, 99),
}
"""The fewest and the most citations of a sentence; one where nothing stands here."""
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_INNER_MARKS = str.maketrans({"“": "‘", "”": "’", "„": "‘", "«": "‘", "»": "’", '"': "'"})


def words(sentence: Sentence) -> str:
    """The sentence, without its citations' numbers; the same for the same form, citations and facts, always.

    Raises:
        ValueError: when a citation or a fact that the form needs is missing, or a citation does not bear what the form
            says of it, so that nothing is written that rests on nothing.
    """
    fewest, most = _CITED.get(sentence.form, (1, 1))
    if not fewest <= len(sentence.citations) <= most:
        cited = len(sentence.citations)
        raise ValueError(f"a sentence of the form {sentence.form.value!r} cites {fewest} to {most}, not {cited}")
    try:
        return _capital(_worded(sentence.form, sentence.citations, sentence.facts))
    except KeyError as error:
        raise ValueError(f"a sentence of the form {sentence.form.value!r} needs the fact {error}") from error


def _worded(form: Form, cited: tuple[Citation, ...], facts: Mapping[str, str]) -> str:
    first, last = cited[0], cited[-1]
    match form:
        case Form.SAID:
            carried = f" {_count(first.origins)} independent origins have it." if first.origins > 1 else ""
            return f"{_told(first)}.{_capital(carried)}"
        case Form.AGAINST:
            return f"{_told(first)}. {KIND_WORDS[facts['kind']]}: {_told(last)}."
        case Form.FIGURE:
            day = f" for {facts['day']}" if facts["day"] else ""
            return f"{_name(first)} gave {_within(facts['number'], first)}{day}{_when(first)}: {_quoted(first)}."
        case Form.REVISED:
            number, earlier = _within(facts["number"], first), _within(facts["earlier"], last)
            other = f"{_name(last)}{_when(last)}"
            if facts["kind"] != "dispute" and _same_speaker(cited):
                other, earlier = "the same source", f"{earlier}{_when(last)}"
            return f"{_name(first)} gave {number}{_when(first)}; " + (
                STANDING_WORDS[facts["kind"]].format(other=other, earlier=earlier) + "."
            )
        case Form.SERIES:
            return _series(cited, facts)
        case Form.DUE:
            due = f"due {facts['due']}" if facts["due"] else "no day stated"
            decided = f", as {facts['by']} decided" if facts.get("by") else ""
            status = STATUS_WORDS.get(facts["status"], facts["status"])
            return f"{facts['act']}, {due} ({status}{decided}): {_told(first)}."
        case Form.ALONE:
            if any(one.origins > 1 for one in cited):
                raise ValueError("a citation does not bear that it has one independent origin alone")
            return f"only one independent origin each has what {_joined(map(_name, cited))} said here."
        case Form.UNNAMED:
            if any(one.speaker for one in cited):
                raise ValueError("a citation does not bear that nobody is named")
            return f"no speaker is named for what {_joined(map(_outlet, cited))} reported here."


def _series(cited: tuple[Citation, ...], facts: Mapping[str, str]) -> str:
    """One speaker's numbers, each where it stands.

    Raises:
        ValueError: when the citations are not one named speaker's, or do not stand in the order of time.
    """
    if not _same_speaker(cited):
        raise ValueError("the citations do not bear that one speaker gave the numbers")
    times = [one.published for one in cited if one.published is not None]
    if len(times) < len(cited) or times != sorted(times):
        raise ValueError("the citations do not bear the order of the numbers")
    numbers = (_within(facts[f"number {place}"], one) + _when(one) for place, one in enumerate(cited, 1))
    return f"{_name(cited[0])} gave {_then(numbers)}."


def _then(parts: Iterable[str]) -> str:
    *before, last = parts
    return ", then ".join([*before, last])


def _joined(parts: Iterable[str]) -> str:
    """Each part once, in order, with an "and".

    >>> _joined(["Holm", "Marsh", "Holm"])
    'Holm and Marsh'
    """
    *before, last = dict.fromkeys(parts)
    return f"{', '.join(before)} and {last}" if before else last


def _count(number: int) -> str:
    return _NUMBERS[number - 2] if 2 <= number <= 9 else str(number)


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
    """The text with its first letter a capital.

    >>> _capital("ibn Dûr gave 7"), _capital(" two origins")
    ('Ibn Dûr gave 7', ' Two origins')
    """
    at = len(text) - len(text.lstrip())
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def _told(one: Citation) -> str:
    """Who said it, where, and the characters; words that are the reporter's and not the speaker's are told as such."""
    if not one.speaker and not one.described:
        return f"{_outlet(one)} reported, naming no speaker ({_day(one)}): {_marked(one.lead + one.text)}"
    if one.quoted:
        return f"{_name(one)} said{_when(one)}: {_quoted(one)}"
    if one.lead:
        return f"{_name(one)} {_marked(one.lead + one.text)}{_when(one)}"
    return f"{_name(one)}, in the words of {_outlet(one)} ({_day(one)}): {_quoted(one)}"


def _name(one: Citation) -> str:
    if one.speaker:
        return one.speaker
    if one.described:
        return f"{_marked(one.described.strip(' ,;:'))} (not named)"
    return f"a speaker whom {_outlet(one)} does not name"


def _same_speaker(cited: tuple[Citation, ...]) -> bool:
    return len({one.speaker for one in cited}) == 1 and bool(cited[0].speaker)


def _quoted(one: Citation) -> str:
    return _marked(one.text)


def _marked(text: str) -> str:
    """The text on one line in quotation marks; marks inside it are turned to single ones, as print does.

    >>> _marked('They said "no" twice')
    "“They said 'no' twice”"
    """
    return f"“{' '.join(text.split()).translate(_INNER_MARKS)}”"


def _outlet(one: Citation) -> str:
    return one.outlet or one.input


def _day(one: Citation) -> str:
    return "no date" if one.published is None else day_words(one.published)


def _when(one: Citation) -> str:
    return f" ({_outlet(one)}, {_day(one)})"


def _within(number: str, one: Citation) -> str:
    if not number or number not in one.text:
        raise ValueError(f"the number {number!r} does not stand in the words that are cited for it")
    number = " ".join(number.split())
    return number[:1].lower() + number[1:]
