"""What the how-to says of shards and tries is what holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from onrecord.batch import planning
from onrecord.batch.trying import TRIES
from onrecord.batch.working import CRASHED, PATIENCE
from onrecord.cli import batching, commands

HOW_TO = " ".join((Path(__file__).parents[2] / "docs" / "how-to" / "read-in-batches.md").read_text("utf-8").split())
NUMBERS = {3: "three", 8: "eight", 1_000: "thousand", 900: "fifteen minutes", 500_000: "half a megabyte"}


def test_the_numbers_are_those_that_hold() -> None:
    assert f"some lines with {NUMBERS[planning.SHARD]} of text" in HOW_TO
    assert f"a {NUMBERS[planning.MOST_INPUTS]} at most" in HOW_TO
    assert f"one of more than {planning._LARGE_ARCHIVE // 1_000_000} MB" in HOW_TO
    assert f"some runs of its pages, {NUMBERS[planning._MOST_RUNS]} at most" in HOW_TO
    assert f"takes more than {NUMBERS[PATIENCE]} over one input" in HOW_TO
    assert f"its shard is tried again, {NUMBERS[TRIES]} times in all" in HOW_TO
    assert f'as skipped, "{CRASHED}"' in HOW_TO


def test_every_option_that_is_named_is_there() -> None:
    app = typer.Typer()
    commands.register(app)
    batching.register(app)
    commands_: Any = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    there = {
        name
        for command in (commands_["read"], commands_["batch"].commands["status"])
        for one in command.params
        for name in (*one.opts, *one.secondary_opts)
    }
    assert set(re.findall(r"--[a-z][a-z-]+", HOW_TO)) <= there
