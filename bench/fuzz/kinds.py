"""The kinds of input that are tried: a few good examples, words of the format, and what is done with a case.

Another kind is another entry in KINDS. What takes a case raises AssertionError when a promise is broken, and whatever
else it lets through is a fault as well.
"""

from __future__ import annotations

import gzip
import json

from bench.fuzz.fetched import FEED_WORDS, FEEDS, PDF_WORDS, PDFS, SOURCES, SOURCES_WORDS, WARC_WORDS, WARCS
from bench.fuzz.taking import Kind, feed, gathered, settings_file, sources_file

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
    "feed": Kind(".xml", FEEDS, FEED_WORDS, feed),
    "sources": Kind(".toml", SOURCES, SOURCES_WORDS, sources_file),
    "warc": Kind(".warc", WARCS, WARC_WORDS, gathered(".warc")),
    "pdf": Kind(".pdf", PDFS, PDF_WORDS, gathered(".pdf")),
}
