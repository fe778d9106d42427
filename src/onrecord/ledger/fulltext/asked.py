"""What is asked of an index of words, whatever database holds it, and what the index has of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from onrecord.ledger.search import Term

SearchTable = Literal["statement_search", "report_search"]

COLUMNS: Final[dict[SearchTable, tuple[str, ...]]] = {
    "statement_search": ("content", "speaker", "title"),
    "report_search": ("title", "text"),
}
# Porter's stems let "withdraw" find "withdrawing" and "withdrawal"; accents are dropped, so "Erdogan" finds "Erdoğan".
TOKENS: Final = "porter unicode61 remove_diacritics 2"
"""How a text is cut into words and these into stems, in the terms of FTS5."""


@dataclass(frozen=True, slots=True)
class Has:
    """A row has this term, in the column `within` where that is told."""

    term: Term
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """A row has all of these, of which there is one at least."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A row has one of these at least."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """A row has the one and not the other."""

    what: Asked
    but: Asked


Asked = Has | Every | Either | Without


def every(terms: Sequence[Term], within: str | None = None) -> Every:
    """A row has all of some terms."""
    return Every(tuple(Has(one, within) for one in terms))


def either(terms: Sequence[Term], within: str | None = None) -> Either:
    """A row has one of some terms."""
    return Either(tuple(Has(one, within) for one in terms))
