"""Of the cross-encoder what needs no weights: they are not in the package (training/NOTES.md)."""

from __future__ import annotations

import hashlib
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.entailment_judging import CLAIM, WIDTH, Entailment, EntailmentError, joined, word_vectors

READER = Path(str(files("onrecord.reading").joinpath("weights")))
PIECES = st.lists(st.integers(1000, 30_000), min_size=1, max_size=2 * WIDTH)


@given(PIECES, PIECES)
def test_pieces_of_a_pair_fit_and_keep_both_sides(premise: list[int], claim: list[int]) -> None:
    pieces, at = joined(premise, claim, (101, 102))
    first, second = pieces[1 : at - 1], pieces[at:-1]
    assert len(pieces) <= WIDTH
    assert (pieces[0], pieces[at - 1], pieces[-1]) == (101, 102, 102)
    assert first == premise[: len(first)]
    assert second == claim[: len(second)]
    assert len(second) >= min(len(claim), CLAIM)
    if len(premise) + len(claim) <= WIDTH - 3:
        assert (first, second) == (premise, claim)


def made(path: Path, table: bytes) -> dict[str, str]:
    path.write_bytes(b"\x08\x09before" + table + b"behind")
    return {
        "table_starts": table[:8].hex(),
        "table_sha256": hashlib.sha256(table).hexdigest(),
        "table_rows": "5",
        "table_width": "4",
    }


def test_word_vectors_are_found_inside_another_file(tmp_path: Path) -> None:
    table = bytes(range(100, 120))
    found = word_vectors(tmp_path / "tagger.onnx", made(tmp_path / "tagger.onnx", table))
    assert found is not None
    assert found.shape == (5, 4)
    assert found.tobytes() == table


@pytest.mark.parametrize("change", [{"table_sha256": "0" * 64}, {"table_rows": "500"}, {"table_starts": "ffff"}])
def test_word_vectors_of_another_file_are_refused(tmp_path: Path, change: dict[str, str]) -> None:
    facts = made(tmp_path / "tagger.onnx", bytes(range(100, 120)))
    assert word_vectors(tmp_path / "tagger.onnx", facts | change) is None


def test_missing_and_damaged_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(EntailmentError, match="cannot be loaded"):
        Entailment(tmp_path / "nothing.onnx")
    damaged = tmp_path / "damaged.onnx"
    shutil.copy(READER / "tokenizer.json", damaged)
    with pytest.raises(EntailmentError, match="cannot be loaded"):
        Entailment(damaged)
