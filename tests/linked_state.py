"""All that linking made of a ledger, for tests that hold two ledgers to each other."""

from __future__ import annotations

from sqlalchemy import select

from onrecord.ledger import databases, linked_schema, voices
from onrecord.ledger.linked_view import LinkedView
from onrecord.places import Place
from onrecord.settings import Settings

State = tuple[set[tuple[object, ...]], ...]


def counts(path: Place) -> set[tuple[object, ...]]:
    """How much each actor says, where, and under which names, which must be what counting it all again gives."""
    engine = databases.opened(path, Settings(), "write")
    try:
        with engine.connect() as connection:

            def kept() -> set[tuple[object, ...]]:
                tables = linked_schema.voice, linked_schema.heard, linked_schema.called
                return {(table.name, *row) for table in tables for row in connection.execute(select(table))}

            found = kept()
            voices.count_all(connection)
            assert kept() == found
            connection.rollback()
    finally:
        engine.dispose()
    return found


def state(path: Place) -> State:
    """All that linking derived, without any order."""
    with LinkedView(path) as view:
        utterances = {
            (
                one.head.id,
                one.head.actor and one.head.actor.id,
                frozenset((r.passage, r.difference) for r in one.renderings),
                frozenset(map(frozenset, one.groups)),
                frozenset(one.ties),
                frozenset(one.links),
            )
            for one in view.whole_utterances(view.utterances())
        }
        stories = {
            (one.head.id, one.head.title, one.groups, frozenset(one.links))
            for one in view.whole_stories(view.stories())
        }
        origins = {(r, o) for one in view.whole_stories(view.stories()) for o in one.origins for r in [o.report]}
    return utterances, stories, origins, counts(path)


def rows(path: Place) -> dict[str, set[tuple[object, ...]]]:
    """Every row that linking keeps, bit for bit; how many steps it took is left out."""
    engine = databases.opened(path, Settings(), "read")
    try:
        with engine.connect() as connection:
            return {
                table.name: {tuple(row) for row in connection.execute(select(table)) if row[0] != "steps"}
                for table in linked_schema.DERIVED
            }
    finally:
        engine.dispose()
