"""Workers of a Dask cluster: one whose scheduler is running, or one that Dask asks Slurm or Kubernetes for.

Each thread of Dask's workers has a process of its own read for it: so an input that kills whoever reads it costs the
cluster no worker, and Dask can talk meanwhile. What Dask's workers themselves die of, the cluster mends: it gives their
jobs to others, and what it gives up on has failed here.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any, Final

from onrecord.batch.child import Child
from onrecord.batch.engines import Event
from onrecord.batch.working import Job, job_of
from onrecord.errors import BatchError, ExtraMissing, SettingsError

SLURM, KUBERNETES = "slurm", "kubernetes"
_ADDRESSES: Final = ("tcp://", "tls://", "ucx://", "ws://", "wss://")
_PACKAGES: Final = {SLURM: "dask-jobqueue", KUBERNETES: "dask-kubernetes"}
_COUNTED: Final = 2.0
"""Seconds for which the number of workers is taken to be the same."""
_CONNECT: Final = 30
"""Seconds that a scheduler may take to answer."""


_children: dict[tuple[str, int], Child] = {}
"""The processes of this worker's threads, each for one run."""


def work_apart(run: str, job: dict[str, Any]) -> dict[str, Any]:
    """Does a job on a cluster, in the process that reads for this thread."""
    mine = (run, threading.get_ident())
    child = _children.get(mine)
    if child is None or child.has_ended:
        child = _children[mine] = Child(None)
    return child.do(job_of(job))


def leave(run: str) -> None:
    """Ends the processes of a run."""
    for mine in [one for one in _children if one[0] == run]:
        _children.pop(mine).end()


class Cluster:
    """A cluster by its address, or asked for: then `workers` says how many it should have.

    Slurm and Kubernetes are asked as Dask's own configuration says (`jobqueue.slurm`, `kubernetes`).

    Raises:
        SettingsError: for a cluster that is no address and not known, or a package that is missing.
        BatchError: when the scheduler does not answer.
    """

    def __init__(self, cluster: str, workers: int | None = None) -> None:
        if not cluster.startswith(_ADDRESSES) and cluster not in _PACKAGES:
            raise SettingsError(f"{cluster!r} is no cluster; give tcp://host:8786, {SLURM} or {KUBERNETES}")
        try:
            import distributed
        except ImportError as error:
            raise ExtraMissing("a cluster", "Dask", "cluster") from error
        # What it says of a scheduler that is gone, over pages, is said in words here.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        self._run = uuid.uuid4().hex[:8]
        self._numbers = itertools.count()
        self._threads = 0
        self._counted: float | None = None
        self._owned: Any = None
        self._jobs: dict[Any, Job] = {}
        target = cluster
        if cluster in _PACKAGES:
            target = self._owned = _asked_for(cluster, workers)
        try:
            self._client = distributed.Client(target, timeout=_CONNECT)
        except (OSError, ValueError) as error:
            self._end_owned()
            raise BatchError(
                f"the scheduler at {cluster} does not answer ({error}); start it, or correct it"
            ) from error
        self._name = cluster

    @property
    def workers(self) -> int:
        """Threads of all workers there were a moment ago."""
        now = time.monotonic()
        if self._counted is None or now > self._counted + _COUNTED:
            self._hold_together()
            known = self._client.scheduler_info(n_workers=-1)["workers"]
            self._threads, self._counted = sum(int(one["nthreads"]) for one in known.values()), now
        return self._threads

    @property
    def dashboard(self) -> str | None:
        return str(self._client.dashboard_link) if self._client.dashboard_link else None

    def submit(self, job: Job) -> None:
        """Begins a job."""
        key = f"onrecord-{self._run}-{job.shard.id}-{job.how}-{next(self._numbers)}".replace(" ", "-")
        self._jobs[self._client.submit(work_apart, self._run, job.as_json(), key=key, pure=False)] = job

    def events(self, seconds: float) -> Iterator[Event]:
        """What came to its end since, waiting so long for the first.

        Raises:
            BatchError: when the scheduler is gone.
        """
        import distributed

        self._hold_together()
        if not self._jobs:
            # There is no worker yet.
            time.sleep(seconds)
            return
        with contextlib.suppress(TimeoutError, distributed.CancelledError):
            distributed.wait(list(self._jobs), timeout=seconds, return_when="FIRST_COMPLETED")
        self._hold_together()
        for future in [one for one in self._jobs if one.done()]:
            job = self._jobs.pop(future)
            if future.status == "finished":
                yield Event(job, future.result())
            elif future.status == "error":
                yield Event(job, {"failed": _in_words(future.exception())})
            else:
                raise self._gone()
            future.release()

    def close(self) -> None:
        """Takes back all jobs, ends what reads and leaves; a cluster that was asked for here ends, too."""
        with contextlib.suppress(Exception):
            if self._client.status == "running":
                self._client.cancel(list(self._jobs), force=True)
                self._client.run(leave, self._run, on_error="ignore")
        with contextlib.suppress(Exception):
            self._client.close(timeout=2)
        self._end_owned()

    def _hold_together(self) -> None:
        if self._client.status != "running":
            raise self._gone()

    def _gone(self) -> BatchError:
        return BatchError(f"the scheduler of {self._name} is gone; what was read of whole shards is kept, run it again")

    def _end_owned(self) -> None:
        if self._owned is not None:
            with contextlib.suppress(Exception):
                self._owned.close()


def _asked_for(cluster: str, workers: int | None) -> Any:
    """A cluster of Slurm, with jobs of one thread each, or of Kubernetes."""
    if workers is None:
        raise SettingsError(f"--cluster {cluster} needs --workers, so that it is known how many to ask for")
    package = _PACKAGES[cluster]
    try:
        if cluster == SLURM:
            from dask_jobqueue import SLURMCluster

            made = SLURMCluster(cores=1, processes=1, **_memory())
        else:
            from dask_kubernetes.operator import KubeCluster

            made = KubeCluster(n_workers=0)
    except ImportError as error:
        raise SettingsError(
            f"--cluster {cluster} needs {package}: pip install 'onrecord[cluster]' {package}"
        ) from error
    except Exception as error:
        raise BatchError(f"{cluster} gives no cluster ({type(error).__name__}: {error})") from error
    made.scale(workers)
    return made


def _memory() -> dict[str, str]:
    """Memory of a job of Slurm, where Dask's configuration says nothing of it."""
    import dask

    return {} if dask.config.get("jobqueue.slurm.memory", None) else {"memory": "4GiB"}


def _in_words(error: BaseException | None) -> str:
    """Why a job failed; Dask tells of a worker's death in a paragraph."""
    if type(error).__name__ == "KilledWorker":
        return "the workers that read it died"
    return f"{type(error).__name__}: {error}"[:500]
