"""Reviewing, correcting and taking back as people type it, on the example."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.sources.example import reports_folder
from tests.end_to_end.test_command_line import run
from tests.end_to_end.test_linking_commands import rows


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "example.ledger"
    with reports_folder() as reports:
        run("read", reports, "--ledger", path)
    return path


def test_the_queue_as_a_table_and_as_json(ledger: Path) -> None:
    found = rows(run("review", "-l", ledger, "--format", "jsonl"))
    keys = ["what", "id", "other", "question", "words", "doubt", "weight", "rank", "origins", "resting"]
    assert all(list(one) == keys for one in found)
    assert {"docket", "relation", "statement"} <= {str(one["what"]) for one in found}
    ranks = [float(str(one["rank"])) for one in found]
    assert ranks == sorted(ranks, reverse=True)
    assert all(0 <= float(str(one["doubt"])) <= 1 for one in found)
    table = run("review", "-l", ledger, "--limit", "3")
    assert str(found[0]["id"])[:12] in table.stdout
    assert f"3 of {len(found)} in doubt" in table.stderr


def test_a_speaker_is_corrected_exported_and_taken_back(ledger: Path, tmp_path: Path) -> None:
    one = rows(run("statements", "-l", ledger, "--speaker", "Joren Halvik", "--format", "jsonl"))[0]
    id_ = str(one["id"])
    told = run("judge", "speaker", id_[:12], "Pavla Drenko", "--why", "named before", "--by", "Ida Holm", "-l", ledger)
    assert f"on the record: speaker of {id_}: Pavla Drenko" in told.stdout
    (now,) = [
        two
        for two in rows(run("statements", "-l", ledger, "--speaker", "Pavla Drenko", "--format", "jsonl"))
        if two["id"] == id_
    ]
    assert (now["speaker"], now["speaker_basis"]) == ("Pavla Drenko", "judged")
    assert now["as_read"]["speaker"] == "Joren Halvik"  # type: ignore[index]
    assert [two["by"] for two in now["corrections"]] == ["Ida Holm"]  # type: ignore[union-attr]
    file = tmp_path / "corrections.jsonl"
    assert "1 corrected or confirmed" in run("export", "corrections", "-o", file, "-l", ledger).stdout
    (line,) = map(json.loads, file.read_text("utf-8").splitlines())
    assert (line["before"]["speaker"], line["after"]["speaker"]) == ("Joren Halvik", "Pavla Drenko")
    assert run("verify", "-l", ledger).returncode == 0
    judgement = str(re.search(r"\(([0-9a-f]{32})\)", told.stdout).group(1))  # type: ignore[union-attr]
    assert (
        f"judgement {judgement} taken back"
        in run("judge", "undo", judgement[:8], "--why", "another", "-l", ledger).stdout
    )
    again = rows(run("statements", "-l", ledger, "--speaker", "Joren Halvik", "--format", "jsonl"))[0]
    assert (again["id"], again["speaker"], again["corrections"]) == (id_, "Joren Halvik", [])
    assert run("export", "corrections", "-l", ledger).stdout == ""
    assert run("verify", "-l", ledger).returncode == 0


@pytest.mark.parametrize(
    ("typed", "words", "code"),
    [
        (("speaker", "{id}"), "takes what it is behind", 2),
        (("speaker", "{id}", " "), "names nobody", 2),
        (("content", "{id}", "120"), "START-END", 2),
        (("content", "{id}", "0-99999999"), "the report has", 2),
        (("content", "{id}", "none"), "START-END", 2),
        (("statement", "{id}", "{id}"), "is said of one thing", 2),
        (("undo", "ffffffffffff"), "no judgement", 3),
        (("note", "ffffffffffff"), "no report", 3),
    ],
)
def test_what_cannot_be_said_is_told_in_words(ledger: Path, typed: tuple[str, ...], words: str, code: int) -> None:
    id_ = str(rows(run("statements", "-l", ledger, "--limit", "1", "--format", "jsonl"))[0]["id"])
    done = run("judge", *(one.format(id=id_) for one in typed), "--why", "because", "-l", ledger)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
