"""Hostile pages on the record, looked at in a browser with script: nothing runs, nothing is stopped, nobody is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from bench.served import served
from onrecord.web import create_app
from tests.end_to_end.chromium import DESK, needed
from tests.web.every_page import addresses, everything
from tests.web.hostile_record import hostile_ledger

pytestmark = needed
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

MOST_OF_A_KIND = 4
"""Pages of one kind that are looked at; every answer is parsed by tests/web/test_hostile_pages.py."""
PERHAPS = ("/docket/", "/briefs/")
"""Not every utterance is an entry of the docket, and not every name one of a brief's files."""
SEARCHES = ("/search?q=alert", "/statements?text=script", "/reports?text=onerror", "/search?q=alert&as=table")
DATA = re.compile(r"\.(?:css|csv|jsonl|json|bib|zip|atom|docx|pdf|md|html)$|^/static/|^/api/|^/healthz")


@pytest.fixture(scope="module")
def found() -> Iterator[tuple[str, list[str]]]:
    """Where the record is served, and its pages, some of each kind."""
    app = create_app(hostile_ledger())
    seen: Counter[str] = Counter()
    chosen = []
    for address in [*addresses(app, everything(hostile_ledger())), *SEARCHES]:
        kind = re.sub(r"^(/[^/?]+/)[^/]+", r"\1", address)
        if not DATA.search(address.partition("?")[0]) and seen[kind] < MOST_OF_A_KIND:
            seen[kind] += 1
            chosen.append(address)
    with served(app) as here:
        yield here, chosen


def test_nothing_of_a_report_runs_in_a_browser(browser: Any, found: tuple[str, list[str]]) -> None:
    here, chosen = found
    complaints: list[str] = []
    context = browser.new_context(base_url=here, **DESK)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: (complaints.append(f"{page.url}: a dialog opened"), dialog.dismiss()))
    page.on("request", lambda made: made.url.startswith(here) or complaints.append(f"{page.url}: asked {made.url}"))
    looked_at = 0
    for address in chosen:
        if address.startswith(PERHAPS) and context.request.get(address).status == 404:
            continue
        assert page.goto(address).status == 200, address
        looked_at += 1
        # What hides in a fold would run when it is opened.
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.url.startswith(here), address
    context.close()
    assert looked_at > 40
    assert complaints == []
