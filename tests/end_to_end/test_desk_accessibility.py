"""The pages of a desk that asks who one is, for everybody: axe-core, a telephone, no script, and print."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.served import served
from onrecord.web import create_app
from onrecord.web.reaching import Reach
from tests.desk.invented import PASSWORDS, Clock, quick_hashes, staffed
from tests.end_to_end.axe import SCHEMES, Looked, grave, looked_at
from tests.end_to_end.chromium import DESK, TELEPHONE, needed
from tests.publishing.weighed.example import weighed_ledger

pytestmark = needed

STICKING_OUT = """[...document.querySelectorAll("main :is(button, input, select):not(.away)")]
    .filter(one => !one.closest(".scroll") && one.getBoundingClientRect().right > innerWidth - 15)
    .map(one => one.textContent || one.name)"""
ADMIN, READER = "Ada Brink", "Rhea Moss"


@contextmanager
def desk_at(folder: Path) -> Iterator[str]:
    """The address of a desk at which nobody has been yet."""
    ledger = folder / "desk.ledger"
    shutil.copy(weighed_ledger(), ledger)
    desk = staffed(ledger, Clock())
    # Browsers take a loopback address for as safe as https, so that cookies for https alone work there, too.
    with served(create_app(ledger, reach=Reach(("127.0.0.1",), desk, secure=False))) as found:
        yield found


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        quick_hashes(patch)
        yield


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


@pytest.fixture(scope="module")
def looked(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Looked]:
    """Every page of a walk with script."""
    context = browser.new_context(**DESK)
    page = context.new_page()
    with desk_at(tmp_path_factory.mktemp("looked")) as address:
        found = {place: looked_at(page) for place in walked(page, address)}
    context.close()
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_serious_at_a_desk(looked: dict[str, Looked], scheme: str) -> None:
    assert [f"{place}: {one}" for place, its in looked.items() for one in its.grave[scheme]] == []


@pytest.mark.parametrize("script", [True, False])
def test_no_page_of_a_desk_keeps_a_telephone_out(tmp_path: Path, browser: Any, script: bool) -> None:
    context = browser.new_context(**TELEPHONE, java_script_enabled=script)
    page = context.new_page()
    wide: list[object] = []
    found = []
    with desk_at(tmp_path) as address:
        for place in walked(page, address):
            width = page.evaluate("document.documentElement.scrollWidth")
            wide += [(place, width)] if width > 375 else []
            wide += [(place, words) for words in page.evaluate(STICKING_OUT)]
            # axe-core is a script itself.
            found += [f"{place}: {one}" for one in grave(page)] if script else []
    context.close()
    assert wide == []
    assert found == []


def test_a_desk_says_the_same_without_script(tmp_path: Path, browser: Any, looked: dict[str, Looked]) -> None:
    context = browser.new_context(**DESK, java_script_enabled=False)
    page = context.new_page()
    with desk_at(tmp_path) as address:
        told = {place: page.locator("main").inner_text() for place in walked(page, address)}
    context.close()
    with_script = {place: its.words for place, its in looked.items()}
    # What is shown once is another each time.
    for place in ("a token, shown once", "a password, shown once"):
        for words in (told, with_script):
            words[place] = re.sub(r"once:\s+\S+", "once:", words[place])
    assert with_script == told


def test_every_page_of_a_desk_prints(looked: dict[str, Looked]) -> None:
    assert [place for place, its in looked.items() if not its.prints_heading] == []
    assert [place for place, its in looked.items() if its.prints_navigation] == []
