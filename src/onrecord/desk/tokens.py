"""Tokens: what a program sends in place of a name and a password; printed once, and only their hashes are kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from onrecord.desk import schema
from onrecord.desk.audit import Hand, note
from onrecord.desk.people import Member, member_in, member_of
from onrecord.desk.sessions import hash_of
from onrecord.desk.store import Desk
from onrecord.desk.times import kept, time_of
from onrecord.domain.people import Person, Role, name_fault
from onrecord.errors import RefusedAtDesk

BEGINNING: Final = "onrecord_"
"""What every token begins with, so that those who look for secrets in published files find it."""
USUAL_DAYS: Final = 90
MOST_DAYS: Final = 3660
MOST_TOKENS: Final = 50
"""Tokens that one person can have."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token by its name; it may do what its role may, and never more than its person."""

    number: int
    member: Member
    name: str
    role: Role
    made: datetime
    ends: datetime

    @property
    def person(self) -> Person:
        """Who asks with it, in the lesser of both roles."""
        return Person(self.member.name, self.role if self.member.role.covers(self.role) else self.member.role)


def make_token(desk: Desk, someone: Member, name: str, role: Role, days: int, hand: Hand) -> str:
    """A new token for somebody, which nobody can look up again.

    Raises:
        RefusedAtDesk: when its name cannot be given or is taken, its role goes further than its person's, its days are
            too few or too many, or the person is shut out.
    """
    if fault := name_fault(name):
        raise RefusedAtDesk(f"a token cannot have this name: it {fault}")
    if not 1 <= days <= MOST_DAYS:
        raise RefusedAtDesk(f"a token holds for 1 to {MOST_DAYS} days")
    made = BEGINNING + secrets.token_urlsafe(32)
    at = desk.clock()
    row = {"hash": hash_of(made), "person": someone.number, "name": name, "role": role.value, "made": kept(at)}
    with desk.writing() as connection:
        # As they are now: who asked may have been shut out since, and be let in again one day.
        someone = member_in(connection, someone.number)
        if not someone.role.covers(role):
            raise RefusedAtDesk(f"{someone.name} has the role of {someone.role.value}; a token cannot go further")
        if someone.shut_out is not None:
            raise RefusedAtDesk(f"{someone.name} is shut out; let them in first")
        table = schema.token.c
        connection.execute(delete(schema.token).where(table.person == someone.number, table.ends < kept(at)))
        if len(connection.execute(select(table.number).where(table.person == someone.number)).all()) >= MOST_TOKENS:
            raise RefusedAtDesk(f"{someone.name} has {MOST_TOKENS} tokens; withdraw one first")
        try:
            connection.execute(schema.token.insert(), {**row, "ends": kept(at + timedelta(days=days))})
        except IntegrityError as error:
            raise RefusedAtDesk(f"{someone.name} has a token {name!r} already; choose another name") from error
        note(connection, at, hand, f"made the token {name} of {someone.name} as {role.value}")
    return made


def token(desk: Desk, given: str) -> Token | None:
    """The token that was sent; None when it is none, has ended, or its person is shut out."""
    table = schema.token.c
    query = (
        select(
            table.number.label("token"),
            table.name.label("called"),
            table.role.label("may"),
            table.made,
            table.ends,
            schema.person,
        )
        .join(schema.person, schema.person.c.number == table.person)
        .where(table.hash == hash_of(given), table.ends >= kept(desk.clock()), schema.person.c.shut_out.is_(None))
    )
    with desk.reading() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Token(
        row["token"], member_of(row), row["called"], Role(row["may"]), time_of(row["made"]), time_of(row["ends"])
    )


def tokens_of(desk: Desk, someone: Member) -> list[Token]:
    """The tokens of somebody that hold, the newest first."""
    table = schema.token.c
    query = select(schema.token).where(table.person == someone.number, table.ends >= kept(desk.clock()))
    with desk.reading() as connection:
        rows = connection.execute(query.order_by(table.number.desc())).mappings().all()
    return [
        Token(row["number"], someone, row["name"], Role(row["role"]), time_of(row["made"]), time_of(row["ends"]))
        for row in rows
    ]


def withdraw_token(desk: Desk, someone: Member, number: int, hand: Hand) -> None:
    """Takes a token of somebody back.

    Raises:
        RefusedAtDesk: when they have none of that number.
    """
    table = schema.token.c
    with desk.writing() as connection:
        mine = (table.person == someone.number) & (table.number == number)
        name = connection.execute(select(table.name).where(mine)).scalar()
        if name is None:
            raise RefusedAtDesk(f"{someone.name} has no such token; it may be withdrawn already")
        connection.execute(delete(schema.token).where(mine))
        note(connection, desk.clock(), hand, f"withdrew the token {name} of {someone.name}")
