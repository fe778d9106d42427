"""How one figure stands to an earlier one, and why in plain words: a pure function of the two and of their lineage.

In one lineage: the same where both can hold, a revision where the speaker or the source says another number for the
same thing, later in a series where each day has its own number, a dispute where others say what cannot hold beside it.
Across lineages of one block: another scope, if what stands around them is near enough for a reader to mix them up.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.domain.days import MONTHS, whole_day
from onrecord.domain.figures import Counted, FigureTie, Standing
from onrecord.domain.passages import Bound
from onrecord.weighing.figures.places import where
from onrecord.weighing.figures.profiles import Profile, profile_of
from onrecord.weighing.figures.scoring import can_both_hold, evidence, gap, speaker_of
from onrecord.weighing.figures.vocabulary import GENERAL, SAID_OF_ROLE, STOCKS, TOLLS

MOST_REASONS: Final = 3
"""Reasons that are given for one pair."""
NEAR_DAYS: Final = 10
"""Days within which a reader may take two counts of one class for one."""
_OPEN = frozenset({Bound.AT_LEAST, Bound.MORE_THAN, Bound.AT_MOST, Bound.LESS_THAN})
_STILL = 2
_FORMER = re.compile(r"\bfrom (?:\w+ ){0,2}$", re.IGNORECASE)
_SINCE = re.compile(r"^(?: \w+){0,3} to (?:\w+ ){0,2}\d")
_BY_NOW = re.compile(r"^,? (?:(?:and|but) )?(?:it is |they are )?now (?:\w+ ){0,2}\d", re.IGNORECASE)
_CALLED_FORMER = re.compile(
    r"\b(?:(?:previous|earlier|initial|former|original) (?:figure|estimate|count|number|tally|total)\b(?: \w+){0,3}"
    r"|(?:up|down) from(?: \w+){0,2}) $",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"\b(?:the|his|her|its|their|those)(?: \w+)? $", re.IGNORECASE)
_OF_BEFORE = re.compile(r"^(?: [\w’'-]+){0,3}? (?:of|from) (?:the )?(?:past|last|previous) (?:week|month|year)\b")
_AGO = re.compile(r"^(?: [\w’'-]+){0,5}? (?:an?|one|two|three|\d+) (?:day|week|month|year)s? (?:ago|before|earlier)\b")
_SURE, _LIKELY = 0.9, 0.7


def tie(a: Counted, b: Counted) -> FigureTie:
    """How `a` stands to `b` of the same lineage, which was published earlier or at once."""
    one, other = profile_of(a), profile_of(b)
    standing = _standing(one, other)
    return FigureTie(a.id, b.id, standing, _score(one, other, standing), _reasons(one, other, standing))


def scope(a: Counted, b: Counted) -> FigureTie | None:
    """How `a` stands to `b` of another lineage: another scope, or nothing where nobody would mix the two up."""
    if a.block != b.block or not a.block or a.figure.unit != b.figure.unit:
        return None
    one, other = profile_of(a), profile_of(b)
    reasons = scope_reasons(one, other)
    if not reasons or not _is_near(one, other):
        return None
    return FigureTie(a.id, b.id, Standing.SCOPE, evidence(one, other).score, reasons)


def _is_near(a: Profile, b: Profile) -> bool:
    """Whether a reader may take the two for one count: of one report or place, or of a class by itself."""
    one, other = a.counted.rendering, b.counted.rendering
    if one.report == other.report or (a.places | a.far) & (b.places | b.far):
        return True
    if a.counted.block in TOLLS or a.counted.block in GENERAL or a.counted.figure.unit is not None:
        return False
    if one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).days) <= NEAR_DAYS


def _standing(a: Profile, b: Profile) -> Standing:
    if _is_series(a, b):
        return Standing.LATER
    if a.middle == b.middle:
        return Standing.SAME
    if same_source(a, b):
        if _means_the_same(a, b):
            return Standing.SAME
        return Standing.LATER if is_former(a.counted) or _recalls(a, b) else Standing.REVISION
    if can_both_hold(a, b):
        return Standing.REVISION if _moves_an_edge(a, b) and _later(a, b) else Standing.SAME
    days = gap(a, b)
    if is_former(a.counted) or is_former(b.counted):
        return Standing.LATER
    return Standing.LATER if days > _STILL or (days and a.counted.block in TOLLS) else Standing.DISPUTE


def is_former(counted: Counted) -> bool:
    """Whether the passage itself says that the number has changed since.

    "From 80,000 to 95,000" and "80,000, now 95,000"; of what is there also "up from 80,000", "an earlier figure of
    80,000", "the 80,000 of last week" and "80,000 a week earlier". An earlier toll is the number of the same dead: who
    gives another one revises or disputes it.
    """
    start, span = counted.rendering.span.start, counted.figure.span
    before, behind = counted.rendering.words[: span.start - start], counted.rendering.words[span.end - start :]
    if _BY_NOW.match(behind) or (_FORMER.search(before) and _SINCE.match(behind)):
        return True
    if counted.block in TOLLS:
        return False
    if _CALLED_FORMER.search(before) or _AGO.match(behind):
        return True
    return bool(_KNOWN.search(before) and _OF_BEFORE.match(behind))


def same_source(a: Profile, b: Profile) -> bool:
    """Whether one speaker says both, or one utterance, or one outlet where nobody is named."""
    one, other = speaker_of(a.counted), speaker_of(b.counted)
    if one is not None and one == other:
        return True
    if a.counted.utterance is not None and a.counted.utterance == b.counted.utterance:
        return True
    outlets = a.counted.rendering.outlet, b.counted.rendering.outlet
    return one is None and other is None and None not in outlets and outlets[0] == outlets[1]


def _is_series(a: Profile, b: Profile) -> bool:
    """Whether each of two days has a number of its own, both being named.

    So it is with what happens by the day and with sums that grow, and where one passage sets two days side by side. How
    many there are of something, said again by somebody, is one count revised.
    """
    one, other = a.counted, b.counted
    if not (one.dated and other.dated and gap(a, b)):
        return False
    if one.block in TOLLS:
        return a.summed and b.summed
    return one.block not in STOCKS or one.rendering.passage == other.rendering.passage


def _means_the_same(a: Profile, b: Profile) -> bool:
    """Whether one source may mean one number by both: the edges that the words set leave room for one."""
    low, high = (a.counted.low, b.counted.low), (a.counted.high, b.counted.high)
    least, most = (
        max((x for x in low if x is not None), default=None),
        min((x for x in high if x is not None), default=None),
    )
    return (least is None or most is None or least <= most) and not _moves_an_edge(a, b)


def _moves_an_edge(a: Profile, b: Profile) -> bool:
    """Whether one of the two sets an edge alone, and the other says another number beyond it."""
    return a.middle != b.middle and bool({a.counted.figure.bound, b.counted.figure.bound} & _OPEN)


def _recalls(a: Profile, b: Profile) -> bool:
    """Whether `a`, told later, is of an earlier day than `b`: "the 95,000 he gave on Wednesday" takes nothing back.

    Those killed are most often told of a day that is past.
    """
    if a.counted.block in TOLLS or not a.counted.dated or a.last is None or b.first is None:
        return False
    return a.last < b.first


def _later(a: Profile, b: Profile) -> bool:
    x, y = a.counted.rendering.published, b.counted.rendering.published
    return x is not None and y is not None and x > y


def _score(a: Profile, b: Profile, standing: Standing) -> float:
    known = None not in (speaker_of(a.counted), speaker_of(b.counted))
    if standing is Standing.SAME:
        return _SURE if a.middle == b.middle else _LIKELY
    return _SURE if known and (a.counted.dated or standing is Standing.REVISION) else _LIKELY


def _reasons(a: Profile, b: Profile, standing: Standing) -> tuple[str, ...]:
    here, there = said(a.counted), said(b.counted)
    who, whose = _who(a), _who(b)
    if standing is Standing.SAME:
        if a.middle == b.middle:
            return (f"the same number, {here}",)
        return (f"both can hold: {here}, and {there}",)
    if standing is Standing.LATER:
        former = next((one for one in (a, b) if is_former(one.counted)), None)
        if former is not None:
            return (f"{said(former.counted)} is what it was before, as the passage itself says",)
        return (f"another day's number: {here} {_when(a)}, {there} {_when(b)}",)
    if standing is Standing.DISPUTE:
        return (f"{who} says {here}, against {there} that {whose} says", _together(a, b))
    if same_source(a, b):
        return (f"{who} says {here}, and said {there} before",)
    return (f"{there} became {here}", f"said later, by {who}, and earlier by {whose}")


def scope_reasons(a: Profile, b: Profile) -> tuple[str, ...]:
    """Which part of what two figures count differs, in words; empty where no words for it are found."""
    one, other = a.strand, b.strand
    here, there = _where(a.counted), _where(b.counted)
    toll = a.counted.block in TOLLS
    roles = [SAID_OF_ROLE.get(side.role, "those that are there") for side in (one, other)]
    pairs = [
        (one.who != other.who, a.counted.words, b.counted.words),
        (one.role != other.role, roles[0], roles[1]),
        (one.planned != other.planned, *_either(one.planned, "what is yet to come", "what is said to be so already")),
        (one.part != other.part, *_either(one.part, "a part of them", "all of them")),
        (one.without != other.without, *_either(one.without, "with some left out", "with none left out")),
        (one.rate != other.rate, one.rate or "in all", other.rate or "in all"),
        (
            toll and a.summed != b.summed,
            *_either(a.summed, "added up over a longer time", "of one happening"),
        ),
        (_is_elsewhere(a, b), here or "", there or ""),
        (a.qualifiers != b.qualifiers, f"“{a.counted.words}”", f"“{b.counted.words}”"),
        (toll and gap(a, b) > 0, _when(a), _when(b)),
    ]
    found = [f"{x}, against {y}" for differ, x, y in pairs if differ and x and y and x.strip("“”") != y.strip("“”")]
    return tuple(dict.fromkeys(found))[:MOST_REASONS]


def _either(which: bool, first: str, second: str) -> tuple[str, str]:
    return (first, second) if which else (second, first)


def _is_elsewhere(a: Profile, b: Profile) -> bool:
    return not (a.places & b.places) and not (a.kinds and a.kinds == b.kinds)


def _where(counted: Counted) -> str | None:
    """Where a figure is counted, in the words of its passage."""
    rendering = counted.rendering
    return where(rendering.words, max(0, counted.figure.span.end - rendering.span.start)) or counted.place


def said(counted: Counted) -> str:
    """The number of a figure with its bound and unit, as a page may show it.

    >>> from onrecord.domain.passages import Act, Figure
    >>> from onrecord.domain.spans import Span
    >>> from onrecord.domain.utterances import Rendering
    >>> at = Rendering("p", "s", "r", Span(0, 9), "some words", Act.CLAIM)
    >>> said(Counted("f", at, Figure(Span(0, 1), 7.0, 7.0, None, Bound.AT_LEAST), "dead", "dead", "dead"))
    'at least 7'
    """
    figure = counted.figure
    unit = f" {figure.unit}" if figure.unit and figure.unit != "%" else (figure.unit or "")
    if figure.value is None:
        low, high = figure.low, figure.high
        if low is not None and high is not None:
            return f"between {low:,.10g} and {high:,.10g}{unit}"
        edge = low if low is not None else high
        return f"{'at least' if low is not None else 'at most'} {edge or 0:,.10g}{unit}"
    bound = "" if figure.bound in (Bound.EXACT, Bound.BETWEEN) else f"{figure.bound.value} "
    return f"{bound}{figure.value:,.10g}{unit}"


def _who(profile: Profile) -> str:
    rendering = profile.counted.rendering
    return rendering.speaker or rendering.outlet or "somebody who is not named"


def _together(a: Profile, b: Profile) -> str:
    """Why two numbers are set against each other, by their days."""
    if gap(a, b):
        return f"both are of the same thing, {_when(a)} and {_when(b)}"
    if a.first is None or b.first is None:
        return "both are of the same thing; of which day is not known of both"
    return "both are of the same thing and time"


def _when(profile: Profile) -> str:
    if profile.first is None or profile.last is None:
        return "on a day that is not known"
    if profile.first == profile.last:
        return f"on {whole_day(profile.first)}"
    return f"from {profile.first.day} {MONTHS[profile.first.month - 1]} to {whole_day(profile.last)}"
