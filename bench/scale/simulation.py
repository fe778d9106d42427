"""Shards on a cluster, as events in the order of time: who takes which shard when, who is slow, who is lost.

A worker starts, is handed the first shard that waits, and takes the next when it is done. One scheduler hands shards
out, one at a time. A worker that is lost takes its shard with it; once that is noticed the shard is the first that
waits, and another worker starts in the place of the lost one. All times are in seconds, from the moment at which the
workers are asked for; all chance comes from one seed.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

MOST_LOSSES = 1000
"""So often one shard is lost at most before it is said that it will never be read."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Workers of one core each, and what goes wrong with them; without any of it, a cluster as arithmetic sees it."""

    workers: int
    startup: float = 0.0
    """Until a worker that was asked for can take a shard: the process, its imports, the model."""
    overhead: float = 0.0
    """Of the scheduler for each shard that it hands out, during which it hands out no other."""
    slow_share: float = 0.0
    """The chance of a worker to be a slow one."""
    slow_times: float = 1.0
    """How many times as long everything takes on a slow worker."""
    lifetime: float = math.inf
    """Until a worker is lost, on average; losses have no memory."""
    detection: float = 0.0
    """From a loss to the moment at which it is noticed."""
    replacement: float = 0.0
    """From then until another worker has a machine to start on."""

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise ValueError(f"{self.workers} workers cannot read anything; there must be one")
        if not 0 <= self.slow_share <= 1 or self.slow_times < 1:
            raise ValueError("slow workers are a share between 0 and 1 of all, and take at least once as long")
        if self.lifetime <= 0 or min(self.startup, self.overhead, self.detection, self.replacement) < 0:
            raise ValueError("a worker lives longer than no time, and nothing takes less than none")


@dataclass(frozen=True, slots=True)
class Course:
    """How a run went: when the last shard was done, what was lost on the way, and how long workers were held."""

    workers: int
    work: float
    """Seconds that the shards take on one worker that is not slow."""
    makespan: float
    busy: float
    """Seconds of workers on shards, those that were lost and those of slow workers included."""
    lost: int
    """Shards that were lost with their worker, counted each time."""
    most: int
    """How often the shard was begun that was begun most often."""
    done: tuple[float, ...]
    """When each shard was done, in the order of the shards."""

    @property
    def efficiency(self) -> float:
        """The part of what was paid for that read something for the first time, at the speed of a worker not slow."""
        return self.work / (self.workers * self.makespan) if self.makespan else 1.0

    @property
    def core_seconds(self) -> float:
        """What was held: every worker until the last shard was done."""
        return self.workers * self.makespan


@dataclass(slots=True)
class _Worker:
    """One place in the cluster: how slow whoever holds it is, and when it will be lost."""

    pace: float = 1.0
    lost_at: float = math.inf


def run(shards: Sequence[float], cluster: Cluster, seed: int = 0) -> Course:
    """Reads shards that take so many seconds each; they are handed out in their order.

    Raises:
        ValueError: when a shard is lost over and over, because workers do not live as long as it takes.
    """
    chance = Random(seed)
    workers = [_Worker() for _ in range(cluster.workers)]
    waiting = deque(range(len(shards)))
    begun = [0] * len(shards)
    done = [0.0] * len(shards)
    idle: deque[int] = deque()
    # When, in which order if at once, what a worker turns to, and the shard that is done or was lost.
    events: list[tuple[float, int, str, int, int]] = []
    order = iter(range(2**62))
    free, busy, lost, left = 0.0, 0.0, 0, len(shards)

    def at(when: float, what: str, worker: int, shard: int = -1) -> None:
        heapq.heappush(events, (when, next(order), what, worker, shard))

    def hold(worker: int, ready: float) -> None:
        """Somebody starts in this place and is ready by then."""
        slow = chance.random() < cluster.slow_share
        life = chance.expovariate(1 / cluster.lifetime) if cluster.lifetime < math.inf else math.inf
        workers[worker] = _Worker(cluster.slow_times if slow else 1.0, ready + life)
        at(ready, "ready", worker)

    again = cluster.detection + cluster.replacement + cluster.startup
    for worker in range(cluster.workers):
        hold(worker, cluster.startup)
    while left:
        now, _, what, worker, shard = heapq.heappop(events)
        if what == "noticed":
            waiting.appendleft(shard)
        elif what == "done":
            done[shard] = now
            left -= 1
            idle.append(worker)
        else:
            idle.append(worker)
        while waiting and idle:
            worker = idle.popleft()
            one = workers[worker]
            if one.lost_at <= now:
                # It was lost while nothing was there for it to do.
                hold(worker, max(now, one.lost_at + again))
                continue
            shard = waiting.popleft()
            begun[shard] += 1
            free = max(now, free) + cluster.overhead
            ends = free + shards[shard] * one.pace
            if ends <= one.lost_at:
                busy += ends - free
                at(ends, "done", worker, shard)
                continue
            lost += 1
            if begun[shard] > MOST_LOSSES:
                raise ValueError(
                    f"a shard of {shards[shard]:.0f} s is lost over and over where workers live "
                    f"{cluster.lifetime:.0f} s on average; cut it into smaller ones"
                )
            busy += max(0.0, one.lost_at - free)
            at(one.lost_at + cluster.detection, "noticed", worker, shard)
            hold(worker, one.lost_at + again)
    return Course(cluster.workers, sum(shards), max(done, default=0.0), busy, lost, max(begun, default=0), tuple(done))


def loaded(done: Sequence[float], seconds: Sequence[float]) -> float:
    """When one loader has put all shards on the record: each as soon as it and all before it are done."""
    now = 0.0
    for ready, took in zip(done, seconds, strict=True):
        now = max(now, ready) + took
    return now


def shared(seconds: float, share: float, workers: int) -> float:
    """How long work takes of which a share can be parted among workers (Amdahl 1967)."""
    return seconds * (1 - share + share / workers)
