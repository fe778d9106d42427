"""The measure of change points: what is shuffled stays alike, and what is planted is there."""

from __future__ import annotations

import numpy as np
import pytest

from bench.weighing.indicators import FALSE, Stretch, alarms_in_90_days, found_in_time, limit_of, planted, shuffled

COUNTS = np.random.default_rng(1).poisson(np.tile([9, 9, 9, 9, 9, 4, 4], 40)).astype(np.int64)


def test_shuffled_days_stay_days_of_their_weekday_and_their_quarter() -> None:
    mixed = shuffled("invented", COUNTS)
    assert mixed.tolist() != COUNTS.tolist()
    for start in range(0, len(COUNTS), 91):
        for weekday in range(7):
            its = slice(start + weekday, start + 91, 7)
            assert sorted(mixed[its]) == sorted(COUNTS[its])
    assert shuffled("invented", COUNTS).tolist() == mixed.tolist()


@pytest.mark.parametrize(("size", "rising"), [(1, True), (2, True), (3, True), (1, False), (2, False)])
@pytest.mark.parametrize("ramp", [False, True])
def test_a_planted_change_has_the_size_that_was_asked(size: int, rising: bool, ramp: bool) -> None:
    sizes = []
    for seed in range(40):
        one = planted("invented", COUNTS, size, rising, ramp, seed)
        assert one is not None
        full = one.change + (5 if ramp else 0)
        deviation = np.sqrt(one.dispersion * one.expected.mean())
        level = one.expected / one.expected.mean()
        sizes.append((one.counts[full:].sum() / level[full:].sum() - one.expected.mean()) / deviation)
        assert one.in_time == range(one.change, one.change + (8 if ramp else 4))
    assert np.mean(sizes) == pytest.approx(size if rising else -size, abs=0.25)


def test_a_fall_by_more_than_there_is_cannot_be_planted() -> None:
    assert planted("invented", np.ones(200, np.int64) * np.tile([1, 0], 100), 3, False, False, 0) is None


def test_an_alarm_counts_in_time_and_in_its_direction_alone() -> None:
    one = planted("invented", COUNTS, 2, True, False, 0)
    assert one is not None
    for late, rising, share in ((0, True, 100), (3, True, 100), (4, True, 0), (-1, True, 0), (0, False, 0)):
        found = found_in_time(lambda stretch, limit, at=one.change + late, up=rising: [(at, up)], 0.0, [one])
        assert found == share


def test_the_limit_is_the_least_that_keeps_false_alarms_down() -> None:
    def way(stretch: Stretch, limit: float) -> list[tuple[int, bool]]:
        return [(at, True) for at, count in enumerate(stretch.counts.tolist()) if count >= limit]

    limit = limit_of(way, 1.0, 100.0, {"invented": COUNTS})
    assert alarms_in_90_days(way, limit, {"invented": COUNTS}) <= FALSE
    assert alarms_in_90_days(way, limit - 2, {"invented": COUNTS}) > FALSE
