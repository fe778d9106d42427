"""What each figure of an utterance counts, where and as of when, as far as the utterance's own words tell.

A figure whose noun is left out takes it from what befell those counted ("seven were killed"), from the same number in
another rendering of the utterance, from a noun of a known class in its passage, and then in the whole content. What
none of them tells stays open: such figures are compared among themselves only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from onrecord.domain.figures import Counted, figure_id
from onrecord.domain.passages import Figure, Time, TimeKind
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering
from onrecord.language.words import plain_words, stem
from onrecord.weighing.figures.places import names_of
from onrecord.weighing.figures.vocabulary import (
    BEFELL,
    BEING,
    BOUND_WORDS,
    BREAKS,
    CLASSES,
    COUNTABLE,
    DEAD,
    MILITARY,
    PART_BEFORE,
    PART_BEHIND,
    PEOPLE,
    PERSONS,
    TOLLS,
    TROOPS,
)

UNKNOWN: Final = ""
"""The class of a figure of which nothing tells what it counts."""
MANY: Final = 500
"""A bare number from here on beside words of war counts soldiers."""
_LONGEST = timedelta(days=40)
_DAY = timedelta(days=1)
_REACH = 60
"""Characters on either side of a figure in which what befell those counted is looked for."""
_SKIPPED_UNITS = frozenset({"times"})


def counted(said: Said) -> Iterator[Counted]:
    """Every figure of every rendering of an utterance that counts or measures something, in the order of the text.

    >>> from onrecord.domain.passages import Act
    >>> figure = Figure(Span(0, 5), 9.0)
    >>> one = Rendering("p", "s", "r", Span(0, 26), "Nine people were killed on", Act.CLAIM, figures=(figure,))
    >>> [(c.noun, c.block) for c in counted(Said("u", one, (one,)))]
    [('kill', 'dead')]
    """
    for rendering in said.renderings:
        for figure in rendering.figures:
            if figure.unit in _SKIPPED_UNITS:
                continue
            words = _counted_words(rendering, figure)
            noun, block = _noun(rendering, figure, words, said)
            start, end, dated = _held(rendering, figure)
            yield Counted(
                id=figure_id(rendering.passage, figure.span.start, figure.span.end),
                rendering=rendering,
                figure=figure,
                block=_with_unit(block, figure.unit),
                noun=noun,
                words=words or block or noun,
                place=_place(rendering, figure),
                start=start,
                end=end,
                dated=dated,
                utterance=said.utterance,
            )


def words_at(rendering: Rendering, span: Span | None) -> str | None:
    """The characters of a span of the report, where the passage or the content around it holds them."""
    if span is None:
        return None
    if rendering.span.covers(span):
        start = span.start - rendering.span.start
        return rendering.words[start : start + span.end - span.start]
    at = rendering.context.find(rendering.words)
    start = at + span.start - rendering.span.start
    if at < 0 or start < 0 or start + span.end - span.start > len(rendering.context):
        return None
    return rendering.context[start : start + span.end - span.start]


def around(rendering: Rendering, figure: Figure, reach: int = _REACH) -> tuple[str, str]:
    """What stands before and behind a figure in its passage, as far as the next figure and `reach` characters."""
    first, last = figure.span.start - rendering.span.start, figure.span.end - rendering.span.start
    floor, roof = 0, len(rendering.words)
    for other in rendering.figures:
        start, end = other.span.start - rendering.span.start, other.span.end - rendering.span.start
        if end <= first:
            floor = max(floor, end)
        elif start >= last:
            roof = min(roof, start)
    return rendering.words[max(floor, first - reach) : first], rendering.words[last : min(roof, last + reach)]


def _counted_words(rendering: Rendering, figure: Figure) -> str | None:
    words = words_at(rendering, figure.counted)
    return " ".join(words.split()) if words else None


def _noun(rendering: Rendering, figure: Figure, words: str | None, said: Said) -> tuple[str, str]:
    """The stem of the head of what is counted, and its class; both empty where nothing tells."""
    if figure.unit is not None and not figure.unit.startswith("per "):
        head = _head(words)
        return head or figure.unit, UNKNOWN
    head = _head(words)
    if head:
        block = CLASSES.get(head, head)
        if block in PERSONS:
            befell = _befell(rendering, figure)
            if befell is not None:
                return befell
            if block == PEOPLE and head in ("man", "men") and _is_military(rendering):
                return head, TROOPS
        elif block not in TOLLS:
            befell = _plainly_befell(rendering, figure)
            if befell is not None:
                return befell
        return head, block
    befell = _befell(rendering, figure)
    if befell is not None:
        return befell
    return _elided(rendering, figure, said)


def _head(words: str | None) -> str | None:
    found = plain_words(words) if words else []
    return stem(found[-1]) if found else None


def _befell(rendering: Rendering, figure: Figure) -> tuple[str, str] | None:
    """What befell those counted: said right behind them, else before them, else further on.

    "Killing 40 people and wounding 120": an "and" ends what is said behind. "Eighteen people, including five children":
    what befell the whole befell the part.
    """
    plainly = _plainly_befell(rendering, figure)
    if plainly is not None:
        return plainly
    first = figure.span.start - rendering.span.start
    before, _ = around(rendering, figure)
    behind = plain_words(rendering.words[_behind(rendering, figure) :][:_REACH])
    close = next((at for at, word in enumerate(behind) if word in BREAKS), len(behind))
    whole = plain_words(rendering.words[max(0, first - 3 * _REACH) : first])[::-1]
    near = plain_words(before)[::-1][:6]
    is_part = is_part_of(plain_words(before), behind)
    for words in (whole, behind) if is_part else (behind[: min(close, 7)], near, whole, behind):
        found = _first_befell(words)
        if found is not None:
            return found
    classes = {BEFELL[stem(word)] for word in plain_words(rendering.context) if stem(word) in BEFELL}
    return (classes.copy().pop(), classes.pop()) if len(classes) == 1 else None


def _first_befell(words: list[str]) -> tuple[str, str] | None:
    for word in words:
        stemmed = stem(word)
        if stemmed in BEFELL:
            return stemmed, BEFELL[stemmed]
        if word == "lives":
            return stemmed, DEAD
    return None


def _plainly_befell(rendering: Rendering, figure: Figure) -> tuple[str, str] | None:
    """What befell those counted where a verb says it beside them: "killed eight members", "two drivers were hurt"."""
    before, _ = around(rendering, figure)
    words = [word for word in plain_words(before) if word not in BOUND_WORDS][-1:]
    if words and stem(words[0]) in BEFELL and words[0].endswith(("ed", "ing", "s")):
        return _first_befell(words)
    behind = plain_words(rendering.words[_behind(rendering, figure) :][:_REACH])
    for at, word in enumerate(behind[:8]):
        if word in BREAKS:
            break
        if word in BEING:
            return _first_befell(behind[at + 1 : at + 3])
    return None


def _behind(rendering: Rendering, figure: Figure) -> int:
    """Where in the passage the words behind a figure and what it counts begin."""
    last = figure.span.end - rendering.span.start
    counted = figure.counted
    if counted is None:
        return last
    if counted.start >= figure.span.start:
        return max(last, counted.end - rendering.span.start)
    if any(other is not figure and other.counted == counted for other in rendering.figures):
        return last
    # "the number of people killed in the attack rose to eight": what stands behind the noun counts.
    return max(0, counted.end - rendering.span.start)


def is_part_of(before: list[str], behind: list[str]) -> bool:
    """Whether those counted are said to be some of others: "among them 11 children", "two of the dead"."""
    near = [word for word in before if word not in BOUND_WORDS]
    return any(tuple(near[-len(run) :]) == run for run in PART_BEFORE) or any(
        tuple(behind[: len(run)]) == run for run in PART_BEHIND
    )


def _elided(rendering: Rendering, figure: Figure, said: Said) -> tuple[str, str]:
    for other in said.renderings:
        for same in other.figures:
            if same.unit == figure.unit and _equal(same, figure):
                head = _head(_counted_words(other, same))
                if head:
                    return head, CLASSES.get(head, head)
    before, behind = around(rendering, figure, len(rendering.words))
    for words in (plain_words(before)[::-1], plain_words(behind), plain_words(rendering.words)[::-1]):
        for word in words:
            stemmed = stem(word)
            if stemmed in COUNTABLE:
                return stemmed, CLASSES[stemmed]
    number = figure.value if figure.value is not None else figure.low
    if number is not None and number >= MANY and _is_military(rendering):
        return "troop", TROOPS
    around_it = {stem(word) for word in plain_words(rendering.context)} & COUNTABLE
    classes = {CLASSES[word] for word in around_it}
    if len(classes) == 1:
        return min(around_it), classes.pop()
    return UNKNOWN, UNKNOWN


def _is_military(rendering: Rendering) -> bool:
    near = f"{rendering.context or rendering.words} {rendering.words} {rendering.speaker or ''}"
    return not MILITARY.isdisjoint(stem(word) for word in plain_words(near))


def _equal(a: Figure, b: Figure) -> bool:
    return (a.value, a.low, a.high) == (b.value, b.low, b.high) or (a.value is not None and a.value == b.value)


def _with_unit(block: str, unit: str | None) -> str:
    """The name of a block; money, shares and measures are compared whatever they are of, counts by their class."""
    return unit if unit is not None and not unit.startswith("per ") else block


def _held(rendering: Rendering, figure: Figure) -> tuple[datetime | None, datetime | None, bool]:
    """The interval that a figure holds for, and whether the passage says so."""
    time = figure.as_of
    if time is None or time.start is None:
        times = [one for one in rendering.times if _is_short(one)]
        time = times[0] if len(times) == 1 else None
    if time is not None and time.start is not None:
        end = time.end if time.end is not None and time.end > time.start else time.start + timedelta(minutes=1)
        return time.start, end, True
    if rendering.published is None:
        return None, None, False
    day = rendering.published.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day, day + _DAY, False


def _is_short(time: Time) -> bool:
    """Whether a time is a day or little more."""
    if time.kind not in (TimeKind.DATE, TimeKind.TIME) or time.start is None or time.end is None:
        return False
    return time.end - time.start <= _LONGEST


def _place(rendering: Rendering, figure: Figure) -> str | None:
    words = words_at(rendering, figure.place)
    if words:
        return " ".join(words.split())
    names = names_of(rendering.words, rendering.speaker)
    return names[0].words if len(names) == 1 else None
