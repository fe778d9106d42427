"""As many things at a time as may be asked for in one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

Item = TypeVar("Item")

IN_ONE_QUESTION: Final = 500
"""Ids looked up at once; every SQLite takes at least 999 values in a statement."""


def in_parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, as many at a time as may be asked for in one question."""
    for start in range(0, len(items), IN_ONE_QUESTION):
        yield items[start : start + IN_ONE_QUESTION]
