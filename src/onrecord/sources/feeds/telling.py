"""Bytes → `Feed`: which format it is, told by what it holds and not by what it is called."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Final

from onrecord.errors import InputError
from onrecord.sources.feeds.characters import characters, cleaned
from onrecord.sources.feeds.items import MOST_BYTES, Drafted, Faults, Feed
from onrecord.sources.feeds.json_feed import json_feed
from onrecord.sources.feeds.sitemaps import ROOTS, sitemap
from onrecord.sources.feeds.syndication import root_of, syndicated
from onrecord.sources.streams import Stream

PAGE: Final = "it is a page"
"""The detail of a refusal where a page came in place of a feed."""
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_BINARY: Final = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BZh", b"\x1f\x8b")


def feed_in(content: bytes, address: str, media_type: str | None, *, now: datetime | None = None) -> Feed:
    """The feed, sitemap or index of sitemaps that some bytes make, gzipped or not.

    `address` is where it came from, for references that are relative; of `media_type` only the charset counts, since
    servers call feeds many things. `now` is what times far ahead are measured by.

    Raises:
        InputError: when it is no feed at all, with one of the reasons that the package lists.
        ExtraMissing: for RSS, RDF and Atom without feedparser.
    """
    drafted = drafts_in(content, address, media_type, now=now)
    return drafted.finished()


def drafts_in(content: bytes, address: str, media_type: str | None, *, now: datetime | None = None) -> Drafted:
    """The same before items without an address are left out.

    Raises:
        InputError, ExtraMissing: as `feed_in` does.
    """
    now = now or datetime.now(UTC)
    content = Stream(io.BytesIO(content)).whole(MOST_BYTES)
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise InputError("empty")
    if content.startswith(_BINARY):
        raise InputError("binary", "this is no text")
    told = _CHARSET.search(media_type or "")
    faults = Faults()
    text = characters(content, told[1] if told else None, faults)
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        found = json_feed(text.lstrip("\ufeff"), address, now)
    else:
        text = cleaned(text, faults)
        root = root_of(text)
        if root == "html":
            raise InputError("not a feed", PAGE)
        found = sitemap(text, root, address, now) if root in ROOTS else syndicated(text, address, now)
    return _with(found, faults)


def _with(found: Drafted, faults: Faults) -> Drafted:
    """What was wrong with the characters stands before what was wrong with the items."""
    found.faults = faults.before(found.faults)
    return found
