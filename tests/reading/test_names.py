"""Noun phrases that name or describe a speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.reading.names import Shape, read_mentions

TABLE = [
    ("Alliance Secretary General Piet Maran", [(Shape.PERSON, "Piet Maran")]),
    ("the secretary general", [(Shape.DESCRIPTION, None)]),
    ("the Alliance’s secretary-general", [(Shape.DESCRIPTION, None)]),
    ("he", [(Shape.PRONOUN, None)]),
    ("Presidency spokesman Ivo Krast", [(Shape.PERSON, "Ivo Krast")]),
    ("Mr. Krast", [(Shape.PERSON, "Krast")]),
    ("Ana Lenz, the foreign minister of Vellmark,", [(Shape.PERSON, "Ana Lenz")]),
    ("the foreign minister, Ana Lenz,", [(Shape.PERSON, "Ana Lenz")]),
    ("Secretary of State Jon Kerr", [(Shape.PERSON, "Jon Kerr")]),
    ("the Secretary of State", [(Shape.DESCRIPTION, None)]),
    ("Lenz and Oder", [(Shape.ORGANISATION, "Lenz"), (Shape.ORGANISATION, "Oder")]),
    ("the Vellmark defence ministry", [(Shape.ORGANISATION, "Vellmark defence ministry")]),
    ("the Ministry of Defence of Vellmark", [(Shape.ORGANISATION, "Ministry of Defence of Vellmark")]),
    ("the ministry", [(Shape.DESCRIPTION, None)]),
    ("sources", [(Shape.GENERIC, None)]),
    ("two officials who asked not to be named", [(Shape.GENERIC, None)]),
    ("a source close to the Presidency", [(Shape.GENERIC, None)]),
    ("people familiar with the matter", [(Shape.GENERIC, None)]),
    ("a Krast campaign spokesman", [(Shape.DESCRIPTION, None)]),
    ("Ursula von der Aue", [(Shape.PERSON, "Ursula von der Aue")]),
]


@pytest.mark.parametrize(("phrase", "expected"), TABLE)
def test_what_a_phrase_says_of_its_speaker(phrase: str, expected: list[tuple[Shape, str | None]]) -> None:
    assert [(m.shape, m.name) for m in read_mentions(phrase, Span(0, len(phrase)))] == expected


@given(st.text("AaBb .,'’-and of the Mr", min_size=1, max_size=40))
def test_a_name_is_always_found_where_it_says(phrase: str) -> None:
    for mention in read_mentions(phrase, Span(0, len(phrase))):
        if mention.name is not None:
            assert mention.place is not None
            assert " ".join(mention.place.of(phrase).split()) == mention.name


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("WHO", ["WHO"]),
        ("who", [None]),
        ("a Federal Reserve of St. Ives economist", [None]),
        ("The Compact’s Special Representative on Shipping in Conflict", [None]),
        ("Ana Lenz, director of the Institute of Shipping and Trade on Harbour Hill,", ["Ana Lenz"]),
        ("Ana Lenz, Karl Oder and Ida Holm", ["Ana Lenz", "Karl Oder", "Ida Holm"]),
        ("VellmarkAllies", [None]),
        ("Officials familiar with the plan", [None]),
        ("Ana Lenz herself", ["Ana Lenz"]),
        ("President Lenz Ana Maria LenzVELLMARK", ["Lenz"]),
        ("President Ana Lenz Ana Maria LenzVote", ["Ana Lenz"]),
        ("Mayor Ida McHolm", ["Ida McHolm"]),
        ("Mayor Ida Holm Ida", ["Ida Holm"]),
        ("harbour reporter Anna King", ["Anna King"]),
        ("Senators Ana Lenz and Karl Oder", ["Ana Lenz", "Karl Oder"]),
        ("several lawmakers, including Ana Lenz,", [None]),
        ("the deputy director of the Council for Civil Trade and Human Shipping", [None]),
        ("Some Harven Republicans", [None]),
        ("people I", [None]),
        ("the Harbour Constitution.", ["Harbour Constitution"]),
        ("Ana Lenz Jr.", ["Ana Lenz Jr."]),
        ("chief of staff Paul Short", ["Paul Short"]),
        ("a spokesman for the Harven Board", [None]),
        ("Short later", ["Short"]),
        ("New Harven and Strell", ["New Harven", "Strell"]),
        ("Sens. Ana Lenz (D-Harven) and Karl Oder (R-Strell)", ["Ana Lenz", "Karl Oder"]),
        ("the Society for the Prevention of Cruelty to Gulls", ["Society for the Prevention of Cruelty to Gulls"]),
        ("the Committee on Shipping", ["Committee on Shipping"]),
        ("the Committee on Friday", ["Committee"]),
    ],
)
def test_phrases_that_once_gave_a_wrong_name(phrase: str, names: list[str | None]) -> None:
    assert [m.name for m in read_mentions(phrase, Span(0, len(phrase)))] == names
