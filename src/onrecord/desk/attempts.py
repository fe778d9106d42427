"""How long somebody who guesses has to wait: longer with each time, by the name that is tried and by the address.

An attempt counts before its password is looked at, so that many at once count as many. A name is held up for minutes at
most, for somebody else may be the one who guesses at it; an address for an hour.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from onrecord.desk import schema
from onrecord.desk.store import Desk
from onrecord.desk.times import kept, time_of

FORGOTTEN_AFTER: Final = timedelta(days=1)


class Kind(StrEnum):
    """What is counted by."""

    NAME = "name"
    """The name that somebody logs in with, whether or not anybody has it."""
    ADDRESS = "address"
    """The address that somebody logs in from."""
    TOKEN = "token"
    """The address that tokens are sent from that nobody has."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts are free; each one more doubles the wait from two seconds on, up to the longest."""

    free: int
    longest: timedelta

    def wait(self, count: int) -> timedelta:
        """How long to wait after so many attempts in vain.

        >>> [Limit(2, timedelta(minutes=1)).wait(count).seconds for count in (1, 2, 3, 4, 40)]
        [0, 2, 4, 8, 60]
        """
        over = count - self.free
        return timedelta() if over < 0 else min(self.longest, timedelta(seconds=2 ** min(over + 1, 20)))


LIMITS: Final = {
    Kind.NAME: Limit(5, timedelta(minutes=5)),
    Kind.ADDRESS: Limit(20, timedelta(hours=1)),
    Kind.TOKEN: Limit(20, timedelta(hours=1)),
}

Mark = tuple[Kind, str]
"""What is counted by, and whose."""


def tried(desk: Desk, marks: Iterable[Mark]) -> int:
    """Counts an attempt, and says 0; or, where one has to wait, the seconds, and does not count it."""
    at = desk.clock()
    with desk.writing() as connection:
        connection.execute(delete(schema.attempt).where(schema.attempt.c.last < kept(at - FORGOTTEN_AFTER)))
        counts = {mark: _counted(connection, mark) for mark in marks}
        waits = [last + LIMITS[mark[0]].wait(count) - at for mark, (count, last) in counts.items() if last]
        longest = max(waits, default=timedelta())
        if longest > timedelta():
            return int(longest.total_seconds()) + 1
        for mark, (count, last) in counts.items():
            row = {"count": count + 1, "last": kept(at)}
            if last is None:
                connection.execute(schema.attempt.insert().values(kind=mark[0], hash=_hash(mark[1]), **row))
            else:
                connection.execute(schema.attempt.update().where(_is(mark)).values(**row))
    return 0


def succeeded(desk: Desk, name: Mark, place: Mark) -> None:
    """Takes back an attempt that was not in vain.

    What was tried at the name is forgotten. Of the address only this one attempt is: somebody who guesses at others'
    names does not get off by logging in with an own one in between.
    """
    with desk.writing() as connection:
        connection.execute(delete(schema.attempt).where(_is(name)))
        count, _ = _counted(connection, place)
        if count > 1:
            connection.execute(schema.attempt.update().where(_is(place)).values(count=count - 1))
        else:
            connection.execute(delete(schema.attempt).where(_is(place)))


def neighbourhood(address: str) -> str:
    """What is counted as one address: of IPv6 the network of 64 bits, of which one household has all.

    >>> neighbourhood("2001:db8::1:2:3:4"), neighbourhood("192.0.2.7"), neighbourhood("::ffff:192.0.2.7")
    ('2001:db8::/64', '192.0.2.7', '192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _counted(connection: Connection, mark: Mark) -> tuple[int, datetime | None]:
    query = select(schema.attempt.c.count, schema.attempt.c.last).where(_is(mark))
    found = connection.execute(query).first()
    return (0, None) if found is None else (found[0], time_of(found[1]))


def _is(mark: Mark) -> ColumnElement[bool]:
    return and_(schema.attempt.c.kind == mark[0].value, schema.attempt.c.hash == _hash(mark[1]))


def _hash(value: str) -> str:
    # Sooner or later somebody types a password where the name belongs.
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()
