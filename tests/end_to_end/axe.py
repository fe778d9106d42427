"""What axe-core finds on a page that would keep somebody out, and what else is seen of a page at one visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

GRAVE = ("serious", "critical")
SCHEMES = ("light", "dark")
# Of style sheets axe asks for the text, which the policy of the pages forbids; no rule that is on by default needs it.
RUN = "axe.run({resultTypes: ['violations'], preload: {assets: ['media']}}).then(found => found.violations)"


@dataclass(frozen=True, slots=True)
class Looked:
    """A page as it was looked at: its words, what is grave in each colour scheme, and what is printed of it."""

    words: str
    grave: dict[str, list[str]]
    prints_heading: bool
    prints_navigation: bool


def grave(page: Any) -> list[str]:
    """The serious and critical findings on the page as it stands, in words, each with the first places."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(axe.Axe().axe_script)
    return [
        f"{one['id']} ({one['help']}): {'; '.join(node['html'][:120] for node in one['nodes'][:3])}"
        for one in page.evaluate(RUN)
        if one["impact"] in GRAVE
    ]


def looked_at(page: Any) -> Looked:
    """The page that stands there in light and dark colours and in print; it is left as it was."""
    words = page.locator("main").inner_text()
    found = {}
    for scheme in SCHEMES:
        # Colours that fade into each other would be read half way.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[scheme] = grave(page)
    page.emulate_media(media="print", color_scheme="light")
    heading = page.locator("main h1").first.is_visible()
    navigation = any(one.is_visible() for one in page.locator("nav").all())
    page.emulate_media(media="screen", reduced_motion="null")
    return Looked(words, found, heading, navigation)
