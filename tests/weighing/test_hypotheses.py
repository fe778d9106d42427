"""Matrices of hypotheses: what is read, what is refused and in which words, and what stands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.hypotheses import Consistency, Hypothesis, Matrix, Row, RowKind
from onrecord.errors import SettingsError
from onrecord.weighing.hypotheses import definitions

TWO = """
[[matrix]]
name = "Why"
watch = ["plasma moves west"]
[[matrix.hypothesis]]
key = "lever"
text = "To press"
[[matrix.hypothesis]]
key = "blind"
text = "To draw eyes away"
deception = true
"""
ROW = """
[[matrix.evidence]]
passage = "3f09c2"
lever = "consistent"
blind = "inconsistent"
why = "they are where all can see them"
"""


def test_a_matrix_is_read() -> None:
    (found,) = definitions(TWO + ROW, "here")
    assert [one.deception for one in found.hypotheses] == [False, True]
    assert found.rows[0].kind is RowKind.PASSAGE
    assert found.rows[0].tells_apart
    assert [one.key for one in found.ranked()] == ["lever", "blind"]
    assert found.passages == {"3f09c2"}
    assert found.watch == ("plasma moves west",)


def test_a_row_may_be_named_by_words_of_the_record() -> None:
    (found,) = definitions(TWO + ROW.replace('passage = "3f09c2"', 'words = " no sign of a withdrawal "'), "here")
    assert (found.rows[0].kind, found.rows[0].what) == (RowKind.WORDS, "no sign of a withdrawal")
    assert found.rows[0].kind.on_record
    assert found.passages == frozenset()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[matrix]]\nname = 3", "name is a text"),
        ("[[matrix]]\nname = 'x'", "cannot compete"),
        ("matrix = 3", "double brackets"),
        ("[[other]]", "unknown table"),
        ("[[", "cannot be read as TOML"),
        (TWO + "[[matrix.evidence]]\npassage = 'a'\nlever = 'consistent'", "say how it goes with 'blind'"),
        (TWO + ROW.replace('"inconsistent"', '"maybe"'), "say how it goes with 'blind'"),
        (TWO + ROW + "extra = 1", "unknown key 'extra'"),
        (TWO + ROW.replace("passage", "rumour"), "one of passage, words, absence, assumption"),
        (TWO.replace('"blind"', '"lever"'), "two hypotheses have the key"),
        (TWO.replace('"blind"', '"why"'), "must be one word"),
        (TWO.replace('"blind"', '"words"'), "must be one word"),
        (TWO + ROW.replace("passage", "words").replace("why", "absence"), "one of passage, words"),
        (TWO + TWO, "two matrices are called"),
        (TWO.replace("true", "'yes'"), "true or false"),
        (TWO.replace('["plasma moves west"]', "3"), "watch is a list"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        definitions(text, "here")


@given(st.lists(st.tuples(*[st.sampled_from(Consistency)] * 3), max_size=12))
def test_the_least_refuted_stands_first_and_equal_rows_tell_nothing(rows: list[tuple[Consistency, ...]]) -> None:
    keys = ("a", "b", "c")
    matrix = Matrix(
        "any",
        tuple(Hypothesis(key, key) for key in keys),
        tuple(Row(RowKind.ABSENCE, "x", dict(zip(keys, cells, strict=True))) for cells in rows),
    )
    counts = [len(matrix.against(one.key)) for one in matrix.ranked()]
    assert counts == sorted(counts)
    for row, cells in zip(matrix.rows, rows, strict=True):
        assert not (len(set(cells)) == 1 and row.tells_apart)
