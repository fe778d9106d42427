"""Takes the pictures of the documentation: `python -m bench.pictures docs/pictures`.

Reads the example into a ledger of its own, serves it on loopback and photographs the pages in Chromium.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from bench.served import served
from onrecord import Ledger
from onrecord.desk import Desk, Hand
from onrecord.desk.people import let_in
from onrecord.domain.people import Role
from onrecord.ledger.weighed_view import WeighedView
from onrecord.settings import Settings, families_in
from onrecord.sources.example import hypotheses_file, indicators_file, outlets_file, reports_folder
from onrecord.web.app import create_app
from onrecord.web.reaching import Reach

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DESK = {"viewport": {"width": 1280, "height": 860}}
TALL = {"viewport": {"width": 1280, "height": 1500}}
CALENDAR = {"viewport": {"width": 1280, "height": 1120}}
TELEPHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
REPORT = "/reports/tribune-2031-03-05-inside-the-press-room.html"
PEOPLE = {"Ada Brink": Role.ADMIN, "Edo Quell": Role.EDITOR, "Rhea Moss": Role.READER}
PASSWORD = "kettle harbour gravel"
Shot = tuple[str, dict[str, Any], str, str | None]
SHOTS: tuple[Shot, ...] = (
    ("front", DESK, "/", None),
    ("report", DESK, REPORT, ".part.direct"),
    ("report-telephone", TELEPHONE, REPORT, None),
    ("report-dark", {**DESK, "color_scheme": "dark"}, REPORT, None),
    ("statements", DESK, "/statements?text=withdraw", None),
    ("speaker", DESK, "/speakers/Joren%20Halvik", None),
    ("story", DESK, "/stories/hal-20310307-0231", None),
    ("record", DESK, "/record", None),
    ("relations", TALL, "/relations?relation=contradicts", None),
    ("relations-telephone", TELEPHONE, "/relations?relation=contradicts", None),
    ("docket", DESK, "/docket", None),
    ("calendar", CALENDAR, "/docket", None),
    ("indicators", TALL, "/indicators", None),
    ("hypotheses", TALL, "/hypotheses", None),
    ("today", TALL, "/today?since=2020-01-01", None),
    ("search", DESK, "/search?q=troops+pulled+back", None),
    ("review", DESK, "/review", None),
    ("review-telephone", TELEPHONE, "/review", None),
)
"""Name, browser settings, address, and what is clicked before the picture is taken."""


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, reports_folder() as reports:
        path = Path(folder) / "example.ledger"
        with outlets_file() as outlets, Ledger(path, Settings(families=families_in(outlets))) as ledger:
            ledger.add(reports)
            ledger.link()
            ledger.weigh()
            told = next(iter(ledger.utterances(actor="Joren Halvik", text="ports of nineteen countries")))
        with WeighedView(path) as view:
            followed = view.lineages(figures=3)[0].id
            against = view.relations(kind="contradicts", limit=1)[0].id
            due = next(row.entry.utterance for row in view.docket() if row.evidence >= 2)
        shots = (
            *SHOTS,
            ("utterance", TALL, f"/utterances/{told.head.id}", None),
            ("figure", TALL, f"/figures/{followed}", None),
            ("entry", DESK, f"/docket/{due}", None),
            ("contradiction", TALL, f"/relations/{against}", None),
        )
        with indicators_file() as indicators, hypotheses_file() as hypotheses:
            app = create_app(path, Settings(indicators=indicators, hypotheses=hypotheses))
        with served(app) as address:
            _photograph(address, target, shots)
        with closing(Desk(path, create=True)) as desk:
            for name, role in PEOPLE.items():
                let_in(desk, name, role, PASSWORD, Hand("the pictures", "192.0.2.1"))
            with served(create_app(path, reach=Reach(("127.0.0.1",), desk, secure=False))) as address:
                _photograph_desk(address, target)


def _photograph_desk(address: str, target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(**DESK).new_page()
        page.goto(f"{address}/log-in")
        page.screenshot(path=target / "log-in.png", animations="disabled")
        page.get_by_label("Name").fill(next(iter(PEOPLE)))
        page.get_by_label("Password").fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Log in").click()
        page.goto(f"{address}/people")
        page.screenshot(path=target / "people.png", animations="disabled")
        browser.close()
    print(target / "log-in.png", target / "people.png", sep="\n")


def _photograph(address: str, target: Path, shots: Sequence[Shot]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, settings, place, clicked in shots:
            context = browser.new_context(**settings)
            page = context.new_page()
            page.goto(address + place)
            if clicked:
                page.locator(clicked).first.click()
            page.screenshot(path=target / f"{name}.png", animations="disabled")
            context.close()
            print(target / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
