"""The tables of docs/scale.md that say what a job costs, and what they come to in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from bench.scale import projecting
from bench.scale.measurements import CAPTURES, Measurements
from bench.scale.projecting import FAR, SEED, WORKERS, Behind, Job, Row, Trouble
from bench.scale.wording import figure, lasting, percent, sized, table

MILLION = 1_000_000
HOUR = 3600
SHARDS = (20, 50, 100, 200, 500, 1_000)
CORES = 16
DEADLINES = (("an hour", HOUR), ("a day", 24 * HOUR), ("30 days", 720 * HOUR))
SQLITE_PAGES = 2**32 - 2
"""Pages that a file of SQLite can have at most, and how large they are unless told otherwise."""
SQLITE_PAGE = 4096


def assumed(measured: Measurements, trouble: Trouble) -> str:
    """What is assumed of a cluster beside what was measured."""
    return (
        f"Assumed, not measured: {percent(trouble.slow_share)} of the workers take {trouble.slow_times:g} times as "
        f"long for everything; a worker is lost every {trouble.lifetime:g} hours on average; it is noticed after "
        f"{lasting(trouble.detection)}, and another machine is there {lasting(trouble.replacement)} later. Measured: "
        f"the time of each shard, {lasting(projecting.startup(measured.full(), measured))} until a worker is ready, "
        f"{1000 * measured.overhead:.1f} ms of the scheduler for each shard. Chance is drawn from seed {SEED}."
    )


def reading(found: list[Row]) -> str:
    """Every job read by some workers and many, by arithmetic and in trouble."""
    rows = [
        [
            f"{row.job.name}: {_many(row.job.articles)}",
            f"{row.calm.workers:,}",
            f"{row.job.shards:,}",
            lasting(row.plain),
            lasting(row.calm.makespan),
            lasting(row.troubled.makespan),
            percent(row.troubled.efficiency),
            f"{row.troubled.lost:,}",
            f"{row.troubled.most:,}",
            f"{row.troubled.core_seconds / HOUR:,.0f}",
        ]
        for row in found
    ]
    head = [
        "articles", "workers", "shards", "arithmetic", "nothing goes wrong", "with trouble", "efficiency",
        "shards lost", "begun most often", "core hours",
    ]  # fmt: skip
    return table(head, rows)


def cut(measured: Measurements, trouble: Trouble) -> str:
    """A day of news on the most workers, by how many articles are in a shard."""
    job = projecting.jobs(measured)[1]
    rows = []
    for size in SHARDS:
        row = projecting.row(measured, trouble, replace(job, of=size), WORKERS[-1])
        rows.append(
            [
                f"{size:,} articles",
                f"{row.job.shards:,}",
                lasting(row.calm.work / row.job.shards),
                lasting(row.calm.makespan),
                percent(row.calm.efficiency),
                lasting(row.troubled.makespan),
                percent(row.troubled.efficiency),
            ]
        )
    head = ["in a shard", "shards", "one takes", "nothing goes wrong", "efficiency", "with trouble", "efficiency"]
    name = f"{job.name[0].upper()}{job.name[1:]}, on {WORKERS[-1]:,} workers:"
    return f"{name}\n\n{table(head, rows)}"


def machines(measured: Measurements, found: list[Row], cores: int) -> str:
    """How many workers, and machines of so many cores, read a job in time."""
    rows = []
    for row in _middle(found):
        line = [f"{row.job.name}: {_many(row.job.articles)}"]
        for _, seconds in DEADLINES:
            workers = in_time(row, seconds)
            line.append(f"{workers:,} ({math.ceil(workers / cores):,})")
        rows.append(line)
    lines = [
        f"Workers that read it in time, at the efficiency of {WORKERS[1]} of them, and in brackets machines of {cores} "
        f"cores:",
        "",
        table(["read within", *(name for name, _ in DEADLINES)], rows),
    ]
    memory = measured.full().memory or max(one.memory or 0 for one in measured.readings)
    if memory:
        lines += ["", f"The workers of such a machine hold {sized(cores * memory)} at most."]
    return "\n".join(lines)


def _middle(found: list[Row]) -> list[Row]:
    """Every job on as many workers as have little to wait for, and are paid for little else than reading."""
    return [row for row in found if row.calm.workers == WORKERS[1]]


def in_time(row: Row, seconds: float) -> int:
    """Workers that read a job in so long, if they are as efficient as those of the row."""
    return math.ceil(row.troubled.core_seconds / seconds)


def _many(number: int) -> str:
    """A large number in words: 1.6 million."""
    return f"{number / MILLION:,.4g} million"


def _all_behind(measured: Measurements) -> Iterator[tuple[str, Job, Behind]]:
    for store in measured.stores():
        for job in projecting.jobs(measured):
            yield store, job, projecting.behind(measured, store, job)


def behind(measured: Measurements) -> str:
    """What comes after reading, step by step, and by how much it is extrapolated."""
    rows = [
        [
            f"{job.name}, {store}",
            lasting(one.load),
            lasting(one.link),
            *map(lasting, one.parted),
            lasting(one.grown),
            lasting(one.weigh),
            f"{figure(one.loads)}×",
            f"{figure(one.links)}×",
        ]
        for store, job, one in _all_behind(measured)
    ]
    head = [
        "one record of", "load", "link, one process", *(f"in parts on {number:,}" for number in WORKERS),
        "one process, if it goes on growing", "weigh", "reports, of those loaded", "of those compared",
    ]  # fmt: skip
    return table(head, rows)


def whole(measured: Measurements, found: list[Row]) -> str:
    """Every job from the first article to the last thing weighed."""
    rows = []
    for row in found:
        for store in measured.stores():
            one = projecting.whole(measured, store, row)
            rows.append(
                [
                    f"{row.job.name}, {store}",
                    f"{row.calm.workers:,}",
                    lasting(row.troubled.makespan),
                    lasting(one.loaded),
                    lasting(one.linked),
                    lasting(one.weighed),
                    lasting(one.plain),
                    f"{one.core_seconds / HOUR:,.0f}",
                ]
            )
    return table(["done after", "workers", "read", "loaded", "linked", "weighed", "arithmetic", "core hours"], rows)


def storage(measured: Measurements) -> str:
    """Bytes of a report by what holds them, and of every job."""
    rows = []
    whole, packed = (size / measured.pages.pages for size in (measured.pages.size, measured.pages.compressed))
    for store in measured.stores():
        one, _ = measured.linked(store)
        for holder in sorted(one.sizes, key=lambda name: -one.sizes[name]):
            if holder != CAPTURES:
                rows.append(_stored(measured, f"{store}: {holder}", one.sizes[holder] / one.reports))
        without = one.size / one.reports
        rows.append(_stored(measured, f"**{store}, without captures**", without))
        rows.append(_stored(measured, f"**{store}, with pages as captures**", without + whole))
    rows.append(_stored(measured, "pages alone", whole))
    rows.append(_stored(measured, "pages alone, each with gzip", packed))
    if measured.shard_size is not None:
        rows.append(_stored(measured, "shard files, until they are loaded", measured.shard_size))
    return table(["what", "a report", *(job.name for job in projecting.jobs(measured))], rows)


def _stored(measured: Measurements, name: str, size: float) -> list[str]:
    return [name, sized(size), *(sized(size * job.articles) for job in projecting.jobs(measured))]


def price(measured: Measurements, found: list[Row], asked: float | None) -> str:
    """Core hours for a million articles; money only where somebody says what is asked for one."""
    middle = _middle(found)[0]
    per = MILLION / middle.job.articles
    hours = {f"read, {WORKERS[1]} workers with trouble": middle.troubled.core_seconds * per / HOUR}
    for store in measured.stores():
        one = projecting.behind(measured, store, middle.job)
        for name, seconds in (("load", one.load), ("link", one.link), ("weigh", one.weigh)):
            hours[f"{name}, {store}"] = seconds * per / HOUR
    head = ["for a million articles", "core hours", *([] if asked is None else [f"at {asked:g} a core hour"])]
    return table(
        head,
        [[name, f"{one:.1f}", *([] if asked is None else [f"{one * asked:,.2f}"])] for name, one in hours.items()],
    )


def crossing(measured: Measurements, store: str) -> float:
    """With more workers than these, loading one record takes longer than reading did."""
    one, reading = measured.loaded(store), measured.full()
    return (reading.seconds / reading.reports + projecting.page(measured)) / (one.load / one.reports)


def said(measured: Measurements, found: list[Row]) -> str:
    """What the tables come to, in sentences whose numbers are reckoned like those of the tables."""
    record, _ = measured.linked(measured.stores()[0])
    page = measured.pages.size / measured.pages.pages
    lines = [
        f"- {row.job.name[0].upper()}{row.job.name[1:]}, {_many(row.job.articles)} articles: "
        f"{row.troubled.core_seconds / HOUR:,.0f} core hours of reading, which takes {row.calm.workers} workers "
        f"{lasting(row.troubled.makespan)}; {sized(record.size / record.reports * row.job.articles)} in "
        f"{record.store} without captures, and "
        f"{sized(page * row.job.articles)} of pages."
        for row in _middle(found)
    ]
    for store in measured.stores():
        lines.append(
            f"- Up to {crossing(measured, store):.0f} workers, reading takes longer than loading what they read into "
            f"{store}; with more of them the one loader is what everybody waits for."
        )
    growth = projecting.growth(measured)
    passages = [one.linked.passages for one in measured.records if one.linked is not None]
    lines.append(
        f"- Linking a passage cost {2**growth:.2f} times as much where twice as many were compared, from "
        f"{min(passages):,} to {max(passages):,} passages."
    )
    one, _ = measured.linked("SQLite")
    most = SQLITE_PAGES * SQLITE_PAGE
    each = one.size / one.reports + page
    largest = found[-1].job
    lines.append(
        f"- A file of SQLite holds {sized(most)} at most: {figure(most / each / MILLION)} million reports with their "
        f"pages as captures; {largest.name}, would fill {math.ceil(largest.articles * each / most):,} of them."
    )
    return "\n".join([*lines, *_far(measured)])


def _far(measured: Measurements) -> Iterator[str]:
    """What lies so far beyond what was measured that it is no more than a product."""
    far = [
        f"{job.name}, by {figure(one.loads)} and {figure(one.links)}"
        for store, job, one in _all_behind(measured)
        if store == measured.stores()[0] and max(one.loads, one.links) >= FAR
    ]
    if far:
        yield (
            f"- Extrapolated {FAR} times or more, in the number of reports that are loaded and of those that are "
            f"compared: {'; '.join(far)}. Times of loading, linking and weighing, and sizes, are no more than products "
            f"there."
        )
    most = measured.full().workers
    if max(WORKERS) >= FAR * most:
        yield (
            f"- Reading was measured with {most} workers at most; {max(WORKERS):,} are {figure(max(WORKERS) / most)} "
            f"times as many, and only simulated."
        )
