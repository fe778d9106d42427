"""Browsers and programs at the pages of a staffed desk, as a proxy on the same computer hands them on."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.desk import Desk
from onrecord.settings import Settings
from onrecord.web import create_app
from onrecord.web.acting import FORM, TOKEN_FIELD
from onrecord.web.reaching import Reach
from tests.desk.invented import PASSWORDS, Clock, staffed

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    import httpx

NAME = "desk.example.org"
SITE = f"https://{NAME}"
PROXIED = {"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.9"}
FROM_HERE = {"origin": SITE, "sec-fetch-site": "same-origin", "content-type": FORM}


@contextmanager
def desk_app(ledger: Path, clock: Clock, settings: Settings | None = None) -> Iterator[tuple[Any, Desk]]:
    """The application over a ledger with a desk, behind a proxy."""
    desk = staffed(ledger, clock)
    app = create_app(ledger, settings, reach=Reach((NAME,), desk, behind_proxy=True))
    with TestClient(app, base_url=SITE):
        yield app, desk


def browser(app: Any, address: str = "192.0.2.9") -> TestClient:
    """A browser without a cookie, at an address."""
    headers = {**PROXIED, "x-forwarded-for": address}
    return TestClient(
        app, base_url=SITE, headers=headers, client=("127.0.0.1", 40_000), follow_redirects=False, cookies={}
    )


def token_in(page: str) -> str:
    """The form token that a page holds."""
    found = re.search(rf'name="{TOKEN_FIELD}" value="([^"]*)"', page)
    assert found is not None, page[:2_000]
    return found[1]


def send(client: TestClient, address: str, values: dict[str, str], page: str = "/me", **headers: str) -> httpx.Response:
    """Sends a form of a page as a browser does."""
    token = token_in(client.get(page).text)
    return client.post(address, data={TOKEN_FIELD: token, **values}, headers={**FROM_HERE, **headers})


def log_in(client: TestClient, name: str, password: str | None = None, **values: str) -> httpx.Response:
    """Logs in on the log-in page."""
    given = {"name": name, "password": PASSWORDS.get(name, "") if password is None else password, **values}
    return send(client, "/log-in", given, "/log-in")


def logged_in(app: Any, name: str, address: str = "192.0.2.9") -> TestClient:
    """A browser in which somebody has logged in."""
    client = browser(app, address)
    assert log_in(client, name).status_code == 303
    return client
