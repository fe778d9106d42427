"""Fetching: the one place that touches the network, and the rules it keeps.

    with Fetcher() as fetcher:
        fetched = fetcher.get("https://caldertribune.example/feed.xml", etag=kept_etag)

Only http and https are spoken, to port 80, 443 or one above 1023 that no other protocol is known by. A name is looked
up once and exactly the address that was checked is connected to, so no name leads to a private one. Redirects are
followed by these same rules, robots.txt is kept to, and every limit of `Limits` holds. Nothing in an answer can change
what the program does: no cookies are kept, no proxy is taken from the environment, no script runs.

What cannot be had is a `FetchRefused` with one of these reasons:

    bad address              not http      credentials in address   port not allowed
    private address          no such host  no answer                bad certificate
    robots.txt               robots.txt unreachable                 too many redirects
    too large                too slow      zip bomb                 broken answer

An answer with any status, 404 or 500 too, is a `Fetched`. `onrecord[watch]` brings the libraries.
"""

from __future__ import annotations

from onrecord.errors import ExtraMissing

try:
    import brotli  # noqa: F401
    import httpcore  # noqa: F401
    import httpx  # noqa: F401
    import protego  # noqa: F401
except ImportError as error:
    raise ExtraMissing("fetching", error.name or "httpx", "watch") from error

from onrecord.sources.fetching.fetched import Fetched, Hop
from onrecord.sources.fetching.fetcher import AGENT, Fetcher
from onrecord.sources.fetching.limits import Limits
from onrecord.sources.fetching.pace import Clock, backoff

__all__ = ["AGENT", "Clock", "Fetched", "Fetcher", "Hop", "Limits", "backoff"]
