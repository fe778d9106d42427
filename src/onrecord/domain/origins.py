"""Origins: where the content of a report comes from, and whether two reports are shown to be independent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.spans import Span


class OriginKind(StrEnum):
    """Where the content of a report comes from."""

    OWN = "own"
    WIRE = "wire"
    OUTLET = "outlet"
    EVENT = "event"
    """A press conference, speech or statement that others could attend or receive as well."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin of a report's content.

    `name` is the wire, outlet or event as the text calls it, `actor` the id of the outlet where the table has it,
    `evidence` the characters of the report that say so (None for what a comparison of texts found), `copied` the id of
    the report it was copied from where that is on the record, `reasons` why in words.
    """

    report: str
    kind: OriginKind
    name: str | None = None
    actor: str | None = None
    evidence: Span | None = None
    copied: str | None = None
    reasons: tuple[str, ...] = ()


class Tie(StrEnum):
    """Why two reports are not shown to be independent."""

    VERSION = "texts of one page"

    COPY = "copy"
    CITES = "cites"
    CREDIT = "shared credit"
    BYLINE = "shared byline"
    FAMILY = "publisher family"
    INFORMANT = "shared informant"
    UNKNOWN = "outlet unknown"


@dataclass(frozen=True, slots=True)
class Independence:
    """Whether two reports are shown to be independent of each other, and what ties them where they are not.

    `a` is the lesser of the two ids. `reasons` tell each tie in words, or what was looked at where none was found.
    """

    a: str
    b: str
    ties: tuple[Tie, ...]
    reasons: tuple[str, ...]

    @property
    def independent(self) -> bool:
        return not self.ties
