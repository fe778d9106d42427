"""Sessions: who has logged in with a browser, from when until when.

The cookie is random and only its hash is kept. A session ends when nobody has asked anything with it for some hours,
in any case after some days, when its person logs out, gets another password or is shut out.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import RowMapping, delete, or_, select

from onrecord.desk import people, schema
from onrecord.desk.attempts import Kind, Mark, neighbourhood, succeeded, tried
from onrecord.desk.audit import Hand, note, noted
from onrecord.desk.people import Member, member_of
from onrecord.desk.store import Desk
from onrecord.desk.times import kept, time_of
from onrecord.domain.people import name_key

IDLE: Final = timedelta(hours=12)
WHOLE: Final = timedelta(days=7)
SEEN_EVERY: Final = timedelta(minutes=1)
"""How finely it is kept when a session was last used; to keep it costs a write."""


@dataclass(frozen=True, slots=True)
class Session:
    """One log-in; `id` is the hash of its cookie."""

    id: str
    member: Member
    begun: datetime
    seen: datetime
    ends: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of a try to log in: a cookie, or None with the seconds to wait until the next, 0 if none."""

    cookie: str | None
    wait: int = 0


def log_in(desk: Desk, name: str, password: str, address: str) -> Answer:
    """Begins a session, with a cookie never seen before, for who has this name and password.

    An unknown name, a name that is shut out and a wrong password get the same answer after the same work.
    """
    someone, wait = known(desk, name, password, address)
    if someone is None:
        return Answer(None, wait)
    cookie = secrets.token_urlsafe(32)
    at = desk.clock()
    with desk.writing() as connection:
        # In the transaction that begins the session: while the password was checked somebody may have been shut out, or
        # given another.
        table = schema.person.c
        still = select(table.number).where(
            table.number == someone.number, table.password == someone.password, table.shut_out.is_(None)
        )
        if connection.execute(still).first() is None:
            return Answer(None)
        gone = or_(schema.session.c.ends < kept(at), schema.session.c.seen < kept(at - IDLE))
        connection.execute(delete(schema.session).where(gone))
        row = {"hash": hash_of(cookie), "person": someone.number, "address": address, "ends": kept(at + WHOLE)}
        connection.execute(schema.session.insert(), {**row, "begun": kept(at), "seen": kept(at)})
        note(connection, at, Hand(someone.name, address), "logged in")
    return Answer(cookie)


def known(desk: Desk, name: str, password: str, address: str) -> tuple[Member | None, int]:
    """Who has this name and password, None for nobody; with how long to wait where too much was tried."""
    called: Mark = (Kind.NAME, name_key(name))
    place: Mark = (Kind.ADDRESS, neighbourhood(address))
    wait = tried(desk, [called, place])
    if wait:
        return None, wait
    someone = people.recognised(desk, name, password)
    if someone is None:
        noted(desk, Hand(name, address), "tried to log in", "refused")
        return None, 0
    succeeded(desk, called, place)
    return someone, 0


def session(desk: Desk, cookie: str) -> Session | None:
    """The session of a cookie, noted as used now; None when there is none, it has ended, or its person is shut out."""
    at = desk.clock()
    table = schema.session.c
    query = (
        select(schema.session, schema.person)
        .join(schema.person, schema.person.c.number == table.person)
        .where(table.hash == hash_of(cookie), table.ends >= kept(at), table.seen >= kept(at - IDLE))
        .where(schema.person.c.shut_out.is_(None))
    )
    with desk.reading() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
    found = _session(row, member_of(row))
    if at - found.seen >= SEEN_EVERY:
        with desk.writing() as connection:
            connection.execute(schema.session.update().where(table.hash == found.id).values(seen=kept(at)))
    return found


def sessions_of(desk: Desk, someone: Member) -> list[Session]:
    """The sessions of somebody that have not ended, the last used first."""
    at = desk.clock()
    table = schema.session.c
    query = select(schema.session).where(
        table.person == someone.number, table.ends >= kept(at), table.seen >= kept(at - IDLE)
    )
    with desk.reading() as connection:
        rows = connection.execute(query.order_by(table.seen.desc(), table.hash)).mappings().all()
    return [_session(row, someone) for row in rows]


def log_out(desk: Desk, ended: Session, hand: Hand) -> None:
    """Ends a session."""
    with desk.writing() as connection:
        connection.execute(delete(schema.session).where(schema.session.c.hash == ended.id))
        note(connection, desk.clock(), hand, "logged out")


def log_out_everywhere(desk: Desk, someone: Member, hand: Hand) -> None:
    """Ends every session of somebody."""
    with desk.writing() as connection:
        connection.execute(delete(schema.session).where(schema.session.c.person == someone.number))
        note(connection, desk.clock(), hand, "logged out everywhere")


def _session(row: RowMapping, someone: Member) -> Session:
    begun, seen, ends = (time_of(row[name]) for name in ("begun", "seen", "ends"))
    return Session(row["hash"], someone, begun, seen, ends, row["address"])


def hash_of(secret: str) -> str:
    """What is kept of a cookie or a token: both are random, so that one round of SHA-256 hides them."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
