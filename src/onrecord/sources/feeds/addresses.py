"""Addresses in feeds: resolved, http(s) only; and how two are compared."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

LONGEST_ADDRESS: Final = 2_000
"""Characters; a longer one is not an address, and a cut one would be another."""

_BLANKS = re.compile(r"[\t\r\n]+")
_UNSAFE: Final = frozenset(' <>"\\^`{|}')
_COUNTING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|at_(?:medium|campaign)|cmpid|ocid", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}


def resolved(value: object, base: str) -> str | None:
    """The http(s) address that a reference stands for beside `base`, or None where it stands for none.

    >>> resolved("../a b", "https://news.example/feeds/all.xml")
    'https://news.example/a%20b'
    >>> resolved("javascript:alert(1)", "https://news.example/") is None
    True
    """
    if not isinstance(value, str):
        return None
    reference = _BLANKS.sub("", value).strip()
    if not reference or len(reference) > LONGEST_ADDRESS:
        return None
    try:
        whole = urljoin(base, reference)
        parts = urlsplit(whole)
        _ = parts.port  # raises for what is no number
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or not all(map(_is_safe, parts.netloc)):
        return None
    whole = parts.scheme + whole[len(parts.scheme) :]
    whole = "".join(one if _is_safe(one) else quote(one, errors="replace") for one in whole)
    return whole if len(whole) <= LONGEST_ADDRESS else None


def _is_safe(character: str) -> bool:
    """Whether a character may stand in an address that is printed: blanks and what controls the direction may not."""
    return character.isprintable() and character not in _UNSAFE


def comparable(address: str) -> str:
    """An address for comparing only: without what does not change the page that it leads to.

    Without a fragment, a usual port, an empty path and marks that count visitors; scheme and host in small letters,
    http like https, without "www.".

    >>> comparable("HTTP://WWW.News.example:80/a?utm_source=rss&id=7#top")
    'https://news.example/a?id=7'
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        return address
    if ":" in host:
        host = f"[{host}]"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _COUNTING.fullmatch(k)]
    query = urlencode(kept) if len(kept) != parts.query.count("&") + bool(parts.query) else parts.query
    where = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit(("https", where, parts.path or "/", query, ""))
