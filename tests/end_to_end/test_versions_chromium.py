"""The pages of changed words in a real browser: on narrow screens, in dark colours, without script, in print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.served import served
from onrecord.web import create_app
from tests.edited import FIRST, SECOND, THIRD, hours, recorded, text_of
from tests.end_to_end.chromium import needed

pytestmark = needed
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

OLD = text_of(f"{FIRST}\n{'unbroken' * 40}\n", at=hours(1), title="Weir holds " + "und" * 60)
INPUTS = [
    OLD,
    text_of(SECOND, title="Two hurt at the weir"),
    text_of(THIRD, at=hours(30), url="https://courier.example/news/weir?" + "long" * 3 + "&fbclid=1"),
    text_of(THIRD, at=hours(30), title="Two hurt at the weir"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = recorded(tmp_path_factory.mktemp("browser") / "edited.ledger", INPUTS)
    with served(create_app(path)) as found:
        yield found


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (375, "dark"), (1200, "light")])
def test_no_page_of_versions_scrolls_sideways_or_complains(browser: Any, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=True
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    assert OLD.report is not None
    for place in (
        f"/reports/{OLD.report.id}",
        f"/reports/{OLD.report.id}/changes",
        "/today?since=2020-01-01",
        "/reports",
    ):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    context.close()
    assert complaints == []


def test_what_was_changed_is_told_without_colour(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    assert OLD.report is not None
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        page.goto(f"/reports/{OLD.report.id}/changes")
        for mark, line in (("del", "line-through"), ("ins", "underline")):
            # The first stands in the key to the marks.
            shown = page.locator(f".changed-text {mark}").first
            assert shown.is_visible()
            assert line in shown.evaluate("one => getComputedStyle(one).textDecorationLine")
    context.close()
