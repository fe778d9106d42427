"""The pages of a desk that asks who one is, for everybody: axe-core, a telephone, no script, and print."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.served import served
from onrecord.web import create_app
from onrecord.web.reaching import Reach
from tests.desk.invented import PASSWORDS, Clock, quick_hashes, staffed
from tests.end_to_end.axe import grave
from tests.end_to_end.chromium import DESK, TELEPHONE, needed
from tests.publishing.weighed.example import weighed_ledger

pytestmark = needed

STICKING_OUT = """[...document.querySelectorAll("main :is(button, input, select):not(.away)")]
    .filter(one => !one.closest(".scroll") && one.getBoundingClientRect().right > innerWidth - 15)
    .map(one => one.textContent || one.name)"""
ADMIN, READER = "Ada Brink", "Rhea Moss"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    quick_hashes(monkeypatch)
    ledger = tmp_path / "desk.ledger"
    shutil.copy(weighed_ledger(), ledger)
    desk = staffed(ledger, Clock())
    # Browsers take a loopback address for as safe as https, so that cookies for https alone work there, too.
    with served(create_app(ledger, reach=Reach(("127.0.0.1",), desk, secure=False))) as found:
        yield found


def walked(page: Any, address: str) -> Iterator[str]:
    """Goes through the pages of a desk as people do; on each, its name is given while the page stands there."""

    def press(button: str) -> None:
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=button, exact=True).click()

    def log_in(name: str, password: str) -> None:
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        press("Log in")

    page.goto(f"{address}/docket")
    yield "log-in"
    log_in(READER, "another kettle altogether")
    yield "log-in failed"
    log_in(READER, PASSWORDS[READER])
    yield "the page that was asked for"
    page.goto(f"{address}/me")
    yield "own page, empty"
    page.goto(f"{address}/people")
    yield "refused"
    page.goto(f"{address}/log-out")
    yield "log-out"
    press("Log out")
    page.goto(f"{address}/log-in")
    log_in(ADMIN, PASSWORDS[ADMIN])
    page.goto(f"{address}/me")
    page.get_by_label("What it is for").fill("the night desk’s programs")
    press("Make a token")
    yield "a token, shown once"
    page.locator("#search-name").fill("withdrawals")
    page.get_by_label("Address of the list").fill("/statements?text=withdraw")
    press("Keep")
    yield "own page with a token and a search"
    page.get_by_label("The old one").fill(PASSWORDS[ADMIN])
    page.get_by_label("The new one,").fill("a kettle of gravel 1")
    page.get_by_label("The new one again").fill("a kettle of gravel 2")
    press("Change it, and log out everywhere")
    yield "a password typed in two ways"
    page.goto(f"{address}/people")
    yield "people"
    page.locator("#name").fill("Ivo Tarn")
    press("Let in")
    yield "a password, shown once"
    press("Shut Ivo Tarn out")
    yield "somebody shut out"
    page.locator("#name").fill(ADMIN)
    press("Let in")
    yield "a name that is taken"
    page.goto(f"{address}/people/audit")
    yield "audit log"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_at_a_desk(address: str, browser: Any, scheme: str) -> None:
    context = browser.new_context(**DESK, color_scheme=scheme)
    page = context.new_page()
    found = [f"{place}: {one}" for place in walked(page, address) for one in grave(page)]
    context.close()
    assert found == []


def test_axe_finds_nothing_serious_on_a_telephone(address: str, browser: Any) -> None:
    context = browser.new_context(**TELEPHONE)
    page = context.new_page()
    found = [f"{place}: {one}" for place in walked(page, address) for one in grave(page)]
    context.close()
    assert found == []


@pytest.mark.parametrize("script", [True, False])
def test_no_page_of_a_desk_is_wider_than_a_telephone(address: str, browser: Any, script: bool) -> None:
    context = browser.new_context(**TELEPHONE, java_script_enabled=script)
    page = context.new_page()
    wide = []
    for place in walked(page, address):
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [(place, width)] if width > 375 else []
        wide += [(place, words) for words in page.evaluate(STICKING_OUT)]
    context.close()
    assert wide == []


def test_a_desk_says_the_same_without_script(tmp_path: Path, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)
    told: dict[bool, dict[str, str]] = {}
    for script in (True, False):
        ledger = tmp_path / f"{script}.ledger"
        shutil.copy(weighed_ledger(), ledger)
        desk = staffed(ledger, Clock())
        context = browser.new_context(**DESK, java_script_enabled=script)
        page = context.new_page()
        with served(create_app(ledger, reach=Reach(("127.0.0.1",), desk, secure=False))) as address:
            told[script] = {place: page.locator("main").inner_text() for place in walked(page, address)}
        context.close()
    # What is shown once is another each time.
    for place in ("a token, shown once", "a password, shown once"):
        for words in told.values():
            words[place] = re.sub(r"once:\s+\S+", "once:", words[place])
    assert told[True] == told[False]


def test_every_page_of_a_desk_prints(address: str, browser: Any) -> None:
    context = browser.new_context(**DESK)
    page = context.new_page()
    for place in walked(page, address):
        page.emulate_media(media="print")
        assert page.locator("main h1").first.is_visible(), place
        assert not any(one.is_visible() for one in page.locator("nav").all()), place
        page.emulate_media(media="screen")
    context.close()
