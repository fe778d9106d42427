"""The pages on a port: only of this computer, and a clear word when the port cannot be had."""

from __future__ import annotations

import re
import socket
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from onrecord.errors import LedgerMissing, SettingsError
from onrecord.web import serve
from onrecord.web.serving import ADDRESS, TURN, listening
from tests.publishing.invented import write_record


def test_a_port_in_use_is_named_and_another_is_offered() -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} of 127.0.0.1 is in use") as refused:
            listening(port)
    offered = re.search(r"such as (\d+)", str(refused.value))
    assert offered is not None
    assert int(offered[1]) != port


@pytest.mark.parametrize("port", [-1, 70_000])
def test_what_is_not_a_port_is_refused(port: int) -> None:
    with pytest.raises(SettingsError, match="not a port"):
        listening(port)


def test_only_this_computer_is_listened_on() -> None:
    with listening(0) as listener:
        assert listener.getsockname()[0] == ADDRESS == "127.0.0.1"


def test_what_is_written_is_sent_at_once() -> None:
    # asyncio looks at the protocol of the socket before it turns Nagle's algorithm off.
    with listening(0) as listener, socket.create_connection(listener.getsockname()):
        taken, _ = listener.accept()
        with taken:
            assert taken.proto == socket.IPPROTO_TCP


def test_a_ledger_that_is_missing_is_told_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        serve(tmp_path / "none.ledger", port=0)


def test_without_a_login_name_one_is_asked_for_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 54321")

    monkeypatch.setattr("getpass.getuser", unknown)
    with pytest.raises(SettingsError, match="--by NAME"):
        serve(write_record(tmp_path / "record.ledger"), port=0, on_ready=lambda _: pytest.fail("it was served"))


def test_pages_are_served_once_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_record(tmp_path / "record.ledger")
    answers: list[tuple[int, str]] = []
    asking: list[threading.Thread] = []
    turns = [sys.getswitchinterval()]
    servers = []
    from onrecord.web import serving

    made = serving._Announcing.__init__

    def remember(self: serving._Announcing, *given: object) -> None:
        servers.append(self)
        made(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(serving._Announcing, "__init__", remember)

    def ask(address: str) -> None:
        with urllib.request.urlopen(f"{address}healthz", timeout=10) as answer:
            answers.append((answer.status, answer.read().decode()))
        turns.append(sys.getswitchinterval())
        request = urllib.request.Request(address, headers={"Host": "evil.example"})
        try:
            urllib.request.urlopen(request, timeout=10)
        except urllib.error.HTTPError as error:
            answers.append((error.code, error.read().decode()))
            error.close()
        servers[0].should_exit = True

    def ready(address: str) -> None:
        asking.append(threading.Thread(target=ask, args=(address,)))
        asking[0].start()

    serve(path, port=0, on_ready=ready)
    asking[0].join()
    assert answers[0] == (200, "ok\n")
    assert answers[1][0] == 421
    # While they are served, pages that are made at once take turns quickly.
    assert turns[1] == pytest.approx(TURN)
    assert sys.getswitchinterval() == turns[0] > turns[1]


def test_a_port_is_free_again_after_use() -> None:
    with listening(0) as listener:
        port = listener.getsockname()[1]
    with listening(port) as again, socket.create_connection((ADDRESS, port), timeout=5):
        assert again.getsockname()[1] == port
