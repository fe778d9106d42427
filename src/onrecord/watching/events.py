"""What happens while feeds are watched, as whoever watches is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """What happened."""

    LOOKED = "looked"
    """At a feed; `count` tells how many addresses in it are new."""
    READ = "read"
    """A report that was not on the record; `count` tells its statements."""
    CHANGED = "changed"
    """Another text of a page that was on the record; `count` tells its statements."""
    SAME = "same"
    """A page says what it said before, or what another address says."""
    GONE = "gone"
    SKIPPED = "skipped"
    """A page that makes no report, or is not fetched any more."""
    TROUBLE = "trouble"
    """Something that is tried again later."""
    LINKED = "linked"
    """What was read since is linked and weighed; `count` tells how many reports."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an address at a time (UTC), told in words in `detail`."""

    at: datetime
    what: What
    address: str = ""
    outlet: str | None = None
    detail: str = ""
    count: int = 0

    def row(self) -> dict[str, object]:
        """The event as an object for JSON."""
        return {
            "at": self.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "what": self.what.value,
            "address": self.address,
            "outlet": self.outlet,
            "detail": self.detail,
            "count": self.count,
        }
