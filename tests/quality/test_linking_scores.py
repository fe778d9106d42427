"""The scores of linking are counted as their definitions say."""

import pytest

from bench.linking.minhash import sketch
from bench.linking.scores import Score, b_cubed
from bench.linking.utterance_example import b_cubed_f1


def test_shares_of_a_yes_or_no_question() -> None:
    score = Score(found=4, right=3, asked=6)
    assert (score.precision, score.recall, score.f1) == (75, 50, 60)
    assert Score(0, 0, 0).f1 == Score(0, 0, 3).precision == Score(2, 0, 0).recall == 0


def test_b_cubed_of_groups_apart() -> None:
    gold = {"a": {"x"}, "b": {"x"}, "c": {"y"}}
    assert b_cubed(gold, [("a", "b"), ("c",)]).f1 == 100
    joined = b_cubed(gold, [("a", "b", "c", "not gold")])
    assert (joined.precision, joined.recall) == (pytest.approx(100 * 5 / 9), 100)
    alone = b_cubed(gold, [("a",), ("b",), ("c",)])
    assert (alone.precision, alone.recall) == (100, pytest.approx(100 * 2 / 3))
    with pytest.raises(KeyError):
        b_cubed(gold, [("a", "b")])


def test_a_passage_in_no_found_group_is_alone() -> None:
    gold = [("a", "b"), ("c",)]
    assert b_cubed_f1([("a", "b")], gold) == b_cubed_f1([("a", "b"), ("c",)], gold) == 1
    assert b_cubed_f1([], gold) == pytest.approx(0.8)


def test_who_belongs_to_two_groups_is_right_with_either() -> None:
    gold = {"a": {"x"}, "b": {"x", "y"}, "c": {"y"}}
    score = b_cubed(gold, [("a", "b"), ("c",)])
    assert (score.precision, score.recall) == (100, pytest.approx(100 * 2.5 / 3))


def test_the_same_words_have_the_same_sketch_and_few_words_have_one() -> None:
    words = "the harbour of Harven is shut until Friday".split()
    assert sketch(words, 3, seed=1).jaccard(sketch(list(words), 3, seed=1)) == 1
    assert sketch(words, 3, seed=1).jaccard(sketch(words[:2], 3, seed=1)) < 0.5
