"""Files in TOML that cannot be read say so, whichever of them it is, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import SettingsError
from onrecord.settings import Settings
from onrecord.sources.outlets import Outlet, in_toml, outlets, outlets_in
from onrecord.weighing.hypotheses import definitions as matrices
from onrecord.weighing.indicators.definitions import definitions as indicators


def _settings(text: str, folder: Path) -> None:
    (folder / "onrecord.toml").write_text(text, encoding="utf-8")
    Settings.load(folder, {})


READERS: dict[str, Callable[[str, Path], object]] = {
    "settings": _settings,
    "indicators": lambda text, _: indicators(text, "x.toml"),
    "hypotheses": lambda text, _: matrices(text, "x.toml"),
    "sources": lambda text, _: outlets(text, "x.toml"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5_000,
        "a = " + "9" * 5_000,
        "a" + ".b" * 13_000 + " = 1",
        "a" + ".'b'" * 13_000 + " = 1",
        'a = ["""\n""", {a' + ".b" * 13_000 + ' = "x"}]',
        'a = ["\\"", {a' + ".b" * 13_000 + ' = "x"}]',
        "a = 2031-02-30",
        "a = 1\na = 2",
        "[[[",
    ],
    ids=[
        *("nested", "long number", "long key", "long key of texts", "long key behind lines", "long key behind escapes"),
        *("no day", "twice", "brackets"),
    ],
)
def test_what_is_no_toml_is_refused_soon(reader: str, text: str, tmp_path: Path) -> None:
    began = time.process_time()
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        READERS[reader](text, tmp_path)
    assert time.process_time() - began < 2.0


def test_many_addresses_in_one_list_are_no_long_key(tmp_path: Path) -> None:
    there = Outlet("A", "B", feeds=tuple(f"https://www.a.example/{number}.xml" for number in range(400)))
    (tmp_path / "onrecord.toml").write_text(in_toml([there]), encoding="utf-8")
    assert outlets_in(tmp_path / "onrecord.toml") == (there,)
    assert Settings.load(tmp_path, {}).families == {"A": "B"}
