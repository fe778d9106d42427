"""People who use the pages: a name that signs what they put on the record, and what they may do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_NAME: Final = 80


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


def name_fault(name: str) -> str | None:
    """Why nobody can be called so here, in words; None when somebody can.

    >>> name_fault("Ida Holm"), name_fault("Ida  Holm")
    (None, 'has white space at an end, or more than one space in a row')
    """
    if not name or len(name) > LONGEST_NAME:
        return f"has to have between 1 and {LONGEST_NAME} characters"
    if name != " ".join(name.split()):
        return "has white space at an end, or more than one space in a row"
    # What cannot be seen, or turns the writing around, could make one name look like another.
    if any(unicodedata.category(letter)[0] == "C" for letter in name):
        return "has characters that cannot be seen"
    if not any(letter.isalnum() for letter in name):
        return "has neither a letter nor a digit"
    return None


def name_key(name: str) -> str:
    """What two names share that nobody could tell apart by their letters: case and compatible forms do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
