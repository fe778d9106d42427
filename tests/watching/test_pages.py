"""A fetched page as an input: whose it is, what its feed said, and what makes no report."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bench.fuzz.fetched import PDFS
from onrecord.domain.reports import Capture
from onrecord.settings import Settings
from onrecord.sources.extraction import report_of
from onrecord.sources.fetching import Fetched
from onrecord.sources.outlets import Outlet, Outlets
from onrecord.watching.pages import input_of, outlet_name
from onrecord.watching.rows import PageRow, Told

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
FEED = "https://courier.example/rss"
OUTLETS = Outlets(
    [
        Outlet("The Courier", "Tidewater", domains=("courier.example",)),
        Outlet("Brook Wire", "Brook", domains=("brook.example",)),
    ]
)
TEXT = b"<html><head><title>The weir holds</title></head><body><article><p>\xe2\x80\x9cThe weir holds,\xe2\x80\x9d the mayor, Ida Holm, said on Friday in the town hall of Eskmouth.</p></article></body></html>"


def page(feed: str = FEED, **told: object) -> PageRow:
    said = Told(feed, **told)  # type: ignore[arg-type]
    return PageRow("https://courier.example/1", "https://courier.example/1?x", "The Feed", said, NOW)


def fetched(
    body: bytes = TEXT, media_type: str | None = "text/html; charset=utf-8", final: str = "https://courier.example/1"
) -> Fetched:
    typed = () if media_type is None else (("Content-Type", media_type),)
    return Fetched(final, final, (), NOW, 200, (*typed, ("Set-Cookie", "secret=1"), ("Server", "x" * 5_000)), body)


@pytest.mark.parametrize(
    ("address", "feed", "source", "name"),
    [
        ("https://courier.example/1", FEED, None, "The Courier"),
        ("https://www.courier.example/1", FEED, "Brook Wire", "The Courier"),
        ("https://brook.example/1", FEED, None, "Brook Wire"),
        ("https://elsewhere.example/1", FEED, "Elsewhere Daily", "Elsewhere Daily"),
        ("https://elsewhere.example/1", FEED, None, None),
        ("https://elsewhere.example/1", "https://elsewhere.example/rss", "Another", "The Feed"),
        ("http://127.0.0.1:8400/a", "http://127.0.0.1:8400/rss", None, "The Feed"),
    ],
)
def test_whose_page_it_is(address: str, feed: str, source: str | None, name: str | None) -> None:
    assert outlet_name(address, page(feed, source=source), OUTLETS) == name


def test_a_report_is_of_its_outlet_and_keeps_what_the_feed_said() -> None:
    told = page(guid="tag:1", published=NOW, categories=("river", "weir"), title="<b>Weir</b>")
    given = input_of(fetched(), told, OUTLETS, Settings())
    assert given.report is not None
    assert given.report.outlet == "The Courier"
    assert given.report.url == "https://courier.example/1"
    assert given.report.published == NOW
    assert given.report.title == "The weir holds"
    assert json.loads(given.report.extra or "") == {
        "feed": {
            "address": FEED,
            "guid": "tag:1",
            "title": "<b>Weir</b>",
            "published": "2031-03-05T12:00:00+00:00",
            "categories": ["river", "weir"],
        }
    }
    assert given.capture is not None
    assert given.capture.retrieved == NOW
    assert "set-cookie" not in given.capture.headers
    assert len(given.capture.headers["server"]) == 1_000


@pytest.mark.parametrize(
    ("body", "media_type", "reason"),
    [
        (b"", "text/html", "empty"),
        (b"\x89PNG\r\n", "image/png", "unsupported format"),
        (b"<rss></rss>", "application/rss+xml", "unsupported format"),
        (b"PK\x03\x04", None, "unsupported format"),
        (b"<html><body></body></html>", "text/html", "no article text"),
        (
            "Das Wehr hält, sagte die Bürgermeisterin am Freitag im Rathaus, und das Wasser fällt wieder.".encode(),
            "text/plain; charset=utf-8",
            "language: de",
        ),
    ],
)
def test_what_makes_no_report_is_skipped_with_a_reason(body: bytes, media_type: str | None, reason: str) -> None:
    given = input_of(fetched(body, media_type), page(), OUTLETS, Settings())
    assert given.report is None
    assert given.reason == reason, given.detail
    assert given.name == "https://courier.example/1?x"


def test_what_the_extractor_keeps_of_a_pdf_stays() -> None:
    given = input_of(fetched(PDFS[0], "application/pdf"), page(), OUTLETS, Settings())
    assert given.report is not None
    alone, _ = report_of(Capture(PDFS[0], "x.pdf", "application/pdf"), Settings())
    assert json.loads(given.report.extra or "") == {**json.loads(alone.extra or ""), "feed": {"address": FEED}}
    assert alone.extra is not None
