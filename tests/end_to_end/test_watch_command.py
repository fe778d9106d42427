"""`onrecord watch` as it is typed, over the newsroom."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.newsroom.serving import Server, serve
from examples.newsroom.site import ManualClock, Site
from examples.newsroom.sources import source_lines
from tests.end_to_end.test_command_line import run


@pytest.fixture
def clock() -> ManualClock:
    clock = ManualClock()
    clock.to("2031-03-05T20:00Z")
    return clock


@pytest.fixture
def server(clock: ManualClock) -> Iterator[Server]:
    with serve(Site(clock)) as one:
        yield one


@pytest.fixture
def sources(server: Server, tmp_path: Path) -> Path:
    path = tmp_path / "newsroom.toml"
    path.write_text("\n".join(source_lines(server.root)) + "\n", encoding="utf-8")
    return path


def watch(ledger: Path, sources: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = run("watch", "--ledger", ledger, "--sources", sources, "--allow-loopback", "--pause", "0", *words)
    assert "Traceback" not in done.stderr
    return done


def test_once_reads_what_is_there_and_nothing_again(sources: Path, server: Server, tmp_path: Path) -> None:
    ledger = tmp_path / "news.ledger"
    done = watch(ledger, sources, "--once")
    assert done.returncode == 0, done.stderr
    assert (
        "read    Halyard News Agency: “Compact chief sees no pull-out, puts Harvenian force at 95,000”" in done.stdout
    )
    assert "linked  and weighed 3 reports" in done.stdout
    pages = [one.path for one in server.site.asked if one.path.endswith(("0412", "0958", "0087"))]
    rows = [json.loads(line) for line in watch(ledger, sources, "--once", "--json").stdout.splitlines()]
    assert rows == []
    assert [one.path for one in server.site.asked if one.path.endswith(("0412", "0958", "0087"))] == pages
    (archive,) = (tmp_path / "news.ledger.captures").iterdir()
    assert archive.name.endswith(".warc.gz")
    status = run("watch", "--ledger", ledger, "--status")
    assert "pages: 3 read" in status.stdout
    assert json.loads(run("watch", "--ledger", ledger, "--status", "--json").stdout)["pages"] == {"read": 3}
    assert run("verify", "--ledger", ledger).returncode == 0
    shown = run("statements", "--ledger", ledger, "--format", "jsonl", "--limit", "1")
    assert json.loads(shown.stdout.splitlines()[0])["outlet"]


def test_it_ends_where_nothing_is_half_done(sources: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "news.ledger"
    command = [sys.executable, "-m", "onrecord", "watch", "--ledger", str(ledger), "--sources", str(sources)]
    with subprocess.Popen(
        [*command, "--allow-loopback", "--pause", "0", "--no-link", "--json"], stdout=subprocess.PIPE, text=True
    ) as watching:
        assert watching.stdout is not None
        for line in watching.stdout:
            if json.loads(line)["what"] == "read":
                break
        watching.send_signal(signal.SIGINT)
        rest = watching.stdout.read()
    assert watching.returncode == 0
    assert all(json.loads(line) for line in rest.splitlines())
    assert run("verify", "--ledger", ledger).returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--every", "often"), "write it like 30s, 10m, 1h or 7d"),
        (("--again", "1h,soon"), "write it like 30s, 10m, 1h or 7d"),
        (("--agent", "é"), "a user agent is one line of ASCII letters"),
    ],
)
def test_what_cannot_be_used_is_told(sources: Path, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = watch(tmp_path / "news.ledger", sources, "--once", *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_without_feeds_or_a_watch_it_says_what_to_do(tmp_path: Path) -> None:
    empty = tmp_path / "empty.toml"
    empty.write_text('[[outlet]]\nname = "The Courier"\n')
    done = run("watch", "--ledger", tmp_path / "news.ledger", "--sources", empty, "--once")
    assert done.returncode == 2
    assert "names no feed and no sitemap" in done.stderr
    done = run("watch", "--ledger", tmp_path / "news.ledger", "--status")
    assert done.returncode == 3
    assert "nothing is watched for" in done.stderr


def test_two_at_once_are_one_too_many(sources: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "news.ledger"
    command = [sys.executable, "-m", "onrecord", "watch", "--ledger", str(ledger), "--sources", str(sources)]
    with subprocess.Popen(
        [*command, "--allow-loopback", "--no-link", "--json"], stdout=subprocess.PIPE, text=True
    ) as watching:
        assert watching.stdout is not None
        watching.stdout.readline()
        done = watch(ledger, sources, "--once")
        watching.send_signal(signal.SIGINT)
        watching.stdout.read()
    assert done.returncode == 3
    assert "somebody else is watching" in done.stderr
