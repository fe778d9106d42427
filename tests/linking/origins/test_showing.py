"""Which reports are shown to be independent; all texts are invented, the outlets in them are real or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.origins import Independence, Tie
from onrecord.domain.stories import Told
from onrecord.linking.origins import compared, independence, origins

A = "“We wait,” Ida Holm of the Bridge Trust told us at the bridge. Two bridges were closed."
B = "The mayor, Jon Rask, said at a news conference in Zelvin that cracks had been found on Sunday."


def said(
    a: str = A,
    b: str = B,
    outlet_a: str | None = "The Guardian",
    outlet_b: str | None = "Le Monde",
    author_a: str | None = None,
    author_b: str | None = None,
    families: dict[str, str] | None = None,
) -> Independence:
    one, other = Told("a", None, a, outlet_a, author_a), Told("b", None, b, outlet_b, author_b)
    return independence(one, other, origins(one), origins(other), compared(one, other), families=families)


def test_nothing_in_common() -> None:
    found = said()
    assert found.independent
    assert found.reasons[0] == "different publishers: The Guardian and Le Monde"
    assert len(found.reasons) == 5


LONG = (
    "The engineers closed both bridges on Monday after the frost had opened cracks in the northern piers, and they " * 4
)
INTERVIEW = "“The frost did it and nobody else should be blamed for this,” Ida Holm said. “We wait,” Ida Holm added."


@pytest.mark.parametrize(
    ("changed", "tie"),
    [
        ({"outlet_a": None}, Tie.UNKNOWN),
        ({"outlet_a": "The Ustrel Gazette"}, Tie.UNKNOWN),
        ({"outlet_b": "The Guardian"}, Tie.FAMILY),
        ({"outlet_a": "Fox News", "outlet_b": "The Wall Street Journal"}, Tie.FAMILY),
        ({"author_a": "Ida Lund and Per Dahl", "author_b": "By Per Dahl"}, Tie.BYLINE),
        ({"a": "By Ida Lund\n" + A, "b": "By Per Dahl and Ida Lund\n" + B}, Tie.BYLINE),
        ({"a": LONG, "b": LONG + B}, Tie.COPY),
        ({"a": "ZELVIN (AP) — " + A, "b": B + "\n\nThe Associated Press contributed to this report."}, Tie.CREDIT),
        ({"a": "ZELVIN (Reuters) - " + A, "outlet_b": "Reuters"}, Tie.CREDIT),
        ({"a": A + " “It was frost,” she told Le Monde."}, Tie.CITES),
        ({"b": B + " The Guardian first reported the cracks."}, Tie.CITES),
        ({"b": B + " The Guardian asked, too."}, Tie.CITES),
        ({"a": A + " CNN first reported it.", "b": B + " “It was frost,” he told CNN."}, Tie.INFORMANT),
        ({"a": A + " CNN first reported it.", "b": B + " The CNN team was there."}, Tie.INFORMANT),
        ({"a": INTERVIEW, "b": INTERVIEW + " Cracks were found."}, Tie.INFORMANT),
    ],
)
def test_ties(changed: dict[str, str | None], tie: Tie) -> None:
    found = said(**changed)  # type: ignore[arg-type]
    assert tie in found.ties
    assert not found.independent
    assert found.reasons


@pytest.mark.parametrize(
    "changed",
    [
        {"a": A + " President Donald Trump said at a rally that he waits.", "b": B + " Donald Trump said he waits."},
        {"author_a": "Guardian staff", "author_b": "Monde staff"},
        {"a": A + " (Photo: Per Dahl/AP)", "b": B + " (Photo: Ida Lund/AP)"},
        {"a": "By Ida Lund\n" + A, "b": "By Per Dahl\n" + B},
    ],
)
def test_what_is_no_tie(changed: dict[str, str]) -> None:
    assert said(**changed).ties == ()  # type: ignore[arg-type]


def test_publishers_can_be_told() -> None:
    outlets = {"outlet_a": "Calder Tribune", "outlet_b": "The Eskmouth Courier"}
    assert said(**outlets, families={"Calder Tribune": "Tidewater", "The Eskmouth Courier": "Tidewater"}).ties == (
        Tie.FAMILY,
    )
    assert said(**outlets, families={"Calder Tribune": "Tidewater", "The Eskmouth Courier": "Marsh"}).independent
    tidewater = A + "\n\n© 2031 Calder Tribune Ltd, a Tidewater Press Group company. All rights reserved."
    assert Tie.FAMILY in said(a=tidewater, **outlets, families={"The Eskmouth Courier": "Tidewater Press Group"}).ties


def test_a_public_speaker_in_both_is_said_in_the_reasons() -> None:
    both = said(a="Donald Trump said at a rally that he waits.", b="“I wait,” Donald Trump said at a rally.")
    assert both.independent
    assert both.reasons[-1] == "Trump speaks in both: two reports show that it was said, not that it is so"


def test_either_order_is_the_same() -> None:
    one, other = Told("b", None, A, "The Guardian"), Told("a", None, B, "Le Monde")
    first = independence(one, other, origins(one), origins(other))
    assert first == independence(other, one, origins(other), origins(one))
    assert (first.a, first.b) == ("a", "b")


@given(st.text(max_size=300), st.text(max_size=300), st.none() | st.text(max_size=20))
@settings(deadline=None, max_examples=100)
def test_any_two_texts(a: str, b: str, author: str | None) -> None:
    found = said(a=a, b=b, author_a=author, author_b=author)
    assert found.reasons
    assert not said(a=a, b=b, outlet_a=None).independent


def test_the_labelled_pairs() -> None:
    corpora = Path("../shared/corpora")
    if not corpora.exists():
        pytest.skip("the corpora are not here")
    from bench.linking.origins import judged as by_program
    from bench.linking.origins import labels, score_independence

    rows = [row for row in labels(corpora) if row.part == "tuning"]
    score = score_independence(rows, {id(row): by_program(row).independent for row in rows})
    assert score.precision >= 97
    assert score.recall >= 65
