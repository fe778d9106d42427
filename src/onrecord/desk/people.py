"""The people of a desk: letting in, roles, passwords, shutting out.

Nobody is ever taken off: a name signs what stands on the record, so nobody else may get it. Who is shut out can be let
in again.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, select

from onrecord.desk import passwords, schema
from onrecord.desk.audit import Hand, note
from onrecord.desk.store import Desk
from onrecord.desk.times import kept, time_of
from onrecord.domain.people import Person, Role, name_fault, name_key
from onrecord.errors import RefusedAtDesk, SettingsError


def login_name() -> str:
    """The name of who is logged in to this computer, which signs where no other is told.

    Raises:
        SettingsError: when the computer has no name for them, as in a container.
    """
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError) as error:
        raise SettingsError("your login name cannot be told; say who you are: --by NAME, or USER=NAME") from error


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody at the desk; `shut_out` since when, None while they are in; `password` is the hash of it."""

    number: int
    name: str
    role: Role
    since: datetime
    shut_out: datetime | None
    password: str = field(repr=False)

    @property
    def person(self) -> Person:
        """Who this is on the pages."""
        return Person(self.name, self.role)


def members(desk: Desk) -> list[Member]:
    """Everybody, by name; who is shut out comes last."""
    table = schema.person.c
    with desk.reading() as connection:
        rows = connection.execute(select(schema.person).order_by(table.shut_out.is_not(None), table.key)).mappings()
        return [member_of(row) for row in rows]


def count_let_in(desk: Desk) -> int:
    """How many can log in."""
    with desk.reading() as connection:
        query = select(func.count()).select_from(schema.person).where(schema.person.c.shut_out.is_(None))
        return connection.execute(query).scalar_one()


def member(desk: Desk, which: str | int) -> Member:
    """Somebody by name or number.

    Raises:
        RefusedAtDesk: when there is nobody.
    """
    with desk.reading() as connection:
        return member_in(connection, which)


def let_in(desk: Desk, name: str, role: Role, password: str, hand: Hand) -> Member:
    """Lets somebody in under a name; somebody of that name who was shut out is let in again, in this role.

    Raises:
        RefusedAtDesk: when the name cannot be given or is taken, or the password is too easy to guess.
    """
    if fault := name_fault(name):
        raise RefusedAtDesk(f"nobody can be let in under this name: it {fault}")
    made = passwords.hashed(passwords.checked(password, name))
    at = desk.clock()
    with desk.writing() as connection:
        found = _found(connection, name)
        if found is None:
            row = {"name": name, "key": name_key(name), "role": role.value, "password": made, "since": kept(at)}
            connection.execute(schema.person.insert(), row)
        elif found["shut_out"] is None or found["name"] != name:
            raise RefusedAtDesk(f"the name {found['name']!r} is taken; choose another that cannot be mistaken for it")
        else:
            change = {"role": role.value, "password": made, "shut_out": None}
            connection.execute(schema.person.update().where(schema.person.c.number == found["number"]).values(**change))
        note(connection, at, hand, f"let in {name} as {role.value}")
        return member_in(connection, name)


def give_role(desk: Desk, which: str | int, role: Role, hand: Hand) -> Member:
    """Gives somebody another role, from the next page they ask for on.

    Raises:
        RefusedAtDesk: when there is nobody, or nobody else could let people in.
    """
    with desk.writing() as connection:
        found = _row(connection, which)
        if not role.covers(Role.ADMIN):
            _not_the_last(connection, found)
        change = schema.person.update().where(schema.person.c.number == found["number"])
        connection.execute(change.values(role=role.value))
        note(connection, desk.clock(), hand, f"gave {found['name']} the role of {role.value}")
        return member_in(connection, found["number"])


def shut_out(desk: Desk, which: str | int, hand: Hand) -> Member:
    """Shuts somebody out at once: sessions and tokens end.

    Raises:
        RefusedAtDesk: when there is nobody, or nobody else could let people in.
    """
    at = desk.clock()
    with desk.writing() as connection:
        found = _row(connection, which)
        _not_the_last(connection, found)
        number = found["number"]
        connection.execute(schema.person.update().where(schema.person.c.number == number).values(shut_out=kept(at)))
        connection.execute(delete(schema.session).where(schema.session.c.person == number))
        connection.execute(delete(schema.token).where(schema.token.c.person == number))
        note(connection, at, hand, f"shut out {found['name']}")
        return member_in(connection, number)


def give_password(desk: Desk, which: str | int, password: str, hand: Hand) -> Member:
    """Gives somebody another password; every session of theirs ends.

    Raises:
        RefusedAtDesk: when there is nobody, or the password is too easy to guess.
    """
    someone = member(desk, which)
    made = passwords.hashed(passwords.checked(password, someone.name))
    with desk.writing() as connection:
        change = schema.person.update().where(schema.person.c.number == someone.number)
        connection.execute(change.values(password=made))
        connection.execute(delete(schema.session).where(schema.session.c.person == someone.number))
        note(connection, desk.clock(), hand, f"changed the password of {someone.name}")
    return someone


def recognised(desk: Desk, name: str, password: str) -> Member | None:
    """Who has this name and this password; for an unknown name it takes as long to say that nobody has.

    Whoever asks has counted the attempt.
    """
    with desk.reading() as connection:
        found = _found(connection, name)
    if found is not None and found["shut_out"] is not None:
        found = None
    right = passwords.fits(None if found is None else found["password"], password)
    if found is None or not right:
        return None
    if not passwords.outdated(found["password"]):
        return member_of(found)
    # Before the transaction: nothing that others keep waits for a hash.
    made = passwords.hashed(passwords.normal(password))
    with desk.writing() as connection:
        same = (schema.person.c.number == found["number"]) & (schema.person.c.password == found["password"])
        if connection.execute(schema.person.update().where(same).values(password=made)).rowcount:
            return member_in(connection, found["number"])
    # It is another since: by somebody's wish, or made anew by a log-in at the same time.
    return recognised(desk, name, password)


def member_in(connection: Connection, which: str | int) -> Member:
    """Somebody by name or number, as they are in a transaction.

    Raises:
        RefusedAtDesk: when there is nobody.
    """
    return member_of(_row(connection, which))


def member_of(row: RowMapping) -> Member:
    """Somebody as a row of the table says."""
    shut = row["shut_out"]
    return Member(
        row["number"],
        row["name"],
        Role(row["role"]),
        time_of(row["since"]),
        None if shut is None else time_of(shut),
        row["password"],
    )


def _found(connection: Connection, which: str | int) -> RowMapping | None:
    if isinstance(which, int):
        wanted = schema.person.c.number == which
    else:
        # What cannot be written to the file is nobody's name.
        wanted = schema.person.c.key == name_key(which).encode("utf-8", "replace").decode("utf-8")
    return connection.execute(select(schema.person).where(wanted)).mappings().first()


def _row(connection: Connection, which: str | int) -> RowMapping:
    found = _found(connection, which)
    if found is None:
        raise RefusedAtDesk(f"nobody here is called {which!r}; `onrecord people list` tells who is let in")
    return found


def _not_the_last(connection: Connection, found: RowMapping) -> None:
    table = schema.person.c
    admins = (table.role == Role.ADMIN.value) & table.shut_out.is_(None)
    others = connection.execute(select(func.count()).where(admins, table.number != found["number"])).scalar_one()
    if found["role"] == Role.ADMIN and found["shut_out"] is None and not others:
        raise RefusedAtDesk(f"{found['name']} is the last who can let people in; make somebody else an admin first")
