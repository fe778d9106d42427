"""Feeds of every kind: what comes out of each, and what is told of what is broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from onrecord.errors import InputError
from onrecord.sources.feeds import Feed, FeedItem, Kind, comparable, feed_in, feeds_linked, listening
from onrecord.sources.feeds.addresses import resolved
from onrecord.sources.feeds.fields import plain
from tests.packed import packed

NOW = datetime(2031, 3, 10, tzinfo=UTC)
AT = "https://courier.example/feeds/all.xml"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def read(content: bytes | str, media_type: str | None = None, address: str = AT) -> Feed:
    content = content.encode() if isinstance(content, str) else content
    return feed_in(content, address, media_type, now=NOW)


def rss(items: str, before: str = "", root: str = 'version="2.0"') -> str:
    return f'<?xml version="1.0"?><rss {root}><channel><title>Courier</title>{before}{items}</channel></rss>'


def one(items: str, **more: str) -> FeedItem:
    (item,) = read(rss(items, **more)).items
    return item


RSS = rss(
    """<item><title>Bridge &lt;b&gt;shut&lt;/b&gt; &amp;amp; guarded</title><link>/2031/bridge</link>
    <guid isPermaLink="false"> 4711 </guid><pubDate>Thu, 06 Mar 2031 10:00:00 +0200</pubDate>
    <dc:creator>Ada Brink</dc:creator><category>Harven</category><category>Bridges</category><category>Harven</category>
    <description>&lt;p&gt;It is shut.&lt;/p&gt;&lt;p&gt;Since noon.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
    <source url="https://halyard.example/rss">Halyard News Agency</source></item>""",
    "<language>en_gb</language>",
    'version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"',
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="/deep/"><title type="html">The &lt;i&gt;Courier&lt;/i&gt;</title>
    <entry><title>2 &lt; 3</title><id>tag:courier.example,2031:1</id><link rel="enclosure" href="a.mp3"/><link href="bridge"/>
    <published>2031-03-06T08:00:00Z</published><updated>2031-03-06T09:30:00+01:00</updated>
    <author><name>Ada Brink</name></author><author><name>Edo Quell</name></author><category term="h" label="Harven"/>
    <summary>It is shut.</summary><source><title>Halyard</title><link href="https://halyard.example/"/></source></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Courier</title></channel>
    <item rdf:about="https://courier.example/a"><title>A</title><link>https://courier.example/a</link>
    <dc:date>2031-03-06T08:00+00:00</dc:date></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Courier",
        "language": "en",
        "authors": [{"name": "Desk"}],
        "items": [
            {"id": "1", "url": "/a", "title": "A", "content_html": "<p>It is shut.</p>", "tags": ["x", "x", 3]},
            {
                "id": 2,
                "external_url": "https://halyard.example/b",
                "author": {"name": "Ada"},
                "date_published": "2031-03-06",
            },
            {"id": "https://courier.example/c", "summary": "S", "date_modified": "2031-03-06T10:00:00+02:00"},
        ],
    }
)
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://courier.example/a?x=1&amp;y=2</loc><lastmod>2031-03-06</lastmod><news:news><news:publication>
    <news:name>Courier</news:name><news:language>en</news:language></news:publication><news:keywords>Harven, bridge</news:keywords>
    <news:publication_date>2031-03-06T08:00:00Z</news:publication_date><news:title>A &amp; B</news:title></news:news></url>
    <url><loc>/b</loc></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>/1.xml.gz</loc></sitemap><sitemap><loc>ftp://x/y</loc></sitemap></sitemapindex>"


@pytest.mark.parametrize(
    ("content", "kind", "items"),
    [
        (
            RSS,
            Kind.RSS,
            [
                FeedItem(
                    "https://courier.example/2031/bridge",
                    "4711",
                    "Bridge shut & guarded",
                    at(2031, 3, 6, 8),
                    None,
                    "Ada Brink",
                    "It is shut. Since noon.",
                    "Halyard News Agency",
                    "https://halyard.example/rss",
                    ("Harven", "Bridges"),
                    "en-GB",
                )
            ],
        ),
        (
            ATOM,
            Kind.ATOM,
            [
                FeedItem(
                    "https://courier.example/deep/bridge",
                    "tag:courier.example,2031:1",
                    "2 < 3",
                    at(2031, 3, 6, 8),
                    at(2031, 3, 6, 8, 30),
                    "Ada Brink, Edo Quell",
                    "It is shut.",
                    "Halyard",
                    "https://halyard.example/",
                    ("Harven",),
                    "en",
                )
            ],
        ),
        (
            RDF,
            Kind.RDF,
            [
                FeedItem(
                    "https://courier.example/a",
                    "https://courier.example/a",
                    "A",
                    at(2031, 3, 6, 8),
                    at(2031, 3, 6, 8),
                )
            ],
        ),
        (
            JSON,
            Kind.JSON,
            [
                FeedItem(
                    "https://courier.example/a",
                    "1",
                    "A",
                    None,
                    None,
                    "Desk",
                    "It is shut.",
                    None,
                    None,
                    ("x", "3"),
                    "en",
                ),
                FeedItem("https://halyard.example/b", "2", None, at(2031, 3, 6), None, "Ada", language="en"),
                FeedItem(
                    "https://courier.example/c",
                    "https://courier.example/c",
                    None,
                    None,
                    at(2031, 3, 6, 8),
                    "Desk",
                    "S",
                    language="en",
                ),
            ],
        ),
        (
            NEWS,
            Kind.SITEMAP,
            [
                FeedItem(
                    "https://courier.example/a?x=1&y=2",
                    None,
                    "A & B",
                    at(2031, 3, 6, 8),
                    at(2031, 3, 6),
                    None,
                    None,
                    "Courier",
                    None,
                    ("Harven", "bridge"),
                    "en",
                ),
                FeedItem("https://courier.example/b"),
            ],
        ),
        (INDEX, Kind.SITEMAP_INDEX, []),
    ],
    ids=["rss", "atom", "rdf", "json", "news", "index"],
)
def test_every_kind_gives_its_items(content: str, kind: Kind, items: list[FeedItem]) -> None:
    for written in (content.encode(), packed(content.encode()), b"\xef\xbb\xbf" + content.encode()):
        found = read(written)
        assert found.kind is kind
        assert list(found.items) == items


def test_an_index_names_further_sitemaps_and_what_is_none_is_a_fault() -> None:
    found = read(INDEX)
    assert found.further == ("https://courier.example/1.xml.gz",)
    assert found.faults == ("a sitemap without an address was left out",)


def test_a_clean_feed_has_no_faults() -> None:
    assert [read(one).faults for one in (RSS, ATOM, RDF, JSON, NEWS)] == [()] * 5
    assert read(ATOM).title == "The Courier"


def test_two_items_of_one_moment_and_address_are_two() -> None:
    item = "<item><link>https://a.example/1</link><pubDate>Thu, 06 Mar 2031 10:00:00 GMT</pubDate></item>"
    assert len(read(rss(item * 2)).items) == 2


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', None),
        ("<guid>a-1</guid>", None),
        ("<guid>ftp://a.example/1</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>data:text/html,x</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link></link>", None),
        ("<title>nothing else</title>", None),
        (f"<link>https://a.example/{'x' * 3000}</link>", None),
        ("<link>https://[::1</link>", None),
        ("<link>https://a.example:99999999/</link>", None),
        ("<link> \n https://a.example/a\n b </link>", "https://a.example/a%20b"),
        ("<link>https://a.example/x\u00a0\u202ey</link>", "https://a.example/x%C2%A0%E2%80%AEy"),
        ("<link>HTTPS://A.example/X</link>", "https://A.example/X"),
        ("<link>//b.example/x</link>", "https://b.example/x"),
        ("<link>?id=7&amp;y=1</link>", "https://courier.example/feeds/all.xml?id=7&y=1"),
        ("<link>https://a.example/caf\u00e9</link>", "https://a.example/caf\u00e9"),
        ('<link uri="at://did:x/y">https://a.example/1</link>', "https://a.example/1"),
    ],
)
def test_an_item_has_an_address_of_the_web_or_is_a_fault(item: str, address: str | None) -> None:
    found = read(rss(f"<item>{item}</item>"))
    assert [one.address for one in found.items] == ([address] if address else [])
    assert ("an item without an address was left out" in found.faults) is (address is None)


@pytest.mark.parametrize("guid", ["4711", "abc/def", "tag:x,2031:1", "../x", "HTTPS://A.example/ÄX"])
def test_a_guid_is_kept_as_it_is_given(guid: str) -> None:
    assert one(f"<item><link>/1</link><guid>{guid}</guid></item>").guid == guid


@pytest.mark.parametrize(
    ("date", "when", "fault"),
    [
        ("Thu, 06 Mar 2031 10:00:00 GMT", at(2031, 3, 6, 10), ""),
        ("Thu, 06 Mar 2031 10:00:00 EST", at(2031, 3, 6, 15), ""),
        ("Thu, 06 Mar 2031 10:00:00 CEST", at(2031, 3, 6, 10), "the zone CEST of a time is not known"),
        ("Thu, 06 Mar 2031 10:00:00", at(2031, 3, 6, 10), ""),
        ("2031-03-06 10:00:00", at(2031, 3, 6, 10), ""),
        ("6 March 2031", at(2031, 3, 6), ""),
        ("Thu, 6 Mar 31 10:00 +0100", at(2031, 3, 6, 9), ""),
        ("yesterday", None, "a time is not understood"),
        ("02/03/2031", None, "a time is not understood"),
        ("1969-12-31T23:59:59Z", None, "a time before 1990 was dropped"),
        ("9999-12-31T23:59:59Z", None, "a time more than ten years ahead was dropped"),
        ("2099-01-01", None, "a time more than ten years ahead was dropped"),
        ("9" * 5000, None, "a time "),
        ("", None, ""),
    ],
)
def test_times_are_in_utc_or_none_with_a_fault(date: str, when: datetime | None, fault: str) -> None:
    for shape in ("<item><link>/1</link><pubDate>{}</pubDate></item>", None):
        content = rss(shape.format(date)) if shape else json.dumps({"items": [{"url": "/1", "date_published": date}]})
        found = read(content)
        # The library for feeds knows forms that JSON Feed does not allow.
        if shape or date != "Thu, 6 Mar 31 10:00 +0100":
            assert found.items[0].published == when
            assert bool(fault) == any("time" in one for one in found.faults)
        assert shape is None or fault == "" or found.faults[0].startswith(fault)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("A\n  B\t C", "A B C"),
        ("A &amp;lt; B", "A < B"),
        ("A<![CDATA[ <b>x</b> &amp; y]]>", "A x & y"),
        ("<![CDATA[Q&A: 5 > 3]]>", "Q&A: 5 > 3"),
        ("Caf&eacute; &ldquo;x&rdquo; &unknown; R&D", "Café “x” &unknown; R&D"),
        ("Rever\u202esed \u200bhere\u0085", "Reversed here"),
        ("&#8220;Yes&#8221; &#0; &#x1F600;", "“Yes” \ufffd \U0001f600"),
        ("x" * 5000, "x" * 999 + "…"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hi &lt;b&gt;you&lt;/b&gt;", "Hi you"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("   ", None),
    ],
)
def test_titles_are_plain_text_on_one_line(title: str, written: str | None) -> None:
    assert one(f"<item><link>/1</link><title>{title}</title></item>").title == written


BROKEN = [
    ("cut off", rss("<item><link>/1</link></item><item><link>/2</link><title>Ha")[:-20], 2, "not well-formed"),
    ("bare &", rss("<item><link>/1?a=1&b=2</link></item>"), 1, "an & stands for nothing"),
    ("unbound prefix", rss("<item><link>/1</link><dc:creator>Ada</dc:creator></item>"), 1, "not well-formed"),
    (
        "tags crossed",
        rss("<item><b><i>x</b></i><link>/1</link></item><item><link>/2</link></item>"),
        2,
        "not well-formed",
    ),
    ("controls", rss("<item><link>/1</link><title>a\x02b</title></item>"), 1, "characters that XML does not allow"),
    (
        "warning first",
        "<br />\n<b>Warning</b>: x in <b>y</b>\n" + rss("<item><link>/1</link></item>"),
        1,
        "something stands",
    ),
    ("open CDATA", rss("<item><link>/1</link><title><![CDATA[x</title></item>"), 1, "a CDATA section"),
    ("stray <", rss("<item><link>/1</link><title>3 < 4</title></item>"), 1, "not well-formed"),
    ("wrong entity", rss("<item><link>/1</link><title>&nosuch;</title></item>"), 1, "an & stands for nothing"),
    ("sitemap cut", "<urlset><url><loc>/1</loc></url><url><loc>/2</lo", 2, "not well-formed"),
    ("no namespace", '<urlset xmlns="http://{x"><url><loc>/1</loc></url></urlset>', 1, "not well-formed"),
    ("two colons", "<urlset><url><loc>/1</loc><a:b:c/></url></urlset>", 1, "not well-formed"),
]


@pytest.mark.parametrize(("content", "items", "fault"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_feed_gives_what_can_be_had_and_says_what_is_wrong(content: str, items: int, fault: str) -> None:
    found = read(content)
    assert len(found.items) == items
    assert any(one.startswith(fault) for one in found.faults)


def test_links_with_bare_ampersands_are_whole() -> None:
    assert one("<item><link>/1?a=1&b=2&copy=3</link></item>").address == "https://courier.example/1?a=1&b=2&copy=3"


def test_a_creator_is_read_though_nothing_binds_its_prefix() -> None:
    assert one("<item><link>/1</link><dc:creator>Ada</dc:creator></item>").author == "Ada"


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("utf-16", "utf-16"), ("utf-16-le", ""), ("utf-32-be", ""), ("iso-8859-1", "iso-8859-1"), ("windows-1251", "windows-1251"),
     ("shift_jis", "shift_jis"), ("iso-2022-jp", "iso-2022-jp"), ("gb18030", "gb2312"), ("koi8-r", "koi8-r"), ("utf-8", "iso-8859-1")],
)  # fmt: skip
def test_character_sets_are_known_by_mark_shape_or_declaration(encoding: str, label: str) -> None:
    word = {"windows-1251": "Мост", "koi8-r": "Мост", "shift_jis": "橋", "iso-2022-jp": "橋", "gb18030": "桥"}.get(
        encoding, "Brücke"
    )
    declared = f' encoding="{label}"' if label else ""
    text = f'<?xml version="1.0"{declared}?><rss version="2.0"><channel><item><link>/1</link><title>{word}</title></item></channel></rss>'
    assert read(text.encode(encoding)).items[0].title == word
    if label:
        bare = text.replace(declared, "")
        assert read(bare.encode(encoding), f"text/xml; charset={label}").items[0].title == word


def test_bytes_that_are_no_characters_are_a_fault_and_no_end() -> None:
    found = read(rss("<item><link>/1</link><title>Brü</title></item>").encode() + b"\xff\xfe")
    assert (found.items[0].title, found.faults[0]) == ("Brü", "some bytes cannot be read as UTF-8 and stand as U+FFFD")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"hello", "not a feed"),
        (b"<html><body>x</body></html>", "not a feed"),
        (b"<!DOCTYPE html>\n<html lang=en><head>", "not a feed"),
        (b"<note>x</note>", "not a feed"),
        (b"{}", "not a feed"),
        (b"[1,2]", "not a feed"),
        (b'{"items": [1]}', "not a feed"),
        (b'{"items": [', "bad JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"%PDF-1.7", "binary"),
        (b"\x1f\x8b\x08rubbish", "damaged gzip"),
        (packed(bytes(30_000_000)), "too large"),
        (b"<rss>" + b" " * 20_000_000, "too large"),
        (packed(packed(b"<rss/>")), "binary"),
        (b"<rss><channel>" + b"<a>" * 200, "nested too deep"),
        (b"<!--", "not a feed"),
        (b"<!DOCTYPE rss", "not a feed"),
        (b"<!DOCTYPE rss [" + b"]" * 100_000, "not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        read(content)
    assert refused.value.reason == reason


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY x PUBLIC "a" "https://evil.example/x">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "https://evil.example/x.dtd"> %p;]>',
        f'<!DOCTYPE rss [<!ENTITY x "{"A" * 10_000}">]>',
        '<!doctype rss [<!entity x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY x "<b>">]>',
        "<!DOCTYPE rss [<!ENTITY x]>",
    ],
)
def test_entities_of_a_document_are_refused(doctype: str) -> None:
    with pytest.raises(InputError) as refused:
        read(
            f'<?xml version="1.0"?>{doctype}<rss><channel><item><link>/1</link><title>&x;&l9;</title></item></channel></rss>'
        )
    assert refused.value.reason == "entities"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://evil.example/rss-0.91.dtd">',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rss [<!ENTITY x "y"> <!ELEMENT rss ANY>]>',
    ],
)
def test_a_document_type_is_passed_over(doctype: str) -> None:
    content = f"<!-- c --><?pi x?>{doctype}<rss><channel><item><link>/1</link><title>&x;</title></item></channel></rss>"
    assert read(content).items[0].title == ("y" if "ENTITY" in doctype else "&x;")


def test_nothing_outside_is_read_by_an_include_or_a_stylesheet() -> None:
    content = rss(
        '<item><link>/1</link><title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></title></item>'
    )
    assert read('<?xml-stylesheet href="file:///etc/passwd"?>' + content).items[0].title is None


def test_more_items_than_a_feed_may_have_are_left_out_and_told() -> None:
    found = read(rss("<item><link>/1</link></item>" * 10_001))
    assert len(found.items) == 10_000
    assert found.faults == ("more than 10,000 items; what lies beyond was left out",)
    found = read(json.dumps({"items": [{"url": "/1"}] * 10_001, "version": "https://jsonfeed.org/version/1"}))
    assert (len(found.items), len(found.faults)) == (10_000, 1)


def test_more_than_an_item_needs_is_passed_over() -> None:
    item = (
        f"<item><link>/1</link>{'<category>x</category>' * 3_000}<title>late</title></item><item><link>/2</link></item>"
    )
    found = read(rss(item)).items
    assert [one.address[-1] for one in found] == ["1", "2"]
    many = " ".join(f'a{n}="x"' for n in range(300))
    assert one(f"<item {many}><link>/1</link></item>").address == "https://courier.example/1"


@pytest.mark.parametrize("name", ["links", "link", "tags", "authors", "author", "source", "title_detail", "published_parsed",
                                  "content", "summary_detail", "id", "guidislink", "updated", "language", "feed", "entries"])  # fmt: skip
def test_elements_called_like_the_insides_of_the_library_do_no_harm(name: str) -> None:
    for written in (f'<{name} x="1">y</{name}>', f"<{name}>y</{name}>", f'<{name} rel="alternate" href="q"/>'):
        found = read(rss(f"<item>{written}<link>/1</link>{written}</item><item><link>/2</link></item>"))
        assert found.items[-1].address == "https://courier.example/2"


@pytest.mark.parametrize(
    "odd",
    [
        '<p:posList xmlns:p="http://www.opengis.net/gml">1 2</p:posList>',
        "<category>a<item>b</item></category>",
    ],
)
def test_what_the_library_stumbles_over_costs_no_other_item(odd: str) -> None:
    found = read(rss(f"<item><link>/1</link>{odd}</item><item><link>/2</link></item>"))
    assert [found.items[0].address[-1], found.items[-1].address[-1]] == ["1", "2"]
    assert "some of it could not be understood and was passed over" in found.faults


def test_a_namespace_with_blanks_is_what_it_was_meant_to_be() -> None:
    creator = '<x:creator xmlns:x=" http://purl.org/dc/elements/1.1/\n">Ada</x:creator>'
    found = read(
        rss(
            f'<item><link>/1</link>{creator}<a:b xmlns:a="http://x.example/ y">z</a:b></item><item><link>/2</link></item>'
        )
    )
    assert [(one.author, one.address[-1]) for one in found.items] == [("Ada", "1"), (None, "2")]
    assert found.faults == ()


def test_a_feed_that_takes_too_long_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_SECONDS", -1.0)
    assert read(RSS).faults == ("it holds more than any feed needs; what lies beyond was left out",)


def test_an_address_of_a_feed_never_opens_a_file() -> None:
    assert read(rss("<item><link>x</link></item>"), address="file:///etc/passwd").items == ()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://a.example/x", "http://www.A.example:80/x#top", True),
        ("https://a.example", "https://a.example/", True),
        ("https://a.example/x?utm_source=rss&utm_medium=y", "https://a.example/x", True),
        ("https://a.example/x?id=1&utm_source=rss", "https://a.example/x?id=1", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x", "https://a.example/X", False),
        ("https://a.example:8443/x", "https://a.example/x", False),
        ("https://a.example/x?q=a%20b", "https://a.example/x?q=a%20b", True),
        ("https://[::1]:8000/x", "http://[::1]:8000/x", True),
        ("mailto:x", "mailto:x", True),
        ("https://a.example:x/", "https://a.example:x/", True),
    ],
)
def test_addresses_are_compared_without_what_leads_to_the_same_page(a: str, b: str, same: bool) -> None:
    assert (comparable(a) == comparable(b)) is same
    assert comparable(comparable(a)) == comparable(a)


def test_a_reference_resolves_to_the_web_or_to_nothing() -> None:
    assert resolved("a", "https://[::1]:8000/x/y") == "https://[::1]:8000/x/a"
    assert resolved(None, AT) is None
    assert resolved("https://user\u202e@a.example/", AT) is None


def test_markup_goes_however_deep_it_is() -> None:
    assert plain("<b>" * 5_000 + "x", 100, markup=True) is not None
    assert plain("<", 100, markup=True) == "<"


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        (b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>', ("https://courier.example/rss",)),
        (b'<base href="/d/"><link REL="Alternate home" type="application/atom+xml; charset=x" href="a">', ("https://courier.example/d/a",)),
        (b'<link rel="alternate" type="application/rss+xml" href="javascript:x">', ()),
        (b'<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/xml" href="/x">', ()),
        (b"", ()),
        (b"\x00\xff", ()),
        (RSS.encode(), ()),
    ],
)  # fmt: skip
def test_the_feeds_that_a_page_links_to_are_found(page: bytes, feeds: tuple[str, ...]) -> None:
    assert feeds_linked(page, "https://courier.example/") == feeds
