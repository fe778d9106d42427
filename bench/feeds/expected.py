"""What the two collections hold: files, and what their makers say must come out of each.

feedparser writes it as a Python expression in a comment of the file (`entries[0]['link'] == '…'`), of which only
comparisons with constants are taken, and never run; gofeed as JSON beside the file.
"""

from __future__ import annotations

import ast
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

FEEDPARSER = "feeds/feedparser-tests.tar.gz"
GOFEED = "feeds/gofeed-testdata.tar.gz"
MOST_FILES, MOST_BYTES = 10_000, 200_000_000

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*-->", re.DOTALL)
_BASE = re.compile(r"^Header:\s*Content-Location:\s*(\S+)", re.MULTILINE)
_FIELDS = {"title": "title", "link": "link", "id": "guid", "guid": "guid"}
_TIMES = {
    "published_parsed": "published",
    "issued_parsed": "published",
    "created_parsed": "published",
    "updated_parsed": "updated",
    "modified_parsed": "updated",
    "date_parsed": "updated",
}
_TIMES_OF_GOFEED = (("publishedParsed", "published"), ("pubDateParsed", "published"), ("updatedParsed", "updated"))


@dataclass(slots=True)
class Wanted:
    """What one file must give: how many items at least, and values of the items by their number and field."""

    name: str
    content: bytes
    address: str
    items: int | None = None
    exactly: bool = False
    values: list[tuple[int, str, Any]] = field(default_factory=list)


def members(archive: Path) -> dict[str, bytes]:
    """The files of an archive by name, read into memory within limits; nothing is written anywhere."""
    found: dict[str, bytes] = {}
    total = 0
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            if not member.isfile():
                continue
            total += member.size
            if total > MOST_BYTES or len(found) >= MOST_FILES:
                raise SystemExit(f"{archive} holds more than it should")
            opened = tar.extractfile(member)
            found[member.name] = b"" if opened is None else opened.read()
    return found


def feedparser_files(corpora: Path) -> Iterator[Wanted]:
    """The collection of feedparser."""
    for name, content in sorted(members(corpora / FEEDPARSER).items()):
        text = content.decode("utf-8", "replace") if b"\x00" not in content else ""
        base = _BASE.search(text)
        address = "http://127.0.0.1:8097/" + name.removeprefix("tests/")
        wanted = Wanted(name, content, _joined(address, base[1]) if base else address)
        expected = _EXPECT.search(text)
        if expected:
            _from_expression(expected[1], wanted)
        yield wanted


def _joined(address: str, reference: str) -> str:
    whole = urljoin(address, reference)
    return whole if whole.startswith("http") else address


def _from_expression(expression: str, wanted: Wanted) -> None:
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return
    for node in _conjuncts(tree.body):
        if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq)):
            continue
        try:
            value = ast.literal_eval(node.comparators[0])
        except ValueError:
            continue
        path = _path(node.left)
        if path == ["len", "entries"]:
            wanted.items, wanted.exactly = value, True
        elif len(path) >= 3 and path[0] == "entries" and isinstance(path[1], int):
            wanted.items = max(wanted.items or 0, path[1] + 1)
            key = path[2]
            if len(path) == 3 and key in _FIELDS and isinstance(value, str):
                wanted.values.append((path[1], _FIELDS[key], value))
            elif path[2:] == ["links", 0, "href"]:
                wanted.values.append((path[1], "link", value))
            elif len(path) == 3 and key in _TIMES and isinstance(value, tuple):
                wanted.values.append((path[1], _TIMES[key], datetime(*value[:6], tzinfo=UTC)))


def _conjuncts(node: ast.expr) -> list[ast.expr]:
    return [one for value in node.values for one in _conjuncts(value)] if isinstance(node, ast.BoolOp) else [node]


def _path(node: ast.expr) -> list[Any]:
    """`entries[0]['link']` and `entries[0].link` as ["entries", 0, "link"]; [] for anything else."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=inner, attr=name):
            return [*_path(inner), name]
        case ast.Subscript(value=inner, slice=ast.Constant(value=key)):
            return [*_path(inner), key]
        case ast.Call(func=ast.Name(id="len"), args=[inner]):
            return ["len", *_path(inner)]
    return []


def gofeed_files(corpora: Path) -> Iterator[Wanted]:
    """The collection of gofeed."""
    files = members(corpora / GOFEED)
    expectations = {name for name in files if _is_expectation(name, files)}
    for name, content in sorted(files.items()):
        if name in expectations:
            continue
        wanted = Wanted(name, content, "http://gofeed.example/feed")
        for beside in (f"{name.rpartition('.')[0]}_expected.json", f"{name.rpartition('.')[0]}.json"):
            if beside in expectations:
                _from_json(json.loads(files[beside]), wanted)
                break
        yield wanted


def _is_expectation(name: str, files: dict[str, bytes]) -> bool:
    stem = PurePosixPath(name)
    if stem.suffix != ".json":
        return False
    return name.endswith("_expected.json") or str(stem.with_suffix(".xml")) in files


def _from_json(told: dict[str, Any], wanted: Wanted) -> None:
    rows = told.get("items") or told.get("entries") or []
    wanted.items, wanted.exactly = len(rows), True
    for number, row in enumerate(rows):
        for key, name in (("title", "title"), ("link", "link"), ("url", "link"), ("id", "guid")):
            if isinstance(row.get(key), str):
                wanted.values.append((number, name, row[key]))
        guid = row.get("guid")
        if isinstance(guid := guid.get("value") if isinstance(guid, dict) else guid, str):
            wanted.values.append((number, "guid", guid))
        for key, name in _TIMES_OF_GOFEED:
            if isinstance(row.get(key), str):
                wanted.values.append((number, name, datetime.fromisoformat(row[key]).astimezone(UTC)))
