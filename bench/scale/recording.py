"""Puts what was read on a new record, links and weighs it, and says how long that took and how large it is.

For a curve that goes up, reports are put on the days within which linking compares: of a record twice as large each
passage then meets twice as many others, as it does where twice as many outlets are read.
"""

from __future__ import annotations

import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from sqlalchemy import create_engine, text

from bench.scale.measurements import Recorded
from onrecord.assessing import Assessment
from onrecord.domain.reports import Outcome
from onrecord.domain.statements import ReaderIdentity, statement_id
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.pipeline import Result
from onrecord.settings import Settings

FIRST = datetime(2018, 1, 1, tzinfo=UTC)
DAYS = 10
"""Days over which reports are spread; linking compares what lies so far apart at most."""
TICK = 0.002
"""Processor seconds between two looks at what linking does."""
COMMIT = 1000
"""Reports in a transaction of a bulk load."""
PURE = ("onrecord.linking.", "onrecord.language.")
HOLDERS = {
    "capture": "captures",
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
    """What was read, with its reports put on `DAYS` days."""
    made = []
    for k, one in enumerate(results):
        given = one.given
        if one.outcome is not Outcome.READ or given.report is None:
            continue
        report = replace(given.report, published=FIRST + timedelta(days=k % DAYS), published_is_day=True)
        # Ids cover the report, so that each statement gets another; what it is nested in is not needed here.
        statements = tuple(
            replace(
                said,
                report=report.id,
                id=statement_id(report.id, report.text, said.source, said.cue, said.content),
                nested_in=None,
            )
            for said in one.statements
        )
        made.append(Result(replace(given, report=report), one.outcome, statements))
    return made


def recorded(place: str, results: Sequence[Result], reader: ReaderIdentity) -> Recorded:
    """A record at a file's path or an address of PostgreSQL, where none is yet."""
    began = time.perf_counter()
    with Writer(place, Settings(commit_every=COMMIT)) as writer:
        for one in results:
            writer.record_read(one.given, reader, one.statements)
    loaded = time.perf_counter()
    with Linkage(place, Settings()) as linkage, watched() as seen:
        linkage.finish()
        linked = time.perf_counter()
        passages = linkage.passages()
    weighing = time.perf_counter()
    with Assessment(place, Settings()) as assessment:
        weighed = assessment.finish()
    ended = time.perf_counter()
    return Recorded(
        store="PostgreSQL" if place.startswith("postgres") else "SQLite",
        reports=len(results),
        statements=sum(len(one.statements) for one in results),
        passages=passages,
        utterances=weighed.utterances,
        load=loaded - began,
        link=linked - loaded,
        weigh=ended - weighing,
        pure=seen["pure"] / max(1, seen.total()),
        sizes=sizes(place),
    )


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """Counts, tick by tick of the processor's time, whether a function of what is linked runs, or anything else."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            if frame.f_globals.get("__name__", "").startswith(PURE):
                seen["pure"] += 1
                return
            frame = frame.f_back
        seen["record"] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def sizes(place: str) -> dict[str, int]:
    """Bytes of a record by what they are there for, indexes with their tables."""
    tables = _in_postgres(place) if place.startswith("postgres") else _in_sqlite(Path(place))
    found: Counter[str] = Counter()
    for name, size in tables:
        # The longest beginning counts: the index of words of statements is not where statements are.
        begun = [start for start in HOLDERS if name == start or name.startswith(start + "_")]
        found[HOLDERS[max(begun, key=len)] if begun else REST] += size
    return dict(sorted(found.items()))


def _in_sqlite(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        return connection.execute(
            "select m.tbl_name, sum(d.pgsize) from dbstat d join sqlite_master m on m.name = d.name group by 1"
        ).fetchall()


def _in_postgres(address: str) -> list[tuple[str, int]]:
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        with engine.connect() as connection:
            rows = connection.execute(
                text(
                    "select relname, pg_total_relation_size(oid) from pg_class "
                    "where relkind in ('r', 'm') and relnamespace = current_schema()::regnamespace"
                )
            )
            return [(name, size) for name, size in rows]
    finally:
        engine.dispose()
