"""Which reports share so much of their wording that one was copied from the other, or both from a third.

Two steps. `candidates` finds pairs through sketches, without comparing all with all: of every run of eight words a
fixed quarter is kept, chosen by its hash (FracMinHash: Irber et al., 2022, after Broder, 1997), and two reports that
share two of them are candidates. Unlike a MinHash of the whole text this also finds six paragraphs of a wire inside a
long article. `compared` then lays the two texts side by side and weighs the stretches that they share outside
quotation marks. Whether two reports are copies depends on the two alone; whether they are
compared does, too, but for wording that more than `CROWD` reports share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.domain.spans import Span
from onrecord.domain.stories import Told
from onrecord.linking.origins.wording import Wording, shingles, wording

SKETCHED: Final = 8
KEPT: Final = 4
"""One run of words in so many goes into the sketch."""
SHARED: Final = 2
CROWD: Final = 64
"""A run of words that more reports share than this is furniture or a stock phrase, or a wire story printed everywhere:
each report is then compared with the first of them (by id) only, which keeps the work in proportion to the reports and
still joins the copies of one wire story in one group."""

COMPARED: Final = 5
GAP: Final = 10
"""So many words may be changed, cut or put in inside one shared stretch."""
STRETCH: Final = 12
"""A shorter stretch, counted outside quotation marks, may be chance: a title with a name, a stock phrase."""
LEAST: Final = 30
SHARE: Final = 0.25
SHARE_IN_PIECES: Final = 0.15
PIECES: Final = 3
"""Copied words and their share of one of the two, from which on two reports are held to be copies; less is enough in
several places, since one passage in common may be a post or a court paper that both print without quotation marks."""
LEAST_OF_ONE: Final = 60
SHARE_OF_ONE: Final = 0.3
"""The same where both are of one outlet, whose pages share furniture and background."""


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What a report is looked up by among others: a sketch of its wording, some 800 bytes for 800 words."""

    report: str
    keys: NDArray[np.uint32] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports that share wording; `a` is the lesser of the two ids.

    `of_a` and `of_b` tell how much of each stands in the other, from 0 to 1, counted in words outside quotation marks.
    `words` is their number, `stretches` are the shared stretches as they stand in the two, longest first. `source` is
    the report copied from, None where the times do not tell.
    """

    a: str
    b: str
    of_a: float
    of_b: float
    words: int
    stretches: tuple[tuple[Span, Span], ...]
    source: str | None
    reasons: tuple[str, ...]


def fingerprint(told: Told) -> Fingerprint:
    """The sketch of a report's wording."""
    return _sketch(told.report, wording(told.text))


def _sketch(report: str, words: Wording) -> Fingerprint:
    keys = shingles(words.words, SKETCHED)
    if not len(keys):
        return Fingerprint(report, keys)
    counted = np.concatenate(([0], np.cumsum(words.counts)))
    mostly = 2 * (counted[SKETCHED:] - counted[:-SKETCHED]) >= SKETCHED
    return Fingerprint(report, np.unique(keys[mostly & (keys % np.uint32(KEPT) == 0)]))


