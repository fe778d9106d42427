from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.actors.outlets import outlet_of, outlet_with, outlets

KNOWN = [
    ("The New York Times", "outlet:new-york-times"),
    ("nyt", "outlet:new-york-times"),
    ("New York Times - News", "outlet:new-york-times"),
    ("www.cnn.com", "outlet:cnn"),
    ("edition.cnn.com", "outlet:cnn"),
    ("CNN (Web News)", "outlet:cnn"),
    ("Fox News", "outlet:fox-news"),
    ("Fox Online News", "outlet:fox-news"),
    ("Breitbart", "outlet:breitbart"),
    ("HuffPost", "outlet:huffpost"),
    ("hpo", "outlet:huffpost"),
    ("BBC", "outlet:bbc"),
    ("https://www.bbc.co.uk/news/world-1", "outlet:bbc"),
    ("http://user@apnews.com:80/x", "outlet:associated-press"),
    ("africa.chinadaily.com.cn", "outlet:china-daily"),
    ("TASS news agency", "outlet:tass"),
    ("newspaper Bild", "outlet:bild"),
]


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_tells_the_outlet(text: str, expected: str) -> None:
    outlet = outlet_of(text)
    assert outlet is not None
    assert outlet.id == expected
    assert outlet_with(expected) == outlet


@pytest.mark.parametrize(
    "text",
    ["", "...", "http://", "Guest Writer - Right", "The Harvenia Herald", "notcnn.com", "cnn.com.example.org", "com"],
)
def test_others_are_no_outlet(text: str) -> None:
    assert outlet_of(text) is None


def test_families_and_wires() -> None:
    families = {
        name: getattr(outlet_of(name), "family", None) for name in ("Fox News", "New York Post", "The Sun", "BBC")
    }
    assert families["Fox News"] == families["New York Post"] == families["The Sun"] != families["BBC"]
    wires = {name for name in ("Reuters", "AP", "AFP", "CNN") if getattr(outlet_of(name), "wire", False)}
    assert wires == {"Reuters", "AP", "AFP"}


def test_every_outlet_is_found_by_its_name_and_domains() -> None:
    for outlet in outlets():
        found = outlet_of(outlet.name)
        assert found is not None
        assert found.name == outlet.name
        assert len(outlet.country) == 2
        for domain in outlet.domains:
            assert outlet_of(f"https://{domain}/a") == outlet


@given(st.one_of(st.text(max_size=400), st.from_regex(r"[./:@-]{0,80}"), st.from_regex(r"https?://\S{0,60}")))
def test_any_text_is_an_outlet_or_not(text: str) -> None:
    found = outlet_of(text)
    assert found is None or outlet_with(found.id) == found
