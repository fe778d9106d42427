"""What measurements say of a job too large to try: by plain arithmetic, and by shards replayed on many workers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import fmean, linear_regression

from bench.scale.measurements import Measurements, Reading
from bench.scale.simulation import Cluster, Course, loaded, run, shared
from onrecord.linking.utterances import WINDOW

WORKERS = (10, 100, 1000)
SEED = 8
CC_NEWS_SINCE = date(2016, 8, 26)
"""The first day of which CC-NEWS has pages."""
FAR = 10
"""What is so many times as much as was measured, or more, is called extrapolated."""


@dataclass(frozen=True, slots=True)
class Job:
    """Articles to read, in shards of so many; `days` over which they were published."""

    name: str
    articles: int
    of: int
    days: int = 1

    @property
    def shards(self) -> int:
        return math.ceil(self.articles / self.of)

    @property
    def crowd(self) -> float:
        """Articles that were published within the days that linking compares."""
        return self.articles * min(1, WINDOW / self.days)


def jobs(measured: Measurements) -> tuple[Job, ...]:
    """A day of the world's English news, of which nobody knows how much it is, and all of CC-NEWS until the day."""
    days = (date.fromisoformat(measured.machine.day) - CC_NEWS_SINCE).days
    return (
        Job("a day of English news, at least", 400_000, 100),
        Job("a day of English news, at most", 1_600_000, 100),
        Job("CC-NEWS, all of it", 1_350_000_000, 10_000, days),
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is assumed, and not measured, to go wrong on a cluster; times in seconds but `lifetime`, in hours."""

    slow_share: float = 0.02
    slow_times: float = 3.0
    lifetime: float = 24.0
    detection: float = 300.0
    replacement: float = 120.0


CALM = Trouble(0, 1, math.inf, 0, 0)


def cluster(measured: Measurements, workers: int, trouble: Trouble = CALM) -> Cluster:
    """So many workers as they were measured, with the trouble that is assumed."""
    return Cluster(
        workers,
        startup(measured.full(), measured),
        measured.overhead,
        trouble.slow_share,
        trouble.slow_times,
        trouble.lifetime * 3600,
        trouble.detection,
        trouble.replacement,
    )


def startup(reading: Reading, measured: Measurements) -> float:
    """Seconds until a worker of a reading was ready, on average; of the readings that know it, where it does not."""
    told = reading.startup or tuple(one for other in measured.readings for one in other.startup)
    return fmean(told)


def page(measured: Measurements) -> float:
    """Seconds that it takes to make a report of a page."""
    return measured.pages.seconds / measured.pages.pages


def drawn(measured: Measurements, job: Job) -> list[float]:
    """Seconds of each shard of a job: a measured shard drawn by lot, made as large, and its pages taken apart.

    All articles of a shard are as slow as those of the measured one were on average, so the spread is rather too wide.
    """
    chance = Random(SEED)
    each = [one.seconds / one.reports for one in measured.full().shards if one.reports]
    last = job.articles - job.of * (job.shards - 1)
    sizes = [job.of] * (job.shards - 1) + [last]
    return [
        size * (article + page(measured))
        for size, article in zip(sizes, chance.choices(each, k=len(sizes)), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A job on so many workers: seconds by arithmetic, how it goes when nothing goes wrong, and in trouble."""

    job: Job
    plain: float
    calm: Course
    troubled: Course


def row(measured: Measurements, trouble: Trouble, job: Job, workers: int) -> Row:
    """A job on so many workers."""
    shards = drawn(measured, job)
    return Row(
        job,
        sum(shards) / workers,
        run(shards, cluster(measured, workers), SEED),
        run(shards, cluster(measured, workers, trouble), SEED),
    )


def rows(measured: Measurements, trouble: Trouble) -> list[Row]:
    """Every job on every number of workers."""
    return [row(measured, trouble, job, number) for job in jobs(measured) for number in WORKERS]


@dataclass(frozen=True, slots=True)
class Behind:
    """Seconds of what comes after reading, by one process, and of linking by many.

    `grown` is linking as it would be if the cost of a passage went on growing as it was measured to grow. `loads` says
    how many times as many reports there are as were loaded when it was measured, `links` how many times as many are
    compared with each other.
    """

    load: float
    link: float
    grown: float
    parted: tuple[float, ...]
    weigh: float
    loads: float
    links: float


def behind(measured: Measurements, store: str, job: Job, workers: Sequence[int] = WORKERS) -> Behind:
    """What a job costs after it was read, from the largest records that were made in a database."""
    record = measured.loaded(store)
    of, linked = measured.linked(store)
    times, crowd = job.articles / of.reports, job.crowd / of.reports
    link = linked.link * times
    return Behind(
        load=record.load / record.reports * job.articles,
        link=link,
        grown=link * max(1.0, crowd) ** max(0.0, growth(measured)),
        parted=tuple(shared(link, linked.parted, number) for number in workers),
        weigh=linked.weigh * times,
        loads=job.articles / record.reports,
        links=crowd,
    )


def growth(measured: Measurements) -> float:
    """By which power of the number of passages that are compared the cost of linking one of them grew.

    Least squares on logarithms, over the records in the first database.
    """
    store = measured.stores()[0]
    linked = [one.linked for one in measured.records if one.store == store and one.linked is not None]
    if len(linked) < 2:
        return 0.0
    return linear_regression(
        [math.log(one.passages) for one in linked], [math.log(one.link / one.passages) for one in linked]
    ).slope


@dataclass(frozen=True, slots=True)
class Whole:
    """Seconds until all of a job is on the record, linked and weighed, and for how many cores.

    Reading is done by all workers, in trouble; linking in parts by them; loading, beside reading, and weighing by one
    process.
    """

    loaded: float
    linked: float
    weighed: float
    core_seconds: float
    plain: float
    """By arithmetic: what all takes one process, over the number of workers."""


def whole(measured: Measurements, store: str, row: Row) -> Whole:
    """A job from the first article to the last thing weighed."""
    workers = row.calm.workers
    after = behind(measured, store, row.job, (workers,))
    done = row.troubled.done
    each = after.load / len(done)
    load = loaded(done, [each] * len(done))
    return Whole(
        loaded=load,
        linked=load + after.parted[0],
        weighed=load + after.parted[0] + after.weigh,
        core_seconds=row.troubled.core_seconds + after.load + after.link + after.weigh,
        plain=row.plain + (after.load + after.link + after.weigh) / workers,
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """A simulation against what was measured: seconds of both."""

    what: str
    simulated: float
    measured: float

    @property
    def error(self) -> float:
        """In percent of what was measured."""
        return 100 * (self.simulated / self.measured - 1)


def trials(measured: Measurements) -> Iterator[Trial]:
    """Every reading that was timed as a whole, replayed with its own shards and with those of a single worker."""
    timed = [one for one in measured.readings if one.makespan is not None]
    alone = next((one for one in timed if one.workers == 1), None)
    for one in timed:
        names = [("its own shards", one)]
        if alone is not None and alone is not one:
            names.append(("the shards of the single worker", alone))
        for name, of in names:
            start = startup(one, measured)
            shards = [shard.seconds for shard in of.shards]
            course = run(shards, Cluster(one.workers, start, measured.overhead))
            number = f"{one.workers} worker" + ("" if one.workers == 1 else "s")
            yield Trial(f"{number}, {name}", course.makespan, one.makespan or math.nan)