def candidates(new: Sequence[Fingerprint], known: Sequence[Fingerprint] = ()) -> list[tuple[str, str]]:
    """Pairs of reports worth comparing of which one at least is new, the lesser id first, in order.

    Work is near linear in the number of reports: one sort of their sketches.
    """
    fresh = {one.report for one in new}
    every = sorted({one.report: one for one in (*known, *new)}.values(), key=lambda one: one.report)
    if not fresh or len(every) < 2:
        return []
    keys = np.concatenate([one.keys for one in every])
    owners = np.repeat(np.arange(len(every), dtype=np.uint32), [len(one.keys) for one in every])
    if len(fresh) < len(every):
        # Most keys of the known reports are in no new one; a coarse table of 16 million marks tells which, fast.
        asked = np.zeros(1 << 24, dtype=bool)
        asked[np.concatenate([one.keys for one in new]) >> np.uint32(8)] = True
        wanted = asked[keys >> np.uint32(8)]
        keys, owners = keys[wanted], owners[wanted]
    if not len(keys):
        return []
    placed = np.sort(keys.astype(np.uint64) << np.uint64(32) | owners)
    keys, owners = (placed >> np.uint64(32)).astype(np.uint32), placed.astype(np.uint32)
    same = keys[1:] == keys[:-1]
    shared = np.concatenate((same, [False])) | np.concatenate(([False], same))
    keys, places = keys[shared], owners[shared].astype(np.int64)
    found = [codes for codes in _meetings(keys, places, len(every)) if len(codes)]
    if not found:
        return []
    codes, times = np.unique(np.concatenate(found), return_counts=True)
    codes = codes[times >= SHARED]
    pairs = ((every[int(code) // len(every)].report, every[int(code) % len(every)].report) for code in codes)
    return [(a, b) for a, b in pairs if a in fresh or b in fresh]


def _meetings(keys: NDArray[np.uint32], owners: NDArray[np.int64], many: int) -> Iterator[NDArray[np.int64]]:
    """Codes of the pairs that share a key, once for each: owner × many + owner. Keys are sorted, owners within each."""
    if not len(keys):
        return
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    starts, sizes = edges[:-1], np.diff(edges)
    crowded = np.repeat(sizes > CROWD, sizes)
    first = np.repeat(starts, sizes)
    place = np.arange(len(keys))
    others = place[crowded & (place != first)]
    yield owners[first[others]] * many + owners[others]
    left = place[~crowded & (place != first)]
    for distance in range(1, CROWD):
        left = left[left - distance >= first[left]]
        if not len(left):
            return
        yield owners[left - distance] * many + owners[left]


def copies(new: Sequence[Told], known: Sequence[Told] = ()) -> list[Copy]:
    """The pairs of reports that share wording, of which one at least is new, in order of their ids."""
    told = {one.report: one for one in (*known, *new)}
    prepared: dict[str, Wording] = {}

    def of(report: str) -> Wording:
        if report not in prepared:
            prepared[report] = wording(told[report].text)
        return prepared[report]

    fresh = {one.report for one in new}
    pairs = candidates(
        [_sketch(report, of(report)) for report in sorted(fresh)],
        [_sketch(report, of(report)) for report in sorted(told.keys() - fresh)],
    )
    found = (_compared(told[a], told[b], of(a), of(b)) for a, b in pairs)
    return [one for one in found if one is not None]


def compared(a: Told, b: Told) -> Copy | None:
    """What two reports share of their wording, None where it is too little to be a copy."""
    if b.report < a.report:
        a, b = b, a
    return _compared(a, b, wording(a.text), wording(b.text))


def _compared(a: Told, b: Told, of_a: Wording, of_b: Wording) -> Copy | None:
    runs = _runs(of_a, of_b)
    words = sum(run.words for run in runs)
    one = a.outlet is not None and a.outlet == b.outlet
    if words < (LEAST_OF_ONE if one else LEAST):
        return None
    share_a, share_b = words / max(of_a.counted, 1), words / max(of_b.counted, 1)
    share_a, share_b = min(share_a, 1.0), min(share_b, 1.0)
    asked = SHARE_OF_ONE if one else SHARE if len(runs) < PIECES else SHARE_IN_PIECES
    if max(share_a, share_b) < asked:
        return None
    runs.sort(key=lambda run: (-run.words, run.a))
    stretches = tuple((run.a, run.b) for run in runs)
    source = _source(a, b)
    return Copy(
        a.report, b.report, share_a, share_b, words, stretches, source, _reasons(a, b, words, share_a, share_b, source)
    )


@dataclass(frozen=True, slots=True)
class _Run:
    a: Span
    b: Span
    words: int


def _runs(a: Wording, b: Wording) -> list[_Run]:
    """Shared stretches in the order of `a`, each with at least `STRETCH` shared words outside quotation marks."""
    ours, theirs = shingles(a.words, COMPARED), shingles(b.words, COMPARED)
    if not len(ours) or not len(theirs):
        return []
    order = np.argsort(theirs, kind="stable")
    in_order = theirs[order]
    lower = np.searchsorted(in_order, ours, side="left")
    upper = np.searchsorted(in_order, ours, side="right")
    runs: list[_Run] = []
    i = j = first_i = first_j = -1
    covered: list[int] = []

    def close() -> None:
        if first_i < 0:
            return
        places = np.unique(np.asarray(covered)[:, None] + np.arange(COMPARED))
        words = int(a.counts[places].sum())
        if words >= STRETCH:
            in_a = Span(int(a.starts[first_i]), int(a.ends[i + COMPARED - 1]))
            in_b = Span(int(b.starts[first_j]), int(b.ends[j + COMPARED - 1]))
            runs.append(_Run(in_a, in_b, words))

    for place in np.flatnonzero(upper > lower).tolist():
        where = order[lower[place] : upper[place]][:50]
        # The occurrence that goes on from the stretch before it, where one does.
        after = where[(where > j) & (where <= j + COMPARED + GAP)] if first_i >= 0 else where[:0]
        if len(after) and place <= i + COMPARED + GAP:
            i, j = place, int(after[0])
            covered.append(place)
            continue
        close()
        i, j = place, int(where[0])
        first_i, first_j, covered = i, j, [place]
    close()
    return runs


def _source(a: Told, b: Told) -> str | None:
    """The earlier of the two; None where the times are unknown, equal, or days alone that are the same day."""
    first, second = a.published, b.published
    if first is None or second is None or first == second:
        return None
    if (_is_day(first) or _is_day(second)) and first.date() == second.date():
        return None
    return a.report if first < second else b.report


def _is_day(when: datetime) -> bool:
    return (when.hour, when.minute, when.second) == (0, 0, 0)


def _reasons(a: Told, b: Told, words: int, of_a: float, of_b: float, source: str | None) -> tuple[str, ...]:
    name_a, name_b = a.outlet or "the one report", b.outlet or "the other report"
    if name_a == name_b:
        name_a, name_b = f"one report of {name_a}", "the other"
    told = (
        f"{words:,} words outside quotation marks are the same",
        f"{of_a:.0%} of {name_a} and {of_b:.0%} of {name_b}",
    )
    if source is None:
        return *told, "which of them came first is not known"
    return *told, f"{name_a if source == a.report else name_b} came first"
