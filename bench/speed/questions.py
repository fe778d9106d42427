"""What is asked of a database file, and what that takes: statements of SQL, rows, and steps inside SQLite."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.speed.stages import Stages

STEPS = 1000
"""SQLite tells of its progress each time when it has taken so many steps."""
COMMIT = "SQLite: COMMIT"
_TABLE = re.compile(r"\b(?:INTO|FROM|UPDATE|JOIN)\s+\"?(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One statement of SQL as it was asked."""

    sql: str
    given: Any
    many: bool


class Asked:
    """The questions that were asked through connections opened meanwhile, and what stages of them came to."""

    def __init__(self, stages: Stages, connect: Callable[..., sqlite3.Connection]) -> None:
        self._stages = stages
        self.connect = connect
        """Opens a connection that is not watched."""
        self._lock = threading.Lock()
        self.questions: list[Question] = []
        self.rows = 0
        self.steps = 0
        self.calls: Counter[str] = Counter()
        self.waited: Counter[str] = Counter()
        """Seconds that a stage was not running: waiting for the disk, or for other programs."""

    def ask(self, question: Question) -> str:
        """Keeps a question; the stage that its time is charged to."""
        with self._lock:
            self.questions.append(question)
        return f"SQLite: {table_of(question.sql)}"

    def count(self, rows: int) -> None:
        with self._lock:
            self.rows += rows

    def step(self) -> None:
        self.steps += STEPS

    def timed(self, stage: str, work: Callable[[], Any]) -> Any:
        """What the work gives; its time is charged to the stage."""
        began, ran = time.perf_counter(), time.thread_time()
        try:
            with self._stages.within(stage):
                return work()
        finally:
            waited = time.perf_counter() - began - (time.thread_time() - ran)
            with self._lock:
                self.calls[stage] += 1
                self.waited[stage] += max(0.0, waited)


def table_of(sql: str) -> str:
    """The table that a statement begins with, or its first word."""
    found = _TABLE.search(sql)
    return found[1] if found else sql.split(None, 1)[0].upper()


@contextmanager
def asking(stages: Stages) -> Iterator[Asked]:
    """Watches every connection of sqlite3 that is opened meanwhile."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    asked = Asked(stages, connect)

    class Cursor(sqlite3.Cursor):
        _stage = "SQLite"

        def execute(self, sql: str, given: Any = ()) -> Any:
            self._stage = asked.ask(Question(sql, given, False))
            return asked.timed(self._stage, lambda: sqlite3.Cursor.execute(self, sql, given))

        def executemany(self, sql: str, given: Iterable[Any]) -> Any:
            given = list(given)
            self._stage = asked.ask(Question(sql, given, True))
            return asked.timed(self._stage, lambda: sqlite3.Cursor.executemany(self, sql, given))

        def fetchone(self) -> Any:
            row = asked.timed(self._stage, lambda: sqlite3.Cursor.fetchone(self))
            asked.count(row is not None)
            return row

        def fetchmany(self, size: int | None = None) -> Any:
            wanted = self.arraysize if size is None else size
            rows = asked.timed(self._stage, lambda: sqlite3.Cursor.fetchmany(self, wanted))
            asked.count(len(rows))
            return rows

        def fetchall(self) -> Any:
            rows = asked.timed(self._stage, lambda: sqlite3.Cursor.fetchall(self))
            asked.count(len(rows))
            return rows

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            asked.timed(COMMIT, lambda: sqlite3.Connection.commit(self))

    def watched(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, factory=Connection, **named)
        connection.set_progress_handler(asked.step, STEPS)
        return connection

    sqlite3.connect = watched
    try:
        yield asked
    finally:
        sqlite3.connect = connect
