"""Quotation marks of many houses, and the kind that follows from them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.reading.quotations import kind_of, quoted_regions

TABLE = [
    ('He said "no" twice.', ['"no"']),
    ("“A,” he said. “B”", ["“A,”", "“B”"]),
    ("The ‘best’ of it, he said, isn’t ‘good’.", ["‘best’", "‘good’"]),
    ("'No way,' he said. 'It isn't.'", ["'No way,'", "'It isn't.'"]),
    ("„Nein“, sagte er. „Ja“", ["„Nein“", "„Ja“"]),
    ("«No», she said", ["«No»"]),
    ("»Nein«, sagte sie", ["»Nein«"]),
    ("“unclosed to the end, he said.", ["“unclosed to the end, he said."]),
    ("closed only,” he said.", ["closed only,”"]),
    ("He said: ” The right of every” one", ["” The right of every”"]),
    ("the workers' rights and the states' laws", []),
    ("it’s the towns’ duty", []),
    ("``tex'' he said", ["``tex''"]),
    ("“We call for “peace” now,” he said", ["“We call for “peace” now,”"]),
    ("“One. “Two,” he said that three", ["“One. “Two,”"]),
    ('""We go,"" he said', ['""We go,""']),
    ("no marks at all", []),
]


@pytest.mark.parametrize(("text", "regions"), TABLE)
def test_what_stands_in_quotation_marks(text: str, regions: list[str]) -> None:
    assert [r.of(text) for r in quoted_regions(text, Span(0, len(text)))] == regions


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ('"We go now," she said.', '"We go now,"', Kind.DIRECT),
        ("She said that they would go.", "that they would go", Kind.INDIRECT),
        ('She called it "a mistake" and left.', 'it "a mistake"', Kind.MIXED),
        ('She said that "we go".', 'that "we go"', Kind.DIRECT),
        ("She said: “we go now", "“we go now", Kind.DIRECT),
    ],
)
def test_the_kind_follows_from_the_marks(text: str, content: str, kind: Kind) -> None:
    at = text.index(content)
    whole = Span(0, len(text))
    assert kind_of(text, [Span(at, at + len(content))], quoted_regions(text, whole)) is kind


@given(st.text("ab .,'\"“”‘’«»„`\n?", min_size=1, max_size=60))
def test_regions_are_ordered_and_apart_and_inside_whatever_the_marks(text: str) -> None:
    regions = quoted_regions(text, Span(0, len(text)))
    assert all(0 <= r.start < r.end <= len(text) for r in regions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(regions))
