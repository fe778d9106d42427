"""Why two passages are held to stand in a relation, in words that a reader of a page understands.

A reason names what stands against or beside what, in the words of the two passages; it never says which one is true.
"""

from __future__ import annotations

from typing import Final

from onrecord.domain.passages import Act, Bound
from onrecord.domain.relations import RelationKind
from onrecord.language.words import plain_words, stem
from onrecord.weighing.relations.counts import Count
from onrecord.weighing.relations.evidence import Evidence
from onrecord.weighing.relations.sides import Side

LONGEST: Final = 90
"""Characters of a passage that a reason quotes."""


def quoted(side: Side) -> str:
    """The passage, cut at a word where it is long."""
    words = " ".join(side.rendering.words.split())
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{words}”"


def who(side: Side) -> str:
    """Who says it."""
    return side.rendering.speaker or "a speaker who is not named"


def reply(a: Side, b: Side) -> str:
    return f"{who(a)} replies right behind the question {quoted(b)}"


def reply_to_demand(a: Side, b: Side) -> str:
    return f"{who(a)} says what comes of what {who(b)} asks for"


def denial(a: Side, b: Side) -> str:
    return f"{who(a)} says that it is not so, against {quoted(b)}"


def absence(a: Side, b: Side) -> str:
    return f"{quoted(a)}, against {quoted(b)}"


def revision(a: Side, one: Count, other: Count) -> str:
    return f"{who(a)} says {number(one)} where it was {number(other)} before"


def dispute(a: Side, b: Side, one: Count, other: Count) -> str:
    return f"{number(one)} says {who(a)}, and {number(other)} says {who(b)}; both cannot be so"


def own_doing(other: Side) -> str:
    return f"one says that they did it themselves, the other that it came from elsewhere: {quoted(other)}"


def other_doers(a: Side, b: Side) -> str:
    return f"others are said to have done it: {quoted(a)}, against {quoted(b)}"


def opposite(a: Side, b: Side) -> str:
    return f"words of opposite sense about one thing: {quoted(a)}, against {quoted(b)}"


def unsure(a: Side) -> str:
    return f"{who(a)} can neither confirm nor deny it; that does not say that it is not so"


def limit(a: Side) -> str:
    return f"{who(a)} limits what is said: {quoted(a)}"


def doubt(a: Side, b: Side) -> str:
    return f"{who(a)} doubts the very number that {who(b)} gives: {quoted(a)}"


def trend(a: Side, b: Side) -> str:
    return f"{who(a)} and {who(b)}, each counting for themselves, see the same change on the same days"


def correction(a: Side, b: Side) -> str:
    return f"{who(a)} mends what the same speaker said before: {quoted(b)}"


def support(a: Side) -> str:
    return f"{who(a)} says the same from knowledge of their own"


def repetition(a: Side, b: Side, same: bool) -> str:
    return f"{who(a)} says the same again" if same else f"{who(a)} says what {who(b)} said"


_BEFORE: Final = {
    Bound.ABOUT: "about ", Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most ", Bound.MORE_THAN: "more than ",
    Bound.LESS_THAN: "less than ",
}  # fmt: skip


def number(count: Count) -> str:
    """The number with its bound and unit."""
    figure = count.figure
    if figure.value is None and count.low is not None and count.high is not None:
        shown = f"{count.low:,.10g} to {count.high:,.10g}"
    else:
        shown = f"{_BEFORE.get(figure.bound, '')}{count.value or 0:,.10g}"
    unit = figure.unit or count.words
    return f"{shown}{unit}" if unit == "%" else f"{shown} {unit}".strip()


def is_turned(kind: RelationKind, a: Side, b: Side) -> bool:
    """Whether it is `b` that denies or answers `a`."""
    if kind is RelationKind.ANSWERS:
        return (a.act is Act.QUESTION) > (b.act is Act.QUESTION)
    if kind is RelationKind.DENIES:
        return (b.act is Act.DENIAL, b.says_no) > (a.act is Act.DENIAL, a.says_no)
    return False


def in_short(kind: RelationKind, a: Side, b: Side, found: Evidence) -> str:
    """The reason where no rule says it closer: the two passages, and what they share."""
    about = _about(a, found)
    match kind:
        case RelationKind.CONTRADICTS:
            return f"{quoted(a)}, against {quoted(b)}{about}"
        case RelationKind.DENIES:
            return f"{who(a)} says that it is not so: {quoted(a)}, against {quoted(b)}"
        case RelationKind.REVISES:
            return f"{who(a)} says it otherwise than before: {quoted(a)}, before {quoted(b)}"
        case RelationKind.NARROWS:
            return f"{who(a)} leaves open or limits what is said: {quoted(a)}"
        case RelationKind.ANSWERS:
            return f"{who(a)} replies to {quoted(b)}"
        case RelationKind.CORROBORATES:
            return f"{who(a)}, another speaker, says what {who(b)} says{about}"
        case RelationKind.REPEATS:
            return repetition(a, b, found.same_actor) + about


def _about(a: Side, found: Evidence) -> str:
    """The words of `a` that both share, the rarest first; at most three."""
    rarest = sorted(
        (one for one in found.shared if not one.startswith("@")), key=lambda one: (-found.weights[one], one)
    )
    shown = [form for one in rarest[:3] for form in [_form(a, one)] if form]
    return f"; both speak of {', '.join(shown)}" if shown else ""


def _form(side: Side, stemmed: str) -> str | None:
    """How a stem stands in a passage."""
    return next((word for word in plain_words(side.rendering.words) if stem(word) == stemmed), None)
