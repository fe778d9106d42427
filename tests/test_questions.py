"""What a step of linking or weighing asks of a record must not grow with the record: SQLite finds each row by an index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from onrecord import assessing, linkage
from onrecord.assessing import Assessment
from onrecord.linkage import Linkage
from onrecord.settings import Settings
from tests.read_example import Read, put

_NEVER = re.compile(r"SCAN|SEARCH \w+ USING .*\(kind=\?\)")
"""Ways that read more the more there is: all rows, or all of a kind. All judgements of a subject are few."""

_ITS_LINKS = re.compile(r"SEARCH link_pair USING .*\([ab]=\? AND kind=\?\)")


@contextmanager
def asked() -> Iterator[dict[str, tuple[Any, ...]]]:
    """The questions that are asked meanwhile, each with values that it was asked with."""
    found: dict[str, tuple[Any, ...]] = {}

    def note(_connection: Any, _cursor: Any, question: str, values: Any, _context: Any, many: bool) -> None:
        if question.startswith(("SELECT", "UPDATE", "DELETE")):
            found.setdefault(question, values[0] if many else values)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plans(path: Path, questions: dict[str, tuple[Any, ...]]) -> dict[str, list[str]]:
    """How SQLite goes about each question."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            question: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {question}", values)]
            for question, values in questions.items()
        }


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    for steps in (linkage.steps, assessing.steps):
        monkeypatch.setattr(steps, "AT_ONCE", 4)


@pytest.mark.parametrize("work", [Linkage, Assessment])
def test_no_step_reads_all_there_is(
    work: type[Linkage] | type[Assessment], example: Read, settings: Settings, tmp_path: Path
) -> None:
    path = put(tmp_path / "one.ledger", example)
    if work is Assessment:
        with Linkage(path, settings) as one:
            one.finish()
    with work(path, settings) as one:
        run = one.run()
        for _ in range(4):  # the first step, before which what is waited for is looked up
            next(run)
        with asked() as questions:
            for _ in range(8):
                next(run)
    found = plans(path, questions)
    assert len(found) > 10
    assert {question: plan for question, plan in found.items() if any(map(_NEVER.match, plan))} == {}
    if work is Linkage:
        assert sum(any(map(_ITS_LINKS.match, plan)) for plan in found.values()) >= 4
