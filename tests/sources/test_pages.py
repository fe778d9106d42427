"""HTML: the article, its metadata, its character set."""

from __future__ import annotations

import contextlib
import json
import re
import time
from datetime import UTC, datetime

import pytest

from onrecord.domain.reports import MarkKind
from onrecord.errors import InputError
from onrecord.sources import from_text, text_of
from onrecord.sources.pages import extract_page

PARAGRAPHS = [
    "The port of Marl Bay stayed shut for a third day on Monday, the harbour master said, and ships were waiting.",
    "“We will open when the cranes are safe,” said Ada Moss, who has run the port since 2019, to reporters.",
    "The union said that it had not been asked. “Nobody has called us,” its secretary, Sam Orr, told the Courier.",
    "A spokesman for the ministry declined to comment on the demands and said that talks would go on all night.",
]
SCHEMA = "https://schema.org"
LINKED = {
    "@context": SCHEMA,
    "@graph": [
        {"@type": "WebSite", "datePublished": "1999-01-01"},
        {
            "@type": ["NewsArticle"],
            "datePublished": "2031-03-07T18:40:00+02:00",
            "publisher": {"name": "Marl Bay Courier"},
        },
    ],
}


def page(head: str = "", title: str = "Port shut for third day", paragraphs: list[str] = PARAGRAPHS) -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a>'
        f'<a href="/sport">Sport</a></nav><article><h1>{title}</h1><div class="body">{body}</div></article>'
        f'<div class="comments"><p>First!</p></div><footer><a href="/terms">Terms</a></footer></body></html>'
    )


def linked(*data: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in data)


def test_every_paragraph_stands_on_its_own() -> None:
    found = extract_page(page().encode())
    assert [line for line in found.text.split("\n\n") if line in PARAGRAPHS] == PARAGRAPHS
    assert "Sport" not in found.text
    assert "First!" not in found.text
    assert found.title == "Port shut for third day"
    assert found.extractor.startswith("trafilatura ")


@pytest.mark.parametrize(
    ("head", "when", "is_day"),
    [
        ('<meta property="article:published_time" content="2031-03-07T18:40:00+02:00">', (2031, 3, 7, 16, 40), False),
        ('<meta name="date" content="2031-03-07">', (2031, 3, 7), True),
        (linked(LINKED), (2031, 3, 7, 16, 40), False),
        (
            f'<meta name="date" content="2031-03-07">{linked(LINKED)}',
            (2031, 3, 7, 16, 40),
            False,
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="pubdate" content="7 March 2031">',
            (2031, 3, 7),
            True,
        ),
        ('<meta property="article:modified_time" content="2031-03-07T18:40:00Z">', None, False),
        ('<meta property="article:published_time" content="soon">', None, False),
    ],
)
def test_publication_time(head: str, when: tuple[int, ...] | None, is_day: bool) -> None:
    found = extract_page(page(head).encode())
    expected = datetime(*when, tzinfo=UTC) if when else None  # type: ignore[misc,arg-type]
    assert (found.published, found.published_is_day) == (expected, is_day)


def test_metadata() -> None:
    head = (
        '<meta property="og:site_name" content="Marl Bay Courier"><meta name="author" content="Jo Lind">'
        '<link rel="canonical" href="https://courier.example/port">'
    )
    found = extract_page(page(head, title="Port shut for third day | Marl Bay Courier").encode())
    assert (found.outlet, found.author, found.url) == ("Marl Bay Courier", "Jo Lind", "https://courier.example/port")
    assert found.title == "Port shut for third day"
    assert found.language == "en"


def test_the_publisher_of_linked_data_is_the_outlet() -> None:
    found = extract_page(page(linked(LINKED)).encode())
    assert found.outlet == "Marl Bay Courier"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("windows-1252", '<meta charset="windows-1252">'),
        ("windows-1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
        ("windows-1252", ""),
        ("windows-1252", '<meta charset="zip">'),
        ("utf-16", ""),
    ],
)
def test_character_sets(encoding: str, head: str) -> None:
    assert PARAGRAPHS[1] in extract_page(page(head).encode(encoding)).text


def test_a_character_set_from_the_header() -> None:
    content = page(paragraphs=[*PARAGRAPHS, "Он сказал, что порт закрыт, и больше ничего не добавил к этому."]).encode(
        "koi8-r", "ignore"
    )
    assert "Он сказал" in text_of(content, "text/html; charset=koi8-r")


def test_paragraphs_between_others_are_put_back() -> None:
    lost = "<p>But the cranes, said the engineer who built them, have been safe since the first day of the strike.</p>"
    html = page().replace(
        "</p><p>The union", f'</p></div><div class="box"><b>x</b></div><div class="body">{lost}<p>The union'
    )
    assert "said the engineer who built them" in extract_page(html.encode()).text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "The port is shut.",
        "<p>" * 30_000,
        "<table>" + "<tr><td>" * 3_000,
        "<html>" + "<a href='x'>" * 20_000,
        "<!--" * 10_000,
        "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><html><p>&b;</p></html>",
        '<html><script type="application/ld+json">' + "[" * 100_000 + "</script></html>",
    ],
)
def test_hostile_pages_end_soon(html: str) -> None:
    began = time.process_time()
    with contextlib.suppress(InputError):
        extract_page(html.encode())
    assert time.process_time() - began < 10.0


