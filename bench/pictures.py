"""Takes the pictures of the documentation: `python -m bench.pictures docs/pictures`.

Reads the example into a ledger of its own, serves it on loopback and photographs the pages in Chromium.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import sync_playwright

from onrecord import Ledger
from onrecord.sources.example import reports_folder
from onrecord.web.app import create_app
from onrecord.web.serving import listening

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DESK = {"viewport": {"width": 1280, "height": 860}}
TELEPHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
REPORT = "/reports/tribune-2031-03-05-inside-the-press-room.html"
SHOTS = (
    ("front", DESK, "/", None),
    ("report", DESK, REPORT, ".part.direct"),
    ("report-telephone", TELEPHONE, REPORT, None),
    ("report-dark", {**DESK, "color_scheme": "dark"}, REPORT, None),
    ("statements", DESK, "/statements?text=withdraw", None),
    ("speaker", DESK, "/speakers/Joren%20Halvik", None),
    ("record", DESK, "/record", None),
)
"""Name, browser settings, address, and what is clicked before the picture is taken."""


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, reports_folder() as reports, listening(0) as listener:
        path = Path(folder) / "example.ledger"
        Ledger(path).add(reports)
        server = uvicorn.Server(uvicorn.Config(create_app(path), log_level="error", ws="none"))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        try:
            _photograph(f"http://127.0.0.1:{listener.getsockname()[1]}", target)
        finally:
            server.should_exit = True
            serving.join()


def _photograph(address: str, target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, settings, place, clicked in SHOTS:
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
