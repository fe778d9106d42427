"""People who use the pages: a name that signs what they put on the record, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each may do what those before may."""

    READER = "reader"
    """Looks at the record."""
    EDITOR = "editor"
    """Puts judgements and briefs on it."""
    ADMIN = "admin"
    """Lets people in and shuts them out."""

    def covers(self, other: Role) -> bool:
        """Whether who has this role may do what that one may."""
        order = tuple(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the pages, by the name that signs their judgements."""

    name: str
    role: Role
