"""Who does the work that any process can do: this one, several on this machine, or a cluster.

An `Engine` applies a pure function to items and gives the results in the order of the items, taking no more items than
it needs to keep its workers busy. A worker that dies is survived: what it was doing is done again, by another one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from onrecord.closing import Closing
from onrecord.errors import ClusterError, ExtraMissing, WorkersLost

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")

TRIES: Final = 3
"""So often an item is given to a worker that then dies, before it is held to be what kills them."""
AHEAD: Final = 2
"""Items that wait beside those that are worked on, so that no worker stands idle."""


class Engine(Protocol):
    """Applies functions to items."""

    @property
    def workers(self) -> int:
        """How many items are worked on at one time."""

    def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The results, in the order of the items; items are taken in the caller's thread, few ahead of the results.

        Raises:
            WorkersLost: when workers die again and again at one item.
        """


class Here:
    """This process, one item after the other."""

    workers = 1

    def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        return map(function, items)


HERE: Final = Here()


class Processes(Closing):
    """Processes on this machine, started when there is something to do and ended when this is closed."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """Ends the processes; what they were doing is lost."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        given: deque[_Given[Item, Result]] = deque()
        left, lost = iter(items), 0
        try:
            while True:
                while len(given) < self.workers + AHEAD and (item := next(left, _NONE)) is not _NONE:
                    given.append(self._give(function, item))
                if not given:
                    return
                try:
                    result = given[0].future.result()
                except BrokenProcessPool:
                    lost += 1
                    if lost == TRIES:
                        raise WorkersLost(TRIES) from None
                    self._drop(given[0].pool)
                    # What was done before the others broke off is kept.
                    given = deque(one if one.is_done() else self._give(function, one.item) for one in given)
                    continue
                lost = 0
                given.popleft()
                yield result
        finally:
            for one in given:
                one.future.cancel()

    def _give(self, function: Callable[[Item], Result], item: Item) -> _Given[Item, Result]:
        failed = 0
        while True:
            if self._pool is None:
                # Spawned, not forked: a copy of a process with threads and an open database may hang.
                spawned = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self.workers, spawned, initializer=_belong)
            pool = self._pool
            try:
                return _Given(item, pool.submit(function, item), pool)
            except BrokenProcessPool:
                self._drop(pool)
            except OSError:
                # A pool that is just breaking may have closed its pipes and not say yet that it is broken.
                failed += 1
                if failed == TRIES:
                    raise
                self._drop(pool)

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        # Another run of `mapped` may have seen first that it broke, and started a new one.
        if self._pool is pool:
            pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


@dataclass(frozen=True, slots=True)
class _Given(Generic[Item, Result]):
    """An item that was given to a pool."""

    item: Item
    future: Future[Result]
    pool: ProcessPoolExecutor

    def is_done(self) -> bool:
        return self.future.done() and not self.future.cancelled() and self.future.exception() is None


_NONE: Final[Any] = object()


def _belong() -> None:
    """Has a worker end with the process that started it, whatever ends that, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Cluster(Closing):
    """The workers of a Dask cluster, by the address of its scheduler; onrecord must be installed where they run.

    Raises:
        ExtraMissing: when Dask is not installed.
        ClusterError: when nobody answers there.
    """

    def __init__(self, address: str, *, seconds: float = 30) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise ExtraMissing("a cluster", "distributed", "cluster") from error
        # A partition is some megabytes, and each goes to one worker once: that is what it is for.
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"}):
            try:
                self._client: Client = Client(address, timeout=seconds, set_as_default=False)
            except (OSError, ValueError) as error:
                raise ClusterError(f"no scheduler of Dask answers at {address} ({error}); see that it runs") from error

    @property
    def workers(self) -> int:
        known = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return max(1, sum(int(one["nthreads"]) for one in known))

    def close(self) -> None:
        """Leaves the cluster; its workers go on waiting for others."""
        self._client.close()

    def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        given: deque[Any] = deque()
        try:
            for item in items:
                # Dask gives what a dead worker was doing to another one.
                given.append(self._client.submit(function, item, pure=False))
                if len(given) >= self.workers + AHEAD:
                    yield self._result(given.popleft())
            while given:
                yield self._result(given.popleft())
        finally:
            for one in given:
                one.cancel()

    def _result(self, future: Any) -> Any:
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            return future.result()
        except KilledWorker as error:
            raise WorkersLost(TRIES) from error
        except (CommClosedError, CancelledError, TimeoutError) as error:
            raise ClusterError(f"the cluster answers no more ({error}); start it and run it again") from error


def engine_for(workers: int, cluster: str | None) -> AbstractContextManager[Engine]:
    """The cluster at an address, else so many processes on this machine, else, for one worker, this process.

    Raises:
        ExtraMissing, ClusterError: when there is no such cluster, or no library for it.
    """
    if cluster is not None:
        return Cluster(cluster)
    return Processes(workers) if workers > 1 else nullcontext(HERE)
