"""Files in TOML that cannot be read say so, whichever of them it is, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import SettingsError
from onrecord.settings import Settings
from onrecord.weighing.hypotheses import definitions as matrices
from onrecord.weighing.indicators.definitions import definitions as indicators


def _settings(text: str, folder: Path) -> None:
    (folder / "onrecord.toml").write_text(text, encoding="utf-8")
    Settings.load(folder, {})


READERS: dict[str, Callable[[str, Path], object]] = {
    "settings": _settings,
    "indicators": lambda text, _: indicators(text, "x.toml"),
    "hypotheses": lambda text, _: matrices(text, "x.toml"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 5_000, "a = " + "9" * 5_000, "a" + ".b" * 13_000 + " = 1", "a = 2031-02-30", "a = 1\na = 2", "[[["],
    ids=["nested", "long number", "long key", "no day", "twice", "brackets"],
)
def test_what_is_no_toml_is_refused_soon(reader: str, text: str, tmp_path: Path) -> None:
    began = time.process_time()
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        READERS[reader](text, tmp_path)
    assert time.process_time() - began < 2.0