def test_a_headline_above_the_text_is_kept_and_not_read() -> None:
    text = "Bridge stays shut, says mayor\n\nThe bridge stays shut, Mayor Ida Holm said on Monday."
    (given,) = [from_text(text)]
    assert given.report is not None
    assert given.report.text == text
    assert [(m.kind, m.span.of(text)) for m in given.report.marks] == [
        (MarkKind.TITLE, "Bridge stays shut, says mayor")
    ]


def test_a_title_that_is_all_there_is_is_read() -> None:
    given = from_text("The bridge stays shut, says Mayor Ida Holm", title="The bridge stays shut, says Mayor Ida Holm")
    assert given.report is not None
    assert given.report.marks == ()


@pytest.mark.parametrize(
    ("title", "head", "heading", "expected"),
    [
        ("Port stays shut on Monday - World | Globe", "", "Port stays shut on Monday", "Port stays shut on Monday"),
        ("Port stays shut on Monday – MBC – 07.03.2031", "", "Port stays shut on Monday", "Port stays shut on Monday"),
        ("Port stays shut | MBC News", '<meta property="og:site_name" content="MBC">', "", "Port stays shut"),
        ("Port shut: live", "", "Shut", "Port shut: live"),
        ("Talks end - a first look", "", "Talks", "Talks end - a first look"),
        (
            "What you need to know of the port",
            linked({"@type": "NewsArticle", "headline": "Port stays shut on Monday"}),
            "Port stays shut, on Monday",
            "Port stays shut, on Monday",
        ),
    ],
)
def test_titles(title: str, head: str, heading: str, expected: str) -> None:
    html = page(f'<meta property="og:title" content="{title}">{head}').replace(
        "<h1>Port shut for third day</h1>", f"<h1>{heading}</h1><h1>Another</h1>"
    )
    assert extract_page(html.encode()).title == expected


@pytest.mark.parametrize(
    ("head", "author", "expected"),
    [
        (
            '<meta name="author" content="Tide Press"><meta name="author" content="Jo Lind">',
            {"name": "Jo Lind"},
            "Jo Lind",
        ),
        ('<meta name="author" content="Jo Lind">', {"name": "Sam Orr"}, "Jo Lind"),
        ("", [{"@type": "Person", "name": "J. Lind"}, {"@type": "Organization", "name": "MBC"}], "J. Lind"),
        ("", {"@type": "Organization", "name": "Marl Bay News"}, "Marl Bay News"),
        (
            "",
            {"name": "By JO LIND (jl, sports) in Zelvin and Sam Orr – Courier, by Al Roe"},
            "JO LIND; Sam Orr; Al Roe",
        ),
        ("", {"name": "https://courier.example/jo"}, None),
        ("", {"name": ["nested"]}, None),
        ("", [[[["deep"]]]], None),
    ],
)
def test_authors(head: str, author: object, expected: str | None) -> None:
    found = extract_page(page(head + linked({"@type": "NewsArticle", "author": author})).encode())
    assert found.author == expected


def test_linked_data_of_schema_org_say_who_the_author_is() -> None:
    head = '<meta name="author" content="Tide Press">'
    by = {"@type": "NewsArticle", "author": [{"@type": "Person", "name": "sam-orr"}, [{"name": "nested"}]]}
    assert extract_page(page(head + linked({"@context": SCHEMA, **by})).encode()).author == "Sam-Orr"
    assert extract_page(page(head + linked(by)).encode()).author == "Tide Press"


def test_an_author_and_a_site_that_are_described_by_themselves() -> None:
    graph = [
        {"@type": "WebSite", "name": "Marl Bay Courier"},
        {"@type": "NewsArticle", "author": {"@id": "#jo"}},
        {"@type": ["Person"], "@id": "#jo", "name": "jo lind"},
    ]
    head = '<meta property="article:publisher" content="https://network.example/courier">'
    found = extract_page(page(head + linked({"@context": SCHEMA, "@graph": graph})).encode())
    assert (found.author, found.outlet) == ("Jo Lind", "Marl Bay Courier")


@pytest.mark.parametrize("around", ["\n<![CDATA[{}]]>\n", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/ {} /*]]>*/"])
def test_linked_data_of_a_page_that_was_xhtml_once(around: str) -> None:
    wrapped = around.replace("{}", json.dumps(LINKED))
    found = extract_page(page(f'<script type="application/ld+json">{wrapped}</script>').encode())
    assert found.outlet == "Marl Bay Courier"


def test_a_text_that_only_linked_data_hold_is_read() -> None:
    body = "".join(f"<p>{paragraph} &amp; more.</p>" for paragraph in PARAGRAPHS)
    head = linked({"@context": SCHEMA, "@type": "NewsArticle", "articleBody": body})
    html = f"<html><head><title>Port</title>{head}</head><body><div id='app'></div></body></html>"
    found = extract_page(html.encode())
    assert found.text == "\n\n".join(f"{paragraph} & more." for paragraph in PARAGRAPHS)
    assert found.remarks == ("the text stands in the page's linked data only",)


def test_a_text_of_linked_data_is_not_read_where_the_page_shows_its_own() -> None:
    head = linked({"@context": SCHEMA, "@type": "NewsArticle", "articleBody": "The port opened again, he said. " * 90})
    assert "opened again" not in extract_page(page(head, paragraphs=PARAGRAPHS * 3).encode()).text


def test_the_version_of_what_is_done_beside_trafilatura_is_named() -> None:
    assert re.fullmatch(r"trafilatura [\d.]+, pages \d+", extract_page(page().encode()).extractor)
