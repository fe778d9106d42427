"""Figures: the numbers of a text that count or measure something, with what, how nearly, where and as of when.

`find_figures` reads numerals (numbers.py), leaves out those that name, date or order something, and gives the
others their bound, their unit and the phrase that they count (nouns.py). A length of time and an age are no
figures: they are a text's times. A figure that leaves out its noun takes the nearest one counted before it in the same
stretch ("from 80,000 soldiers to 95,000"), and none where there is none. What is not safe is left open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.domain.passages import Bound, Figure, Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.reading.figures.bounds import bound_before, bounded, bounded_behind
from onrecord.reading.figures.kinds import (
    is_idiom,
    is_list_of_times,
    is_name,
    is_one,
    is_score,
    is_time,
    is_vote,
    is_year,
)
from onrecord.reading.figures.nouns import Counted, Place, Stretches, counted_after, noun_phrase, places
from onrecord.reading.figures.numbers import Number, number_at, tokens
from onrecord.reading.figures.ranges import ends, range_start, upper_end
from onrecord.reading.figures.units import Unit, currency_before, rate_at, unit_at
from onrecord.reading.figures.words import (
    CASUALTIES,
    DIRECTIONS,
    HAPPENED,
    NUMERAL,
    STOPS,
    TOLL,
)

_HYPHENS = frozenset("-‐‑–—")
_SENTENCE_END = re.compile(r"[.!?][\"”’»)]{0,3}\s+(?=[\"“‘«(]?[A-ZÀ-Þ\d])|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|approx))\Z"
)
_OPENERS = frozenset("a an several few tens".split())
"""Words that a number may start with, and that are no number."""
_NOBODY = ("nobody", "none")
_NOT_YET = re.compile(
    r"\b(?:since|until|till|before|after|by|through)\s+(?:(?:the|about|early|late|last)\s+)?\Z", re.IGNORECASE
)


@dataclass(slots=True)
class _Found:
    """A figure on its way: tokens `[first, last)` are its number and unit."""

    first: int
    last: int
    figure: Figure
    elided: bool


def find_figures(text: str, within: Span, times: Sequence[Time] = ()) -> list[Figure]:
    """The figures of `text[within.start:within.end]`, in order.

    >>> text = "They have at least 95,000 soldiers in Zelvin."
    >>> [(f.value, f.bound.value, f.counted.of(text)) for f in find_figures(text, Span(0, len(text)))]
    [(95000.0, 'at least', 'soldiers')]
    """
    if NUMERAL.search(text, within.start, within.end) is None:
        return []
    return _Reading(text, within, times).figures()


class _Reading:
    """One stretch of text being read."""

    def __init__(self, text: str, within: Span, times: Sequence[Time]) -> None:
        self.text = text
        self.start = within.start
        self.cut = tokens(text, within.start, within.end)
        self.times = [time for time in times if time.span.overlaps(within)]
        self.timed = Stretches([time.span for time in self.times])
        self.found: list[_Found] = []
        self.breaks = [within.start]
        for match in _SENTENCE_END.finditer(text, within.start, within.end):
            if text[match.start()] != "." or not _ABBREVIATED.search(
                text, max(within.start, match.start() - 8), match.start()
            ):
                self.breaks.append(match.end())
        self.breaks.append(within.end)

    def figures(self) -> list[Figure]:
        """Reads from left to right; what is taken by one figure is not read again."""
        at, after_name = 0, -1
        while at < len(self.cut):
            if NUMERAL.match(self.cut[at].text) is None and self.cut[at].lower not in _OPENERS:
                at += 1
                continue
            nothing = self._nothing(at)
            if nothing is not None:
                at = nothing
                continue
            number = number_at(self.cut, at)
            if number is None:
                at += 1
                continue
            if is_name(self.cut, number, self.start_of_sentence(number.first)) or self._goes_on(after_name, number):
                after_name = number.last
                at = number.last
                continue
            at = self._read(number)
        self._resolve()
        self._locate()
        return [one.figure for one in self.found]

    def start_of_sentence(self, at: int) -> int:
        """Where the sentence of a token starts."""
        return self.breaks[bisect_right(self.breaks, self.cut[at].start) - 1]

    def _goes_on(self, after_name: int, number: Number) -> bool:
        """Whether only an "and" or a year in brackets parts the number from a name: "resolutions 12 (2013) and 35"."""
        between = self.cut[after_name : number.first] if after_name >= 0 else []
        if after_name < 0 or len(between) > 5:
            return False
        if not between or all(token.text in _HYPHENS for token in between):
            # A telephone number goes on.
            return counted_after(self.cut, number.last, single=False).span is None
        links = all(token.lower in ("and", ",", "(", ")", "or") or token.is_digits for token in between)
        return links and counted_after(self.cut, number.last, single=False).span is None

    def _nothing(self, at: int) -> int | None:
        """Reads "no casualties" and "no one was killed", the words for nought; the index behind them."""
        cut, word = self.cut, self.cut[at].lower
        if word == "no" and at + 1 < len(cut) and cut[at + 1].lower != "one":
            for k in range(at + 1, min(at + 4, len(cut))):
                if not cut[k].is_word or cut[k].lower in STOPS:
                    break
                if cut[k].lower in CASUALTIES:
                    counted = Span(cut[at + 1].start, cut[k].end)
                    self._add(at, k + 1, Figure(Span(cut[at].start, cut[k].end), 0.0, counted=counted), elided=False)
                    return k + 1
            return at + 1
        last = at + 2 if word == "no" else at + 1
        if word != "no" and word not in _NOBODY:
            return None
        for k in range(last, min(last + 5, len(cut))):
            if cut[k].lower in HAPPENED:
                span = Span(cut[at].start, cut[last - 1].end)
                self._add(at, last, Figure(span, 0.0, counted=Span(cut[k].start, cut[k].end)), elided=False)
                break
            if cut[k].lower not in ("was", "were", "is", "has", "had", "have", "been", "of", "them", "else", "are"):
                break
        return last

    def _add(self, first: int, last: int, figure: Figure, *, elided: bool) -> None:
        self.found.append(_Found(first, last, figure, elided))

    def _read(self, number: Number) -> int:
        """Reads one number or range with its unit and what it counts; the index to go on from."""
        cut = self.cut
        money = currency_before(cut, number.first)
        second = upper_end(self.text, self.start, cut, number)
        end = second or number
        unit = unit_at(cut, end.last, money, scaled=end.is_scaled)
        if not unit.word and second is None:
            own = unit_at(cut, number.last, money, scaled=number.is_scaled)
            unit = own if own.word else unit
        if self._is_no_figure(number, second, unit):
            return end.last
        first = money.first if money is not None else number.first
        if unit.word == "times" and unit.last < len(cut) and cut[unit.last].lower == "over":
            return unit.last
        figure = Figure(Span(cut[first].start, cut[unit.last - 1].end), number.value, number.low, number.high)
        last = unit.last
        if number.is_share and second is None:
            product = self._part_of_number(number)
            if product is not None:
                figure, last = replace(figure, value=product[0]), product[1]
                number = replace(number, is_share=False)
        word = unit.word or ("share" if number.is_share else "times" if number.is_multiple else None)
        if second is not None:
            low, high = ends(number, second)
            span = Span(range_start(self.text, self.start, figure.span.start), figure.span.end)
            figure = replace(figure, span=span, value=None, low=low, high=high, bound=Bound.BETWEEN)
        else:
            figure = bounded(self.text, self.start, cut[first].start, figure, number)
        figure, last = bounded_behind(self.text, self.breaks[-1], cut, figure, last)
        counted = self._counted(last, word, unit, number)
        rate = rate_at(cut, last) or (rate_at(cut, counted.last) if counted.span is not None else None)
        if rate is not None and not (rate.last - 1 < len(cut) and word == "share"):
            if rate.first == last:
                figure = replace(figure, span=Span(figure.span.start, cut[rate.last - 1].end))
                last = rate.last
                counted = self._counted(last, word, unit, number) if word is None else Counted(None, last)
            word = f"{word} {rate.word}" if word else rate.word
        if counted.span is not None and self.timed.meet(counted.span):
            counted = Counted(None, last)
        figure = replace(figure, unit=word, counted=counted.span)
        self._add(first, last, figure, elided=counted.span is None)
        return max(last, end.last)

    def _counted(self, at: int, word: str | None, unit: Unit, number: Number) -> Counted:
        cut = self.cut
        if word == "times":
            return Counted(None, at)
        if unit.hyphenated_noun:
            token = cut[unit.last - 1]
            return Counted(Span(token.start, token.end), unit.last)
        plain = word is None or word == "share"
        if not plain and not unit.is_money:
            at = self._past_brackets(at)
            if at < len(cut) and cut[at].lower in DIRECTIONS:
                return Counted(None, at)
            if (
                unit.word not in ("%", "percentage point", None)
                and at + 1 < len(cut)
                and cut[at].lower == "of"
                and cut[at + 1].lower == "the"
            ):
                # "at 30 kilometres of the river" is a distance.
                return Counted(None, at)
        if word is not None and not plain:
            after = at
            while after < len(cut) and cut[after].text in '"”’':
                after += 1
            if after < len(cut) and cut[after].lower in ("in", "of", "worth"):
                worth = after + 1 if cut[after].lower == "worth" else after
                link = cut[worth].lower if worth < len(cut) else ""
                if link == "of":
                    return counted_after(cut, worth, single=True)
                if link == "in" and unit.is_money and after + 1 < len(cut) and cut[after + 1].text.islower():
                    return noun_phrase(cut, after + 1, single=True)
                return Counted(None, at)
            if after < len(cut) and cut[after].text in _HYPHENS:
                return Counted(None, at)
        if word == "share" and at < len(cut) and cut[at].lower in ("the", "its", "their", "his", "her", "our", "all"):
            return noun_phrase(cut, at + 1, single=True)
        of_one = number.value == 1.0 or (number.value is not None and 0 < number.value < 2)
        return counted_after(cut, at, single=not plain or word == "share" or of_one)

    def _past_brackets(self, at: int) -> int:
        """The index behind a conversion in brackets: "the 1,000-kilometre (620-mile) front line"."""
        cut = self.cut
        if at < len(cut) and cut[at].text == ")" and any(token.text == "(" for token in cut[max(0, at - 5) : at]):
            return at + 1
        if at < len(cut) and cut[at].text == "(":
            closing = next((k for k in range(at, min(at + 7, len(cut))) if cut[k].text == ")"), None)
            return at if closing is None else closing + 1
        return at

    def _is_no_figure(self, number: Number, second: Number | None, unit: Unit) -> bool:
        cut = self.cut
        end = second or number
        span = Span(cut[number.first].start, cut[end.last - 1].end)
        share_of = number.is_share and end.last < len(cut) and cut[end.last].lower == "of"
        if not share_of and self.timed.meet(span):
            return True
        if second is None and is_idiom(cut, number):
            return True
        if unit.is_code:
            return True
        if is_time(cut, end.last) or (second is None and is_list_of_times(cut, number)):
            return True
        has_bound = bound_before(self.text, self.start, cut[number.first].start) is not None
        if not unit.word and is_year(cut, number, bounded=has_bound):
            return True
        if number.value == 1.0 and number.last - number.first == 1 and not unit.word and second is None:
            return not is_one(cut, number.first, bounded=has_bound)
        if second is None and is_score(cut, number):
            return True
        return second is not None and not unit.word and is_vote(self.text, self.start, cut, number, second)

    def _part_of_number(self, number: Number) -> tuple[float, int] | None:
        """The product and the index behind it where a share is one of a number: "three quarters of the 12,000"."""
        at = number.last
        if at >= len(self.cut) or self.cut[at].lower != "of" or number.value is None:
            return None
        at += 1
        while at < len(self.cut) and self.cut[at].lower in ("the", "its", "their", "our", "all", "those", "these"):
            at += 1
        whole = number_at(self.cut, at) if at < len(self.cut) else None
        if whole is None or whole.value is None or whole.is_share or whole.value < 2:
            return None
        if is_time(self.cut, whole.last) or unit_at(self.cut, whole.last, None, scaled=whole.is_scaled).word:
            return None
        return number.value * whole.value, whole.last

    def _resolve(self) -> None:
        """Gives figures that leave out their noun the one meant: of the next in a list, of a toll, or of one before."""
        nearest: Span | None = None
        for k, one in enumerate(self.found):
            unit = one.figure.unit
            of_them = unit == "share" and one.last < len(self.cut) and self.cut[one.last].lower == "of"
            if one.elided and (unit is None or of_them):
                one.figure = replace(one.figure, counted=self._listed(k) or self._toll(one) or nearest)
            if unit is None and one.figure.counted is not None:
                nearest = one.figure.counted

    def _listed(self, k: int) -> Span | None:
        """The noun of the next figure where only an "and", "to" or comma parts the two: "six or, maybe, eight men"."""
        if k + 1 >= len(self.found):
            return None
        one, following = self.found[k], self.found[k + 1]
        between = self.cut[one.last : following.first]
        if between and len(between) <= 2 and all(token.lower in (",", "and", "or", "to", "then") for token in between):
            return following.figure.counted if following.figure.unit is None else None
        return None

    def _toll(self, one: _Found) -> Span | None:
        """The noun that a bare number is the value of: "the death toll rose to 115"."""
        at = one.figure.span.start
        start = self.start_of_sentence(one.first)
        offset = max(start, at - 120)
        match = TOLL.search(self.text[offset:at])
        if match is None:
            return None
        group = "what" if match.group("what") else 0
        if group == "what" and match.group("what").split()[0].lower() not in STOPS:
            phrase = noun_phrase(tokens(self.text, offset + match.start("what"), at), 0, single=True)
            if phrase.span is not None:
                return phrase.span
        word = match.group(0).split(" of ")[0]
        if word.lower() in ("number", "total", "figure", "count", "strength"):
            return None
        return Span(offset + match.start(), offset + match.start() + len(word))

    def _locate(self) -> None:
        """Gives every figure the place and the time of its sentence that stand nearest, a place rather behind it."""
        taken = Stretches([*(one.figure.span for one in self.found), *(time.span for time in self.times)])
        starts = [token.start for token in self.cut]
        moments = [
            time
            for time in sorted(self.times, key=lambda time: time.span)
            if time.kind in (TimeKind.DATE, TimeKind.TIME)
            and not _NOT_YET.search(self.text[max(self.start, time.span.start - 24) : time.span.start])
        ]
        sentence = (-1, -1)
        spots: list[Place] = []
        for one in self.found:
            at = bisect_right(self.breaks, one.figure.span.start)
            here = (self.breaks[at - 1], self.breaks[min(at, len(self.breaks) - 1)])
            if here != sentence:
                sentence = here
                spots = places(self.cut, bisect_left(starts, here[0]), bisect_left(starts, here[1]), taken)
            behind = bisect_left(spots, one.last, key=lambda spot: spot.at)
            place = spots[min(behind, len(spots) - 1)].span if spots else None
            near = bisect_left(moments, one.figure.span, key=lambda time: time.span)
            beside = [m for m in moments[max(0, near - 1) : near + 1] if here[0] <= m.span.start < here[1]]
            as_of = min(beside, key=lambda time: _distance(time.span, one.figure.span), default=None)
            one.figure = replace(one.figure, place=place, as_of=as_of)


def _distance(span: Span, other: Span) -> int:
    return max(span.start - other.end, other.start - span.end, 0)
