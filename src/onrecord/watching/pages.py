"""A fetched page as an input: its report in its outlet's name, with what the feed said of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from onrecord.domain.reports import Capture, Input
from onrecord.errors import InputError
from onrecord.settings import Settings
from onrecord.sources.extraction import report_of
from onrecord.sources.fetching import Fetched
from onrecord.sources.formats import MEDIA_TYPES, format_of
from onrecord.sources.metadata import Defaults, storable
from onrecord.sources.outlet_rows import host_of
from onrecord.sources.outlets import Outlets
from onrecord.sources.streams import HEAD
from onrecord.watching.rows import PageRow

KEPT_HEADERS: Final = ("content-type", "content-language", "date", "etag", "last-modified", "server")
"""The header fields that stay with a capture; the archive of captures has them all."""
_TEXTS: Final = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))


def input_of(fetched: Fetched, page: PageRow, outlets: Outlets, settings: Settings) -> Input:
    """The input that an answer makes; what makes no report is skipped with the reason."""
    name = storable(page.address)
    try:
        capture = Capture(fetched.body, fetched.final, _media_type(fetched), fetched.at, _kept(fetched))
    except InputError as error:
        return Input(name, page.address, reason=error.reason, detail=storable(error.detail))
    outlet = outlet_name(fetched.final, page, outlets)
    defaults = Defaults(outlet, page.told.published, page.told.language)
    try:
        report, detail = report_of(capture, settings, defaults, url=fetched.final)
    except InputError as error:
        return Input(name, page.address, capture=capture, reason=error.reason, detail=storable(error.detail))
    # What the extractor kept stays: of a PDF, where its pages begin.
    extra = json.dumps({**json.loads(report.extra or "{}"), "feed": page.told.row()}, ensure_ascii=False)
    # The sources file says what an outlet is called; a page calls itself by its section or its slogan.
    named = replace(report, outlet=outlet or report.outlet, extra=extra)
    return Input(name, page.address, capture=capture, report=named, detail=detail)


def outlet_name(address: str, page: PageRow, outlets: Outlets) -> str | None:
    """Whose page an address is: its domain's outlet, else that of a feed on the same host.

    A feed that leads elsewhere says itself where its items come from, or nothing is known of it.
    """
    there = outlets.of(address)
    if there is not None:
        return there.name
    if host_of(address) == host_of(page.told.feed):
        return page.outlet
    return page.told.source


def _media_type(fetched: Fetched) -> str:
    kind = fetched.media_type
    if kind not in _TEXTS:
        return MEDIA_TYPES[format_of("page", fetched.body[:HEAD])]
    return kind if fetched.charset is None else f"{kind}; charset={fetched.charset}"


def _kept(fetched: Fetched) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in fetched.headers:
        if name.lower() in KEPT_HEADERS:
            found.setdefault(name.lower(), storable(value)[:1_000])
    return found
