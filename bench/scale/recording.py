"""Puts what was read on a new record, links and weighs it, and says how long that took and how large it is.

For a curve that goes up, reports are put on the days within which linking compares: of a record twice as large each
passage then meets twice as many others, as it does where twice as many outlets are read.
"""

from __future__ import annotations

import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import FrameType

from bench.linking.growth import varied
from bench.scale.measurements import CAPTURES, Linked, Recorded
from onrecord.assessing import Assessment
from onrecord.domain.reports import Capture, Input, Outcome, Report
from onrecord.domain.statements import ReaderIdentity, Statement, statement_id
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.linking.utterances import WINDOW
from onrecord.pipeline import Result
from onrecord.settings import Settings

FIRST = datetime(2018, 1, 1, tzinfo=UTC)
TICK = 0.002
"""Processor seconds between two looks at what linking does."""
COMMIT = 1000
"""Reports in a transaction of a bulk load."""
PARTED = "onrecord.linkage.preparing"
"""What is done by many workers, where linking has many: functions that prepare and compare and touch no record."""
HOLDERS = {
    "capture": CAPTURES,
    "report": "reports",
    "reading": "reports",
    "input": "reports",
    "statement": "statements",
    "entry": "hash chain",
    "statement_search": "index of words",
    "report_search": "index of words",
    "link": "links",
    "weigh": "weighing",
}
"""What a table is there for, by how its name begins; everything else is a list or a state."""
REST = "lists"


def crowded(results: Sequence[Result]) -> list[Result]:
    """What was read, with its reports put on the days within which linking compares."""
    made = []
    for k, one in enumerate(results):
        given = one.given
        if one.outcome is not Outcome.READ or given.report is None:
            continue
        report = replace(given.report, published=FIRST + timedelta(days=k % WINDOW), published_is_day=True)
        made.append(Result(replace(given, report=report), one.outcome, moved(report, one.statements)))
    return made


def moved(report: Report, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements of a report that became another; ids cover it, and what they are nested in is not needed here."""
    return tuple(
        replace(
            one,
            report=report.id,
            id=statement_id(report.id, report.text, one.source, one.cue, one.content),
            nested_in=None,
        )
        for one in statements
    )


def varied_further(results: Sequence[Result], times: int) -> Iterator[Result]:
    """What was read, and variants of it under other names on later days, until it is so many times as much."""
    yield from results
    for k in range(1, times):
        for one in results:
            if one.given.report is None:
                continue
            report, statements = varied(one.given.report, one.statements, k, k * round(WINDOW))
            capture = Capture(report.text.encode(), f"{one.given.name}#{k}", "text/plain")
            made = replace(report, capture=capture.sha256)
            yield Result(
                Input(f"{one.given.name}#{k}", f"{one.given.place}#{k}", capture, made),
                one.outcome,
                moved(made, statements),
            )


def recorded(place: str, results: Iterable[Result], reader: ReaderIdentity, *, link: bool = True) -> Recorded:
    """A record at a file's path or at an address of PostgreSQL.

    Raises:
        ValueError: when something is on the record there.
    """
    # An empty record has tables of a fixed size, which are not of what is loaded.
    empty, took = begun(place), 0.0
    with Writer(place, Settings(commit_every=COMMIT)) as writer:
        for one in results:
            began = time.perf_counter()
            writer.record_read(one.given, reader, one.statements)
            took += time.perf_counter() - began
        began = time.perf_counter()
        writer.commit()
        took += time.perf_counter() - began
        counts = writer.counts
    linked = _linked(place) if link else None
    grown = sizes(place)
    grown.subtract(empty)
    store = "PostgreSQL" if _is_address(place) else "SQLite"
    return Recorded(store, counts.read, counts.statements, took, dict(sorted(grown.items())), linked)


def begun(place: str) -> Counter[str]:
    """Begins a record; the bytes of an empty one.

    Raises:
        ValueError: when something is on the record there.
    """
    with Writer(place, Settings()):
        pass
    with View(place) as view:
        if view.length():
            raise ValueError(f"there is a record at {place} already; name an empty database")
    return sizes(place)


def _linked(place: str) -> Linked:
    began = time.perf_counter()
    with Linkage(place, Settings()) as linkage, watched() as seen:
        linkage.finish()
        ended = time.perf_counter()
        passages = linkage.passages()
    weighing = time.perf_counter()
    with Assessment(place, Settings()) as assessment:
        weighed = assessment.finish()
    return Linked(
        passages=passages,
        link=ended - began,
        parted=seen[PARTED] / max(1, seen.total()),
        utterances=weighed.utterances,
        weigh=time.perf_counter() - weighing,
    )


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """Counts, tick by tick of the processor's time, whether something of `PARTED` runs, or anything else."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            if frame.f_globals.get("__name__", "").startswith(PARTED):
                seen[PARTED] += 1
                return
            frame = frame.f_back
        seen[""] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def sizes(place: str) -> Counter[str]:
    """Bytes of a record by what they are there for, indexes with their tables."""
    found: Counter[str] = Counter()
    for name, size in (_in_postgres if _is_address(place) else _in_sqlite)(place):
        # The longest beginning counts: the index of words of statements is not where statements are.
        begun = [start for start in HOLDERS if name == start or name.startswith(start + "_")]
        found[HOLDERS[max(begun, key=len)] if begun else REST] += size
    return found


def _is_address(place: str) -> bool:
    return place.startswith(("postgresql://", "postgres://"))


def _in_sqlite(path: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "select m.tbl_name, sum(d.pgsize) from dbstat d join sqlite_master m on m.name = d.name group by 1"
        ).fetchall()


def _in_postgres(address: str) -> list[tuple[str, int]]:
    import psycopg

    with psycopg.connect(address) as connection:
        return connection.execute(
            "select relname, pg_total_relation_size(oid) from pg_class where relkind in ('r', 'm') "
            "and relnamespace = current_schema()::regnamespace"
        ).fetchall()
