"""Examples of what is fetched or handed over by others: feeds, sources files, web archives, PDFs."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import NamedTuple

from onrecord.custody.records import exchange_records, warcinfo

_DAY = "Fri, 07 Mar 2031 18:40:00 +0200"
FEEDS = (
    f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Sund Courier</title><link>https://courier.example/</link><item><title>Ferry stays &amp; waits</title>
<link>/ferry?utm_source=rss</link><guid isPermaLink="false">tag:1</guid><pubDate>{_DAY}</pubDate><dc:creator>Jo</dc:creator>
<source url="https://wire.example/rss">Brook Wire</source><category>sea</category><description><![CDATA[<p>One</p>]]>
</description></item><item><guid>https://courier.example/2</guid></item></channel></rss>""".encode(),
    b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://courier.example/"><title type="html">&lt;b&gt;C</title>
<updated>2031-03-07T18:40:00Z</updated><entry><id>urn:1</id><title>Ferry</title><link rel="alternate" href="a"/>
<updated>2031-03-07T18:40:00Z</updated><published>2031-03-07T18:00:00+02:00</published><author><name>Jo</name></author>
</entry></feed>""",
    b"""{"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [{"id": "1", "url": "https://x.example/a",
"title": "Ferry", "date_published": "2031-03-07T18:40:00Z", "authors": [{"name": "Jo"}], "tags": ["sea"]}, {"id": 2}]}""",
    b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://x.example/a</loc><lastmod>2031-03-07</lastmod><n:news><n:publication><n:name>C</n:name><n:language>en
</n:language></n:publication><n:publication_date>2031-03-07</n:publication_date><n:title>F</n:title></n:news></url>
</urlset>""",
    b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://x.example/1.xml</loc></sitemap>
</sitemapindex>""",
)
FEED_WORDS = tuple(
    (
        b'<item>|</item>|<entry>|</entry>|<link>|</link>|<guid>|<![CDATA[|]]>|<!DOCTYPE x [|<!ENTITY a "b">|&a;|&#0;|&#x1F5DE;|'
        b'<url>|<loc>|<rss>|<feed>|{"items":|[{"url":|null|<?xml version="1.0" encoding="utf-16"?>|javascript:x|'
        b'http://[|<pubDate>|31 Feb 2031|<title type="xhtml"><div>|xmlns="x"|\x1f\x8b'
    ).split(b"|")
)
SOURCES = (
    b"""[[outlet]]
name = "The Eskmouth Courier"
family = "Tidewater Press Group"
country = "GB"
language = "en-GB"
domains = ["eskmouthcourier.example"]
feeds = ["https://eskmouthcourier.example/rss.xml"]
sitemaps = ["https://eskmouthcourier.example/news.xml"]
per_day = 40
[[outlet]]
name = "Another"
""",
)
SOURCES_WORDS = tuple(
    b'[[outlet]]\n|[outlet]\n|name = |feeds = [|domains = |per_day = |nan|-1|"https://x:99999/"|"javascript:x"|"\\u0000"|a.b.c = 1\n'.split(
        b"|"
    )
)


class _Exchange(NamedTuple):
    address: str
    request_head: bytes
    response_head: bytes
    raw_body: bytes
    at: datetime
    ip: str


def _warc(kind: bytes, body: bytes, encoding: bytes = b"") -> bytes:
    at = datetime(2031, 3, 7, 18, 40, tzinfo=UTC)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n" + encoding + b"\r\n"
    one = _Exchange("https://courier.example/ferry", b"GET /ferry HTTP/1.1\r\n\r\n", head, body, at, "192.0.2.1")
    return b"".join((warcinfo(at, "captures.warc.gz", {"software": "onrecord"}), *exchange_records(one)))


_WORDS = b'The ferry to Sund stays in port, the harbour office said on Monday. "Nobody sails today," said Ida Holm.'
WARCS = (
    _warc(b"text/html; charset=utf-8", b"<html><body><article><p>" + _WORDS + b"</p></article></body></html>"),
    _warc(b"text/plain", zlib.compress(_WORDS), b"Content-Encoding: deflate\r\n"),
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://x.example/a\r\nWARC-Date: 2031-03-07T18:40:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
    b"\r\n\r\n" % (len(_WORDS), _WORDS),
)
WARC_WORDS = tuple(
    (
        b"WARC/1.1\r\n|WARC-Type: response\r\n|Content-Length: |-1|999999999999|\r\n\r\n|\x1f\x8b\x08|Transfer-Encoding: chunked\r\n|"
        b"HTTP/1.1 200 OK\r\n|HTTP/2 200\r\n|WARC-Block-Digest: sha1:AAAA\r\n|Content-Encoding: br\r\n|WARC-Date: x\r\n|ffffffff\r\n"
    ).split(b"|")
)


def _pdf(text: bytes) -> bytes:
    """A PDF of one page, by hand, with the places of its objects."""
    stream = b"BT /F1 12 Tf 72 700 Td (" + text + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (table, len(made))


PDFS = (
    _pdf(_WORDS.replace(b'"', b"'")),
    _pdf(b"Sund, 7 March 2031. The ferry stays in port, the harbour office said."),
)
PDF_WORDS = tuple(
    (
        b"obj\n|endobj\n|stream\n|endstream|<< |>>|/Filter /FlateDecode |/Length 99999999 |/Kids [3 0 R 2 0 R]|/Count -1|"
        b"xref\n|trailer\n|startxref\n|%%EOF|1 0 R|9 9 R|/Encrypt 1 0 R |BT|ET|(|)|Tj|Td|/Type /Page "
    ).split(b"|")
)
