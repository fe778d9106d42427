"""Weighing stays as good as it was on the project's own example."""

import tomllib
from pathlib import Path

import pytest

from bench import weighing
from bench.weighing.__main__ import of_example

FLOORS = tomllib.loads((Path(weighing.__file__).parent / "floors.toml").read_text(encoding="utf-8"))["example"]


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    return {line.what: line.reached for line in of_example()}


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_nothing_falls_below_its_floor(reached: dict[str, float], measure: str) -> None:
    assert reached[measure] >= FLOORS[measure]


def test_every_measure_has_a_floor(reached: dict[str, float]) -> None:
    assert set(FLOORS) == set(reached)
