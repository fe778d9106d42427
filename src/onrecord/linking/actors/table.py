"""The table of actors that the package ships, and looking actors up in it by name, by surname, by office and day.

`load()` reads it once; `training/actors_table.py` makes it. A row becomes an `Actor` only when it is asked for.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from onrecord.domain.actors import Actor, ActorKind, Office
from onrecord.linking.actors.offices import office_key
from onrecord.linking.actors.spelling import folded, sounded

_KINDS: Final = {
    "person": ActorKind.PERSON,
    "state": ActorKind.STATE,
    "organisation": ActorKind.ORGANISATION,
    "group": ActorKind.GROUP,
    "outlet": ActorKind.ORGANISATION,
}
_HIGHEST: Final = frozenset(
    {"president", "prime minister", "chancellor", "premier", "king", "queen", "pope", "taoiseach"}
)


@dataclass(frozen=True, slots=True)
class Holding:
    """That an actor holds an office from `start` until the day before `end`; None where no day is known."""

    actor: str
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        """Whether the office is held on that day."""
        return _within(day, self.start, self.end)


@dataclass(slots=True)
class Table:
    """Actors by what they are called. Every answer is ordered, so that the same question has the same answer."""

    _rows: list[str]
    _keys: dict[str, str]
    _offices: list[str]
    _actors: dict[int, Actor] = field(default_factory=dict)
    _starred: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)
    _forms: dict[str, list[str]] = field(default_factory=dict)
    _holders: dict[tuple[str, str], list[Holding]] = field(default_factory=dict)

    def actor(self, identifier: str) -> Actor | None:
        """The actor of the table with this id."""
        if not self._numbers:
            self._numbers = {row[2 : row.index('"', 2)]: number for number, row in enumerate(self._rows)}
        number = self._numbers.get(identifier)
        return None if number is None else self._row(number)

    def named(self, name: str) -> tuple[Actor, ...]:
        """Actors with this name or other name in full, whatever its case, accents and hyphens."""
        return self._at("n" + folded(name))

    def sounding(self, name: str) -> tuple[Actor, ...]:
        """Persons whose full name, by another transliteration, is this one."""
        return self._at("s" + sounded(folded(name)))

    def of_surname(self, surname: str) -> tuple[Actor, ...]:
        """Persons with this surname, or known by this one word."""
        return self._at("l" + folded(surname))

    def surname_sounding(self, surname: str) -> tuple[Actor, ...]:
        """Persons known by the surname alone whose surname, by another transliteration, is this one."""
        return self._at("t" + sounded(folded(surname)))

    def adjectives(self, state: str) -> tuple[str, ...]:
        """The words that stand for a state before a noun, folded."""
        if not self._forms:
            for key, numbers in self._keys.items():
                if key[0] == "f":
                    for number in numbers.split(","):
                        self._forms.setdefault(self._id(int(number)), []).append(key[1:])
        return tuple(self._forms.get(state, ()))

    def states_formed(self, form: str) -> tuple[Actor, ...]:
        """States that this word stands for before a noun: "Russian" in "Russian forces"."""
        return self._at("f" + folded(form))

    def known_by_surname(self, actor: Actor) -> bool:
        """Whether news calls this person by the surname alone."""
        return actor.id in self._starred

    def holders(self, office: str, of: str) -> tuple[Holding, ...]:
        """Who holds or held an office of a state or organisation, as `office_key` words it."""
        if not self._holders:
            for line in self._offices:
                title, whose, number, start, end = line.split("\t")
                key = office_key(title), whose
                holding = Holding(self._id(int(number)), _day(start), _day(end))
                self._holders.setdefault(key, []).append(holding)
        return tuple(self._holders.get((office, of), ()))

    def search(self, text: str, most: int = 20) -> list[Actor]:
        """Actors whose names hold all the words of `text`, those that begin with it first."""
        wanted = folded(text)
        if not wanted:
            return []
        words = wanted.split(" ")
        found: dict[int, tuple[int, int]] = {}
        for key, numbers in self._keys.items():
            if key[0] in "nl" and all(word in key for word in words):
                rank = (0 if key[1:] == wanted else 1 if key[1:].startswith(wanted) else 2, len(key))
                for number in map(int, numbers.split(",")):
                    found[number] = min(rank, found.get(number, rank))
        best = sorted(found, key=lambda number: (found[number], number))
        return [self._row(number) for number in best[:most]]

    def actors(self) -> Iterator[Actor]:
        """All actors, by id."""
        return (self._row(number) for number in range(len(self._rows)))

    def _at(self, key: str) -> tuple[Actor, ...]:
        numbers = self._keys.get(key)
        return tuple(self._row(int(number)) for number in numbers.split(",")) if numbers else ()

    def _id(self, number: int) -> str:
        row = self._rows[number]
        return row[2 : row.index('"', 2)]

    def _row(self, number: int) -> Actor:
        known = self._actors.get(number)
        if known is None:
            identifier, name, names, offices, wikidata, starred = json.loads(self._rows[number])
            held = tuple(Office(title, of or None, _day(start), _day(end)) for title, of, start, end in offices)
            kind = _KINDS[identifier.partition(":")[0]]
            known = self._actors[number] = Actor(identifier, name, kind, tuple(names), held, wikidata)
            if starred:
                self._starred.add(identifier)
        return known


def in_office(actor: Actor, day: date | None) -> tuple[Office, ...]:
    """The offices that an actor holds on that day; none without a day."""
    if day is None:
        return ()
    return tuple(one for one in actor.offices if _within(day, one.start, one.end))


def leads(actor: Actor, day: date | None) -> bool:
    """Whether an actor is head of a state or government on that day."""
    return any(one.title in _HIGHEST and (one.of or "").startswith("state:") for one in in_office(actor, day))


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


@cache
def load() -> Table:
    """The table that the package ships."""
    rows, keys, offices = (_lines(name) for name in ("actors.jsonl.gz", "keys.txt.gz", "offices.txt.gz"))
    return Table(rows, dict(line.split("\t", 1) for line in keys), offices)


def _lines(name: str) -> list[str]:
    content = files("onrecord.linking.actors").joinpath("table", name).read_bytes()
    return gzip.decompress(content).decode("utf-8").split("\n")


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
