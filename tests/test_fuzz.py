"""Ten thousand damaged inputs of every kind, and that what breaks a promise is found and can be made again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.fuzz import kinds, running
from bench.fuzz.kinds import KINDS
from bench.fuzz.running import content_of, faults, tried
from bench.fuzz.taking import Kind

CASES = {
    **{"html": 1_000, "jsonl": 1_800, "json": 1_000, "text": 1_000, "gzip": 1_000, "toml": 1_200},
    **{"feed": 1_200, "sources": 800, "warc": 700, "pdf": 300},
}


def test_the_cases_are_ten_thousand_of_every_kind() -> None:
    assert sum(CASES.values()) == 10_000
    assert CASES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", CASES)
def test_damaged_input_breaks_nothing(kind: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("ONRECORD_FUZZ_SEED", "1"))
    found = []
    for fault in faults(kind, seed, CASES[kind]):
        path = tmp_path / f"{kind}-{seed}-{fault.number}{KINDS[kind].suffix}"
        path.write_bytes(fault.content())
        found.append(f"{fault.problem}: python -m bench.fuzz --again {path}")
    assert found == []


def test_a_case_is_made_of_its_kind_seed_and_number() -> None:
    assert content_of("html", 1, 7) == content_of("html", 1, 7)
    assert len({content_of(kind, seed, 7) for kind in ("html", "text") for seed in (1, 2)}) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_themselves_break_nothing(kind: str) -> None:
    for seed in KINDS[kind].seeds:
        assert tried(kind, seed) is None


def _raise(content: bytes, folder: Path) -> None:
    raise IndexError("the seventh of six")


def _promise(content: bytes, folder: Path) -> None:
    raise AssertionError("the input was lost")


@pytest.mark.parametrize(("take", "problem"), [(_raise, "IndexError in "), (_promise, "the input was lost")])
def test_what_breaks_a_promise_is_told(
    monkeypatch: pytest.MonkeyPatch, take: Callable[[bytes, Path], None], problem: str
) -> None:
    monkeypatch.setitem(kinds.KINDS, "broken", Kind(".x", (b"x",), (b"y",), take))
    assert (tried("broken", b"x") or "").startswith(problem)


def test_what_hangs_or_dies_is_told_and_the_next_case_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # A child that is stopped at its first two cases, in two ways.
    child = tmp_path / "child.py"
    child.write_text(
        "import os, signal, sys\n"
        "told = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
        "begin = int(told['--begin'])\n"
        "open(told['--folder'] + '/number', 'wb').write(begin.to_bytes(8, 'little'))\n"
        "if begin < 2:\n"
        "    os.kill(os.getpid(), [signal.SIGXCPU, signal.SIGKILL][begin])\n"
    )
    monkeypatch.setattr(running, "CHILD", (str(child),))
    began = time.monotonic()
    told = [(one.number, one.problem) for one in faults("text", 1, 5)]
    assert told == [
        (0, "took more than 5 seconds of a processor"),
        (1, f"ended the process: {signal.SIGKILL.name}"),
    ]
    assert time.monotonic() - began < 60
