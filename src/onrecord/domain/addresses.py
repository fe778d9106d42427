"""Addresses of the web in one form each, so that two ways of writing the address of one page are told to be one.

What is taken away never says which page is meant. Where that is not sure the address stays as it is: to hold two pages
for one would show the words of one as a change of the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit

LONGEST: Final = 2_000
"""Characters; a longer address names no page that anybody would look at again."""

_PORTS: Final = {"http": 80, "https": 443}
_TRACKING: Final = frozenset(
    """__twitter_impression _ga _gl _hsenc _hsmi at_bbc_team at_campaign at_campaign_type at_format at_link_id
    at_link_origin at_link_type at_medium at_ptr_name cmpid dclid epik fbclid gbraid gclid gclsrc guccounter
    guce_referrer guce_referrer_sig ico_campaign igsh igshid itid mc_cid mc_eid mibextid mkt_tok msclkid ncid
    ns_campaign ns_linkname ns_mchannel ns_source oly_anon_id oly_enc_id s_cid smid srsltid taid tpcc twclid
    vero_id wbraid yclid""".split()
)
"""Names of parameters that tell who led a reader to a page and never which page it is."""
_NAME: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_UNRESERVED: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_SAFE_IN_PATH: Final = "/:@!$&'()*+,;=-._~%"
_SAFE_IN_QUERY: Final = "/:@!$'()*+,;?-._~%"


def same_page(one: str | None, other: str | None) -> bool:
    """Whether two addresses are those of one page: what stands there at different times is texts of that page."""
    page = canonical(one)
    return page is not None and page == canonical(other)


@lru_cache(maxsize=8_192)
def canonical(address: str | None) -> str | None:
    """One form for all the ways to write the address of a page, or None for what is the address of no single page.

    Scheme, "www.", the port that is meant anyway, a slash at the end, what stands behind "#" and parameters that only
    tell where a reader came from are left out; parameters stand in the order of their names. A front page is no page of
    a report. Pages for telephones and AMP pages stay apart: they are cut in other ways, and what differs in them was
    not changed by anybody.

    >>> canonical("http://www.Courier.example:80/a/weir/?utm_source=x&id=7#top")
    'https://courier.example/a/weir?id=7'
    >>> canonical("https://courier.example/"), canonical("file:///tmp/a.html"), canonical(None)
    (None, None, None)
    """
    if not address or len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, _host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or host is None:
        return None
    if port is not None and port != _PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = _encoded(parts.path, _SAFE_IN_PATH).rstrip("/")
    kept = sorted(
        (one for one in parts.query.split("&") if one and not _is_tracking(one)),
        key=lambda one: one.partition("=")[0],
    )
    # A program in the page may show other articles behind "#!" or "#/"; anything else is a place in one article.
    fragment = f"#{_encoded(parts.fragment, _SAFE_IN_PATH)}" if parts.fragment.startswith(("!", "/")) else ""
    query = f"?{'&'.join(_encoded(one, _SAFE_IN_QUERY + '=') for one in kept)}" if kept else ""
    found = f"https://{host}{path}{query}{fragment}"
    return found if path + query + fragment and len(found) <= LONGEST else None


def _host(host: str) -> str | None:
    if ":" in host:
        return f"[{host.lower()}]"
    try:
        host = host.lower().encode("idna").decode("ascii").rstrip(".")
    except UnicodeError:
        return None  # a label is empty or longer than 63 letters: no such name can be
    if not _NAME.fullmatch(host):
        return None
    return host[4:] if host.startswith("www.") and host.count(".") > 1 else host


def _is_tracking(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    return name.startswith("utm_") or name in _TRACKING


def _encoded(part: str, safe: str) -> str:
    """The part with each character written in one way: as itself where that may be, else as "%" and capital digits."""

    def plain(found: re.Match[str]) -> str:
        character = chr(int(found[0][1:], 16))
        return character if character.isascii() and (character.isalnum() or character in "-._~") else found[0].upper()

    return quote(_UNRESERVED.sub(plain, part), safe=safe, errors="replace")
