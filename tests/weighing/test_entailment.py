from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.weighing.entailment import Entailment, EntailmentError, shipped_entailment
from onrecord.weighing.entailment.judging import ANSWERS, CLAIM, WIDTH, joined

CONTRADICTS, NEUTRAL, SUPPORTS = range(len(ANSWERS))
READER = Path(str(files("onrecord.reading").joinpath("weights")))
SHIPPED = Path(str(files("onrecord.weighing.entailment").joinpath("entailment.onnx")))
MARKS = (101, 102)
PIECES = st.lists(st.integers(1000, 30_000), min_size=1, max_size=2 * WIDTH)


@pytest.fixture(scope="module")
def judge() -> Entailment:
    return shipped_entailment()


@pytest.mark.parametrize(
    ("premise", "claim", "expected"),
    [
        ("The ferry has not left Port Marrow.", "The ferry has left Port Marrow.", CONTRADICTS),
        ("Harvenia is withdrawing its troops.", "Harvenia is not withdrawing its troops.", CONTRADICTS),
        ("The court in Zelvin rejected the appeal of the miners.", "The court rejected the miners' appeal.", SUPPORTS),
        ("Forty people were hurt in Olmira on Monday, police said.", "Forty people were hurt in Olmira.", SUPPORTS),
        ("The ferry has left Port Marrow.", "Bread is dearer this winter.", NEUTRAL),
    ],
)
def test_plain_pairs_are_judged_as_a_reader_would(judge: Entailment, premise: str, claim: str, expected: int) -> None:
    assert int(judge.judge([(premise, claim)])[0].argmax()) == expected


def test_shape_and_sums(judge: Entailment) -> None:
    found = judge.judge([("The bridge is closed.", "The bridge is open."), ("One.", "Two.")])
    assert found.shape == (2, 3)
    assert found.sum(1) == pytest.approx(1)
    assert (found >= 0).all()
    assert judge.judge([]).shape == (0, 3)


@pytest.mark.parametrize("pair", [("", "The bridge is closed."), ("The bridge is closed.", " \n"), ("", "")])
def test_an_empty_side_is_left_open(judge: Entailment, pair: tuple[str, str]) -> None:
    assert judge.judge([pair])[0].tolist() == [0, 1, 0]


@pytest.mark.parametrize("text", ["\ud800 closed", "\x00\x00 a", "x" * 100_000, "no " * 50_000, "\U0001f600 и так"])
def test_hostile_texts_are_judged(judge: Entailment, text: str) -> None:
    found = judge.judge([(text, "The bridge is closed."), ("The bridge is closed.", text)])
    assert np.isfinite(found).all()


TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=60)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=4))
def test_a_pair_does_not_depend_on_its_company(judge: Entailment, pairs: list[tuple[str, str]]) -> None:
    together = judge.judge(pairs)
    assert (together[::-1] == judge.judge(pairs[::-1])).all()
    assert (together[:1] == judge.judge(pairs[:1])).all()


@given(PIECES, PIECES)
def test_pieces_of_a_pair_fit_and_keep_both_sides(premise: list[int], claim: list[int]) -> None:
    pieces, at = joined(premise, claim, MARKS)
    first, second = pieces[1 : at - 1], pieces[at:-1]
    assert len(pieces) <= WIDTH
    assert (pieces[0], pieces[at - 1], pieces[-1]) == (101, 102, 102)
    assert first == premise[: len(first)]
    assert second == claim[: len(second)]
    assert len(second) >= min(len(claim), CLAIM)
    if len(premise) + len(claim) <= WIDTH - 3:
        assert (first, second) == (premise, claim)


def test_weights_stay_small_and_hold_no_word_vectors(judge: Entailment) -> None:
    assert SHIPPED.stat().st_size < 12_000_000
    assert judge.version


def test_missing_damaged_and_foreign_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(EntailmentError, match="install onrecord again"):
        Entailment(tmp_path / "nothing.onnx")
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(SHIPPED.read_bytes()[:5000])
    with pytest.raises(EntailmentError, match="install onrecord again"):
        Entailment(damaged)
    with pytest.raises(EntailmentError, match="cannot be loaded"):
        Entailment(tagger=tmp_path)


def test_word_vectors_of_another_tagger_are_refused(tmp_path: Path) -> None:
    shutil.copy(READER / "tokenizer.json", tmp_path)
    content = bytearray((READER / "tagger.onnx").read_bytes())
    middle = len(content) // 4
    content[middle : middle + 64] = bytes(64)
    (tmp_path / "tagger.onnx").write_bytes(content)
    with pytest.raises(EntailmentError, match="another tagger"):
        Entailment(tagger=tmp_path)
