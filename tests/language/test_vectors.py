from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.linking.vectors import Pairs, area, best_threshold, f1_at, few_shared, pairs_of, spearman
from onrecord.language.vectors import LONGEST, PassageVectors, VectorsError, shipped_vectors

SAME_AND_OTHER = [
    (
        "Russia keeps a large force near the border.",
        "Moscow still has many troops massed along the frontier.",
        "Prices of bread rose for the third month.",
    ),
    (
        "We will not leave the town.",
        "The mayor said they would stay in the city.",
        "The court postponed the hearing to June.",
    ),
    (
        "Twelve people were killed when the bridge collapsed.",
        "The collapse of the bridge left a dozen dead.",
        "Twelve ships were sold when the company closed.",
    ),
    (
        "The minister denied having met the envoy.",
        "He did not meet the ambassador, the minister insisted.",
        "The minister opened a hospital in the north.",
    ),
]


@pytest.fixture(scope="module")
def vectors() -> PassageVectors:
    return shipped_vectors()


@pytest.mark.parametrize(("passage", "same", "other"), SAME_AND_OTHER)
def test_another_wording_is_nearer_than_another_thing(
    vectors: PassageVectors, passage: str, same: str, other: str
) -> None:
    made = vectors.vectors([passage, same, other])
    assert made[0] @ made[1] > made[0] @ made[2] + 0.1


def test_shape_and_length(vectors: PassageVectors) -> None:
    made = vectors.vectors(["The bridge is closed.", "x", "5,000"])
    assert made.shape == (3, vectors.width)
    assert made.dtype == np.float32
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors.vectors([]).shape == (0, vectors.width)


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\U0001f600"])
def test_a_text_of_nothing_known_has_zeros(vectors: PassageVectors, text: str) -> None:
    assert not vectors.vectors([text]).any()


def test_a_lone_surrogate_is_read(vectors: PassageVectors) -> None:
    made = vectors.vectors(["The bridge \ud800 is closed.", "The bridge is closed."])
    assert made[0] @ made[1] > 0.9


def test_only_the_beginning_of_a_long_text_counts(vectors: PassageVectors) -> None:
    long = "The bridge is closed. " * 5_000
    made = vectors.vectors([long, long[:LONGEST], "7 " * 50_000])
    assert np.array_equal(made[0], made[1])
    assert np.isfinite(made).all()


def test_a_text_has_the_same_vector_in_any_company(vectors: PassageVectors) -> None:
    texts = ["The bridge is closed.", "", "word " * 300, "We leave on Friday.", "No."]
    together, apart = vectors.vectors(texts), [vectors.vectors([text])[0] for text in texts]
    assert np.array_equal(together, np.stack(apart))
    assert np.array_equal(vectors.vectors(texts[::-1]), together[::-1])


def test_the_sum_is_exact_so_that_no_order_rounds_it_otherwise(vectors: PassageVectors) -> None:
    words = "the bridge near Tessin was closed on Friday after 95 shells fell on both of its banks".split()
    made = vectors.vectors([" ".join(words), " ".join(words[::-1]), " ".join(sorted(words))])
    assert np.array_equal(made[0], made[1])
    assert np.array_equal(made[0], made[2])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=200) | st.text("0123456789.,", max_size=200) | st.text("\"'?!-–—…", max_size=200)))
def test_any_text_has_a_vector(texts: list[str]) -> None:
    lengths = np.linalg.norm(shipped_vectors().vectors(texts), axis=1)
    assert (np.isclose(lengths, 1, atol=1e-5) | (lengths == 0)).all()


@pytest.mark.parametrize("content", [b"", b"not a table", b"PK\x03\x04"])
def test_a_damaged_table_is_reported(tmp_path: Path, content: bytes) -> None:
    table = tmp_path / "table.npz"
    table.write_bytes(content)
    with pytest.raises(VectorsError, match="cannot be loaded"):
        PassageVectors(table)


def test_a_table_for_another_vocabulary_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    np.savez(held, rows=np.zeros((3, 2), np.int8), scales=np.ones(3, np.float32), name="x", vocabulary="0" * 64)
    (tmp_path / "table.npz").write_bytes(held.getvalue())
    with pytest.raises(VectorsError, match="another vocabulary"):
        PassageVectors(tmp_path / "table.npz")


GOLD = np.asarray([1.0, 1.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("scores", "expected_area", "expected_f1"),
    [
        ([0.9, 0.8, 0.2, 0.1], 1.0, 1.0),
        ([0.1, 0.2, 0.8, 0.9], 0.0, 2 / 3),
        ([0.5, 0.5, 0.5, 0.5], 0.5, 2 / 3),
        ([0.9, 0.3, 0.5, 0.1], 0.75, 0.8),
    ],
)
def test_area_and_best_f1(scores: list[float], expected_area: float, expected_f1: float) -> None:
    found = np.asarray(scores)
    assert area(found, GOLD) == pytest.approx(expected_area)
    assert f1_at(found, GOLD, best_threshold(found, GOLD)) == pytest.approx(expected_f1)


def test_spearman_looks_at_ranks_alone() -> None:
    x = np.asarray([1.0, 2.0, 3.0, 4.0])
    assert spearman(x, np.exp(x)) == pytest.approx(1)
    assert spearman(x, -x) == pytest.approx(-1)


def test_few_shared_keeps_the_others_and_half_of_the_same() -> None:
    found: Pairs = few_shared(
        pairs_of(
            [
                ("The bridge is closed.", "The bridge is closed.", 1.0),
                ("The bridge is closed.", "Nobody can cross the river.", 1.0),
                ("The bridge is closed.", "The bridge is old.", 0.0),
            ]
        )
    )
    assert found.right == ("Nobody can cross the river.", "The bridge is old.")
