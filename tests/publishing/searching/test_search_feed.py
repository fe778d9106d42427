"""The feed of a search: well-formed Atom whose ids stay, whatever stands in reports and queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from onrecord import Ledger
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.searching.feed import ENTRIES, atom
from onrecord.publishing.searching.form import read_search
from onrecord.reading.rules import RuleReader
from tests.publishing.weighed.example import weighed_ledger

SITE = "http://127.0.0.1:8377"
NAMES = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def view() -> Iterator[WeighedView]:
    with WeighedView(weighed_ledger()) as opened:
        yield opened


def feed(view: WeighedView, **values: str) -> ET.Element:
    form = read_search(values, view.story_id)
    assert form.problems == {}
    return ET.fromstring(atom(view.search(form.sought), form, SITE))


def ids(parsed: ET.Element) -> list[str]:
    return [one.text or "" for one in parsed.findall("a:entry/a:id", NAMES)]


@pytest.mark.parametrize("place", ["statements", "utterances", "reports", "actors"])
@pytest.mark.parametrize("words", ["withdrawal", "troops pulled back", "", "unheard-of-word"])
def test_a_feed_has_what_atom_asks_for(view: WeighedView, place: str, words: str) -> None:
    parsed = feed(view, **{"q": words, "in": place})
    assert parsed.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated"):
        assert len(parsed.findall(f"a:{name}", NAMES)) == 1
    (own,) = (one for one in parsed.findall("a:link", NAMES) if one.get("rel") == "self")
    assert str(own.get("href")).startswith(f"{SITE}/search.atom?")
    entries = parsed.findall("a:entry", NAMES)
    assert len(entries) <= ENTRIES
    assert bool(entries) == (words != "unheard-of-word")
    moments = [datetime.fromisoformat(str(one.findtext("a:updated", None, NAMES))) for one in entries]
    assert moments == sorted(moments, reverse=True)
    assert all(moment.tzinfo is not None for moment in moments)
    if moments:
        assert parsed.findtext("a:updated", None, NAMES) == entries[0].findtext("a:updated", None, NAMES)
    for one in entries:
        assert str(one.findtext("a:id", None, NAMES)).startswith("urn:uuid:")
        assert UUID(str(one.findtext("a:id", None, NAMES)).removeprefix("urn:uuid:")).version == 5
        assert one.findtext("a:title", None, NAMES)
        assert one.findtext("a:author/a:name", None, NAMES)
        (link,) = one.findall("a:link", NAMES)
        assert str(link.get("href")).startswith(f"{SITE}/")
    assert len(ids(parsed)) == len(set(ids(parsed)))


def test_ids_stay_and_tell_searches_apart(view: WeighedView) -> None:
    one, again, other = (feed(view, q=words) for words in ("withdrawal", "  withdrawal ", "retreat"))
    assert one.findtext("a:id", None, NAMES) == again.findtext("a:id", None, NAMES)
    assert one.findtext("a:id", None, NAMES) != other.findtext("a:id", None, NAMES)
    assert ids(one) == ids(again)
    shared = set(ids(one)) & set(ids(other))
    assert shared
    # In another shape or order it is the same feed.
    assert ET.tostring(feed(view, **{"q": "withdrawal", "as": "timeline"})) == ET.tostring(one)


def test_a_reason_stands_in_the_entry(view: WeighedView) -> None:
    contents = [one.text or "" for one in feed(view, q="troops pulled back").findall("a:entry/a:content", NAMES)]
    assert any("by meaning: " in one and "withdrawal" in one for one in contents)


def test_hostile_text_is_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.ledger"
    words = "“<script>alert(1)</script> ]]> &amp; \u202eretreat\u0001\ufffe\ufdd0,” Mayor Ida Holm said on Friday."
    Ledger(path, reader=RuleReader()).add_text(words, outlet="<b>Sun</b>\x02", title="\u202e<i>]]></i>")
    with WeighedView(path) as view:
        form = read_search({"q": "<script> retreat ]]> \u202e"})
        text = atom(view.search(form.sought), form, SITE)
        ET.fromstring(text)
        assert "<script" not in text
        assert "\u202e" not in text
        form = read_search({"outlet": "<b>Sun</b>\u202e"})
        ET.fromstring(atom(view.search(form.sought), form, SITE))
        parsed = ET.fromstring(atom(view.search(read_search({}).sought), read_search({}), SITE))
        assert "<script>alert(1)</script>" in str(parsed.findtext("a:entry/a:content", None, NAMES))
