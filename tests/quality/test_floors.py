"""The reader stays as good as it was on the project's own example."""

import tomllib
from pathlib import Path

import pytest

from bench.quality import attributions, example
from bench.quality.attributions import Attribution, Scores
from bench.quality.parts import of_example
from onrecord.domain.spans import Span
from onrecord.reading.reader import TaggerReader

FLOORS = tomllib.loads((Path(attributions.__file__).parent / "floors.toml").read_text(encoding="utf-8"))
WHOLE, PARTS = FLOORS["attributions"], FLOORS["parts"]


@pytest.fixture(scope="module")
def scores() -> Scores:
    return example.measure(TaggerReader())


@pytest.fixture(scope="module")
def lines() -> dict[str, float]:
    return {line.what: line.reached for line in of_example()}


@pytest.mark.parametrize("measure", sorted(WHOLE))
def test_no_score_falls_below_its_floor(scores: Scores, measure: str) -> None:
    assert 100 * scores.f1(measure) >= WHOLE[measure]


@pytest.mark.parametrize("measure", sorted(PARTS))
def test_nothing_else_that_is_read_falls_below_its_floor(lines: dict[str, float], measure: str) -> None:
    assert lines[measure] >= PARTS[measure]


def test_every_measure_has_a_floor(scores: Scores, lines: dict[str, float]) -> None:
    assert set(WHOLE) == set(scores.counts)
    assert set(PARTS) == set(lines)


TEXT = 'He said: "I go home now", and she thinks it will rain.'
GOLD = [
    Attribution((Span(0, 2),), (Span(3, 7),), (Span(9, 24),), "direct", "Jon Kerr"),
    Attribution((Span(30, 33),), (Span(34, 40),), (Span(41, 53),), "indirect"),
]


def counted(found: list[Attribution]) -> dict[str, tuple[int, int, int]]:
    scores = Scores()
    attributions.score_report(TEXT, GOLD, found, scores)
    return {name: (c.right, c.found, c.gold) for name, c in scores.counts.items()}


def test_gold_against_itself_is_all_right() -> None:
    assert all(right == found == gold for right, found, gold in counted(GOLD).values())


def test_a_wrong_source_is_not_linked_and_a_wrong_edge_is_no_exact_span() -> None:
    found = [Attribution((Span(30, 33),), (Span(3, 7),), (Span(10, 24),), "direct", "Jon Kerr")]
    got = counted(found)
    assert got["linked"] == (0, 1, 2)
    assert got["content"] == (0, 1, 2)
    assert got["cue"] == (1, 1, 2)


def test_an_unnamed_speaker_is_no_wrong_answer_and_a_wrong_name_is() -> None:
    unnamed = [Attribution(a.source, a.cue, a.content, a.kind, None) for a in GOLD]
    assert counted(unnamed)["speaker"] == (0, 0, 1)
    wrong = [Attribution(a.source, a.cue, a.content, a.kind, "Ana Lenz") for a in GOLD]
    assert counted(wrong)["speaker"] == (0, 2, 1)
