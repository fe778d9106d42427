"""Reports are hostile: nothing of theirs becomes markup, script or an address to follow."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from onrecord.ledger.view import StatementFilter, View
from tests.publishing.invented import HOSTILE_WORD, OVERRIDE

ELEMENTS = {
    *("html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "ul", "li", "form", "label"),
    *("input", "button", "main", "footer", "p", "h1", "h2", "h3", "section", "div", "span", "bdi", "time", "ol", "svg"),
    *("rect", "article", "aside", "mark", "blockquote", "table", "thead", "tbody", "caption", "tr", "th", "td", "dl"),
    *("br", "dt", "dd", "code", "select", "option", "datalist", "strong"),
    *("details", "summary", "fieldset", "legend", "textarea"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "rel", "href", "type", "src", "defer", "class", "id", "tabindex", "role"),
    *(
        "action",
        "method",
        "for",
        "placeholder",
        "maxlength",
        "autocomplete",
        "value",
        "selected",
        "list",
        "title",
        "dir",
    ),
    *("rows", "min", "max", "required", "checked", "disabled", "hidden"),
    *("datetime", "viewbox", "preserveaspectratio", "focusable", "width", "height", "start", "scope", "download"),
}


class Page(HTMLParser):
    """The elements and attributes of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.scripts: list[tuple[str | None, str]] = []
        self.inside_script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs if not name.startswith(("data-", "aria-"))}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.inside_script = tag == "script"
        if self.inside_script:
            self.scripts.append((dict(attrs).get("src"), ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside_script = False

    def handle_data(self, data: str) -> None:
        if self.inside_script and data.strip():
            self.scripts.append((None, data))


@pytest.fixture(scope="module")
def addresses(record: Path) -> list[str]:
    """Every page that shows something of the hostile report."""
    with View(record) as view:
        report = view.reports(text="Monday")[0].id
        statements = [one.statement.id for one in view.statements(StatementFilter(report=report))]
        speakers = [row.name for row in view.speakers(limit=None)]
    word = quote(HOSTILE_WORD)
    return [
        "/",
        "/statements?text=img",
        f"/statements?text={word}&speaker={word}&outlet={word}&kind={word}&since={word}&until={word}",
        f"/reports?text={word}&outlet=Outlet+{word}",
        "/reports?outlet=Outlet+" + word,
        f"/reports/{report}",
        f"/reports/{word}",
        *(f"/statements/{one}" for one in statements),
        f"/speakers?text={word}",
        *(f"/speakers/{quote(name, safe='')}" for name in speakers),
        f"/speakers/none{word}",
        f"/record?reason={word}",
        "/record",
        f"/{word}",
    ]


def test_only_our_own_elements_attributes_and_scripts_are_there(client: Any, addresses: list[str]) -> None:
    seen = 0
    for address in addresses:
        text = client.get(address).text
        page = Page(text)
        assert page.elements <= ELEMENTS, address
        assert page.attributes <= ATTRIBUTES, address
        assert page.scripts in (
            [],
            [("/static/judging.js", "")],
            [("/static/parts.js", ""), ("/static/judging.js", "")],
        )
        assert HOSTILE_WORD not in text, address
        seen += "&lt;script&gt;" in text
    assert seen > 10


def test_links_lead_into_the_pages_or_to_plain_addresses_of_the_web(client: Any, addresses: list[str]) -> None:
    for address in [*addresses, "/reports/weir.html"]:
        for link in Page(client.get(address).text).links:
            assert link == "https://courier.example/2031/04/08/weir" or (
                link.startswith(("/", "#")) and not link.startswith("//")
            ), (address, link)


def test_an_address_with_script_is_shown_and_not_linked(client: Any, addresses: list[str]) -> None:
    page = client.get(next(one for one in addresses if one.startswith("/reports/"))).text
    assert "javascript:alert(document.domain)</bdi> (not an address of the web)" in page


def test_a_title_of_a_megabyte_is_cut_everywhere(client: Any, addresses: list[str]) -> None:
    for address in addresses:
        assert len(client.get(address).content) < 120_000, address


def test_templates_in_a_report_are_text(client: Any) -> None:
    page = client.get("/statements?text=onload").text
    assert "{{ 7*7 }}" in page


def test_a_name_that_turns_writing_around_is_isolated(client: Any) -> None:
    page = client.get("/speakers").text
    assert page[: page.index(OVERRIDE)].rsplit("<", 1)[-1] == "bdi>"
    page = client.get(f"/speakers/{quote(f'{OVERRIDE} / ..?&#', safe='')}").text
    title, body = page.split("</title>")
    assert OVERRIDE in body
    assert not set(OVERRIDE[0] + OVERRIDE[-1]) & set(title)


def test_control_characters_are_replaced(client: Any) -> None:
    response = client.get("/speakers/a%00b%1b%ED%A0%80")
    assert response.status_code == 404
    assert not {"\0", "\x1b"} & set(response.text)
