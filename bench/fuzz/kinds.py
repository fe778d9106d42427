"""The kinds of input that are tried: a few good examples, words of the format, and what is done with a case.

Another kind is another entry in KINDS. What takes a case raises AssertionError when a promise is broken, and whatever
else it lets through is a fault as well.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onrecord.domain.reports import Input, Report
from onrecord.errors import SettingsError
from onrecord.settings import Settings
from onrecord.sources import gather, text_of
from onrecord.sources.metadata import LONGEST_FIELD, web_address
from onrecord.weighing.hypotheses import definitions as matrices
from onrecord.weighing.indicators.definitions import definitions as indicators

REASONS = frozenset({
    *("empty", "no words", "no text", "no article text", "bad JSON", "not an object", "binary", "not text"),
    *("too large", "too long", "damaged gzip", "unreadable", "unsupported format"),
})  # fmt: skip
"""What `gather` documents, apart from "language: xx" and what only places have."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of input; `suffix` is that of the files that failing cases are written to."""

    suffix: str
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]
    take: Callable[[bytes, Path], None]


def gathered(suffix: str) -> Callable[[bytes, Path], None]:
    """Takes a case as `onrecord read` takes a file, and holds what comes out to what is promised."""

    def take(content: bytes, folder: Path) -> None:
        path = folder / f"case{suffix}"
        path.write_bytes(content)
        given = 0
        for one in gather([path], Settings()):
            _hold(one)
            given += 1
        assert given, "the input was lost: neither a report nor a reason"

    return take


def _hold(given: Input) -> None:
    assert (given.report is None) is (given.reason is not None), "neither or both of report and reason"
    for told in (given.name, given.place, given.detail):
        assert "\0" not in told, "a zero character is handed on"
        told.encode("utf-8")
    # What runs out of memory inside a parser comes out as damage of the page.
    assert "MemoryError" not in given.detail, given.detail
    if given.reason is not None:
        assert given.reason in REASONS or given.reason.startswith("language: "), f"no documented reason: {given.reason}"
    if given.report is not None:
        _hold_report(given.report)
        assert given.capture is not None
        # The text is taken out twice for one case in sixteen only: it is what takes longest.
        if given.capture.sha256[0] == "0":
            again = text_of(given.capture.content, given.capture.media_type)
            assert again == given.report.text, "the text is another one when it is taken out again"


def _hold_report(report: Report) -> None:
    for told in (report.text, report.title, report.author, report.outlet, report.url, report.language, report.extra):
        if told is not None:
            assert "\0" not in told, "a zero character is handed on"
            told.encode("utf-8")
    for told in (report.title, report.author, report.outlet, report.url):
        assert told is None or 0 < len(told) <= LONGEST_FIELD, "a field is blank or too long"
        assert told is None or told == " ".join(told.split()), "a field is not one line"
    assert report.url is None or web_address(report.url) == report.url, "an address that is none of the web"
    assert report.published is None or report.published.utcoffset() is not None, "a time without a zone"
    end = 0
    for mark in report.marks:
        assert end <= mark.span.start < mark.span.end <= len(report.text), "marks that overlap or lie outside"
        end = mark.span.end


def settings_file(content: bytes, folder: Path) -> None:
    """Takes a case as each of the files in TOML; SettingsError is what they may raise."""
    path = folder / "onrecord.toml"
    path.write_bytes(content)
    with suppress(SettingsError):
        Settings.load(folder, {})
    text = content.decode("utf-8", "replace")
    for definitions in (indicators, matrices):
        with suppress(SettingsError):
            definitions(text, "case.toml")


