"""What is typed into a search box finds what it should, and nothing typed there can do harm."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, create_engine, literal, select, union_all

from onrecord.ledger import fulltext
from onrecord.ledger.index import rebuild_search
from onrecord.ledger.search import Term, Wanted, stands_in
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter, View
from tests.databases import NewPlace
from tests.ledger.material import record


@pytest.fixture(scope="module")
def view(place_of_module: NewPlace) -> Iterator[View]:
    path = place_of_module()
    record(path, range(5))
    with View(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "required", "excluded"),
    [
        ("heavy price", (Term("heavy"), Term("price")), ()),
        ('"heavy price" talks', (Term("heavy price"), Term("talks")), ()),
        ("“heavy price” talks", (Term("heavy price"), Term("talks")), ()),
        ('"heavy price', (Term("heavy price"),), ()),
        ("ferr* -bridge", (Term("ferr", True),), (Term("bridge"),)),
        ('-"heavy price"', (), (Term("heavy price"),)),
        ("well-known AND NOT (x:y)", (Term("well-known"), Term("AND"), Term("NOT"), Term("(x:y)")), ()),
        ("* -* ! calm", (Term("calm"),), ()),
        ("cost)* a\0b", (Term("cost)"), Term("a"), Term("b")), ()),
    ],
)
def test_taking_apart(typed: str, required: tuple[Term, ...], excluded: tuple[Term, ...]) -> None:
    assert Wanted.parse(typed) == Wanted(required, excluded)


@pytest.mark.parametrize(("typed", "nothing"), [("", None), (" \n", None), ("!?", True), ('""', True), ("-", True)])
def test_nothing_to_search_for(view: View, typed: str, nothing: bool | None) -> None:
    wanted = Wanted.parse(typed)
    assert (wanted and wanted.nothing) == nothing
    assert view.count(StatementFilter(text=typed)) == (0 if nothing else 20)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("lorries", 5),
        ("LORRY", 5),
        ("lorries pilot", 0),
        ("ferries cheaper", 10),
        ('"cheaper ferries"', 0),
        ('"are cheaper"', 10),
        ("silt*", 5),
        ("-lorries", 15),
        ("ferries -council", 0),  # the outer one's content and the nested one's source both name the council
        ("Martz", 4),
        ("reopens lorries", 3),  # numbers 0 and 4 have no title
        ("reopens:lorries", 0),
        ("unheard", 0),
    ],
)
def test_finding_statements(view: View, typed: str, count: int) -> None:
    assert view.count(StatementFilter(text=typed)) == count


@pytest.mark.parametrize(("typed", "count"), [("weather calm", 5), ('"bridge 2"', 1), ("silting -bridge", 0), ("x", 0)])
def test_finding_reports(view: View, typed: str, count: int) -> None:
    assert view.count_reports(text=typed) == count == len(view.reports(text=typed))


@pytest.mark.parametrize(
    ("speaker", "count"),
    [
        ("Ilse Märtz", 4),
        ("ilse martz", 4),
        ("MÄRTZ", 4),
        ("Mär", 0),
        ("Keat", 2),
        ("Keating", 0),
        ("Keats", 0),
        ("Ling Keat", 0),
        ("Lena", 2),
        ("Weiß", 2),
        ("harbour pilot", 5),
        ("the council", 5),
        ("“Ilse”", 0),
        ("", 0),
        ("...", 0),
        ("\ud800 Märtz", 0),
    ],
)
def test_finding_speakers(view: View, speaker: str, count: int) -> None:
    assert view.count(StatementFilter(speaker=speaker)) == count


@pytest.mark.parametrize(
    ("speaker", "source", "name", "expected"),
    [
        ("Keat Ling", "[]", "keat", 1),
        ("Keating", "[]", "keat", 0),
        (None, '[[0,3,"the"],[4,9,"pilot"]]', "the pilot", 1),
        ("Keat", '[[0,5,"pilot"]]', "pilot", 0),
        (None, "not json", "x", 0),
        (None, "[[1]]", "x", 0),
        ("A. (B)", "[]", "a. (b)", 1),
        ("x", "[]", "  ", 0),
    ],
)
def test_whole_words_of_a_name(speaker: str | None, source: str, name: str, expected: int) -> None:
    assert stands_in(speaker, source, name) == expected


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text() | st.text(alphabet="ab \"*-“”^():{}+'\\\0\ud800é́ßＡ١ANDORNEAR", max_size=40))
@example(typed='"' * 999)
@example(typed="a " * 5_000)
@example(typed='a"b*c -' * 100)
@example(typed="NEAR(a b, 5) content:a ^a a+b")
def test_no_input_raises(view: View, typed: str) -> None:
    assert 0 <= view.count(StatementFilter(text=typed)) <= 20
    assert 0 <= view.count(StatementFilter(speaker=typed, outlet=typed, report=typed)) <= 20
    assert len(view.reports(text=typed)) == view.count_reports(text=typed)
    assert len(view.speakers(text=typed)) == view.count_speakers(text=typed)
    assert len(view.inputs(reason=typed)) <= 8


def test_many_rows_come_as_one_in_their_order() -> None:
    rows = [(1, 'a "b" \\ é 😀'), (3, "nul\0in"), (2, "\u2028 \x01\x7f"), (4, "")]
    words = union_all(
        *(select(literal(one).label("seq"), literal(text).label("words")) for one, text in rows)
    ).subquery()
    query = select(words.c.seq, words.c.words).order_by(words.c.seq.desc())
    with create_engine("sqlite://").connect() as connection:

        def told(query: Select[Any]) -> object:
            return json.loads(connection.execute(fulltext.in_one(query)).scalar_one())

        assert told(query) == [list(row) for row in sorted(rows, reverse=True)]
        assert told(query.with_only_columns(words.c.seq)) == [4, 3, 2, 1]
        assert told(query.where(words.c.seq > 4)) == []


def test_rebuilding_finds_the_same_again(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    record(path, range(5))
    asked = [StatementFilter(text="ferries"), StatementFilter(text="bridge 2"), StatementFilter(speaker="martz")]
    with View(path) as view:
        before, digest = [[s.statement.id for s in view.statements(one)] for one in asked], view.digest()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE statement_search")
        connection.execute("INSERT INTO report_search (report_search) VALUES ('delete-all')")
        connection.commit()
    assert not verify(path).holds
    assert rebuild_search(path) == 25
    assert verify(path, expect_digest=digest).holds
    with View(path) as view:
        assert [[s.statement.id for s in view.statements(one)] for one in asked] == before
        assert view.count_reports(text="calm") == 5
