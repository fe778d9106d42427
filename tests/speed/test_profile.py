"""The profile: what is charged to which stage, that watching changes nothing, and that what it measures is real."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from bench.speed import loading, reading
from bench.speed.products import model_of
from bench.speed.profile import articles
from bench.speed.questions import asking, table_of
from bench.speed.stages import Stages
from onrecord.ledger.verify import verify
from onrecord.ledger.writer import Writer
from onrecord.reading.reader import TaggerReader


class Hand:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> None:
        self.now += seconds


class Cook:
    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def dinner(self) -> str:
        self.hand.work(1)
        return self.soup() + self.soup()

    def soup(self) -> str:
        self.hand.work(3)
        return "soup "

    def burn(self) -> None:
        self.hand.work(2)
        raise ValueError("burnt")


def test_a_stage_is_charged_with_what_it_does_itself() -> None:
    hand = Hand()
    stages, cook = Stages(hand), Cook(hand)
    with stages.watching((Cook, "dinner", "dinner"), (Cook, "soup", "soup")), stages.within("the rest"):
        assert cook.dinner() == "soup soup "
        hand.work(5)
    assert stages.seconds == {"dinner": 1, "soup": 6, "the rest": 5}
    assert stages.calls == {"dinner": 1, "soup": 2, "the rest": 1}


def test_what_fails_is_charged_and_nothing_stays_watched() -> None:
    hand = Hand()
    stages, before = Stages(hand), Cook.__dict__["burn"]
    with stages.watching((Cook, "burn", "burning")), pytest.raises(ValueError, match="burnt"):
        Cook(hand).burn()
    assert stages.seconds == {"burning": 2}
    assert Cook.__dict__["burn"] is before


@pytest.mark.parametrize("whole", [True, False])
def test_the_model_of_products_multiplies(whole: bool) -> None:
    session = onnxruntime.InferenceSession(model_of([(3, 5), (5, 2), (3, 5)], whole))
    kind = np.uint8 if whole else np.float32
    first, second, third = session.run(None, {"x3": np.eye(3, dtype=kind), "x5": np.eye(5, dtype=kind)})
    doubled = session.run(None, {"x3": 2 * np.eye(3, dtype=kind), "x5": np.eye(5, dtype=kind)})[0]
    assert (first.shape, second.shape) == ((3, 5), (5, 2))
    assert np.array_equal(doubled, 2 * first)
    assert np.abs(first).max() <= 127
    assert not np.array_equal(first, third)


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("SELECT a FROM statement JOIN report", "statement"),
        ('INSERT INTO "input" VALUES (?)', "input"),
        ("UPDATE tally SET n = 1", "tally"),
        ("BEGIN IMMEDIATE", "BEGIN"),
    ],
)
def test_a_question_is_known_by_its_table(sql: str, table: str) -> None:
    assert table_of(sql) == table


def test_questions_are_counted_with_their_rows_and_then_no_more(tmp_path: Path) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    with asking(Stages()) as asked:
        connection = sqlite3.connect(tmp_path / "a.db")
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE a (b)")
        cursor.executemany("INSERT INTO a VALUES (?)", ((k,) for k in range(2000)))
        connection.commit()
        assert len(cursor.execute("SELECT b FROM a").fetchall()) == 2000
        assert cursor.execute("SELECT b FROM a WHERE b > 5000").fetchone() is None
        connection.close()
    assert [question.many for question in asked.questions] == [False, True, False, False]
    assert asked.rows == 2000
    assert asked.steps >= 2000
    assert asked.calls["SQLite: COMMIT"] == 1
    assert sqlite3.connect is connect


def test_what_is_watched_is_read_and_loaded_as_ever(tmp_path: Path) -> None:
    given = sorted(articles(None, 99), key=lambda one: len(one.report.text if one.report else ""))[:2]
    reports = [one.report for one in given if one.report]
    found = reading.read(reports)
    usual = TaggerReader()
    assert found.statements == [usual.read_report(report) for report in reports]
    assert sum(found.stages.seconds.values()) == pytest.approx(found.here, rel=0.05)
    assert all(one.seconds > 0 and one.least > 0 for one in found.operators)
    copied = list(loading.copies(list(zip(given, found.statements, strict=True)), 3))
    assert len({one.id for _, statements in copied for one in statements}) == 3 * sum(map(len, found.statements))
    loaded = loading.load(copied, tmp_path)
    assert loaded.rows["report"] == len(copied)
    assert loaded.rows["statement"] == loaded.statements
    path = tmp_path / "kept.ledger"
    with Writer(path) as writer:
        for one, statements in copied:
            writer.record_read(one, loading.READER, statements)
    assert verify(path).holds
