"""Ids: no two lists of fields encode alike, and a digest does not depend on order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.ids import content_id, digest, encoded
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span, hull, trimmed

fields = st.recursive(
    st.none() | st.text(max_size=4) | st.integers() | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=5,
)


@given(fields, fields)
def test_two_fields_encode_alike_only_when_they_are_equal(a: object, b: object) -> None:
    same = a == b and repr(a) == repr(b)
    assert (encoded(a) == encoded(b)) == same  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", None), ("a", "")),
        ((1,), ("1",)),
        ((("a",), "b"), (("a", "b"),)),
        ((b"a",), ("a",)),
    ],
)
def test_fields_that_look_alike_have_different_ids(one: tuple, other: tuple) -> None:
    assert content_id("thing", *one) != content_id("thing", *other)
    assert content_id("thing", *one) != content_id("sort", *one)


@given(st.lists(st.text("0123456789abcdef", min_size=4, max_size=4)), st.randoms())
def test_the_digest_does_not_depend_on_order(ids: list[str], random: object) -> None:
    shuffled = list(ids)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest(ids) == digest(shuffled)
    assert digest([*ids, "0000"]) != digest(ids)


def test_a_report_is_told_by_what_it_says_and_where_it_stood() -> None:
    report = Report(capture="c1", text="Rain.", outlet="The Courier")
    assert report.id == Report(capture="c2", text="Rain.", outlet="The Courier").id
    assert report.id != Report(capture="c1", text="Rain.", outlet="The Tribune").id
    assert report.id != Report(capture="c1", text="Rain.", title="The Courier").id


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_holds_at_least_one_character_of_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.text(" a\n"), st.integers(0, 5), st.integers(0, 5))
def test_trimming_keeps_every_character_but_white_space(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    found = trimmed(text, start, max(start, end)) if start <= len(text) else None
    piece = text[start:end]
    assert (found.of(text) if found else "") == piece.strip()


def test_the_hull_covers_all_and_nothing_has_no_hull() -> None:
    assert hull([Span(4, 6), Span(1, 2)]) == Span(1, 6)
    with pytest.raises(ValueError, match="no spans"):
        hull([])