_STORY = (
    "The ferry to Sund stays in port, the harbour office said on Monday. “Nobody sails today,” said Ida Holm, who runs"
    " it.\n\nA spokesman for the line said that 1,200 people were waiting. Advertisement\n\nHolm added that the wind"
    " would fall by Thursday, and that “two of three boats” could leave then."
)
_PARAGRAPHS = "".join(f"<p>{one}</p>" for one in _STORY.split("\n\n"))
_LINKED = json.dumps({
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "NewsArticle",
            "headline": "Ferry stays in port",
            "datePublished": "2031-03-07T18:40:00+02:00",
            "author": [{"@type": "Person", "name": "Jo Lind"}],
            "publisher": {"name": "Sund Courier"},
        }
    ],
})  # fmt: skip
_PAGES = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry stays in port | Sund Courier</title>'
    f'<meta property="og:site_name" content="Sund Courier"><meta name="author" content="Jo Lind">'
    f'<meta property="article:published_time" content="2031-03-07T18:40:00+02:00">'
    f'<link rel="canonical" href="https://courier.example/ferry"></head><body><nav><a href="/">Home</a></nav><article>'
    f"<h1>Ferry stays in port</h1>{_PARAGRAPHS}</article><footer>Terms</footer></body></html>",
    f'<html><head><script type="application/ld+json">{_LINKED}</script></head><body><main><div class="body">'
    f"{_PARAGRAPHS}<blockquote>“Nobody sails.”</blockquote><table><tr><td>1</td><td>2</td></tr></table></div></main>"
    f"</body></html>",
    f"<article><h2>Ferry</h2><time datetime='2031-03-07' itemprop='datePublished' pubdate>7 March</time>{_PARAGRAPHS}"
    f"<ul><li>One boat<li>Two boats</ul><p>Read more: Five walks</p></article>",
    f'<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><body>'
    f"{_PARAGRAPHS}<!-- a comment --><![CDATA[x]]></body></html>",
)
_TAGS = tuple(
    (
        b"<div>|</div>|<p>|</p>|<b>|<a href='javascript:x'>|<table>|<tr><td>|<svg>|<br/>|<ul>|<li>|<span hidden>|"
        b"<template>|<noscript>|<script>|</script>|<style>|<!--|-->|<![CDATA[|&#0;|&#xD800;|&amp;|&lt;|&nbsp|"
        b"&#x1F5DE;|<!ENTITY x '&x;&x;'>|<base href='//x'>|<math>|<script type=\"application/ld+json\">|{\"@graph\":|"
        b'[{"@type":"NewsArticle","author":|"headline":|null|<meta charset=\'utf-7\'>|<meta charset=utf-16>|'
        b"<meta name='author' content='|<meta property='og:title'|<h1>|<title>|<time datetime='|<blockquote>|"
        b"<article>|<frameset>|<plaintext>|<xmp>|' \""
    ).split(b"|")
)
_ROWS = (
    ({"id": 1, "text": _STORY, "title": "Ferry", "published": "2031-03-07T18:40:00Z", "url": "https://x.example/a"},),
    ({"title": "A", "content": _STORY, "source": {"name": "Courier"}, "authors": ["Jo", {"name": "Li"}]}, {"text": ""}),
    ({"headline": "B", "articleBody": _STORY, "datePublished": 1_930_000_000, "lang": "en", "odd": {"a": [1, None]}},),
)
_ARRAY = [{"text": _STORY, "date": "7 March 2031"}, {"body": _STORY, "link": "javascript:x"}]
_RECORDS = (*("\n".join(map(json.dumps, rows)).encode() for rows in _ROWS), json.dumps(_ARRAY).encode())
_SIGNS = tuple(
    (
        b'{|}|[|]|"|:|,|\\|\\u0000|\\ud800|null|true|NaN|1e400|-|\n|{}|"text":|"title":|"url":|"published":|'
        b'"author":|{"a":|[[|"https://x.example/|"2031-"'
    ).split(b"|")
)
_TEXTS = (
    _STORY.encode(),
    f"Ferry stays in port\n\nBy Jo Lind\n\nSUND, March 7 (AP) — {_STORY}\n\nRelated articles\n\nOne\n\nTwo".encode(),
    _STORY.replace("\n", "\r\n").encode("utf-16"),
    _STORY.encode("windows-1252"),
)
_PHRASES = tuple(
    (
        b'Read more: |Advertisement|(Reuters) - |Photo: |said|\xe2\x80\x9c|\xe2\x80\x9d|"|\n\n|\r|By |\xc2\xa9 |'
        b"Follow us on Twitter|AP Photo/Jo Lind, File|SUND, March 7 (AP) \xe2\x80\x94 |https://x.example/| |. |-"
    ).split(b"|")
)
_FILES = (
    b"""[onrecord]
threads = 2
max_text = 1000
indicators = "x.toml"
[[outlet]]
name = "Courier"
family = "Tide"
""",
    b"""[[indicator]]
name = "talk"
unit = "origins"
words = ["withdraw*", "pull back"]
acts = ["claim"]
baseline = 28
threshold = 2.0
[[indicator]]
name = "shots"
unit = "figure"
counted = ["shot*"]
actors = ["Mission"]
bare = true
""",
    b"""[[matrix]]
name = "Why"
watch = ["a"]
[[matrix.hypothesis]]
key = "lever"
text = "It is"
[[matrix.hypothesis]]
key = "attack"
text = "It is not"
deception = true
[[matrix.evidence]]
words = "over"
lever = "consistent"
attack = "inconsistent"
why = "so"
""",
)
_TABLES = tuple(
    (
        b'[[|]]|[|]|=|"|\'\'\'|"""|#|\n|.|{|}|,|a = |nan|inf|0xffffffffff|1979-05-27T07:32:00Z|true|"*"|'
        b'"\\u0000"|[[indicator]]\n|[[matrix]]\n|[[outlet]]\n|name = 1\n|threads = |baseline = |threshold = |'
        b"words = []\n|[matrix.evidence]\n|a.b.c = |-0.0|9e99"
    ).split(b"|")
)
_PACKED = (
    gzip.compress(_TEXTS[0]),
    gzip.compress(_RECORDS[0]) + gzip.compress(_RECORDS[1]),
    gzip.compress(_PAGES[0].encode()),
)

KINDS: dict[str, Kind] = {
    "html": Kind(".html", tuple(page.encode() for page in _PAGES), _TAGS, gathered(".html")),
    "jsonl": Kind(".jsonl", _RECORDS, _SIGNS, gathered(".jsonl")),
    "json": Kind(".json", _RECORDS, _SIGNS, gathered(".json")),
    "text": Kind(".txt", _TEXTS, _PHRASES, gathered(".txt")),
    "gzip": Kind(
        ".gz", _PACKED, (b"\x1f\x8b\x08", b"\x00" * 8, b"\xff\xff\xff\xff", gzip.compress(b"")), gathered(".gz")
    ),
    "toml": Kind(".toml", _FILES, _TABLES, settings_file),
}
