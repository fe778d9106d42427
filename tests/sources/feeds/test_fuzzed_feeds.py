"""Feeds and sources files with their bytes damaged: an answer or a promised refusal, and never anything else."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError, SettingsError
from onrecord.sources.feeds import Feed, feed_in
from onrecord.sources.opml import in_opml, outlets_of_opml
from onrecord.sources.outlets import in_toml, outlets
from tests.sources.feeds.test_feeds import ATOM, INDEX, JSON, NEWS, RDF, RSS

REASONS = ("empty", "too large", "damaged gzip", "binary", "entities", "not a feed", "bad JSON", "nested too deep")
NOW = datetime(2031, 3, 10, tzinfo=UTC)
FEEDS = [one.encode() for one in (RSS, ATOM, RDF, JSON, NEWS, INDEX)]
TOML = b"""[[outlet]]
name = "Courier"
family = "Tidewater"
country = "GB"
language = "en-GB"
domains = ["courier.example"]
feeds = ["https://courier.example/rss.xml"]
sitemaps = ["https://courier.example/news.xml"]
per_day = 40
[[outlet]]
name = "Halyard"
"""
OPML = in_opml(outlets(TOML.decode(), "x"))
PIECES = [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b"<!--", b"-->", b"<?xml", b"\x00",
          b"\xff\xfe", b"\xc3", b'"', b"'", b"xmlns:", b"<item>", b"</item>", b"<link>", b"&#x", b"0" * 400, b"[", b"{", b"\n", b"://",
          b"<rdf:RDF>", b" xml:base='http://[' ", b"encoding='utf-7'?>", b"9" * 50, b"e", b"\x1f\x8b", b"nan", b"inf"]  # fmt: skip

changes = st.lists(
    st.tuples(
        st.integers(0, 4_000),
        st.integers(0, 40),
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)),
    ),
    min_size=1,
    max_size=8,
)
hasty = settings(
    max_examples=1_000, deadline=5_000, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def damaged(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The content with stretches of it replaced by other bytes."""
    for at, length, piece in edits:
        at %= len(content) + 1
        content = content[:at] + piece + content[at + length :]
    return content


@hasty
@given(st.sampled_from(FEEDS), changes)
@example(RSS.encode(), [(0, 0, b"<a:b c:d='e'>")])
@example(ATOM.encode(), [(0, 60, b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://[::1'>")])
def test_a_damaged_feed_is_answered_or_refused(content: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    refused = None
    try:
        keeps_what_is_promised(feed_in(damaged(content, edits), "https://courier.example/feeds/all.xml", None, now=NOW))
    except InputError as error:
        refused = error.reason
    assert refused in {None, *REASONS}


def keeps_what_is_promised(found: Feed) -> None:
    for one in found.items:
        assert one.address.startswith(("http://", "https://"))
        assert one.address.isprintable()
        assert all(when is None or when.tzinfo is UTC for when in (one.published, one.updated))
        for text in (one.title, one.author, one.summary, one.source, *one.categories):
            assert text is None or (text.strip() == text and "\n" not in text)
            assert text is None or text.encode()


@hasty
@given(changes)
def test_a_damaged_sources_file_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    content = damaged(TOML, edits)
    told = "x.toml"
    try:
        found = outlets(content.decode("utf-8", "replace"), "x.toml")
        assert outlets(in_toml(found), "again") == found
    except SettingsError as error:
        told = str(error)
    assert told.startswith("x.toml")


@settings(hasty, max_examples=400)
@given(changes)
def test_a_damaged_list_of_subscriptions_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    told = "x.opml"
    try:
        found = outlets_of_opml(damaged(OPML, edits), "x.opml").outlets
        assert outlets(in_toml(found), "again") == found
    except SettingsError as error:
        told = str(error)
    assert told.startswith("x.opml")


def test_feeds_made_to_take_long_do_not() -> None:
    head = b'<rss version="2.0"><channel>'
    item = b"<item><link>/1</link>%s</item>"
    for content in (
        head + item % (b"<category>x</category>" * 50_000),
        head + item % (b"<author>" + b"a" * 200_000 + b"</author>"),
        head + item % (b"<title>" + b"&lt;b&gt;" * 50_000 + b"</title>"),
        head + b"<item " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b"/>",
        head + b"&" * 500_000,
        head + b"<![CDATA[" * 100_000,
        b"<!DOCTYPE x [" + b"]" * 500_000,
        b"<!---->" * 100_000,
        b"<a:b>" * 100_000,
        b"[" * 1_000_000,
        head + (b'<a xmlns="' + b" " * 601 + b"<") * 10_000,
    ):
        begun = time.thread_time()
        with suppress(InputError):
            feed_in(content, "https://courier.example/", None, now=NOW)
        assert time.thread_time() - begun < 5
