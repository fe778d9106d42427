"""`onrecord stamp` and what `onrecord verify` says of stamps, with an authority that is served on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.custody.places import stamps_folder
from tests.custody.authority import Authority, needs_openssl
from tests.custody.test_stamping import ledger_in
from tests.end_to_end.test_command_line import run

pytestmark = needs_openssl


def test_a_record_is_stamped_and_verified(tmp_path: Path) -> None:
    office, ledger = Authority(tmp_path / "office"), ledger_in(tmp_path)
    with office.served() as address:
        done = run("stamp", "--timestamp", address, "--allow-loopback", "--ledger", ledger)
    assert (done.returncode, done.stderr) == (0, "")
    assert "everything up to entry 8 was there on " in done.stdout

    plain = run("verify", ledger)
    assert plain.returncode == 0
    assert "says CN=The Time Office, whose certificate nobody vouched for here" in plain.stdout
    trusting = run("verify", ledger, "--trust", office.root, "--json")
    [told] = json.loads(trusting.stdout)["stamps"]
    assert trusting.returncode == 0
    assert (told["entry"], told["problem"]) == (8, None)

    [answer] = stamps_folder(ledger).glob("*.tsr")
    answer.write_bytes(b"garbage")
    spoiled = run("verify", ledger)
    assert spoiled.returncode == 1
    assert f"fault: stamp {answer.name}: is no answer of an authority for time stamps" in spoiled.stderr
    assert spoiled.stdout.endswith("1 faults\n")


def test_an_authority_on_this_computer_is_asked_only_when_that_is_allowed(tmp_path: Path) -> None:
    office, ledger = Authority(tmp_path / "office"), ledger_in(tmp_path)
    with office.served() as address:
        done = run("stamp", "--timestamp", address, "--ledger", ledger)
    assert done.returncode == 1
    assert "private address" in done.stderr
    assert not stamps_folder(ledger).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("stamp", "--ledger", "news.ledger"), 2, "--timestamp"),
        (("stamp", "--timestamp", "ftp://tsa.example", "--ledger", "news.ledger"), 1, "not http"),
        (("stamp", "--timestamp", "http://tsa.example", "--ledger", "none.ledger"), 3, "no ledger"),
        (("verify", "news.ledger", "--trust", "none.pem"), 2, "cannot be trusted"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    ledger_in(tmp_path)
    done = run(*(tmp_path / one if one.endswith(".ledger") else one for one in arguments))
    assert done.returncode == code
    assert told in done.stderr
