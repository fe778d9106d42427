"""The lines of a sources file that has the newsroom's outlets, for `onrecord watch --sources`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from examples.newsroom.outlets import OUTLETS, Telling
from examples.newsroom.trouble import TROUBLE


def source_lines(root: str, *, trouble: bool = False) -> Iterator[str]:
    """A table for each outlet; with `trouble` one more whose feeds are the addresses that misbehave."""
    yield "# The outlets of examples/newsroom; they are invented, and so is everything that they report."
    yield "# Their countries are invented too, so none is told: ISO 3166 has no letters for them."
    for outlet in OUTLETS:
        yield ""
        yield "[[outlet]]"
        yield f"name = {_quoted(outlet.name)}"
        yield f"family = {_quoted(outlet.family)}"
        yield f"language = {_quoted(outlet.language)}"
        yield f"domains = [{_quoted(outlet.domain)}]"
        key = "sitemaps" if outlet.telling is Telling.SITEMAP else "feeds"
        yield f"{key} = [{_quoted(root + outlet.listed)}]"
    if trouble:
        yield ""
        yield "[[outlet]]"
        yield 'name = "Trouble"'
        yield "feeds = ["
        yield from (f"    {_quoted(root + path)}," for path in TROUBLE)
        yield "]"


def _quoted(text: str) -> str:
    """A string of TOML; JSON's are such."""
    return json.dumps(text, ensure_ascii=False)
