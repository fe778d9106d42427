"""A desk with invented people, a clock that is moved by hand, and hashes that take no time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from onrecord.desk import Desk, Hand, passwords
from onrecord.desk.people import let_in
from onrecord.domain.people import Role

HAND = Hand("the tests", "192.0.2.1")
PEOPLE = {"Ada Brink": Role.ADMIN, "Edo Quell": Role.EDITOR, "Rhea Moss": Role.READER}
PASSWORDS = {name: f"kettle harbour {number} gravel" for number, name in enumerate(PEOPLE)}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2031, 3, 7, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


def quick_hashes(patch: pytest.MonkeyPatch) -> None:
    """Hashes with as little effort as there can be, until the patch is undone."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(passwords, "hasher", lambda: quick)
    passwords._of_nobody.cache_clear()


def staffed(ledger: Path, clock: Clock) -> Desk:
    """The desk of a ledger with somebody in each role."""
    desk = Desk(ledger, create=True, clock=clock)
    for name, role in PEOPLE.items():
        let_in(desk, name, role, PASSWORDS[name], HAND)
    return desk
