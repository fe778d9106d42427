"""The same on a Dask cluster, and what is said when there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.batch import planning
from onrecord.batch.clusters import Cluster, _asked_for
from onrecord.batch.folder import Folder
from onrecord.batch.running import Run
from onrecord.batch.terms import terms_for
from onrecord.batch.working import CRASHED
from onrecord.errors import BatchError, ExtraMissing, SettingsError
from onrecord.pipeline import Tally, tallied
from onrecord.reading.readers import load_reader
from onrecord.settings import Settings
from tests.batch.inputs import lines, results
from tests.batch.readers import offered

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'onrecord[cluster]'")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Two workers of one thread, which know the reader that dies of poison."""
    path = offered(tmp_path / "package")
    monkeypatch.syspath_prepend(path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(path), *sys.path]))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1",
            local_directory=str(tmp_path), silence_logs=50,
        ) as made,
    ):  # fmt: skip
        yield made


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_cluster_reads_survives_a_poisoned_input_and_a_lost_scheduler(
    cluster: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SHARD", 300)
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(*range(5)) + lines(20, more="poison") + lines(21, 3))
    tally, settings = Tally(), Settings()
    terms = terms_for(load_reader("poison"), settings, name="poison")
    with Folder(tmp_path / "w") as folder:
        run = Run(folder, tmp_path / "x.ledger", terms, settings, lambda: Cluster(cluster.scheduler_address))  # type: ignore[attr-defined]
        run.plan([path])
        for _ in tallied(results(run), tally):
            pass
        (aside,) = folder.quarantine
    assert run.progress.workers == 2
    assert (tally.read, tally.duplicate, dict(tally.skipped)) == (6, 1, {CRASHED: 1})
    assert (aside.name, aside.why) == ("n20", "the worker that read it was killed by SIGKILL (3 times)")

    engine = Cluster(cluster.scheduler_address)  # type: ignore[attr-defined]
    cluster.close()  # type: ignore[attr-defined]
    with pytest.raises(BatchError, match="is gone; what was read of whole shards is kept"):
        _listen(engine)
    engine.close()


def _listen(engine: Cluster) -> None:
    for _ in range(100):
        assert not list(engine.events(0.1))


@pytest.mark.parametrize(
    ("cluster", "workers", "raised", "why"),
    [
        ("news.example", None, SettingsError, "is no cluster; give tcp"),
        ("slurm", None, SettingsError, "needs --workers"),
        ("slurm", 2, SettingsError, r"pip install 'onrecord\[cluster\]' dask-jobqueue"),
        ("kubernetes", 2, SettingsError, r"pip install 'onrecord\[cluster\]' dask-kubernetes"),
        ("tcp://127.0.0.1:1", None, BatchError, "does not answer"),
    ],
)
def test_what_cannot_be_reached_is_said(
    cluster: str, workers: int | None, raised: type[Exception], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dask_jobqueue", None)
    monkeypatch.setitem(sys.modules, "dask_kubernetes.operator", None)
    monkeypatch.setattr("onrecord.batch.clusters._CONNECT", 1)
    with pytest.raises(raised, match=why):
        Cluster(cluster, workers)


class Asked:
    """Stands for a cluster that is asked for; keeps with what, and for how many workers."""

    def __init__(self, **options: object) -> None:
        self.options, self.workers = options, 0

    def scale(self, workers: int) -> None:
        self.workers = workers


@pytest.mark.parametrize(
    ("cluster", "module", "name", "options"),
    [
        ("slurm", "dask_jobqueue", "SLURMCluster", {"cores": 1, "processes": 1, "memory": "4GiB"}),
        ("kubernetes", "dask_kubernetes.operator", "KubeCluster", {"n_workers": 0}),
    ],
)
def test_a_cluster_is_asked_for_so_many_workers(
    cluster: str, module: str, name: str, options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = ModuleType(module)
    setattr(stand_in, name, Asked)
    monkeypatch.setitem(sys.modules, module, stand_in)
    monkeypatch.setitem(sys.modules, module.partition(".")[0], stand_in)
    made = _asked_for(cluster, 7)
    assert (made.options, made.workers) == (options, 7)


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExtraMissing, match=r"onrecord\[cluster\]"):
        Cluster("tcp://127.0.0.1:8786")
