"""Nothing of onrecord touches the network but `sources/fetching`, the client of its own pages, and the pages' server."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import onrecord

PACKAGE = Path(onrecord.__file__).parent
OF_THE_NETWORK = {
    "socket",
    "httpx",
    "httpcore",
    "urllib.request",
    "http.client",
    "requests",
    "aiohttp",
    "ftplib",
    "smtplib",
}
MAY = {"client.py", "web/serving.py"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_else_touches_the_network() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if OF_THE_NETWORK.intersection(imported(ast.parse(file.read_text("utf-8"))))
    }
    fetching = {name for name in found if name.startswith("sources/fetching/")}
    assert fetching, "the test looks in the wrong place"
    assert found - fetching == MAY
