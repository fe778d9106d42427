"""Every page for everybody: no serious finding of axe-core, on paper and in the dark, and nothing wider than a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bench.served import served
from onrecord.ledger.weighed_view import WeighedView
from onrecord.web import create_app
from tests.end_to_end.axe import SCHEMES, Looked, grave, looked_at
from tests.end_to_end.chromium import DESK, TELEPHONE, needed
from tests.publishing.weighed.example import example_settings, weighed_ledger

pytestmark = needed

LISTS = (
    "/",
    "/today?since=2020-01-01",
    "/stories",
    "/utterances",
    "/relations",
    "/relations?relation=contradicts",
    "/figures",
    "/docket",
    "/docket?due=2031-03-09",
    "/docket?act=demand&due=2031-03-13",
    "/actors",
    "/statements",
    "/statements?since=rubbish",
    "/reports",
    "/speakers",
    "/record",
    "/indicators",
    "/hypotheses",
    "/grades",
    "/search?q=troops+pulled+back",
    "/search?q=withdrawal&as=timeline",
    "/search?q=withdrawal&as=actors",
    "/review",
    "/briefs",
    "/nowhere",
)
THINGS = ("statements", "reports", "utterances", "actors", "stories", "relations", "figures", "docket", "speakers")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(weighed_ledger(), example_settings())) as found:
        yield found


@pytest.fixture(scope="module")
def places(address: str, browser: Any) -> list[str]:
    """The lists, and of each sort of thing the first that its list leads to."""
    page = browser.new_page()
    found = list(LISTS)
    for sort in THINGS:
        page.goto(f"{address}/{sort}")
        led = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
        found.append(next(one for one in led if re.match(rf"/{sort}/[^?#]+", one or "")).partition("#")[0])
    found += [f"{one}/cite" for one in found if one.startswith("/statements/")]
    page.close()
    with WeighedView(weighed_ledger()) as view:
        found.append(f"/relations/{view.relations(kind='contradicts', limit=1)[0].id}")
        carried = next(one for one in view.utterances(reports=2) if one.first and one.last and one.first < one.last)
        found.append(f"/utterances/{carried.id}?as_of={carried.first:%Y-%m-%d}")
    return found


@pytest.fixture(scope="module")
def looked(address: str, browser: Any, places: list[str]) -> dict[str, Looked]:
    """Every page, gone to once."""
    page = browser.new_page(**DESK)
    found = {}
    for place in places:
        page.goto(address + place)
        found[place] = looked_at(page)
    page.close()
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_serious_on_any_page(looked: dict[str, Looked], scheme: str) -> None:
    assert [f"{place}: {one}" for place, its in looked.items() for one in its.grave[scheme]] == []


def test_no_page_is_wider_than_a_telephone(address: str, browser: Any, places: list[str]) -> None:
    context = browser.new_context(**TELEPHONE)
    page = context.new_page()
    wide = []
    for place in places:
        page.goto(address + place)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 375:
            wide.append((place, width))
    context.close()
    assert wide == []


def told(words: str) -> str:
    # A page that was made a minute later says so.
    return re.sub(r"\d\d:\d\d", "", " ".join(words.split()))


def test_pages_say_the_same_without_script(address: str, browser: Any, looked: dict[str, Looked]) -> None:
    context = browser.new_context(**DESK, java_script_enabled=False)
    page = context.new_page()
    differ = []
    for place, its in looked.items():
        page.goto(address + place)
        if told(page.locator("main").inner_text()) != told(its.words):
            differ.append(place)
    context.close()
    assert differ == []


def test_every_page_prints_without_what_is_only_for_the_screen(looked: dict[str, Looked]) -> None:
    assert [place for place, its in looked.items() if its.prints_navigation] == []
    assert [place for place, its in looked.items() if not its.prints_heading] == []


def test_axe_would_find_something(browser: Any) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><html lang=en><title>x</title><main><img src='x.png'><input></main></html>")
    found = {one.partition(" ")[0] for one in grave(page)}
    page.close()
    assert found == {"image-alt", "label"}
