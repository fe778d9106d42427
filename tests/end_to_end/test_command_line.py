"""The commands as people type them, in processes of their own: output, exit codes, and no traceback ever."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.commands import _announce

STORY = (
    "Bridge stays shut\n\nMayor Ida Holm said on Monday that the bridge would stay closed until April.\n\n"
    "“We cannot take the risk,” she told reporters. “Nobody should cross.”\n"
)


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, env={**os.environ, **environment}, timeout=120, check=False
    )
    said = subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in said.stderr, said.stderr
    return said


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path, story: Path) -> Path:
    path = tmp_path / "news.ledger"
    assert run("read", story, "--ledger", path, "--outlet", "The Courier", "--published", "2031-03-07").returncode == 0
    return path


def test_reading_counts_what_it_read_and_reads_nothing_twice(tmp_path: Path, story: Path) -> None:
    path = tmp_path / "news.ledger"
    first = run("read", story, "--ledger", path)
    assert first.stdout == "inputs 1, read 1, duplicate 0, skipped 0, statements 2\n"
    again = run("read", story, "--ledger", path, "--json")
    assert json.loads(again.stdout) == {"inputs": 1, "read": 0, "duplicate": 1, "skipped": {}, "statements": 0}


def test_extracting_prints_offsets_into_the_text(story: Path) -> None:
    (line,) = run("extract", story).stdout.splitlines()
    row = json.loads(line)
    assert row["doc"] == "story"
    assert [[STORY[s:e] for s, e in a["content"]] for a in row["attributions"]] == [
        ["that the bridge would stay closed until April"], ["“We cannot take the risk,”", "“Nobody should cross.”"]]  # fmt: skip
    assert [(a["speaker"], a["kind"]) for a in row["attributions"]] == [
        ("Ida Holm", "indirect"),
        ("Ida Holm", "direct"),
    ]


def test_standard_input_is_an_input_too() -> None:
    (line,) = run("extract", "-", stdin=STORY.encode()).stdout.splitlines()
    assert len(json.loads(line)["attributions"]) == 2


def test_statements_come_as_json_lines_in_the_agreed_shape(ledger: Path) -> None:
    rows = [json.loads(line) for line in run("statements", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()]
    assert len(rows) == 2
    for row in rows:
        assert {"id", "kind", "speaker", "source", "cue", "content", "nested_in", "confidence"} <= set(row)
        for role in ("source", "cue", "content"):
            for span in row[role]:
                assert set(span) == {"report", "input", "start", "end", "text"}
                assert STORY[span["start"] : span["end"]] == span["text"]
                assert span["input"] == "story.txt"


@pytest.mark.parametrize(
    ("filters", "count"),
    [((), 2), (("--speaker", "holm"), 2), (("--speaker", "Oder"), 0), (("--kind", "direct"), 1), (("--text", '"the risk"'), 1),
     (("--since", "2031-03-07", "--until", "2031-03-07"), 2), (("--until", "2031-03-06"), 0), (("--outlet", "the courier"), 2)],
)  # fmt: skip
def test_statements_are_filtered(ledger: Path, filters: tuple[str, ...], count: int) -> None:
    assert len(run("statements", "--ledger", ledger, "--format", "jsonl", *filters).stdout.splitlines()) == count


def test_a_table_in_a_pipe_has_no_colours(ledger: Path) -> None:
    said = run("statements", "--ledger", ledger)
    assert "Ida Holm" in said.stdout
    assert "\x1b" not in said.stdout


def test_verifying_says_what_it_checked_and_finds_a_changed_letter(ledger: Path) -> None:
    good = run("verify", "--ledger", ledger)
    assert run("verify", ledger).stdout == good.stdout
    assert good.returncode == 0
    assert "no faults" in good.stdout
    with sqlite3.connect(ledger) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE report SET text = replace(text, 'April', 'March')")
    connection.close()
    bad = run("verify", "--ledger", ledger, "--json")
    assert bad.returncode == 1
    assert any(fault["kind"] == "report" for fault in json.loads(bad.stdout)["faults"])


def test_a_head_that_is_remembered_must_still_be_there(ledger: Path) -> None:
    head = json.loads(run("verify", "--ledger", ledger, "--json").stdout)["head"]
    assert run("verify", "--ledger", ledger, "--head", head).returncode == 0
    assert run("verify", "--ledger", ledger, "--head", "f" * 64).returncode == 1


def test_the_demo_reads_the_example(tmp_path: Path) -> None:
    said = run("demo", "--no-serve", "--ledger", tmp_path / "demo.ledger")
    assert said.returncode == 0
    assert said.stdout.splitlines()[-1].startswith("inputs 17, read 17, duplicate 0, skipped 0, statements ")


BAD = [
    ("empty.txt", b"", "empty"),
    ("picture.txt", bytes(range(256)) * 40, "binary"),
    ("damaged.jsonl.gz", gzip.compress(b'{"id": "a", "text": "Rain fell, she said."}\n' * 4000)[:-300], "damaged gzip"),
    ("menu.html", b"<html><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/m'>Menu</a></li></ul></nav></body></html>",
     "no article text"),
    ("es.txt", ("El ministro dijo que no habrá acuerdo mientras las tropas sigan en la frontera. " * 8).encode(), "language: es"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), BAD)
def test_an_input_that_cannot_be_read_is_skipped_with_a_reason(
    tmp_path: Path, story: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    path = tmp_path / "news.ledger"
    said = run("read", tmp_path / name, story, "--ledger", path, "--json")
    tally = json.loads(said.stdout)
    assert reason in tally["skipped"]
    assert tally["inputs"] == tally["read"] + tally["duplicate"] + sum(tally["skipped"].values())
    assert tally["read"] >= 1
    assert said.returncode == 0
    assert run("verify", "--ledger", path).returncode == 0


def test_a_bad_line_among_good_ones_costs_only_itself(tmp_path: Path) -> None:
    good = [
        json.dumps({"id": f"r{n}", "text": f"The bridge is shut, engineer number {n} told the council on Monday."})
        for n in range(3)
    ]
    (tmp_path / "x.jsonl").write_text(
        "\n".join([good[0], '{"id": "bad', good[1], "[1]", '{"id": "t"}', good[2]]), encoding="utf-8"
    )
    tally = json.loads(run("read", tmp_path / "x.jsonl", "--ledger", tmp_path / "l", "--json").stdout)
    assert tally["inputs"] == 6
    assert tally["read"] == 3


def test_a_line_of_a_hundred_megabytes_is_skipped_without_holding_it(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "long", "text": "')
        for _ in range(100):
            file.write(b"word " * 200_000)
        file.write(b'"}\n{"id": "short", "text": "The bridge is shut, Mayor Ida Holm told the council on Monday."}\n')
    tally = json.loads(run("read", path, "--ledger", tmp_path / "l", "--json").stdout)
    assert tally["read"] == 1
    assert tally["skipped"] == {"too large": 1}


def test_broken_utf8_is_read_where_little_is_broken(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(STORY.encode().replace(b"Monday", b"Mon\xffday") * 3)
    tally = json.loads(run("read", tmp_path / "b.txt", "--ledger", tmp_path / "l", "--json").stdout)
    assert tally["read"] == 1


def test_nothing_to_read_is_said_and_has_its_exit_code(tmp_path: Path) -> None:
    said = run("read", tmp_path / "nowhere.txt", "--ledger", tmp_path / "l")
    assert said.returncode == 4
    assert "nowhere.txt" in said.stderr


@pytest.mark.parametrize("command", [("statements",), ("verify",), ("serve", "--port", "0")])
def test_a_ledger_that_is_missing_or_none_is_said(tmp_path: Path, story: Path, command: tuple[str, ...]) -> None:
    missing = run(*command, "--ledger", tmp_path / "none.ledger")
    assert missing.returncode == 3
    assert "none.ledger" in missing.stderr
    other = run(*command, "--ledger", story)
    assert other.returncode == 3
    assert "story.txt" in other.stderr


def test_a_ledger_of_another_version_is_left_alone(ledger: Path, story: Path) -> None:
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
        assert connection.total_changes == 1
    connection.close()
    before = ledger.read_bytes()
    for command in (("statements",), ("verify",), ("read", story)):
        said = run(*command, "--ledger", ledger)
        assert said.returncode == 3
        assert "999" in said.stderr
    assert ledger.read_bytes() == before


def test_a_ledger_that_another_process_writes_to_is_busy(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text(STORY.replace("Holm", "Oder"), encoding="utf-8")
    connection = sqlite3.connect(ledger, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    said = run("read", tmp_path / "more.txt", "--ledger", ledger, ONRECORD_BUSY_TIMEOUT="0.2")
    connection.execute("ROLLBACK")
    connection.close()
    assert said.returncode == 3
    assert "another process" in said.stderr
    assert run("read", tmp_path / "more.txt", "--ledger", ledger).returncode == 0


def test_a_full_disk_is_said_and_what_was_recorded_stays(tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"r{n}", "text": f"The bridge {n} is shut, engineer number {n} told the council on Monday. " * 40})
            for n in range(200)]  # fmt: skip
    (tmp_path / "many.jsonl").write_text("\n".join(rows), encoding="utf-8")
    path = tmp_path / "full.ledger"
    script = (
        "import resource, runpy, sys; from onrecord.sources import from_text;"
        # What the language model unpacks for itself is not what this test is about.
        "from_text('The bridge is shut, the mayor said on Monday.');"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000));"
        f"sys.argv = ['onrecord', 'read', {str(tmp_path / 'many.jsonl')!r}, '--ledger', {str(path)!r}];"
        "runpy.run_module('onrecord', run_name='__main__')"
    )
    environment = {**os.environ, "ONRECORD_COMMIT_EVERY": "4"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "full" in done.stderr
    checked = json.loads(run("verify", "--ledger", path, "--json").stdout)
    assert not checked["faults"]
    assert run("read", tmp_path / "many.jsonl", "--ledger", path).returncode == 0


def test_a_folder_that_cannot_be_written_is_said(story: Path) -> None:
    said = run("read", story, "--ledger", "/proc/news.ledger")
    assert said.returncode == 3
    assert "/proc" in said.stderr


@pytest.mark.parametrize(
    "arguments", [("read",), ("read", "x"), ("statements", "--ledger", "l", "--kind", "loud"), ("sing",)]
)
def test_wrong_usage_is_explained(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize("command", ["read", "extract", "statements", "verify", "serve", "demo"])
def test_every_command_explains_itself_with_examples(command: str) -> None:
    said = run(command, "--help")
    assert said.returncode == 0
    assert "Examples" in said.stdout


@pytest.mark.parametrize(("command", "extra"), [("scenes", "stac"), ("brief", "brief"), ("export parquet", "tables")])
def test_help_names_the_extra_that_is_needed(command: str, extra: str) -> None:
    assert f"onrecord[{extra}]" in "".join(run(*command.split(), "--help", COLUMNS="200").stdout.split())


def test_a_day_that_is_none_is_explained(ledger: Path) -> None:
    said = run("statements", "--ledger", ledger, "--since", "yesterday")
    assert said.returncode == 2
    assert "2031-03-07" in said.stderr


def test_lists_that_were_damaged_are_made_again(ledger: Path) -> None:
    with sqlite3.connect(ledger) as connection:
        connection.execute("DELETE FROM listed")
    broken = run("verify", ledger)
    assert broken.returncode == 1
    assert "onrecord reindex" in broken.stdout + broken.stderr
    assert run("reindex", "--ledger", ledger).stdout == "3 statements and reports can be searched for again\n"
    assert run("verify", ledger).returncode == 0


def test_a_statement_and_its_report_are_cited(ledger: Path) -> None:
    row = json.loads(run("statements", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()[0])
    said = run("cite", row["id"][:12], "--ledger", ledger).stdout
    assert said.startswith("Ida Holm, in the report’s words: “that the bridge would stay closed until April”, in: ")
    assert "The Courier, 7 March 2031" in said
    assert run("cite", "story.txt", "--format", "bibtex", "--ledger", ledger).stdout.startswith("@online{onrecord:")
    assert json.loads(run("cite", "story.txt", "--format", "csl", "--ledger", ledger).stdout)["container-title"]
    assert run("cite", "nothing", "--ledger", ledger).returncode == 3


@pytest.mark.parametrize("address", ["http://127.0.0.1:8377/", "https://[fd00::1]:8377/", "https://desk.example.org/"])
def test_the_address_of_the_pages_is_printed_as_it_is(capsys: pytest.CaptureFixture[str], address: str) -> None:
    _announce(address)
    assert capsys.readouterr().err == f"the record is at {address}  (Ctrl-C stops)\n"
