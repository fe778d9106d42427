"""The labelled acts are ids and offsets, each report wholly in one part; the example's acts stay as good as they were."""

import json
from collections import Counter, defaultdict

from bench.quality.acts import (
    LABELS,
    TRAINING,
    Answer,
    by_act,
    calibration_error,
    flag_f1,
    labels,
    macro_f1,
)
from onrecord.domain.passages import Act
from onrecord.reading.acts import Acted


def test_the_labels_are_whole_and_every_act_has_enough_of_them() -> None:
    parts = defaultdict(set)
    for label in labels():
        parts[label.text_sha256].add(label.part)
    assert all(len(found) == 1 for found in parts.values())
    kept = Counter(label.act for label in labels() if label.part == "kept back" and label.act)
    assert min(kept[act] for act in Act) >= 25
    assert kept.total() >= 320
    assert len({label.key for label in labels()}) == len(labels())


def test_training_and_measuring_share_no_report() -> None:
    training = labels(TRAINING)
    assert {label.part for label in training} == {"training"}
    assert not {label.text_sha256 for label in training} & {label.text_sha256 for label in labels()}


def test_the_labels_hold_no_text() -> None:
    keys = {
        "part", "drawn", "corpus", "report", "text_sha256", "passage", "source", "cue", "kind", "speaker_known",
        "act", "negated", "conditional", "bad",
    }  # fmt: skip
    lines = LABELS.read_text(encoding="utf-8").splitlines() + TRAINING.read_text(encoding="utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        assert set(row) == keys
        assert (row["act"] is None) == row["bad"]
        assert len(row["report"]) < 40


def test_scores_are_counted_by_act() -> None:
    def answer(gold: Act, found: Act) -> Answer:
        return Answer(gold, True, False, Acted(found, gold is found, False, 1.0))

    answers = [answer(Act.CLAIM, Act.CLAIM), answer(Act.CLAIM, Act.OPINION), answer(Act.OPINION, Act.OPINION)]
    scores = by_act(answers)
    assert (scores[Act.CLAIM].precision, scores[Act.CLAIM].recall) == (1.0, 0.5)
    assert (scores[Act.OPINION].precision, scores[Act.OPINION].recall) == (0.5, 1.0)
    assert macro_f1(answers) == (2 / 3 + 2 / 3) / 2
    assert flag_f1(answers, "negated") == 0.8


def test_sure_is_measured_against_the_share_that_is_right() -> None:
    def answer(right: bool, sure: float) -> Answer:
        found = Act.CLAIM if right else Act.DENIAL
        return Answer(Act.CLAIM, False, False, Acted(found, False, False, sure))

    assert calibration_error([answer(True, 0.5), answer(False, 0.5)]) == 0
    assert calibration_error([answer(False, 1.0), answer(True, 0.0)]) == 1
