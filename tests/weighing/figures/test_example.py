"""The example's gold: which figures count one thing, and which revise one another."""

from __future__ import annotations

import pytest

from bench.weighing.figures_example import BASELINES, measured_example


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    return measured_example()


@pytest.mark.parametrize(
    ("measure", "floor"),
    [
        ("lineages, gold passages", 0.915),
        ("lineages, read passages", 0.815),
        ("revisions, gold passages", 0.8),
        ("revisions, read passages", 0.8),
    ],
)
def test_nothing_falls_below_its_floor(reached: dict[str, float], measure: str, floor: float) -> None:
    assert reached[measure] >= floor


@pytest.mark.parametrize("way", BASELINES)
@pytest.mark.parametrize("passages", ["gold passages", "read passages"])
def test_no_simpler_way_is_as_good(reached: dict[str, float], passages: str, way: str) -> None:
    assert reached[f"lineages, {passages}"] > reached[f"lineages, {passages}, {way}"]
