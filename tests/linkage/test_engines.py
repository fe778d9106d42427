"""Work that others do: results in order, few items ahead, and none lost with a worker that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import ClusterError, WorkersLost
from onrecord.linkage.engines import AHEAD, HERE, TRIES, Cluster, Processes, engine_for


def doubled(number: int) -> int:
    return 2 * number


def refused(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def dies_once(asked: tuple[int, Path]) -> int:
    """Kills its process at the number 5, but for the second time that this is asked."""
    number, mark = asked
    if number == 5 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def dies(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    with Processes(2) as engine:
        yield engine


def test_results_come_in_the_order_of_the_items(two: Processes) -> None:
    assert list(two.mapped(doubled, range(20))) == list(HERE.mapped(doubled, range(20))) == list(range(0, 40, 2))
    assert list(two.mapped(doubled, ())) == []


def test_one_may_feed_another(two: Processes) -> None:
    assert list(two.mapped(doubled, two.mapped(doubled, range(9)))) == list(range(0, 36, 4))


def test_items_are_taken_few_ahead(two: Processes) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = two.mapped(doubled, items())
    for done in range(1, 20):
        next(results)
        assert len(taken) <= done + two.workers + AHEAD


def test_what_goes_wrong_is_told(two: Processes) -> None:
    results = two.mapped(refused, range(6))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)
    assert list(two.mapped(doubled, range(3))) == [0, 2, 4]


def test_a_worker_that_dies_is_survived(tmp_path: Path) -> None:
    with Processes(2) as engine:
        asked = [(number, tmp_path / "mark") for number in range(12)]
        assert list(engine.mapped(dies_once, asked)) == list(range(12))
        assert (tmp_path / "mark").exists()


def test_workers_end_with_a_process_that_is_killed() -> None:
    script = (
        "import os, signal\n"
        "from onrecord.linkage.engines import Processes\n"
        "print(*Processes(1).mapped(abs, [-3]), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # The worker has what is printed to as well: that it ends is seen only when both are gone.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "3\n")


def test_what_kills_every_worker_ends_the_work() -> None:
    with Processes(2) as engine:
        with pytest.raises(WorkersLost, match="fewer workers"):
            list(engine.mapped(dies, range(6)))
        assert list(engine.mapped(doubled, range(3))) == [0, 2, 4]


def test_one_worker_is_this_process() -> None:
    with engine_for(1, None) as engine:
        assert engine is HERE
    with engine_for(3, None) as engine:
        assert isinstance(engine, Processes)
        assert engine.workers == 3


def test_where_no_scheduler_is_it_is_told() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError, match="no scheduler"):
        Cluster("tcp://127.0.0.1:9", seconds=0.5)


@pytest.mark.parametrize("times", [1, TRIES])
def test_a_pool_that_closes_its_pipes_before_it_is_called_broken(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given, failed = ProcessPoolExecutor.submit, 0

    def breaking(pool: ProcessPoolExecutor, *asked: object) -> object:
        nonlocal failed
        if failed < times:
            failed += 1
            raise OSError("handle is closed")
        return given(pool, *asked)  # type: ignore[arg-type]  # as it was asked

    monkeypatch.setattr(ProcessPoolExecutor, "submit", breaking)
    with Processes(1) as engine:
        if times < TRIES:
            assert list(engine.mapped(doubled, range(4))) == [0, 2, 4, 6]
        else:
            with pytest.raises(OSError, match="handle is closed"):
                list(engine.mapped(doubled, range(4)))
