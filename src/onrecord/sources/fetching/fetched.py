"""What came back: every exchange as it went over the wire, and the last one's content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from onrecord.sources.fetching.pace import retry_after

MOST_RETRY_AFTER = 86_400.0
"""Seconds: a server that asks for more is asked again after a day."""
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Hop:
    """One exchange, byte for byte.

    The heads end with their blank line; interim answers (1xx) are left out. `raw_body` is still encoded, and where the
    head says "Transfer-Encoding: chunked" it is in chunks too, so `response_head + raw_body` is the message as it came.
    `at` is when its head came, in UTC, `ip` the address that was connected to.
    """

    address: str
    request_head: bytes = field(repr=False)
    response_head: bytes = field(repr=False)
    raw_body: bytes = field(repr=False)
    at: datetime
    ip: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status.

    `address` is what was asked for, `final` where the answer came from after redirects, `at` when its head came (UTC).
    `hops` are all exchanges in order, redirects included, the answer last; those for robots.txt are not among them.
    `body` is the content, decoded.
    """

    address: str
    final: str
    hops: tuple[Hop, ...]
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def not_modified(self) -> bool:
        """Whether the server says that nothing has changed since."""
        return self.status == 304

    @property
    def etag(self) -> str | None:
        """What to ask with next time, as it stands in the header."""
        return self.header("etag")

    @property
    def modified(self) -> str | None:
        """The header Last-Modified, as it stands there."""
        return self.header("last-modified")

    @property
    def media_type(self) -> str | None:
        """The media type in lower case without parameters; None where the server names none."""
        found = _MEDIA_TYPE.match((self.header("content-type") or "").strip().lower())
        return found[0] if found else None

    @property
    def charset(self) -> str | None:
        """The character set that the header declares."""
        found = _CHARSET.search((self.header("content-type") or "")[:1_000])
        return found[1] if found else None

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait, a day at most; None where it asks for nothing."""
        return retry_after(self.header("retry-after"), self.at, MOST_RETRY_AFTER)

    @property
    def downgraded(self) -> bool:
        """Whether a redirect led from https to http, so that somebody between may have changed the answer."""
        schemes = [hop.address.partition(":")[0] for hop in self.hops]
        return any(pair == ("https", "http") for pair in pairwise(schemes))
