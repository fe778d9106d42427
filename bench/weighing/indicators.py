"""How soon changes of a series are found, and how many that are none: `python -m bench.weighing.indicators`.

The series are real: how many reports of reports/us-2018-2020 have a word, day by day, 931 days of some fourteen reports
with half as many at weekends. Words are taken by the hash of their stem from those that stand in one to ten reports a
day; the hash puts them in "tuning", which settings were chosen on, or "kept back".

Real news changes for real, so for what is asked the days of a series are shuffled among the same days of the week of
the same 91 days: what is left is its weekly rhythm, its scatter and its drift, but no change. *False alarms* are alarms
on such series. *Planted* changes are put into stretches of 98 such days at a day drawn at random (the 43rd to the
84th): the level is raised or lowered by one, two or three standard deviations of the stretch about its weekly rhythm,
at once ("step") or over five days ("ramp"), weekends as much in proportion. A rise adds Poisson counts, a fall takes
each count away with the same chance; a fall by more than there is cannot be planted. A change is found when there is an
alarm in its direction on its day or the three days after it, for a ramp the three days after its full height.

The ways that are compared are given the same number of false alarms, on shuffled tuning series: 0.75 in 90 days. "Knows
the level" is no way but a bound: a cumulative sum of log-likelihood ratios that is told the true level, weekly rhythm,
scatter, size and direction, and only not the day.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from math import log, sqrt
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.corpora import ARCHIVE, in_tuning, rows_of, sum_of, text_of
from onrecord.domain.indicators import Day, Indicator, Series
from onrecord.language.words import words_of
from onrecord.weighing.indicators.changes import IN_CONTROL, changes
from onrecord.weighing.indicators.levels import distance, expected

FALSE: Final = 0.75
"""False alarms in 90 days that every way is held to on the tuning series."""
SERIES: Final = 240
CALIBRATED: Final = 24
"""Tuning series that the limits of the compared ways are set on."""
STRETCH: Final = 98
BASELINE: Final = Indicator("").baseline
SIZES: Final = (1, 2, 3)
IN_TIME: Final = 3
RAMP: Final = 5
FIRST: Final = date(2018, 1, 1)
Counts = NDArray[np.int64]
Alarms = list[tuple[int, bool]]
"""The places of the days with an alarm, and whether it is of a rise."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A stretch of days with a change at `change`; `level`, `weekly` and `dispersion` are the true ones before it."""

    counts: Counts
    weekday: int
    change: int
    size: int
    rising: bool
    ramp: bool
    expected: NDArray[np.float64]
    dispersion: float

    @property
    def in_time(self) -> range:
        full = self.change + (RAMP - 1 if self.ramp else 0)
        return range(self.change, full + IN_TIME + 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are handed to a way; with `planted` those of a planted change, for the bound alone."""

    counts: Counts
    weekday: int
    planted: Planted | None = None


Way = Callable[[Stretch, float], Alarms]


@cache
def counted(corpora: Path) -> Mapping[str, Counts]:
    """For each chosen stem how many reports of each day have it."""
    days: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    last = 0
    for row in rows_of(corpora / ARCHIVE):
        day = (date.fromisoformat(str(row["date"])[:10]) - FIRST).days
        last = max(last, day)
        for stem in set(words_of(text_of(row))):
            if stem.isalpha():
                days[stem][day] += 1
    fit = [stem for stem, its in days.items() if 1 <= sum(its.values()) / (last + 1) <= 10]
    chosen = sorted(fit, key=sum_of)[:SERIES]
    return {stem: np.array([days[stem][day] for day in range(last + 1)], np.int64) for stem in chosen}


def shuffled(name: str, counts: Counts) -> Counts:
    """The days of a series in another order: each stays a day of its own weekday and of its own 91 days."""
    rng = np.random.default_rng(int(sum_of(name)[:8], 16))
    out = counts.copy()
    for block in range(0, len(out), 91):
        for weekday in range(7):
            its = np.arange(block + weekday, min(block + 91, len(out)), 7)
            out[its] = out[rng.permutation(its)]
    return out


def planted(name: str, counts: Counts, size: int, rising: bool, ramp: bool, seed: int) -> Planted | None:
    """One change in one stretch of a shuffled series; None where there is too little for a fall of that size."""
    rng = np.random.default_rng(int(sum_of(f"{name} {seed}")[:8], 16))
    start = int(rng.integers(0, len(counts) - STRETCH))
    change = int(rng.integers(42, 84))
    out = counts[start : start + STRETCH].copy()
    weekday = (start + np.arange(STRETCH)) % 7
    level = np.array([out[weekday == one].mean() for one in range(7)])[weekday]
    squares = (out - level) ** 2
    deviation = sqrt(squares.sum() / (STRETCH - 7))
    mean = float(out.mean())
    share = size * deviation / mean if mean else 0.0
    if mean < 0.5 or (not rising and share > 1):
        return None
    after = STRETCH - change
    grown = np.minimum(1.0, (np.arange(after) + 1) / (RAMP if ramp else 1))
    if rising:
        out[change:] += rng.poisson(level[change:] * share * grown)
    else:
        out[change:] = rng.binomial(out[change:], 1 - share * grown)
    dispersion = float(squares.sum() / (STRETCH - 7) / mean)
    return Planted(out, (FIRST.weekday() + start) % 7, change, size, rising, ramp, level, dispersion)


def dated(stretch: Stretch) -> list[tuple[date, float]]:
    """The days of a stretch, from any day with the right weekday."""
    first = FIRST + timedelta(days=(stretch.weekday - FIRST.weekday()) % 7)
    return [(first + timedelta(days=at), float(value)) for at, value in enumerate(stretch.counts.tolist())]


def ours(stretch: Stretch, in_control: float) -> Alarms:
    """The package's own; what is set is the days between false alarms that it aims at."""
    days = tuple(Day(day, value, day) for day, value in dated(stretch))
    found = changes(Series(Indicator("counts", words=("counts",), baseline=BASELINE), days), in_control)
    return [(one.alarm, one.rising) for one in found]


Statistic = Callable[[Sequence[float]], float]
"""The signed statistic of the distances since the last alarm, the latest last."""


def _summed(allowance: float) -> Statistic:
    def statistic(far: Sequence[float]) -> float:
        above = below = 0.0
        for one in far:
            above = max(0.0, above + one - allowance)
            below = max(0.0, below - one - allowance)
        return above if above >= below else -below

    return statistic


def _averaged(share: float) -> Statistic:
    def statistic(far: Sequence[float]) -> float:
        average = 0.0
        for one in far:
            average = (1 - share) * average + share * one
        return average / sqrt(share / (2 - share))

    return statistic


def _latest(far: Sequence[float]) -> float:
    return far[-1]


def _window_of_likelihood(far: Sequence[float]) -> float:
    """The greatest of the sums of the last one to seven distances, each by the root of its length (Lai, 1995)."""
    total, best = 0.0, 0.0
    for length, one in enumerate(reversed(far[-7:]), start=1):
        total += one
        if abs(total) / sqrt(length) > abs(best):
            best = total / sqrt(length)
    return best


def chart(statistic: Statistic) -> Way:
    """A control chart over distances from a baseline of as many days as ours, three days left between."""
    return lambda stretch, limit: _chart(stretch, limit, statistic)


def _chart(stretch: Stretch, limit: float, statistic: Statistic, gap: int = 3, weekly: bool = True) -> Alarms:
    days, start, alarms = dated(stretch), 0, Alarms()
    far: list[float] = []
    for now, (day, value) in enumerate(days):
        end = min(now, max(now - gap, start + 7))
        first = max(start, end - BASELINE)
        if end - first < 7:
            continue
        far = [*far[-30:], distance(expected([days[first:end]], counts=weekly), day, value)]
        signed = statistic(far)
        if abs(signed) >= limit:
            alarms.append((now, signed > 0))
            start, far = now, []
    return alarms


def without_weeks(stretch: Stretch, limit: float) -> Alarms:
    """The cumulative sum of 0.75 that takes all days of the week alike."""
    return _chart(stretch, limit, _summed(0.75), weekly=False)


def ears(stretch: Stretch, limit: float) -> Alarms:
    """EARS C2 of the Centers for Disease Control: seven days of baseline, two days left between, no weekly rhythm."""
    counts = stretch.counts
    alarms = []
    for now in range(9, len(counts)):
        baseline = counts[now - 9 : now - 2]
        far = (counts[now] - baseline.mean()) / max(0.5, float(baseline.std(ddof=1)))
        if abs(far) >= limit and not (alarms and now - alarms[-1][0] < 7):
            alarms.append((now, bool(far > 0)))
    return alarms


def by_ruptures(kernel: str) -> Way:
    """ruptures' exact kernel change points on the data to date, day by day; alarm at one in the last seven days.

    It is given the last 56 days since the last change, in units of their scatter about their weekly rhythm.
    """
    from ruptures import KernelCPD  # for this comparison alone; it and scipy are no part of an installation

    def way(stretch: Stretch, limit: float) -> Alarms:
        days, start, alarms = dated(stretch), 0, Alarms()
        for now in range(10, len(days)):
            first = max(start, now + 1 - 56)
            if now + 1 - first < 10:
                continue
            level = expected([days[first : now + 1]], counts=True)
            far = np.array([distance(level, day, value) for day, value in days[first : now + 1]])
            points = KernelCPD(kernel=kernel, min_size=1).fit(far.reshape(-1, 1)).predict(pen=limit)[:-1]
            if points and points[-1] >= len(far) - 7:
                rising = far[points[-1] :].mean() > far[: points[-1]].mean()
                alarms.append((now, bool(rising)))
                start = first + points[-1]
        return alarms

    return way


def knows_the_level(stretch: Stretch, limit: float) -> Alarms:
    """A bound: quasi-Poisson log-likelihood ratios with all but the day known, or without a change two each way."""
    told = stretch.planted
    if told is None:
        weekday = np.arange(len(stretch.counts)) % 7
        level = np.empty(len(weekday))
        for block in range(0, len(weekday), 91):
            its = slice(block, block + 91)
            for one in range(7):
                chosen = np.arange(len(weekday))[its][weekday[its] == one]
                level[chosen] = stretch.counts[chosen].mean() if len(chosen) else 1.0
        dispersion = float(((stretch.counts - level) ** 2).mean() / level.mean())
        deviation = sqrt(dispersion * float(level.mean()))
        wanted = [(True, 2 * deviation / float(level.mean())), (False, min(0.95, 2 * deviation / float(level.mean())))]
    else:
        level, dispersion = told.expected, told.dispersion
        share = told.size * sqrt(dispersion * float(level.mean())) / float(level.mean())
        wanted = [(told.rising, share if told.rising else min(0.95, share))]
    level = np.maximum(level[: len(stretch.counts)], 0.05)
    alarms = []
    for rising, share in wanted:
        factor = 1 + share if rising else 1 - share
        total = 0.0
        for now, (value, due) in enumerate(zip(stretch.counts.tolist(), level.tolist(), strict=True)):
            total = max(0.0, total + (value * log(factor) - due * (factor - 1)) / dispersion)
            if total >= limit:
                alarms.append((now, rising))
                total = 0.0
    return alarms


WAYS: Final[Mapping[str, tuple[Way, float, float]]] = {
    "ours": (ours, 20.0, 20_000.0),
    "CUSUM chart, 0.75": (chart(_summed(0.75)), 1.0, 8.0),
    "EWMA chart, 0.4": (chart(_averaged(0.4)), 1.5, 6.0),
    "a bound: knows the level": (knows_the_level, 0.5, 12.0),
    "Shewhart chart": (chart(_latest), 1.5, 6.0),
    "CUSUM chart, 0.75, no weekdays": (without_weeks, 1.0, 12.0),
    "EARS C2": (ears, 1.5, 20.0),
    "likelihood ratio over a window": (chart(_window_of_likelihood), 1.5, 6.0),
    "CUSUM chart, 1": (chart(_summed(1.0)), 1.0, 8.0),
}
"""The ways with the least and the greatest limit that is tried."""
RUPTURES: Final[Mapping[str, tuple[str, float, float]]] = {
    "ruptures, linear kernel": ("linear", 1.0, 40.0),
    "ruptures, rbf kernel": ("rbf", 0.5, 20.0),
}


def alarms_in_90_days(way: Way, limit: float, real: Mapping[str, Counts], *, mixed: bool = True) -> float:
    """Alarms in 90 days, the first baseline left out; of the shuffled series or of the series as they are."""
    found = days = 0
    for name, counts in real.items():
        given = Stretch(shuffled(name, counts) if mixed else counts, FIRST.weekday())
        found += sum(now >= BASELINE for now, _ in way(given, limit))
        days += len(counts) - BASELINE
    return 90 * found / days


def found_in_time(way: Way, limit: float, changed: Sequence[Planted]) -> float:
    """The share of planted changes with an alarm in time and in their direction, in percent."""
    found = 0
    for one in changed:
        alarms = way(Stretch(one.counts[: one.in_time.stop], one.weekday, one), limit)
        found += any(now in one.in_time and rising == one.rising for now, rising in alarms)
    return 100 * found / len(changed)


def limit_of(way: Way, low: float, high: float, real: Mapping[str, Counts]) -> float:
    """The least limit at which a way has no more than `FALSE` false alarms in 90 days."""
    for _ in range(7):
        middle = sqrt(low * high)
        low, high = (middle, high) if alarms_in_90_days(way, middle, real) > FALSE else (low, middle)
    return high


def halves(corpora: Path) -> tuple[dict[str, Counts], dict[str, Counts]]:
    """The series of the tuning half and those kept back."""
    real = counted(corpora)
    tuning = {name: counts for name, counts in real.items() if in_tuning(name)}
    return tuning, {name: counts for name, counts in real.items() if name not in tuning}


def all_planted(real: Mapping[str, Counts], each: int = 2) -> dict[str, list[Planted]]:
    """Planted changes by what they are: "2, rise, step"."""
    out: dict[str, list[Planted]] = {}
    for size in SIZES:
        for rising in (True, False):
            for ramp in (False, True):
                key = f"{size}, {'rise' if rising else 'fall'}, {'ramp' if ramp else 'step'}"
                mixed = {name: shuffled(name, counts) for name, counts in real.items()}
                made = [
                    planted(name, one, size, rising, ramp, seed) for name, one in mixed.items() for seed in range(each)
                ]
                out[key] = [one for one in made if one is not None]
    return out


def measured(corpora: Path) -> dict[str, float]:
    """Numbers of the package's own way on the series kept back, by what was measured; shares in percent."""
    _, kept = halves(corpora)
    numbers = {
        "false alarms in 90 days": alarms_in_90_days(ours, IN_CONTROL, kept),
        "alarms in 90 days, series as they are": alarms_in_90_days(ours, IN_CONTROL, kept, mixed=False),
    }
    changed = all_planted(kept)
    numbers.update(_shares(ours, IN_CONTROL, changed))
    often = {key: [one for one in its if one.expected.mean() >= 4] for key, its in changed.items()}
    numbers["2 deviations, four and more a day"] = found_in_time(ours, IN_CONTROL, _of_size(often, 2))
    return numbers


def _shares(way: Way, limit: float, changed: Mapping[str, Sequence[Planted]]) -> Iterator[tuple[str, float]]:
    for size in SIZES:
        yield f"{size} deviations", found_in_time(way, limit, _of_size(changed, size))
    for key, its in changed.items():
        if len(its) >= 20:
            yield key, found_in_time(way, limit, its)


def _of_size(changed: Mapping[str, Sequence[Planted]], size: int) -> list[Planted]:
    return [one for its in changed.values() for one in its if one.size == size]


def compared(corpora: Path) -> Iterator[tuple[str, float, float, dict[str, float]]]:
    """Each way with its limit from tuning series; on those kept back its false alarms and what it finds of size two."""
    tuning, kept = halves(corpora)
    some = dict(sorted(tuning.items(), key=lambda one: sum_of(one[0]))[:CALIBRATED])
    changed = {key: its for key, its in all_planted(kept, each=1).items() if key.startswith("2")}
    ways = dict(WAYS)
    if find_spec("ruptures") is None:
        print("ruptures is not installed: left out")
    else:
        ways.update({name: (by_ruptures(kernel), low, high) for name, (kernel, low, high) in RUPTURES.items()})
    for name, (way, low, high) in ways.items():
        limit = limit_of(way, low, high, some)
        shares = {key: found_in_time(way, limit, its) for key, its in changed.items()}
        shares["all"] = found_in_time(way, limit, [one for its in changed.values() for one in its])
        yield name, limit, alarms_in_90_days(way, limit, kept), shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--compare", action="store_true", help="the other ways as well; takes a quarter of an hour")
    args = parser.parse_args()
    tuning, kept = halves(args.corpora)
    print(f"{len(tuning)} series for tuning, {len(kept)} kept back")
    for key, its in all_planted(kept).items():
        print(f"planted, {key}: {len(its)}")
    for name, value in measured(args.corpora).items():
        print(f"{name:46} {value:7.2f}")
    if args.compare:
        for name, limit, false, shares in compared(args.corpora):
            told = "  ".join(f"{key}: {value:.0f}" for key, value in shares.items())
            print(f"{name:32} limit {limit:8.2f}  false alarms {false:5.2f}  {told}", flush=True)


if __name__ == "__main__":
    main()
