"""The pages in a real browser: with and without script, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bench.served import served
from onrecord.web import create_app
from tests.end_to_end.chromium import DESK, TELEPHONE, needed
from tests.publishing.invented import DAM, write_record

pytestmark = needed
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages of the invented record."""
    path = write_record(tmp_path_factory.mktemp("browser") / "record.ledger", with_hostile=True, copies=30)
    with pytest.MonkeyPatch.context() as patch:
        # However slow the machine is, the pages wait until a judgement is worked in.
        patch.setattr("onrecord.web.app.PATIENCE", 600.0)
        with served(create_app(path)) as found:
            yield found


@pytest.fixture(params=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "script"


@pytest.fixture
def opened(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Makes pages, and sees in the end that none of them logged an error or was stopped by the policy."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def make(**settings: Any) -> Any:
        context = browser.new_context(base_url=address, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append("a dialog opened"), dialog.dismiss()))
        page.on("request", lambda made: made.url.startswith(address) or complaints.append(f"asked {made.url}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def card_of(part: Any) -> str:
    """What the small card by a part shows, "none" when it is not there."""
    return str(part.evaluate("one => getComputedStyle(one, '::after').content")).replace("\\a ", "\n")


def card_under_the_mouse(part: Any) -> str:
    """The same when the mouse is on the part; a page that still moves to its place may carry it off."""
    for _ in range(50):
        part.hover()
        if (card := card_of(part)) != "none":
            return card
        part.page.wait_for_timeout(100)
    return "none"


def test_from_the_list_by_a_search_to_a_statement_in_its_report(opened: Any, script: bool) -> None:
    page = opened(java_script_enabled=script, **DESK)
    page.goto("/statements")
    page.get_by_label("Words in the statement").fill("telephone")
    page.get_by_role("search", name="Search statements").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Gates stayed shut").first.click()
    assert "#at-" in page.url
    part = page.locator("a.part.content.mixed").first
    assert part.is_visible()
    card = card_under_the_mouse(part)
    for words in ("Piet Hallam", "mixed", "told reporters", "confidence 93%"):
        assert words in card

    part.click()
    note = page.locator(".note:target")
    assert note.is_visible()
    for words in ("Piet Hallam", "mixed", "told reporters", "confidence 93%", "sources and offsets"):
        assert words in note.inner_text()
    ground = "one => getComputedStyle(one).backgroundColor"
    lit = [one for one in page.locator("#text .part").all() if one.evaluate(ground) == "rgb(255, 219, 112)"]
    assert [one.inner_text() for one in lit] == [
        "Governor Piet Hallam",
        "told reporters",
        "that the board had “known since Sunday” and that the warning was passed on by telephone",
    ]

    note.get_by_role("link", name="close").click()
    assert page.locator(".note:target").count() == 0
    page.locator(".note").nth(2).get_by_role("link", name="sources and offsets").click()
    assert "/statements/" in page.url
    assert "Piet Hallam" in page.locator("main").inner_text()


def test_the_text_in_the_page_is_the_text_of_the_report(opened: Any) -> None:
    page = opened(**DESK)
    page.goto("/reports/weir.html")
    assert page.locator("#text").evaluate("one => one.textContent") == DAM


def test_the_keyboard_stops_once_at_each_statement_and_shows_its_card(opened: Any, script: bool) -> None:
    page = opened(java_script_enabled=script, **DESK)
    page.goto("/reports/weir.html")
    page.locator("a[href^='https://courier.example']").focus()
    for number, speaker in ((1, "water board"), (2, "Marta Quell"), (3, "Piet Hallam"), (4, "unnamed (two officials")):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.get_attribute("data-n") == str(number)
        assert speaker in card_of(focused)
    page.keyboard.press("Enter")
    assert "two officials" in page.locator(".note:target").inner_text()


def test_escape_puts_the_note_away_and_goes_back_to_the_text(opened: Any) -> None:
    page = opened(**DESK)
    page.goto("/reports/weir.html")
    page.locator("a.part.direct").first.click()
    assert page.locator(".note:target").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".note:target").count() == 0
    assert page.locator("a.part:focus").count() == 1


def test_pointing_at_one_part_lights_up_all_parts(opened: Any) -> None:
    page = opened(**DESK)
    page.goto("/reports/weir.html")
    page.locator("a.part.direct").first.hover()
    assert page.locator("#text .lit").all_inner_texts() == [
        "“Nobody gave that order,”",
        "said",
        "Marta Quell, who chairs the board",
        "“If somebody had, I would have heard it first.”",
    ]
    assert page.locator(".note.lit").count() == 1


def test_a_tap_on_a_telephone_opens_a_note_at_the_foot_without_moving_the_text(opened: Any, script: bool) -> None:
    page = opened(java_script_enabled=script, **TELEPHONE)
    page.goto("/reports/weir.html")
    part = page.locator("a.part.mixed").first
    part.scroll_into_view_if_needed()
    before = part.bounding_box()
    part.tap()
    note = page.locator(".note:target")
    box = note.bounding_box()
    assert "Piet Hallam" in note.inner_text()
    assert box["x"] == 0
    assert box["width"] == 375
    assert round(box["y"] + box["height"]) == 740
    assert part.bounding_box()["y"] == before["y"]


SEARCHES = ("/search", "/search?q=water", "/search?q=water&as=timeline&act=claim", "/search?q=Quell&in=reports")


WIDTHS = (320, 375, 800)


def test_no_page_scrolls_sideways(opened: Any) -> None:
    page = opened(viewport={"width": WIDTHS[0], "height": 740})
    page.goto("/statements?speaker=quell")
    statement = page.get_by_role("link", name="sources and offsets").first.get_attribute("href")
    page.goto("/reports?text=Monday")
    hostile = page.locator(".reports a").first.get_attribute("href")
    for place in (
        "/",
        "/statements",
        "/reports",
        "/speakers",
        "/record",
        "/review",
        "/reports/weir.html",
        statement,
        hostile,
        *SEARCHES,
    ):
        page.goto(place)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, place


def test_a_hostile_report_does_nothing(opened: Any) -> None:
    page = opened(**DESK)
    page.goto("/reports?text=Monday")
    page.locator(".reports a").first.click()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.locator("a.at").first.click()
    assert "<script>alert('x')</script>" in page.locator(".note:target").inner_text()
    assert page.evaluate("document.querySelectorAll('main script, main img, main svg').length") == 0


def test_words_chosen_in_a_report_fill_in_their_characters(opened: Any) -> None:
    page = opened(**DESK)
    page.goto("/reports/weir.html")
    wanted = "known since Sunday"
    page.evaluate(
        """(wanted) => {
            const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const place = walk.currentNode.data.indexOf(wanted);
                if (place < 0) continue;
                const range = document.createRange();
                range.setStart(walk.currentNode, place);
                range.setEnd(walk.currentNode, place + wanted.length);
                document.getSelection().removeAllRanges();
                document.getSelection().addRange(range);
                return;
            }
        }""",
        wanted,
    )
    start = page.locator("input[name=start]")
    playwright.expect(start).to_have_value(str(DAM.index(wanted)))
    assert page.locator("input[name=end]").input_value() == str(DAM.index(wanted) + len(wanted))
    assert start.is_visible()
    assert page.locator(".chosen").inner_text() == f"“{wanted}”"
    # A reason is asked for before anything is sent.
    form = page.locator("form[data-span]")
    form.get_by_role("button", name="Put it on the record").click()
    playwright.expect(form.locator("textarea")).to_be_focused()
    assert "/reports/" in page.url


def test_a_statement_is_corrected_by_keyboard(opened: Any, script: bool) -> None:
    page = opened(**DESK, java_script_enabled=script)
    page.goto("/statements?speaker=vell")
    page.get_by_role("link", name="sources and offsets").first.click()
    fold = page.get_by_text("Judge this")
    fold.focus()
    page.keyboard.press("Enter")
    name = page.get_by_label("Somebody else: a name, or the id of an actor")
    name.focus()
    page.keyboard.type("Ines Adair")
    page.keyboard.press("Tab")
    page.keyboard.type("the mayor says it")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Speaker corrected by").wait_for()
    page.goto("/speakers/Ines%20Adair")
    assert "animals" in page.locator("main").inner_text()
    # For whoever looks next it is as it was.
    page.go_back()
    page.locator(".undo summary").first.click()
    page.get_by_label("Why it is taken back").first.fill("it was the farmer")
    page.locator(".undo button").first.click()
    page.get_by_text("taken back by").first.wait_for()
