"""Where what stands in a proof, and how a row of the record is written there."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

SEAL: Final = "SEAL"
"""The SHA-256 of the manifest: the one line to write down, print or have stamped."""
MANIFEST: Final = "manifest.json"
BRIEF: Final = "brief.json"
PAGE: Final = "brief.html"
PLAIN: Final = "brief.md"
CHAIN: Final = "chain.jsonl"
ROWS: Final = "rows.jsonl"
README: Final = "README.txt"
CAPTURES: Final = "captures/"
TEXTS: Final = "texts/"
VERSION: Final = 1

WORDS: Final = """This folder proves a brief made with onrecord.

    pip install onrecord
    onrecord verify THIS-FOLDER

checks, without a network and without the record it came from: that no file was changed (manifest.json, whose SHA-256
stands in SEAL), that every quotation stands at its characters of the report, that the report's text comes out of the
captured bytes, that every sentence is made of what it cites, that the rows belong to an unbroken chain, and what people
judged about them. What it does not check is listed by the command.

brief.html, brief.md   the brief to read
brief.json             the same as it stands on the record
captures/              the bytes as they were fetched or handed in, named by their SHA-256
texts/                 the reports' texts, named by the reports' ids
rows.jsonl             the rows of the record that the brief rests on
chain.jsonl            every entry of the record's hash chain, without what it vouches for
"""


def row_line(table: str, row: Mapping[str, Any]) -> str:
    """A row as a line of JSON; bytes as base64."""
    plain = {name: {"base64": base64.b64encode(v).decode()} if isinstance(v, bytes) else v for name, v in row.items()}
    return json.dumps({"table": table, "row": plain}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def row_in(line: str) -> tuple[str, dict[str, Any]]:
    """The table and the row of a line.

    Raises:
        ValueError, KeyError, TypeError: for what no writer of ours wrote.
    """
    found = json.loads(line)
    row = {
        name: base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value
        for name, value in found["row"].items()
    }
    return str(found["table"]), row
