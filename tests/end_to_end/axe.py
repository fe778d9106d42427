"""What axe-core finds on a page that would keep somebody out."""

from __future__ import annotations

from typing import Any

import pytest

GRAVE = ("serious", "critical")


def grave(page: Any) -> list[str]:
    """The serious and critical findings on the page as it stands, in words, each with the first places."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    return [
        f"{one['id']} ({one['help']}): {'; '.join(node['html'][:120] for node in one['nodes'][:3])}"
        for one in axe.Axe().run(page).response["violations"]
        if one["impact"] in GRAVE
    ]
