"""The sources file: what it may hold, what is refused with which advice, and lists of subscriptions in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import SettingsError
from onrecord.settings import families_in
from onrecord.sources.opml import in_opml, outlets_of_opml
from onrecord.sources.outlets import Outlet, added, in_toml, outlet_of, outlets, outlets_in

WHOLE = """
[onrecord]
threads = 2

[[outlet]]
name = "The Eskmouth Courier"
family = "Tidewater Press Group"
country = "gb"
language = "EN_gb"
domains = ["EskmouthCourier.example", "müller.example"]
feeds = ["https://eskmouthcourier.example/rss.xml", "http://feeds.example:8080/e"]
sitemaps = ["https://eskmouthcourier.example/news.xml"]
per_day = 40

[[outlet]]
name = "Harvenia One"
"""
COURIER = Outlet(
    "The Eskmouth Courier",
    "Tidewater Press Group",
    "GB",
    "en-GB",
    ("eskmouthcourier.example", "xn--mller-kva.example"),
    ("https://eskmouthcourier.example/rss.xml", "http://feeds.example:8080/e"),
    ("https://eskmouthcourier.example/news.xml",),
    40.0,
)


def test_all_that_an_outlet_may_have_is_read(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.toml"
    path.write_text(WHOLE, encoding="utf-8-sig")
    assert outlets_in(path) == (COURIER, Outlet("Harvenia One", "Harvenia One"))
    path.write_text(WHOLE, encoding="utf-8")
    assert families_in(path) == {"The Eskmouth Courier": "Tidewater Press Group", "Harvenia One": "Harvenia One"}


def test_files_that_only_name_families_stay_good() -> None:
    path = Path(__file__).parents[2] / "examples" / "crisis" / "onrecord.toml"
    assert {one.name: one.family for one in outlets_in(path)} == families_in(path)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("", 'outlet 1: it needs a name: name = "The Eskmouth Courier"'),
        ("name = 3", "`name` is a name in quotation marks, not 3"),
        ('name = " "', "`name` is empty"),
        ('name = "\\u200b"', "`name` is empty"),
        (f'name = "{"x" * 201}"', "longer than 200 characters"),
        ('name = "A"\nfamily = 1', '("A"): `family` is a name'),
        ('name = "A"\nfeed = ["https://a.example/"]', 'the key "feed" is not known; write `feeds`'),
        ('name = "A"\npublisher = "B"', "write `family`"),
        ('name = "A"\ncuontry = "DE"', "write `country`"),
        ('name = "A"\nzzz = 1', "there are name, family, country"),
        ('name = "A"\ncountry = "UK"', '`country` "UK" is no country\'s code; write "GB"'),
        ('name = "A"\ncountry = "Germany"', 'such as "DE"'),
        ('name = "A"\nlanguage = "English"', '`language` "English" is no tag of a language; write one such as "en"'),
        ('name = "A"\ndomains = "a.example"', 'write domains = ["a.example"]'),
        ('name = "A"\ndomains = ["https://www.a.example/x"]', 'is an address; write only "a.example"'),
        ('name = "A"\ndomains = ["a b"]', '"a b" is no domain'),
        ('name = "A"\ndomains = ["a..example"]', "is no domain"),
        ('name = "A"\ndomains = ["a.example", "A.example."]', '"A.example." twice'),
        ('name = "A"\nfeeds = ["a.example/rss"]', 'write "https://a.example/rss"'),
        ('name = "A"\nfeeds = ["ftp://a.example/rss"]', "it begins with https:// or http://"),
        ('name = "A"\nfeeds = ["file:///etc/passwd"]', "it begins with https:// or http://"),
        ('name = "A"\nfeeds = ["javascript:alert(1)"]', "it begins with https:// or http://"),
        ('name = "A"\nfeeds = ["https://u:p@a.example/"]', "has a name or password in it"),
        ('name = "A"\nfeeds = ["https://a.example/a b"]', "has blanks or control characters"),
        ('name = "A"\nfeeds = ["https://a.example:port/"]', "is no address that can be read"),
        ('name = "A"\nfeeds = ["https:///x"]', "has no host"),
        (f'name = "A"\nfeeds = ["https://a.example/{"x" * 2000}"]', "is longer than 2,000 characters"),
        ('name = "A"\nfeeds = [3]', "`feeds` is a list of texts"),
        ('name = "A"\nfeeds = ["https://a.example/x", "http://a.example/x#y"]', "twice; leave one out"),
        (f'name = "A"\ndomains = [{", ".join(f"{chr(34)}d{n}.example{chr(34)}" for n in range(501))}]', "at most 500"),
        ('name = "A"\nper_day = 0', "`per_day` 0 is no number of reports a day"),
        ('name = "A"\nper_day = nan', "is no number of reports"),
        ('name = "A"\nper_day = true', "is no number of reports"),
        ('name = "A"\nper_day = "40"', '"40" is no number'),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_what_to_write(row: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        outlets(f"[[outlet]]\n{row}\n", "s.toml")
    assert told in str(refused.value)
    assert str(refused.value).startswith("s.toml: outlet 1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = ", "cannot be read as TOML"),
        ("a = " + "[" * 20_000, "cannot be read as TOML"),
        ("[outlet]\nname = 'A'", "write each outlet as [[outlet]], with two brackets"),
        ("outlet = [1]", "write each outlet as [[outlet]]"),
        ("[[outlets]]\nname = 'A'", '"outlets" is not known here'),
        ("[[outlet]]\nname = 'A'\n[[outlet]]\nname = 'a'", 'two outlets are named "a"'),
        ("[[outlet]]\nname='A'\ndomains=['a.b']\n[[outlet]]\nname='B'\ndomains=['a.b']", 'stands with "A" and with "B"'),
        ("[[outlet]]\nname='A'\nfeeds=['https://a.b/x']\n[[outlet]]\nname='B'\nfeeds=['http://a.b/x']", "the feed "),
        ("[[outlet]]\nname='A'\n" * 5_001, "at most 5000 can stand"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        outlets(text, "s.toml")
    assert told in str(refused.value)


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    for content, told in (
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"#" * 2_000_001, "is larger than"),
        (b"<html></html>", "is no list"),
    ):
        path = tmp_path / "s.toml"
        path.write_bytes(content)
        with pytest.raises(SettingsError, match=told):
            outlets_in(path)
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(SettingsError, match="cannot be read"):
            outlets_in(path)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.example/x", "A"),
        ("https://WWW.A.example./x", "A"),
        ("http://b.a.example:8080/", "B"),
        ("https://c.b.a.example/", "B"),
        ("https://xa.example/", None),
        ("https://example/", None),
        ("https://feeds.c.example/1", "C"),
        ("https://c.example/1", None),
        ("https://müller.example/", "D"),
        ("not an address", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_an_address_is_the_outlets_with_the_longest_domain(address: str, name: str | None) -> None:
    told = (
        Outlet("A", "A", domains=("a.example",)),
        Outlet("B", "B", domains=("b.a.example",)),
        Outlet("C", "C", feeds=("https://www.feeds.c.example/rss",)),
        Outlet("D", "D", domains=("xn--mller-kva.example",)),
    )
    found = outlet_of(address, told)
    assert (found and found.name) == name


names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "x"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(names, names, st.integers(1, 3)), max_size=6, unique_by=lambda row: row[0].casefold()))
def test_what_is_written_is_read_again(rows: list[tuple[str, str, int]]) -> None:
    found = tuple(
        Outlet(
            name,
            family,
            "DE",
            "de",
            (f"d{number}.example",),
            tuple(f"https://d{number}.example/{feed}" for feed in range(feeds)),
            (),
            number + 0.5,
        )
        for number, (name, family, feeds) in enumerate(rows)
    )
    assert outlets(in_toml(found), "s.toml") == found


def test_opml_keeps_what_it_can_hold() -> None:
    there = (
        Outlet("A <&> \"x\"", "Tide & Co", "GB", "en-GB", ("a.example", "b.example"), ("https://a.example/1", "https://a.example/2?x=1&y=2")),
        Outlet("B", "Tide & Co", feeds=("https://b.example/1",)),
        Outlet("C", "C", None, "de", ("c.example",), ("https://c.example/1",), ("https://c.example/s",), 4),
        Outlet("D", "D", sitemaps=("https://d.example/s",)),
    )  # fmt: skip
    written = in_opml(there)
    assert written == in_opml(there)
    read = outlets_of_opml(written, "x.opml")
    assert read.faults == ()
    assert read.outlets == (
        Outlet("A <&> \"x\"", "Tide & Co", None, "en-GB", ("a.example",), there[0].feeds),
        there[1],
        Outlet("C", "C", None, "de", ("c.example",), there[2].feeds),
    )  # fmt: skip
    assert in_opml(read.outlets) == written
    assert outlets_of_opml(written, "x.opml", folders=False).outlets[0].family == 'A <&> "x"'


def test_lists_of_feed_readers_are_read_as_they_are() -> None:
    read = outlets_of_opml(
        b"""<?xml version="1.0" encoding="ISO-8859-1"?><opml version="1.0"><head/><body>
        <outline text="News"><outline text="UK"><outline title="Courier" xmlUrl="https://a.example/rss" htmlUrl="https://www.a.example/x"/></outline></outline>
        <outline text="Courier" xmlUrl="https://b.example/rss"/><outline xmlUrl="https://c.example/rss"/>
        <outline text="Bad" xmlUrl="javascript:x"/><outline text="Twice" xmlUrl="http://a.example/rss"/><outline text="A note"/>
        <outline text="Caf\xe9" xmlUrl="https://d.example/rss" language="fr_FR"/></body></opml>""",
        "x.opml",
    )
    assert [(one.name, one.family, one.domains) for one in read.outlets] == [
        ("Courier", "UK", ("a.example",)),
        ("Courier (Courier)", "Courier (Courier)", ()),
        ("c.example", "c.example", ()),
        ("Café", "Café", ()),
    ]
    assert len(read.faults) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<opml/>",
        b"<rss><channel/></rss>",
        b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;"/></body></opml>',
    ],
)
def test_what_is_no_list_of_subscriptions_is_refused(content: bytes) -> None:
    with pytest.raises(SettingsError, match="is no list of subscriptions"):
        outlets_of_opml(content, "x.opml")


def test_folders_inside_folders_end_somewhere() -> None:
    deep = '<outline text="f">' * 200 + '<outline text="A" xmlUrl="https://a.example/"/>' + "</outline>" * 200
    assert outlets_of_opml(f"<opml><body>{deep}</body></opml>".encode(), "x").outlets == ()


def test_what_stands_there_stays_and_nothing_stands_twice() -> None:
    there = outlets(WHOLE, "s.toml")
    others = (
        Outlet("the eskmouth courier", "X", feeds=("https://eskmouthcourier.example/other",)),
        Outlet("New", "New", domains=("eskmouthcourier.example", "new.example"), feeds=("https://new.example/", "http://feeds.example:8080/e")),
        Outlet("Old", "Old", feeds=("https://eskmouthcourier.example/rss.xml",)),
    )  # fmt: skip
    new, kept = added(there, others)
    assert new == (Outlet("New", "New", domains=("new.example",), feeds=("https://new.example/",)),)
    assert len(kept) == 1
    assert outlets(WHOLE + in_toml(new), "s.toml") == (*there, *new)
