"""Where the time of loading goes: reports with their statements put on a fresh record, beside what the disk can do."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.speed.machine import waiting, writing, written_by_this_process
from bench.speed.questions import COMMIT, Asked, asking, table_of
from bench.speed.stages import Stages
from onrecord.domain.reports import Input
from onrecord.domain.statements import ReaderIdentity, Statement, statement_id
from onrecord.ledger import batch, fulltext, writer
from onrecord.ledger.batch import Batch
from onrecord.ledger.writer import Writer

READER = ReaderIdentity("tagger", "measured", "0" * 64)
Read = tuple[Input, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading took: CPU seconds by stage, seconds on the clock, bytes that went to the disk."""

    reports: int
    statements: int
    rows: Counter[str]
    stages: Stages
    asked: Asked
    here: float
    clock: float
    written: int | None
    held: int
    """Bytes of the file in the end, its log folded in."""
    rate: float
    """Bytes a second that the disk takes from start to end."""
    latency: float
    """Seconds until the disk says that it has a little more."""


def copies(found: Sequence[Read], times: int) -> Iterator[Read]:
    """Each report with its statements so many times, each time at another address, so that all are new."""
    for number in range(times):
        for given, statements in found:
            if given.capture is None or given.report is None:
                continue
            capture = replace(given.capture, content=given.capture.content + f"\n#{number}".encode())
            report = replace(
                given.report, capture=capture.sha256, url=f"https://copy-{number}.example/{given.report.id}"
            )
            ids = {one.id: statement_id(report.id, report.text, one.source, one.cue, one.content) for one in statements}
            own = [
                replace(one, id=ids[one.id], report=report.id, nested_in=one.nested_in and ids[one.nested_in])
                for one in statements
            ]
            yield replace(given, name=f"{given.name}#{number}", capture=capture, report=report), own


def load(given: Sequence[Read], folder: Path) -> Loading:
    """Puts all on one fresh record inside the folder, with every stage and every question to the database watched."""
    stages = Stages()
    watched = (
        (Writer, "record_read", "rows of inputs, captures and reports"),
        (writer, "statement_fault", "checks of statements"),
        (writer, "statement_row", "rows of statements"),
        (writer, "storable", "checks of rows"),
        (batch, "body", "chain of hashes"),
        (batch, "entry_hash", "chain of hashes"),
        (Batch, "add", "what is new"),
        (batch, "statement_words", "words for the search"),
        (batch, "report_words", "words for the search"),
        (Batch, "write", "writing rows"),
        (fulltext, "add_to_search", "writing rows"),
        (batch, "keep_versions", "texts of one page"),
        (batch, "list_moved", "lists"),
        (batch, "list_readings", "lists"),
    )
    with TemporaryDirectory(dir=folder) as place, asking(stages) as asked:
        path = Path(place) / "measured.ledger"
        Writer(path).close()
        asked.questions.clear()
        stages.seconds.clear()
        before, here, clock = written_by_this_process(), time.thread_time(), time.perf_counter()
        with stages.watching(*watched), stages.within("the rest"), Writer(path) as open_writer:
            for one, statements in given:
                open_writer.record_read(one, READER, statements)
        here, clock = time.thread_time() - here, time.perf_counter() - clock
        after = written_by_this_process()
        written = None if before is None or after is None else after - before
        held = sum(file.stat().st_size for file in Path(place).iterdir())
    rows: Counter[str] = Counter()
    for question in asked.questions:
        if question.sql.lstrip().upper().startswith("INSERT"):
            rows[table_of(question.sql)] += len(question.given) if question.many else 1
    return Loading(
        len(given), sum(len(statements) for _, statements in given), rows, stages, asked, here, clock, written, held,
        writing(folder), waiting(folder),
    )  # fmt: skip


def told(found: Loading) -> None:
    """Prints the tables."""
    scale = 1e6 / max(1, found.statements)
    commits = found.asked.calls[COMMIT]
    print(
        f"LOADING  {found.reports} reports with {found.statements} statements on a fresh record; CPU time of one thread"
    )
    print(f"{found.here * scale:.0f} us a statement, {found.statements / found.here:.0f} statements a second; ", end="")
    print(f"{found.clock:.1f} s on the clock, load of the machine {os.getloadavg()[0]:.1f}")
    print(f"\n{'stage':<40}{'us a statement':>15}{'of all':>9}{'rows written':>14}")
    for stage, seconds in found.stages.seconds.most_common():
        rows = found.rows.get(stage.removeprefix("SQLite: "), 0) if stage.startswith("SQLite: ") else 0
        if seconds >= 0.004 * found.here:
            print(f"{stage:<40}{seconds * scale:>15.1f}{seconds / found.here:>9.1%}{rows or '':>14}")
    inside = sum(s for stage, s in found.stages.seconds.items() if stage.startswith("SQLite: "))
    print(f"{'all inside SQLite':<40}{inside * scale:>15.1f}{inside / found.here:>9.1%}{sum(found.rows.values()):>14}")
    stood = found.asked.waited[COMMIT]
    print(f"\n{commits} commits, each on the disk before it counts: {stood:.2f} s of waiting, ", end="")
    print(f"the least {commits * found.latency:.2f} s ({found.latency * 1e3:.2f} ms each)")
    if found.written is not None:
        least = found.written / found.rate
        print(
            f"{found.written / 1e6:.0f} MB written, {found.written / max(1, found.held):.1f} times the file of ", end=""
        )
        print(f"{found.held / 1e6:.0f} MB: at {found.rate / 1e6:.0f} MB a second of this disk {least:.2f} s, ", end="")
        print(f"{least / found.clock:.0%} of the time on the clock")
