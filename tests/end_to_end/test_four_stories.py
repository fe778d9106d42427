"""What people come for, in a real browser: with a mouse, with the keyboard alone, and on a telephone.

Follow a quotation to its origins; find out who contradicted the withdrawal; correct a wrong speaker and see every page
follow; write a brief and verify it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.served import served
from onrecord.proof import check
from onrecord.proof.files import ProofError
from onrecord.web import create_app
from tests.end_to_end.chromium import DESK, TELEPHONE, needed
from tests.publishing.weighed.example import example_settings, weighed_ledger

pytestmark = needed

MOST_STOPS = 600
"""Stops of the Tab key within which anything on a page is reached."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    ledger = shutil.copy(weighed_ledger(), tmp_path / "crisis.ledger")
    with served(create_app(ledger, example_settings(), by="Ida Holm")) as found:
        yield found


class Hand:
    """Somebody at a page, who points, taps, or has a keyboard alone."""

    def __init__(self, page: Any, way: str) -> None:
        self.page = page
        self.way = way

    def go(self, target: Any) -> None:
        """Follows a link, or sends a form, to another page."""
        with self.page.expect_navigation():
            self.press(target)

    def press(self, target: Any) -> None:
        """Presses what changes something on the page itself."""
        if self.way == "keyboard":
            self._reach(target)
            self.page.keyboard.press("Enter")
        elif self.way == "telephone":
            target.tap()
        else:
            target.click()

    def type(self, target: Any, words: str) -> None:
        """Types into a field."""
        if self.way == "keyboard":
            self._reach(target)
            self.page.keyboard.type(words)
        else:
            target.fill(words)

    def _reach(self, target: Any) -> None:
        target.wait_for()
        for _ in range(MOST_STOPS):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {target}")


@pytest.fixture(params=["mouse", "keyboard", "telephone"])
def hand(browser: Any, request: pytest.FixtureRequest) -> Iterator[Hand]:
    context = browser.new_context(**(TELEPHONE if request.param == "telephone" else DESK))
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield Hand(page, request.param)
    context.close()


def main(hand: Hand) -> str:
    return str(hand.page.locator("main").inner_text())


def test_a_quotation_is_followed_to_its_origins(hand: Hand, address: str) -> None:
    page = hand.page
    page.goto(address)
    quotation = page.locator("ol.utterances p.words a").first
    words = quotation.inner_text()
    hand.go(quotation)
    assert words[:40] in main(hand)
    assert "Who has it from whom" in main(hand)
    assert re.search(r"\d independent origins?", main(hand))
    hand.go(page.locator("ul.carried-by").get_by_role("link", name="in its report").first)
    assert "/reports/" in page.url
    page.go_back()
    hand.go(page.locator("ul.carried-by").get_by_role("link", name=re.compile("characters")).first)
    assert "Capture, SHA-256" in main(hand)


def test_who_contradicted_the_withdrawal_is_found(hand: Hand, address: str) -> None:
    page = hand.page
    page.goto(address)
    hand.go(page.get_by_role("link", name=re.compile(r"All \d+ contradictions")))
    about = page.locator("li.relation", has_text=re.compile("withdr", re.IGNORECASE)).first
    hand.go(about.locator(".between a"))
    sides = page.locator(".relation.whole .side")
    assert sides.count() == 2
    for number in (0, 1):
        side = sides.nth(number)
        assert side.locator(".words").inner_text()
        assert side.get_by_role("link", name="in its report").count() == 1
    boxes = [sides.nth(number).bounding_box() for number in (0, 1)]
    if hand.way != "telephone":
        assert boxes[0]["y"] == boxes[1]["y"], "both sides stand at the same height"
    hand.go(sides.nth(1).get_by_role("link", name="in its report"))
    assert "/reports/" in page.url


def test_a_wrong_speaker_is_corrected_and_every_page_follows(hand: Hand, address: str) -> None:
    page = hand.page
    page.goto(f"{address}/statements?text=chlorine")
    hand.go(page.get_by_role("link", name="sources and offsets").first)
    statement = page.url.partition("#")[0]
    hand.press(page.locator("summary", has_text="Judge this"))
    hand.type(page.get_by_label("Somebody else: a name, or the id of an actor"), "Ines Adair")
    why = page.locator("form", has=page.get_by_label("Somebody else: a name, or the id of an actor"))
    hand.type(why.get_by_label("Why"), "the mayor says it in the second line")
    hand.go(why.get_by_role("button").last)
    page.goto(statement)
    assert "Speaker corrected by Ida Holm" in " ".join(main(hand).split())
    for place in ("/speakers/Ines%20Adair", "/statements?speaker=Ines+Adair", "/search?q=chlorine&actor=Ines+Adair"):
        page.goto(address + place)
        assert "chlorine" in main(hand)
        assert "Ines Adair" in main(hand)
    # What rests on it is linked behind the pages.
    page.goto(f"{address}/actors?text=Ines+Adair")
    for _ in range(40):
        if page.get_by_role("link", name="Ines Adair").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    hand.go(page.get_by_role("link", name="Ines Adair").first)
    assert "chlorine" in main(hand)


def test_a_brief_is_written_and_verified(hand: Hand, address: str, tmp_path: Path) -> None:
    page = hand.page
    page.goto(address)
    hand.go(page.locator("footer").get_by_role("link", name="Briefs"))
    hand.type(page.get_by_label("About words"), "withdraw")
    hand.go(page.get_by_role("button", name="Write a brief"))
    page.wait_for_url(re.compile(r"/briefs/[0-9a-f]+"))
    assert "What is missing" in main(hand)
    with page.expect_download() as begun:
        hand.press(page.get_by_role("link", name="Download its proof"))
    place = tmp_path / "proof.zip"
    begun.value.save_as(place)
    checked = check(place)
    assert checked.faults == ()
    changed = bytearray(place.read_bytes())
    changed[len(changed) // 2] ^= 1
    place.write_bytes(bytes(changed))
    with pytest.raises(ProofError, match=r"\w+\.\w+ cannot be unpacked"):
        check(place)
