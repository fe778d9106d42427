"""The tables of docs/scale.md by the names of their places in it; those of what was measured are made here."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean, median

from bench.scale import costs, projecting
from bench.scale.measurements import Article, Measurements
from bench.scale.projecting import Trouble
from bench.scale.wording import lasting, percent, sized, table

LENGTHS = (0, 2_500, 5_000, 10_000, 10**9)


def blocks(
    measured: Measurements, trouble: Trouble, *, price: float | None = None, cores: int = costs.CORES
) -> dict[str, str]:
    """All of them by name; `cores` are those of one machine, `price` that of a core hour."""
    found = projecting.rows(measured, trouble)
    return {
        "machine": _machine(measured),
        "articles": _articles(measured),
        "stages": _stages(measured),
        "records": _records(measured),
        "trials": _trials(measured),
        "trouble": costs.assumed(measured, trouble),
        "reading": costs.reading(found),
        "cut": costs.cut(measured, trouble),
        "machines": costs.machines(measured, found, cores),
        "behind": costs.behind(measured),
        "whole": costs.whole(measured, found),
        "storage": costs.storage(measured),
        "price": costs.price(measured, found, price),
        "said": costs.said(measured, found),
    }


def _machine(measured: Measurements) -> str:
    here = measured.machine
    return (
        f"Measured on {here.day}: {here.processor}, {here.cores} cores, {sized(here.memory)} of memory, "
        f"Python {here.python}; load of the machine before it began {here.load}. The scheduler is that of "
        f"{measured.scheduler}."
    )


def at(share: float, values: list[float]) -> float:
    """The value below which so large a share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _articles(measured: Measurements) -> str:
    def line(name: str, those: list[Article]) -> list[str]:
        took = [one.seconds for one in those]
        characters = sum(one.characters for one in those)
        return [
            name,
            f"{len(those):,}",
            f"{median(took):.2f}",
            f"{at(0.95, took):.2f}",
            f"{max(took):.2f}",
            f"{1_000_000 * sum(took) / characters:.0f}",
            f"{fmean(one.statements for one in those):.0f}",
        ]

    rows = []
    for least, most in pairwise(LENGTHS):
        those = [one for one in measured.articles if least <= one.characters < most]
        if those:
            name = f"{least:,} and more" if most == LENGTHS[-1] else f"under {most:,}"
            rows.append(line(name, those))
    rows.append(line("all", list(measured.articles)))
    head = [
        "characters",
        "articles",
        "median, s",
        "95 in 100, s",
        "longest, s",
        "ms for 1,000 characters",
        "statements",
    ]
    return table(head, rows)


def _stages(measured: Measurements) -> str:
    rows = []
    for one in measured.readings:
        shards = [shard.seconds / shard.reports for shard in one.shards if shard.reports]
        whole = one.makespan
        rows.append(
            [
                f"{one.workers} worker" + ("" if one.workers == 1 else "s"),
                f"{len(one.shards):,}",
                f"{one.reports:,}",
                "" if whole is None else lasting(whole),
                "" if whole is None else f"{one.reports / whole:.1f}",
                f"{1000 * median(shards):.0f}",
                f"{1000 * at(0.95, shards):.0f}",
                f"{1000 * max(shards):.0f}",
                f"{fmean(one.startup):.1f}" if one.startup else "",
                "" if one.memory is None else sized(one.memory),
            ]
        )
    head = [
        "read by", "shards", "articles", "whole run", "articles/s", "ms an article: median shard", "95 in 100",
        "slowest shard", "start-up, s", "memory of a worker",
    ]  # fmt: skip
    lines = [
        table(head, rows),
        "",
        f"Making a report of a page (HTML) takes {1000 * projecting.page(measured):.0f} ms more, on average of "
        f"{measured.pages.pages} saved pages; one empty shard {1000 * measured.overhead:.1f} ms of the scheduler.",
    ]
    return "\n".join(lines)


def _records(measured: Measurements) -> str:
    rows = []
    for one in measured.records:
        row = [
            one.store,
            f"{one.reports:,}",
            f"{one.statements:,}",
            f"{1000 * one.load / one.reports:.1f}",
            f"{1000 * one.load / one.statements:.2f}",
            f"{one.size / one.statements:,.0f}",
        ]
        linked = one.linked
        if linked is None:
            row += [""] * 4
        else:
            row += [
                f"{linked.passages:,}",
                f"{1000 * linked.link / linked.passages:.2f}",
                percent(linked.parted),
                f"{1000 * linked.weigh / linked.utterances:.2f}",
            ]
        rows.append(row)
    head = [
        "record in", "reports", "statements", "load, ms a report", "load, ms a statement", "bytes a statement",
        "passages", "link, ms a passage", "of it can be parted", "weigh, ms an utterance",
    ]  # fmt: skip
    return table(head, rows)


def _trials(measured: Measurements) -> str:
    rows = [
        [one.what, f"{one.simulated:.1f}", f"{one.measured:.1f}", f"{one.error:+.1f}"]
        for one in projecting.trials(measured)
    ]
    return table(["replayed", "simulated, s", "measured, s", "error, percent"], rows)
