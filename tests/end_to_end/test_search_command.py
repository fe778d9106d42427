"""`onrecord search` as it is typed."""

from __future__ import annotations

import json
import subprocess
from xml.etree import ElementTree as ET

import pytest

from tests.end_to_end.test_command_line import run
from tests.publishing.weighed.example import weighed_ledger


def search(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = run("search", "--ledger", weighed_ledger(), *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_a_table_tells_why() -> None:
    done = search("troops", "pulled", "back", "--limit", "5")
    assert "by meaning: troops, withdrawal" in done.stdout
    assert done.stderr.startswith("5 of ")
    assert "by meaning" in done.stderr


def test_lines_tables_and_feeds() -> None:
    rows = [json.loads(line) for line in search("withdrawal", "--format", "jsonl", "--limit", "4").stdout.splitlines()]
    assert len(rows) == 4
    assert rows[0]["found"] == {"by": "words", "words": ["withdrawal"], "nearness": None}
    table = search("withdrawal", "--in", "utterances", "--format", "csv").stdout
    assert table.startswith("id,actor,name,words,")
    feed = ET.fromstring(search("withdrawal", "--actor", "Halvik", "--format", "atom").stdout)
    assert feed.findall("{http://www.w3.org/2005/Atom}entry")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("x", "--since", "soon"), 2, "since"),
        (("x", "--story", "abcdef123456"), 2, "story"),
        (("x", "--in", "nowhere"), 2, "nowhere"),
        (("unheard-of-word", "--exact"), 0, "0 of 0 statements"),
        (("--", "-bridge"), 0, "statements"),
    ],
)
def test_what_cannot_be_used_is_told(words: tuple[str, ...], code: int, told: str) -> None:
    assert told in search(*words, code=code).stderr
