"""Surnames on the record: which words are some, and that what comes, or is made again, is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, event

from onrecord.ledger.linked_schema import actor
from onrecord.ledger.surnames import Surnames

WORDS = ("holm", "dur", "haddad", "ministry", "ida", "a%", "o'brien", "", "erdogan")


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    actor.create(engine)
    with engine.connect() as opened:
        yield opened


def put(connection: Connection, *named: tuple[str, str], kind: str = "person") -> None:
    rows = [
        {"id": id_, "name": name, "kind": kind, "local": 1, "aliases": "[]", "offices": "[]"} for id_, name in named
    ]
    connection.execute(actor.insert(), rows)


@pytest.mark.parametrize(
    ("name", "kind", "surname"),
    [
        ("Ida Holm", "person", "holm"),
        ("IDA HOLM", "person", "holm"),
        ("Mary O'Brien", "person", "o'brien"),
        ("Omar al-Dur Haddad", "person", "haddad"),
        ("Holm", "person", None),
        ("Ida Holm-Dur", "person", None),
        ("Ida Holm ", "person", ""),
        ("Ministry of Holm", "organisation", None),
        ("Ida A%", "person", "a%"),
        ('Ida "Holm\0\\', "person", None),
    ],
)
def test_the_last_of_more_words_of_a_persons_name(
    connection: Connection, name: str, kind: str, surname: str | None
) -> None:
    put(connection, ("a", name), kind=kind)
    assert Surnames().among(connection, WORDS) == ({surname} if surname is not None else set())


def test_who_comes_is_known_and_nobody_is_read_twice(connection: Connection) -> None:
    asked: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
    surnames = Surnames()
    assert surnames.among(connection, WORDS) == set()
    put(connection, ("b", "Ida Holm"))
    assert surnames.among(connection, WORDS) == {"holm"}
    asked.clear()
    assert surnames.among(connection, WORDS) == {"holm"}
    assert len(asked) == 1
    put(connection, ("a", "Omar Dur"))
    assert surnames.among(connection, ("dur",)) == {"dur"}
    assert surnames.among(connection, WORDS) == {"holm", "dur"}


@pytest.mark.parametrize("again", [[], [("b", "Omar Dur")], [("c", "Omar Dur"), ("d", "Rami Haddad")]])
def test_actors_that_are_made_again_are_read_again(connection: Connection, again: list[tuple[str, str]]) -> None:
    surnames = Surnames()
    put(connection, ("a", "Ida Holm"))
    assert surnames.among(connection, WORDS) == {"holm"}
    connection.execute(actor.delete())
    if again:
        put(connection, *again)
    wanted = {name.split()[-1].lower() for _, name in again}
    assert surnames.among(connection, WORDS) == wanted
