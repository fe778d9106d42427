"""Decoding: only allowed label sequences, ties by the pointers, pieces of one content joined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.decode import Decoding, attributions, best_labels, runs, transitions
from onrecord.reading.encoder import LABELS, Words


def words(
    labels: str,
    *,
    to_cue: dict[int, int] | None = None,
    to_source: dict[int, int] | None = None,
    paragraphs: str | None = None,
) -> Words:
    """Words labelled by letters (o, S/s source, U/u cue, C/c content), certain of it, pointing as told."""
    index = {"o": 0, "S": 1, "s": 2, "U": 3, "u": 4, "C": 5, "c": 6}
    n = len(labels)
    scores = np.full((n, len(LABELS)), np.log(0.01), np.float32)
    for k, letter in enumerate(labels):
        scores[k, index[letter]] = np.log(0.94)

    def pointing(targets: dict[int, int] | None) -> np.ndarray:
        out = np.zeros((n, n + 1), np.float32)
        for k in range(n):
            out[k, (targets or {}).get(k, n)] = 1
        return out

    place = np.asarray([int(c) for c in paragraphs] if paragraphs else [0] * n)
    return Words(np.arange(n) * 5, np.arange(n) * 5 + 4, place, scores, pointing(to_cue), pointing(to_source))


def spans(found: list) -> list:
    return [tuple([(r.first, r.last) for r in role] for role in (a.source, a.cue, a.content)) for a in found]


def test_contents_of_one_cue_are_one_attribution() -> None:
    given_words = words("CcoSUoCc", to_cue=dict.fromkeys((0, 1, 6, 7), 4), to_source={4: 3})
    assert spans(attributions(given_words)) == [([(3, 3)], [(4, 4)], [(0, 1), (6, 7)])]


def test_two_cues_keep_their_own() -> None:
    given_words = words("SUCcoSUCc", to_cue={2: 1, 3: 1, 7: 6, 8: 6}, to_source={1: 0, 6: 5})
    assert spans(attributions(given_words)) == [([(0, 0)], [(1, 1)], [(2, 3)]), ([(5, 5)], [(6, 6)], [(7, 8)])]


def test_a_content_that_points_nowhere_stands_alone() -> None:
    assert spans(attributions(words("CcoSU", to_source={4: 3}))) == [([], [], [(0, 1)])]


def test_a_content_does_not_follow_a_cue_into_another_paragraph() -> None:
    given_words = words("SUCcCc", to_cue=dict.fromkeys((2, 3, 4, 5), 1), to_source={1: 0}, paragraphs="000011")
    assert spans(attributions(given_words)) == [([(0, 0)], [(1, 1)], [(2, 3)]), ([], [], [(4, 5)])]


def test_a_run_does_not_cross_a_paragraph() -> None:
    assert [(r.first, r.last) for r in runs(words("CccccC", paragraphs="000111"), Decoding())] == [
        (0, 2),
        (3, 4),
        (5, 5),
    ]


def test_splitting_costs() -> None:
    probable = np.log(np.full((3, 7), 1e-4, np.float32))
    probable[0, 5] = probable[1, 6] = np.log(0.99)
    probable[2, 5], probable[2, 6] = np.log(0.55), np.log(0.44)
    assert [LABELS[k] for k in best_labels(probable, transitions(0.0))] == ["B-content", "I-content", "B-content"]
    assert [LABELS[k] for k in best_labels(probable, transitions(1.0))] == ["B-content", "I-content", "I-content"]


@given(st.lists(st.lists(st.floats(-9, 0), min_size=7, max_size=7), min_size=1, max_size=12))
def test_no_decoding_has_an_inside_without_a_beginning(rows: list[list[float]]) -> None:
    found = [LABELS[k] for k in best_labels(np.asarray(rows, np.float32), transitions(1.0))]
    for before, after in zip(["O", *found], found, strict=False):
        assert after[0] != "I" or before[2:] == after[2:]


@pytest.mark.parametrize("share", [0.9, 0.2])
def test_a_second_source_needs_its_share(share: float) -> None:
    given_words = words("SoSUC", to_cue={4: 3})
    given_words.to_source[3] = [share, 0, 1 - share, 0, 0, 0]
    given_words.to_source[3] = [1 - share, 0, share, 0, 0, 0]
    (found,) = attributions(given_words, Decoding(share=0.3))
    assert len(found.source) == 1
    given_words.to_source[3] = [0.5, 0, 0.5, 0, 0, 0]
    (found,) = attributions(given_words, Decoding(share=0.3))
    assert len(found.source) == 2


def searched(log_probabilities: np.ndarray, cost: np.ndarray) -> list[int]:
    """Viterbi's algorithm word by word, in the same order of sums, with no way around the search."""
    score = log_probabilities[0].copy()
    score[[k for k, label in enumerate(LABELS) if label[0] == "I"]] = -1e9
    back = []
    for here in log_probabilities[1:]:
        paths = score[:, None] + cost
        back.append(paths.argmax(0))
        score = paths.max(0) + here
    found = [int(score.argmax())]
    for before in reversed(back):
        found.append(int(before[found[-1]]))
    return found[::-1]


@given(
    st.integers(1, 40), st.sampled_from([0.05, 0.3, 3.0]), st.sampled_from([0.0, 1.0, 3.0]), st.integers(0, 2**32 - 1)
)
def test_labels_are_those_that_the_search_finds(words: int, flat: float, split: float, seed: int) -> None:
    chosen = np.random.default_rng(seed)
    probable = np.log(chosen.dirichlet([flat] * len(LABELS), words) + 1e-9).astype(np.float32)
    # Words that are outside of everything, as most are, so that both ways are gone.
    probable[chosen.random(words) < chosen.choice([0.0, 0.8, 1.0]), 0] += 30
    cost = transitions(split)
    assert best_labels(probable, cost).tolist() == searched(probable, cost)


@given(st.lists(st.sampled_from([-0.5, -0.5000001, -2.0, -2.0000002]), min_size=7, max_size=70))
def test_labels_that_are_hardly_told_apart_are_those_that_the_search_finds(flat: list[float]) -> None:
    probable = np.asarray(flat[: len(flat) // 7 * 7], np.float32).reshape(-1, 7)
    assert best_labels(probable, transitions(3.0)).tolist() == searched(probable, transitions(3.0))
