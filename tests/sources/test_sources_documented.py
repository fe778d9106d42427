"""What is documented of the sources file holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.errors import ExtraMissing
from onrecord.sources.feeds import feed_in, listening
from onrecord.sources.feeds.items import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_ELEMENTS,
    MOST_IN_SITEMAP,
    MOST_ITEMS,
    MOST_OF_ITEM,
)
from onrecord.sources.outlet_rows import KEYS, MOST_ENTRIES
from onrecord.sources.outlets import LONGEST_FILE, MOST_OUTLETS, outlets

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference" / "sources.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "choose-sources.md").read_text(encoding="utf-8")


def test_every_key_is_documented_and_no_other() -> None:
    table = REFERENCE.partition("## Lists")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == KEYS


def test_the_limits_are_those_that_hold() -> None:
    words = " ".join(REFERENCE.split())
    for told in (
        f"{MOST_BYTES // 1_000_000} MB unpacked, {MOST_ITEMS:,} items ({MOST_IN_SITEMAP:,} addresses of a sitemap)",
        f"{MOST_ELEMENTS:,} elements, {MOST_OF_ITEM:,} of one item, {MOST_DEPTH} inside each other",
        f"at most {LONGEST_FILE // 1_000_000} MB and {MOST_OUTLETS:,} outlets",
        f"Lists hold {MOST_ENTRIES} entries",
    ):
        assert told in words


def test_the_example_of_the_how_to_is_read() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL)
    (one,) = outlets(example, "choose-sources.md")
    assert (one.name, one.per_day) == ("The Eskmouth Courier", 40)


def test_without_the_library_for_feeds_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "feedparser.api", None)
    listening._handler_class.cache_clear()
    with pytest.raises(ExtraMissing, match=r"onrecord\[watch\]"):
        feed_in(b"<rss/>", "https://a.example/", None)
    assert feed_in(b"<urlset/>", "https://a.example/", None).items == ()
    listening._handler_class.cache_clear()
