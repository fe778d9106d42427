"""Linking by partitions: with any number of workers, bit for bit what one process makes of the same record."""

from __future__ import annotations

import os
import pickle
import random
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from bench.linking.growth import variant
from onrecord.assessing import correcting, judged
from onrecord.domain.judgements import Verdict
from onrecord.domain.statements import ReaderIdentity
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.verify import verify
from onrecord.linkage import Linkage, partitions, steps
from onrecord.linkage.engines import HERE, Cluster, Engine, Processes
from onrecord.settings import Settings
from tests.linked_state import rows, state
from tests.read_example import Read, in_parts, put

Item = TypeVar("Item")
Result = TypeVar("Result")


class Far:
    """Works as far ahead as it may, as if so many workers did it, and hands everything over as between processes."""

    def __init__(self, workers: int, ahead: int) -> None:
        self.workers = workers
        self._ahead = ahead

    def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        made: list[Result] = []
        for item in items:
            made.append(_handed(function(_handed(item))))
            if len(made) > self._ahead:
                yield made.pop(0)
        yield from made


def _handed(one: Item) -> Item:
    return pickle.loads(pickle.dumps(one))  # type: ignore[no-any-return]


def link(path: Path, settings: Settings, engine: Engine = HERE) -> int:
    with Linkage(path, settings, engine) as one:
        return len(list(one.run()))


@pytest.fixture(scope="module")
def read(example: Read, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("read") / "read.ledger", example)


@pytest.fixture(scope="module")
def whole(read: Path, settings: Settings) -> Path:
    path = read.with_name("whole.ledger")
    path.write_bytes(read.read_bytes())
    link(path, settings)
    return path


def fresh(read: Path, folder: Path) -> Path:
    path = folder / "fresh.ledger"
    path.write_bytes(read.read_bytes())
    return path


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_processes_give_the_same(
    workers: int, read: Path, settings: Settings, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 5)
    path = fresh(read, tmp_path)
    with Processes(workers) as engine:
        link(path, settings, engine)
    assert rows(path) == rows(whole)


def test_a_killed_worker_changes_nothing(
    read: Path, settings: Settings, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 2)
    path = fresh(read, tmp_path)
    with Processes(2) as engine, Linkage(path, settings, engine) as one:
        for done, _ in enumerate(one.run()):
            if done in (0, 6, 12):
                assert engine._pool is not None
                os.kill(next(iter(engine._pool._processes)), signal.SIGKILL)
    assert rows(path) == rows(whole)


# The dashboard, which nobody asks for, takes another port where its own is in use, and leaves a socket to be collected.
@pytest.mark.filterwarnings("ignore:Port:UserWarning", "ignore::ResourceWarning")
def test_a_cluster_gives_the_same(
    read: Path, settings: Settings, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(steps, "AT_ONCE", 5)
    path = fresh(read, tmp_path)
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            local_directory=str(tmp_path),
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=50,
        ) as cluster,
        Cluster(cluster.scheduler_address) as engine,
    ):
        assert engine.workers == 2
        link(path, settings, engine)
    assert rows(path) == rows(whole)


@pytest.mark.parametrize("seed", range(3))
def test_generated_records_in_any_order_and_cut(
    seed: int, example: Read, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = random.Random(seed)
    record = generated(example, chosen)
    reference = put(tmp_path / "reference.ledger", record)
    link(reference, settings)
    path, beside = tmp_path / "any.ledger", tmp_path / "beside.ledger"
    for part in in_parts(chosen.sample(record, len(record)), chosen, 4, 16):
        monkeypatch.setattr(steps, "AT_ONCE", chosen.choice([1, 3, 7]))
        # The two take the same parts in the same steps: then no row may differ.
        put(path, part)
        link(path, settings, Far(chosen.choice([1, 2, 3, 16]), chosen.randint(0, 9)))
        put(beside, part)
        link(beside, settings)
    assert rows(path) == rows(beside)
    assert state(path) == state(reference)
    assert verify(path).faults == ()


def generated(example: Read, chosen: random.Random) -> Read:
    """Variants of the example's reports with other names, on days that are days or months apart, some on none."""
    made: Read = []
    for k in range(3):
        for given, statements in chosen.sample(example, 8):
            assert given.report is not None
            day = None if chosen.random() < 0.1 else chosen.choice([0, 1, 2, 9, 11, 40, 59, 61, 150])
            made.append(variant(given.report, statements, k, day))
    return made


def test_judgements_are_heeded_alike(read: Path, settings: Settings, tmp_path: Path) -> None:
    one, other = fresh(read, tmp_path), tmp_path / "other.ledger"
    link(one, settings)
    with LinkedView(one) as view:
        told = next(iter(view.utterances(reports=2)))
        a, b = (two.passage for two in view.utterance(told.id).renderings[:2])
        first, second = (row.actor.id for row in view.actors(limit=2))
        statement = view.utterance(told.id).renderings[0].statement
    judged(one, Verdict.DIFFERENT, a, b, why="another day", by="Ida Holm", settings=settings)
    judged(one, Verdict.SAME, first, second, why="an alias", by="Ida Holm", settings=settings)
    correcting.spoken(one, statement, "Mara Venn", why="she said it", by="Ida Holm", settings=settings)
    other.write_bytes(one.read_bytes())
    assert link(one, settings) == link(other, settings, Far(3, 4)) > 0
    assert rows(one) == rows(other)
    for path, engine in ((one, HERE), (other, Far(2, 9))):
        with Linkage(path, settings, engine) as linkage:
            linkage.forget()
            linkage.finish()
    assert rows(one) == rows(other)


@pytest.mark.parametrize("what", ["a judgement", "another reading", "another linkage"])
def test_what_changes_meanwhile_is_heeded(
    what: str,
    read: Path,
    example: Read,
    settings: Settings,
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 4)
    path = fresh(read, tmp_path)
    with LinkedView(whole) as view:
        first, second = (row.actor.id for row in view.actors(limit=2))
    with Linkage(path, settings, Far(3, 9)) as one:
        for done, _ in enumerate(one.run()):
            if done != 3:
                continue
            if what == "a judgement":
                judged(path, Verdict.SAME, first, second, why="an alias", by="Ida Holm", settings=settings)
            elif what == "another reading":
                given, statements = max(example, key=lambda one: (one[0].report.published, one[0].report.id))  # type: ignore
                put(path, [(given, statements[:1])], ReaderIdentity("test reader", "2", None))
            else:
                link(path, settings)
    link(path, settings)
    anew = tmp_path / "anew.ledger"
    anew.write_bytes(path.read_bytes())
    with Linkage(anew, settings) as linkage:
        linkage.forget()
        linkage.finish()
    assert state(path) == state(anew)


def test_few_steps_are_shared_out(read: Path, settings: Settings, tmp_path: Path) -> None:
    shares = []

    class Watched(Far):
        def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
            for item in items:
                if isinstance(item, partitions.Beside):
                    shares.append(item.share)
                yield function(item)

    link(fresh(read, tmp_path), settings, Watched(2, 0))
    assert shares == [(0, 4), (1, 4), (2, 4), (3, 4)]
