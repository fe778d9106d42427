"""The surnames on the record, kept in memory: to look for one in the ledger would read the name of every actor.

Actors only come, or are made again from the beginning, so that only what came since the last time has to be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.domain.actors import ActorKind
from onrecord.ledger import fulltext
from onrecord.ledger.linked_schema import actor


@dataclass(frozen=True, slots=True)
class _Read:
    """Surnames, and the actor up to which they were read."""

    number: int = 0
    id: str = ""
    names: frozenset[str] = frozenset()


class Surnames:
    """The last words of the names of persons on the record, in lower case; none where no actor was linked."""

    def __init__(self) -> None:
        self._read = _Read()

    def among(self, connection: Connection, words: Iterable[str]) -> frozenset[str]:
        """Which of some words in lower case are surnames, as far as the connection sees the record."""
        # Another thread may be here as well: each works with what it found, and the last one is kept.
        read = self._read
        place = fulltext.place_of(actor)
        newest = connection.execute(select(place, actor.c.id).order_by(place.desc()).limit(1)).first()
        number, id_ = (0, "") if newest is None else newest
        if (number, id_) != (read.number, read.id):
            there = connection.execute(select(actor.c.id).where(place == read.number)).scalar()
            if there != read.id or number < read.number:
                read = _Read()
            came = select(func.lower(actor.c.name)).where(
                actor.c.kind == ActorKind.PERSON.value, actor.c.name.contains(" "), place > read.number
            )
            names = json.loads(connection.execute(fulltext.in_one(came)).scalar_one())
            read = _Read(number, id_, read.names.union(name.rpartition(" ")[2] for name in names))
            self._read = read
        return read.names.intersection(words)
