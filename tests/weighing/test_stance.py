from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.weighing.claims import area, best_threshold, f1, folds, mean_f1
from bench.weighing.stance import STANCES, UNRELATED, chosen, matches, nearest, read, score

AGREE, DISAGREE, DISCUSS = range(3)
BODY = (
    "The harbour of Zelvin was quiet on Monday. Two fishing boats came in at noon.\n"
    "Officials denied that the ferry had sunk off Port Marrow. “The ferry is at its berth,” a spokeswoman said."
)


@pytest.mark.parametrize(
    ("gold", "answers", "expected"),
    [
        ([UNRELATED, UNRELATED], [UNRELATED, UNRELATED], 100.0),
        ([AGREE], [AGREE], 100.0),
        ([AGREE], [DISCUSS], 25.0),
        ([AGREE], [UNRELATED], 0.0),
        ([UNRELATED], [DISAGREE], 0.0),
        ([DISAGREE, UNRELATED], [DISCUSS, UNRELATED], 40.0),
        ([UNRELATED] * 3 + [DISCUSS], [UNRELATED] * 4, 100 * 0.75 / 1.75),
    ],
)
def test_score_is_the_challenges(gold: list[int], answers: list[int], expected: float) -> None:
    assert score(np.asarray(gold), np.asarray(answers)) == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60))
def test_score_stays_within_its_bounds_and_right_answers_have_all(rows: list[tuple[int, int]]) -> None:
    gold, answers = (np.asarray(side) for side in zip(*rows, strict=True))
    assert 0 <= score(gold, answers) <= 100
    assert score(gold, gold) == 100


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=1, max_size=20))
def test_chosen_has_the_most_to_be_expected(rows: list[list[float]]) -> None:
    probabilities = np.asarray(rows) / np.asarray(rows).sum(1, keepdims=True)
    for row, answer in zip(probabilities, chosen(probabilities), strict=True):
        worth = []
        for said in range(len(STANCES)):
            gained = sum(
                p * (0.25 * ((true == UNRELATED) == (said == UNRELATED)) + 0.75 * (true == said != UNRELATED))
                for true, p in enumerate(row)
            )
            worth.append(gained)
        assert worth[answer] == pytest.approx(max(worth))


def test_the_nearest_sentences_are_those_of_the_matter_in_the_order_of_the_text() -> None:
    found = nearest("Ferry sinks off Port Marrow", BODY, count=2)
    assert found == (
        "Officials denied that the ferry had sunk off Port Marrow. “The ferry is at its berth,” a spokeswoman said."
    )


def test_matches_of_a_headline_with_itself_are_whole_and_with_other_matters_small() -> None:
    headline = read("Ferry sinks off Port Marrow")
    assert matches(headline, headline)[0] == pytest.approx([1, 1, 1], abs=1e-4)
    assert matches(headline, read("Bread is dearer this winter."))[0].max() < 0.4


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!!", "\x00"])
def test_texts_of_nothing_are_read(text: str) -> None:
    assert matches(read("Ferry sinks"), read(text)).shape[1] == 3


@pytest.mark.parametrize(
    ("gold", "answers", "yes", "mean"),
    [
        ([1, 1, 0, 0], [1, 1, 0, 0], 100.0, 100.0),
        ([1, 0, 0, 0], [1, 1, 1, 1], 40.0, 20.0),
        ([1, 1, 0, 0], [0, 0, 1, 1], 0.0, 0.0),
        ([0, 0], [0, 0], 0.0, 50.0),
    ],
)
def test_f1_of_yes_and_the_mean_of_both(gold: list[int], answers: list[int], yes: float, mean: float) -> None:
    sides = np.asarray(gold, bool), np.asarray(answers, bool)
    assert f1(*sides) == pytest.approx(yes)
    assert mean_f1(*sides) == pytest.approx(mean)


@pytest.mark.parametrize(
    ("gold", "scores", "expected"),
    [([0, 1], [0.1, 0.9], 100.0), ([1, 0], [0.1, 0.9], 0.0), ([1, 0, 1], [0.5, 0.5, 0.5], 50.0)],
)
def test_area(gold: list[int], scores: list[float], expected: float) -> None:
    assert area(np.asarray(gold, bool), np.asarray(scores)) == pytest.approx(expected)


def test_the_best_threshold_parts_what_can_be_parted() -> None:
    gold = np.asarray([False] * 6 + [True] * 3)
    scores = np.asarray([0.1, 0.2, 0.3, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9])
    assert f1(gold, scores >= best_threshold(gold, scores, f1)) == 100


def test_pairs_of_one_topic_are_in_one_fold() -> None:
    its = folds(["Harvenia votes", "Olmira strikes", "Harvenia votes"])
    assert its[0] == its[2]
    assert len(set(folds([f"topic {i}" for i in range(50)]).tolist())) == 5
