"""Who does the work that any process can do: this one, several on this machine, or a cluster.

An `Engine` applies a pure function to items and gives the results in the order of the items, taking no more items than
it needs to keep its workers busy. A worker that dies is survived: what it was doing is done again, by another one.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

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
        given: deque[tuple[Item, Future[Result], ProcessPoolExecutor]] = deque()

        def give(item: Item) -> tuple[Item, Future[Result], ProcessPoolExecutor]:
            pool = self._started()
            return item, pool.submit(function, item), pool

        left = iter(items)
        lost = 0
        while True:
            while len(given) < self.workers + AHEAD and (item := next(left, _NONE)) is not _NONE:
                given.append(give(item))
            if not given:
                return
            _, first, pool = given[0]
            try:
                yield first.result()
            except BrokenProcessPool:
                lost += 1
                if lost == TRIES:
                    raise WorkersLost(TRIES) from None
                self._broken(pool)
                # One that was done before the others broke off keeps its result.
                given = deque(one if one[1].done() and one[1].exception() is None else give(one[0]) for one in given)
                continue
            lost = 0
            given.popleft()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: a copy of a process with threads and an open database may hang.
            self._pool = ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn"))
        return self._pool

    def _broken(self, pool: ProcessPoolExecutor) -> None:
        # Another run of `mapped` may have seen it first and have started a new one.
        if self._pool is pool:
            pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


_NONE: Final[Any] = object()


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
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def close(self) -> None:
        """Leaves the cluster; its workers go on waiting for others."""
        self._client.close()

    def mapped(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        from distributed import KilledWorker

        given: deque[Any] = deque()
        for item in items:
            given.append(self._client.submit(function, item, pure=False))
            if len(given) >= self.workers + AHEAD:
                yield self._result(given.popleft(), KilledWorker)
        while given:
            yield self._result(given.popleft(), KilledWorker)

    def _result(self, future: Any, killed: type[Exception]) -> Any:
        try:
            return future.result()
        except killed as error:
            raise WorkersLost(TRIES) from error
        except (OSError, TimeoutError) as error:
            raise ClusterError(f"the cluster does not answer any more ({error}); start it again") from error
