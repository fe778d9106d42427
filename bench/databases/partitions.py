"""What partitions by month would do to look-ups by id: the same rows in one table and in one of 84 months."""

from __future__ import annotations

import time
from typing import Any, Final

import psycopg

ROWS: Final = 500_000
MONTHS: Final = 84
ASKED: Final = 500


def measured(address: str) -> None:
    """Fills both and prints milliseconds of a look-up, and of many at once."""
    with psycopg.connect(address, autocommit=True) as connection:
        ask: Any = connection.execute
        ask('CREATE TABLE one (seq bigint PRIMARY KEY, id text COLLATE "C" UNIQUE, month integer)')
        ask(
            'CREATE TABLE months (seq bigint, id text COLLATE "C", month integer, PRIMARY KEY (seq, month), '
            "UNIQUE (id, month)) PARTITION BY RANGE (month)"
        )
        for month in range(MONTHS):
            ask(f"CREATE TABLE months_{month} PARTITION OF months FOR VALUES FROM ({month}) TO ({month + 1})")
        rows = f"SELECT n, md5(n::text), n % {MONTHS} FROM generate_series(1, {ROWS}) AS n"
        for table in ("one", "months"):
            ask(f"INSERT INTO {table} {rows}")
            ask(f"ANALYZE {table}")
        ids = [id_ for (id_,) in ask(f"SELECT id FROM one ORDER BY md5(id) LIMIT {ASKED}")]
        for table in ("one", "months"):
            each = []
            for _ in range(2):
                began = time.perf_counter()
                for id_ in ids:
                    ask(f"SELECT seq FROM {table} WHERE id = %s", (id_,)).fetchone()
                each.append((time.perf_counter() - began) / ASKED)
            began = time.perf_counter()
            ask(f"SELECT count(seq) FROM {table} WHERE id = ANY(%s)", (ids,)).fetchone()
            together = time.perf_counter() - began
            print(f"{table:<7} {min(each) * 1e3:.2f} ms for an id, {together * 1e3:.0f} ms for {ASKED} at once")
