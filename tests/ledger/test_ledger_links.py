"""The tables of linking: what a ledger of an earlier version lacks, and a step that is whole or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.domain.actors import Actor, ActorKind, Candidate, Identification, Mention, Office
from onrecord.domain.judgements import Subject
from onrecord.domain.origins import Independence, Origin, OriginKind, Tie
from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis
from onrecord.domain.utterances import Change, Difference, Edit, Link, Material
from onrecord.errors import LedgerVersion
from onrecord.ledger import linked_rows
from onrecord.ledger.links import LinkStore
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View
from tests.ledger.material import back_to, judged, record


@pytest.fixture(params=["2", "3", "4", "5", "6"])
def older(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A ledger as an earlier version of the schema left it."""
    path = tmp_path / "older.ledger"
    record(path, range(3))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(back_to(int(request.param)))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [request.param])
        connection.commit()
    return path


def test_a_reader_of_an_older_ledger_is_told_what_to_do(older: Path) -> None:
    with pytest.raises(LedgerVersion, match="onrecord link"):
        View(older)


def test_an_older_ledger_is_brought_up_to_date_and_its_record_stays(
    older: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole = tmp_path / "whole.ledger"
    record(whole, range(3))
    with LinkStore(older) as store:
        assert len(store.waiting()) == 3
    found = verify(older)
    assert found.faults == ()
    if request.node.callspec.params["older"] not in ("2", "3"):
        with LinkStore(older) as store, store.asking() as asked:
            assert asked.links_of("story", ["b"]) == [Link("a", "b", 0.5, ("r",))]
            assert asked.links_of("story", ["a", "c"]) == [Link("a", "b", 0.5, ("r",)), Link("c", "d", 0.25, ())]
    with View(older) as now, View(older, as_of=datetime(2040, 1, 1, tzinfo=UTC)) as then:
        assert now.totals() == then.totals()
        assert now.speakers(limit=None) == then.speakers(limit=None) != []
    assert found.digest == verify(whole).digest
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("INSERT INTO judgement SELECT 1,'x','passage','a','b','same','w','me','t'")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("DELETE FROM judgement")


def test_a_step_that_breaks_off_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(2))
    with LinkStore(path) as store:
        with suppress(RuntimeError), store.step() as step:
            step.note("version", "9")
            raise RuntimeError
        with store.step() as step:
            assert step.state("version") is None


def test_components_follow_links_and_judgements(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(1))
    with LinkStore(path) as store, store.step() as step:
        step.keep_links("story", [Link("a", "b", 0.9, ("r",)), Link("b", "c", 0.8, ()), Link("x", "y", 0.7, ())])
        assert step.component("story", ["a"]) == {"a", "b", "c"}
        assert step.component("story", ["a"], [("c", "x")]) == {"a", "b", "c", "x", "y"}
        assert step.component("passage", ["a"]) == {"a"}
        assert step.links("story", {"a", "b", "x"}) == [Link("a", "b", 0.9, ("r",))]
        assert [one.b for one in step.links_of("story", {"c", "y"})] == ["c", "y"]


def test_only_later_judgements_are_new(tmp_path: Path) -> None:
    from onrecord.ledger.writer import Writer

    path = tmp_path / "one.ledger"
    record(path, range(1))
    with Writer(path) as writer:
        writer.record_judgement(judged(0))
    with LinkStore(path) as store, store.step() as step:
        first = step.last_judgement()
        assert [one.id for one in step.judgements(Subject.PASSAGE)] == [judged(0).id]
        assert [one.id for one in step.judged_since(first - 1)] == [judged(0).id]
        assert step.judged_since(first) == []
        assert step.judgements(Subject.ACTOR) == []


def test_rows_come_back_as_they_were() -> None:
    moment = datetime(2031, 3, 1, tzinfo=UTC)
    actor = Actor(
        "person:x", "X", ActorKind.PERSON, ("Y",), (Office("mayor", "state:z", moment.date(), None),), "Q1", local=True
    )
    assert linked_rows.actor_of(linked_rows.actor_row(actor)) == actor
    edit = Edit(Change.CHANGED, Span(0, 2), Span(1, 3), (Material.FIGURE,))
    whole = Difference("full", "other", (edit, Edit(Change.DROPPED, Span(4, 6), None)))
    assert linked_rows.difference_of("other", linked_rows.difference_json(whole)) == whole
    assert linked_rows.difference_of("full", linked_rows.difference_json(None)) is None
    origin = Origin("r", OriginKind.WIRE, "Halyard", "outlet:h", Span(3, 9), None, ("a credit line",))
    assert linked_rows.origin_of(linked_rows.origin_row(origin, 0)) == origin
    tie = Independence("a", "b", (Tie.COPY, Tie.FAMILY), ("200 words are the same", "one publisher"))
    carried = linked_rows.Carried(moment, None, 2, (("a", "b"),), (tie,), 2)
    kept = linked_rows.story_row(linked_rows.StoryRow("s", "T", ("a", "b"), carried))
    assert linked_rows.ties_of(kept["ties"]) == (tie,)
    assert linked_rows.groups_of(kept["groups"]) == (("a", "b"),)
    mention = Mention("s", "r", "X", "the mayor", Basis.NAMED)
    spoken = linked_rows.spoken_row(Identification(mention, "person:x", (Candidate("person:x", 0.9, ("name",)),)))
    assert (spoken["statement"], spoken["actor"]) == ("s", "person:x")
