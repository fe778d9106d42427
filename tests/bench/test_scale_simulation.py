"""The simulation of a cluster: exact where arithmetic is, within its bounds elsewhere, and the same for the same seed."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scale.simulation import Cluster, loaded, run, shared

shards_of = st.lists(st.floats(0.5, 90), min_size=1, max_size=40)
seconds = st.floats(0, 20)
NEAR = 1e-9


@pytest.mark.parametrize(
    ("shards", "workers", "makespan"),
    [
        ([7.0], 1, 7),
        ([7.0] * 12, 3, 28),
        ([7.0] * 13, 3, 35),
        ([7.0] * 2, 5, 7),
        ([5.0, 5.0, 10.0], 2, 15),
        ([10.0, 5.0, 5.0], 2, 10),
        ([], 4, 0),
    ],
)
def test_equal_and_few_shards_by_hand(shards: list[float], workers: int, makespan: float) -> None:
    course = run(shards, Cluster(workers))
    assert course.makespan == makespan
    assert (course.busy, course.lost) == (sum(shards), 0)


@given(st.integers(1, 60), st.integers(1, 12), st.floats(1, 50), st.floats(0, 4), seconds)
def test_the_closed_form_of_equal_shards(number: int, workers: int, took: float, overhead: float, start: float) -> None:
    course = run([took] * number, Cluster(workers, start, overhead))
    if workers * overhead >= took + overhead:
        # The scheduler is the bottleneck: workers wait for it, and it for nobody.
        expected = start + number * overhead + took
    else:
        rounds, place = divmod(number - 1, workers)
        expected = start + rounds * (took + overhead) + (place + 1) * overhead + took
    assert course.makespan == pytest.approx(expected, abs=1e-6)


@given(shards_of, st.integers(1, 50), seconds, st.floats(0, 2))
def test_between_the_fastest_and_the_slowest_that_can_be(
    shards: list[float], workers: int, start: float, overhead: float
) -> None:
    course = run(shards, Cluster(workers, start, overhead))
    assert course.makespan >= start + max(sum(shards) / workers, max(shards)) - NEAR
    assert course.makespan <= start + sum(shards) + overhead * len(shards) + 1e-6
    # Graham 1966: handing out what comes next is never twice as long as the best.
    if not overhead:
        assert course.makespan <= start + sum(shards) / workers + (1 - 1 / workers) * max(shards) + 1e-6
    assert 0 < course.efficiency <= 1 + NEAR


@given(shards_of, st.integers(1, 20), seconds, st.integers(0, 99))
def test_slow_and_lost_workers_never_beat_the_arithmetic(
    shards: list[float], workers: int, start: float, seed: int
) -> None:
    bad = Cluster(workers, start, 0.01, slow_share=0.3, slow_times=4, lifetime=200, detection=5, replacement=10)
    course = run(shards, bad, seed)
    assert course.makespan >= start + sum(shards) / workers - NEAR
    assert course.busy >= course.work - 1e-6
    assert len(course.done) == len(shards)
    assert all(start < when <= course.makespan for when in course.done)
    assert course.most <= course.lost + 1
    assert run(shards, bad, seed) == course


@given(shards_of, st.integers(1, 20), st.floats(0, 1))
def test_more_workers_are_never_slower_nor_longer_shards_faster(
    shards: list[float], workers: int, longer: float
) -> None:
    one, more = (run(shards, Cluster(number)).makespan for number in (workers, workers + 1))
    assert more <= one + NEAR
    assert run([took + longer for took in shards], Cluster(workers)).makespan >= one - NEAR
    assert run(shards, Cluster(workers, startup=longer)).makespan == pytest.approx(one + longer)


@given(st.integers(1, 60), st.integers(1, 12), st.integers(0, 99))
def test_losses_only_add_where_shards_are_equal(number: int, workers: int, seed: int) -> None:
    calm = Cluster(workers, 2, 0.01)
    lossy = Cluster(workers, 2, 0.01, lifetime=100, detection=3, replacement=4)
    without, with_losses = run([20.0] * number, calm), run([20.0] * number, lossy, seed)
    assert with_losses.makespan >= without.makespan - 1e-6
    assert (with_losses.lost == 0) == (with_losses.busy == pytest.approx(without.busy))


def test_a_loss_costs_what_was_done_and_the_time_to_notice_it_and_start_again() -> None:
    cluster = Cluster(1, startup=2, lifetime=30, detection=3, replacement=4)
    course = next(one for one in (run([20.0], cluster, seed) for seed in range(99)) if one.lost == 1)
    died = 2 + course.busy - 20
    assert course.makespan == pytest.approx(died + 3 + 4 + 2 + 20)
    assert course.most == 2


def test_more_frequent_losses_cost_more_on_average() -> None:
    def mean(lifetime: float) -> float:
        cluster = Cluster(10, 2, 0.01, lifetime=lifetime, detection=3, replacement=4)
        return sum(run([20.0] * 100, cluster, seed).makespan for seed in range(30)) / 30

    means = [mean(lifetime) for lifetime in (math.inf, 5000, 500, 50)]
    assert all(one < other for one, other in pairwise(means))


def test_workers_that_do_not_live_as_long_as_a_shard_are_no_endless_loop() -> None:
    with pytest.raises(ValueError, match="smaller"):
        run([1000.0], Cluster(2, lifetime=10))


@pytest.mark.parametrize(
    "wrong",
    [
        {"workers": 0},
        {"workers": 1, "slow_share": 1.5},
        {"workers": 1, "slow_times": 0.5},
        {"workers": 1, "lifetime": 0},
        {"workers": 1, "overhead": -1},
    ],
)
def test_a_cluster_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="worker"):
        Cluster(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("done", "ends"),
    # Each is loaded in 2, as soon as it and all before it are done.
    [((4, 1, 9), 9 + 2), ((9, 1, 4), 9 + 3 * 2), ((1, 1, 1), 1 + 3 * 2), ((), 0)],
)
def test_one_loader_keeps_the_order(done: tuple[float, ...], ends: float) -> None:
    assert loaded(done, [2.0] * len(done)) == ends


@pytest.mark.parametrize(
    ("share", "workers", "expected"),
    [(0, 1000, 100), (1, 10, 10), (0.5, 10, 55), (0.9, 1, 100), (0.75, 1000, 25.075)],
)
def test_only_what_can_be_parted_is_faster_on_many(share: float, workers: int, expected: float) -> None:
    assert shared(100, share, workers) == pytest.approx(expected)
