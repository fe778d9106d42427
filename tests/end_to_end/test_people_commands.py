"""The commands by which people are let in and shut out, as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.desk import Desk
from onrecord.desk.audit import deeds
from onrecord.desk.people import recognised
from onrecord.desk.store import desk_path
from onrecord.desk.tokens import token
from tests.end_to_end.test_command_line import run

GOOD = "gravel under the old pier"


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "news.ledger"
    story = path.with_name("story.txt")
    story.write_text("Mayor Ida Holm said on Monday that the bridge would stay closed until April.\n", encoding="utf-8")
    assert run("read", story, "-l", path).returncode == 0
    password = path.with_name("password.txt")
    password.write_text(GOOD + "\nsecond line\n", encoding="utf-8")
    password.chmod(0o600)
    done = run("people", "add", "Ada Brink", "--role", "admin", "--password-file", password, "-l", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Ada Brink is let in as admin\n", "")
    return path


def test_people_are_let_in_listed_given_roles_and_shut_out(staffed: Path) -> None:
    done = run("people", "add", "Edo Quell", "--password-file", "-", "-l", staffed, stdin=(GOOD + "\r\n").encode())
    assert done.stdout == "Edo Quell is let in as reader\n"
    assert run("people", "role", "edo quell", "editor", "-l", staffed).stdout == "Edo Quell has the role of editor\n"
    listed = run("people", "list", "-l", staffed).stdout.splitlines()
    assert [line.split("  ")[0] for line in listed] == ["Ada Brink", "Edo Quell"]
    assert "admin" in listed[0]
    assert run("people", "shut-out", "Edo Quell", "-l", staffed).stdout == "Edo Quell is shut out\n"
    rows = json.loads(run("people", "list", "-l", staffed, "--json").stdout)["people"]
    assert [(one["name"], one["role"], one["shut_out"] is None) for one in rows] == [
        ("Ada Brink", "admin", True),
        ("Edo Quell", "editor", False),
    ]
    again = run("people", "add", "Edo Quell", "--password-file", "-", "-l", staffed, stdin=GOOD.encode())
    assert again.returncode == 0


def test_a_password_is_changed_and_never_printed(staffed: Path) -> None:
    other = "harbour kettle in the rain"
    done = run("people", "password", "Ada Brink", "--password-file", "-", "-l", staffed, stdin=other.encode())
    assert done.returncode == 0
    assert other not in done.stdout + done.stderr
    with Desk(staffed) as desk:
        assert recognised(desk, "Ada Brink", other) is not None
        assert recognised(desk, "Ada Brink", GOOD) is None
        newest = deeds(desk, limit=1)[0]
    assert (newest.what, newest.address) == ("changed the password of Ada Brink", "the command line")


def test_a_password_file_that_others_may_read_is_named_as_it_is(staffed: Path) -> None:
    file = staffed.with_name("ada[bold].txt")
    file.write_text(GOOD + "\n", encoding="utf-8")
    file.chmod(0o644)
    done = run("people", "password", "Ada Brink", "--password-file", file, "-l", staffed)
    assert done.stderr == f"others on this machine may read {file}; delete it when it is no longer needed\n"
    assert done.returncode == 0


def test_a_token_alone_is_on_standard_output(staffed: Path) -> None:
    done = run("people", "token", "Ada Brink", "--name", "nightly", "--role", "editor", "--days", "7", "-l", staffed)
    assert done.returncode == 0
    assert done.stdout.startswith("onrecord_")
    assert done.stdout.count("\n") == 1
    with Desk(staffed) as desk:
        found = token(desk, done.stdout.strip())
    assert found is not None
    assert (found.name, found.role.value) == ("nightly", "editor")


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "told"),
    [
        (["add", "Ada Brink", "--password-file", "-"], GOOD, 2, "is taken"),
        (["add", "Tess Vane", "--password-file", "-"], "short", 2, "12 to 256 characters"),
        (["add", "Tess Vane", "--password-file", "-"], "", 2, "12 to 256 characters"),
        (["add", " ", "--password-file", "-"], GOOD, 2, "under this name"),
        (["add", "Tess Vane", "--password-file", "/nowhere/at/all"], "", 2, "cannot be read"),
        (["add", "Tess Vane", "--password", GOOD], "", 2, "No such option"),
        (["add", "Tess Vane", "--role", "owner"], "", 2, "Invalid value"),
        (["role", "Nobody", "editor"], "", 2, "nobody here is called"),
        (["role", "Ada Brink", "reader"], "", 2, "is the last"),
        (["shut-out", "Ada Brink"], "", 2, "is the last"),
        (["password", "Nobody", "--password-file", "-"], GOOD, 2, "nobody here is called"),
        (["token", "Nobody", "--name", "x"], "", 2, "nobody here is called"),
        (["token", "Ada Brink", "--name", "\u200b"], "", 2, "cannot have this name"),
    ],
)
def test_what_cannot_be_is_told_in_words(staffed: Path, arguments: list[str], stdin: str, code: int, told: str) -> None:
    done = run("people", *arguments, "-l", staffed, stdin=stdin.encode())
    assert done.returncode == code
    assert told in done.stderr
    assert GOOD not in done.stdout + done.stderr or "--password" in arguments


def test_without_a_ledger_or_a_desk_nothing_is_made(tmp_path: Path, staffed: Path) -> None:
    done = run("people", "add", "Ida Holm", "--password-file", "-", "-l", tmp_path / "none.ledger", stdin=GOOD.encode())
    assert done.returncode == 3
    assert "there is no ledger" in done.stderr
    bare = tmp_path / "bare.ledger"
    bare.write_bytes(staffed.read_bytes())
    for arguments in (["list"], ["role", "Ida Holm", "editor"], ["shut-out", "Ida Holm"]):
        done = run("people", *arguments, "-l", bare)
        assert done.returncode == 3
        assert "onrecord people add" in done.stderr
    assert not desk_path(bare).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--host", "0.0.0.0"], 2, "--behind-proxy"),
        (["--behind-proxy"], 2, "--host-name"),
        (["--host-name", "desk.example.org"], 2, "--tls-certificate"),
        (["--tls-key", "x"], 2, "go together"),
        (["--behind-proxy", "--host-name", "desk.example.org"], 3, "onrecord people add"),
        (
            ["--host", "0.0.0.0", "--host-name", "d.example", "--tls-certificate", "x", "--tls-key", "y"],
            2,
            "no certificate",
        ),
    ],
)
def test_pages_that_are_not_safe_are_not_served(
    tmp_path: Path, staffed: Path, arguments: list[str], code: int, told: str
) -> None:
    bare = tmp_path / "bare.ledger"
    bare.write_bytes(staffed.read_bytes())
    done = run("serve", "-l", bare, "--port", "0", *arguments)
    assert done.returncode == code
    assert told in done.stderr
