"""Where the time of a page goes: questions to the database, Python objects, the template; and the bytes that come out.

Pages are asked of the application itself, without a socket, so what is measured is ours alone.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
import sqlalchemy
from fastapi import FastAPI
from markupsafe import escape

from bench.load.readers import LISTS, NAMES, WORDS, things
from bench.served import served
from bench.speed.loading import READER, Read
from bench.speed.questions import Asked, asking
from bench.speed.stages import Stages
from onrecord.assessing import Assessment
from onrecord.ledger.search import folded, stands_in
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.settings import Settings
from onrecord.web.app import create_app

TEMPLATE = "template"
SQLALCHEMY = "SQLAlchemy"
OBJECTS = "page objects and the rest"
_TRIES = 4
_OF_A_SORT = 6
_SHOWN = 3
"""So many of the slowest sorts of page are taken apart."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page: CPU seconds, all and by part, and what was touched for it."""

    path: str
    seconds: float
    parts: Counter[str]
    questions: int
    rows: int
    steps: int
    sent: int


@dataclass(frozen=True, slots=True)
class Least:
    """The least for a page: its questions asked of SQLite without anything around, its text escaped once."""

    questions: float
    text: float


def pages(ledger: Path | None, found: Sequence[Read], folder: Path) -> tuple[dict[str, Opened], dict[str, Least]]:
    """The page in the middle of each sort on a copy of the ledger, and the least for the slowest of them.

    Without a ledger the pages are those of a record made of what was read, linked and weighed.
    """
    with TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "measured.ledger"
        if ledger is not None:
            shutil.copy(ledger, path)
        else:
            _made(path, found)
        stages = Stages()
        with asking(stages) as asked:
            app = create_app(path, Settings(), by="measuring")
            with served(app) as address:
                known = things(address)
            app = create_app(path, Settings(), by="measuring")
            opened = {sort: _middle(app, paths, stages, asked) for sort, paths in _sorts(known).items()}
            slowest = sorted(opened, key=lambda sort: -opened[sort].seconds)
            least = {sort: _least(app, path, opened[sort], asked) for sort in slowest[:_SHOWN]}
    return {sort: opened[sort] for sort in slowest}, least


def told(found: tuple[dict[str, Opened], dict[str, Least]]) -> None:
    """Prints the tables."""
    opened, least = found
    print("PAGE  CPU time of the whole request, the best of some, of the page in the middle of its sort")
    print(f"{'page':<24}{'ms':>8}{'SQLite':>9}{SQLALCHEMY:>12}{'objects':>9}{TEMPLATE:>10}", end="")
    print(f"{'questions':>11}{'rows':>7}{'steps':>10}{'kB out':>8}")
    for sort, one in opened.items():
        inside = sum(seconds for part, seconds in one.parts.items() if part.startswith("SQLite"))
        ms = [1e3 * part for part in (one.seconds, inside, one.parts[SQLALCHEMY])]
        rest = 1e3 * one.seconds - ms[1] - ms[2] - 1e3 * one.parts[TEMPLATE]
        print(
            f"{sort:<24}{ms[0]:>8.1f}{ms[1]:>9.1f}{ms[2]:>12.1f}{rest:>9.1f}{1e3 * one.parts[TEMPLATE]:>10.1f}", end=""
        )
        print(f"{one.questions:>11}{one.rows:>7}{one.steps:>10}{one.sent / 1e3:>8.0f}")
    for sort, floor in least.items():
        one = opened[sort]
        inside = sum(seconds for part, seconds in one.parts.items() if part.startswith("SQLite"))
        here, template = inside / floor.questions, one.parts[TEMPLATE] / floor.text
        print(f"\n{sort}: {one.path}")
        print(f"  its questions asked in plain sqlite3 {floor.questions * 1e3:.1f} ms; here {here:.1f} times that")
        print(f"  its text escaped once {floor.text * 1e3:.2f} ms; the template {template:.0f} times that")
        for part, seconds in one.parts.most_common(4):
            print(f"  {part:<32}{seconds * 1e3:>8.1f} ms {seconds / one.seconds:>6.0%}")


def _made(path: Path, found: Sequence[Read]) -> None:
    with Writer(path) as writer:
        for given, statements in found:
            writer.record_read(given, READER, statements)
    with Linkage(path) as linkage:
        linkage.finish()
    with Assessment(path) as assessment:
        assessment.finish()


def _sorts(known: dict[str, list[str]]) -> dict[str, list[str]]:
    """Pages by the sorts of `bench.load`: lists, searches, and single things spread over those that were found."""
    sorts = {place: [place] for place in (*LISTS, "/today")}
    for place in ("/statements", "/utterances", "/reports", "/search"):
        name = "q" if place == "/search" else "text"
        sorts[f"search {place}"] = [f"{place}?{name}={quote(word)}" for word in WORDS[:_OF_A_SORT]]
    for place in ("/actors", "/speakers"):
        sorts[f"search {place}"] = [f"{place}?text={quote(name)}" for name in NAMES]
    for sort, paths in known.items():
        if sort != "lists" and paths:
            sorts[f"one of {sort}"] = paths[:: max(1, len(paths) // _OF_A_SORT)][:_OF_A_SORT]
    return sorts


def _middle(app: FastAPI, paths: Sequence[str], stages: Stages, asked: Asked) -> Opened:
    opened = [_opened(app, path, stages, asked) for path in paths]
    middle = statistics.median_low([one.seconds for one in opened])
    return next(one for one in opened if one.seconds == middle)


def _opened(app: FastAPI, path: str, stages: Stages, asked: Asked) -> Opened:
    """The best of some tries; the first fills caches and does not count."""
    best: Opened | None = None
    watched = ((jinja2.Template, "render", TEMPLATE), (sqlalchemy.Connection, "execute", SQLALCHEMY))
    with stages.watching(*watched):
        _sent(app, path)
        for _ in range(_TRIES):
            stages.seconds.clear()
            asked.questions.clear()
            asked.rows = asked.steps = 0
            began = time.process_time()
            body = _sent(app, path)
            took = time.process_time() - began
            if best is None or took < best.seconds:
                best = Opened(
                    path, took, stages.seconds.copy(), len(asked.questions), asked.rows, asked.steps, len(body)
                )
    assert best is not None
    return best


def _sent(app: FastAPI, path: str) -> bytes:
    """The body of the answer to a GET."""
    parts = urlsplit(path)
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": parts.path,
        "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "",
        "headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    sent: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    asyncio.run(app(scope, receive, send))
    return b"".join(sent)


def _least(app: FastAPI, path: Path, opened: Opened, asked: Asked) -> Least:
    asked.questions.clear()
    text = _sent(app, opened.path).decode()
    questions = [one for one in asked.questions if not one.sql.startswith(("BEGIN", "PRAGMA"))]
    plain = asked.connect(path, isolation_level=None)
    plain.create_function("onrecord_folded", 1, lambda value: folded(str(value)), deterministic=True)
    plain.create_function("onrecord_called", 3, stands_in, deterministic=True)
    with closing(plain):
        best = min(_replayed(plain, questions) for _ in range(_TRIES))
    began = time.thread_time()
    escape(text)
    return Least(best, time.thread_time() - began)


def _replayed(plain: Any, questions: Sequence[Any]) -> float:
    began = time.thread_time()
    plain.execute("BEGIN")
    for one in questions:
        plain.execute(one.sql, one.given).fetchall()
    plain.execute("ROLLBACK")
    return time.thread_time() - began
