"""Ways to write one address, and addresses that must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.addresses import canonical

PAGE = "https://courier.example/news/weir"


@pytest.mark.parametrize(
    "written",
    [
        PAGE,
        "http://courier.example/news/weir",
        "HTTPS://WWW.Courier.Example/news/weir",
        "https://courier.example:443/news/weir",
        "http://www.courier.example:80/news/weir/",
        "https://courier.example./news/weir",
        "https://courier.example/news/weir#comments",
        "https://courier.example/news/weir?utm_source=feed&utm_medium=rss",
        "https://courier.example/news/weir?fbclid=abc&UTM_campaign=x",
        "https://courier.example/news/weir?at_medium=social",
        "https://courier.example/news/%77eir",
        "  https://courier.example/news/weir\n",
        "https://user:word@courier.example/news/weir",
        "https://courier.example/news/weir?",
    ],
)
def test_one_page_has_one_address(written: str) -> None:
    assert canonical(written) == PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/news/weir", "/news/Weir"),
        ("/news/weir", "/news/weir-2"),
        ("/news/weir", "/news/weir/2"),
        ("/news/weir?page=1", "/news/weir?page=2"),
        ("/news/weir", "/news/weir?page=2"),
        ("/news/weir", "/news/weir?ref=id7"),
        ("/news/weir", "/amp/news/weir"),
        ("/news/weir", "/news/weir?outputType=amp"),
        ("/#!/story/7", "/#!/story/8"),
        ("/a%2Fb", "/a/b"),
        ("/a?b=1%262", "/a?b=1&2"),
    ],
)
def test_other_pages_stay_apart(one: str, other: str) -> None:
    host = "https://courier.example"
    assert canonical(host + one) != canonical(host + other)
    assert canonical(host + one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/s?b=2&a=1", "https://a.example/s?a=1&b=2"),
        ("https://münchen.example/s", "https://xn--mnchen-3ya.example/s"),
        ("https://a.example/caf%c3%a9", "https://a.example/café"),
        ("https://a.example/?p=7", "http://www.a.example/?p=7&utm_source=x"),
    ],
)
def test_an_address_is_written_in_one_way(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) is not None


@pytest.mark.parametrize(
    "nothing",
    [
        None,
        "",
        "courier.example/news",
        "file:///tmp/page.html",
        "javascript:alert(1)",
        "ftp://a.example/b",
        "https:///news",
        "https://courier.example",
        "https://www.courier.example/?utm_source=x",
        "https://[1::2/news",
        "https://a.example:99999/b",
        "https://a.example/" + "a" * 2_000,
    ],
)
def test_what_names_no_page_has_no_address(nothing: str | None) -> None:
    assert canonical(nothing) is None


def test_a_www_that_is_all_of_the_name_stays() -> None:
    assert canonical("https://www.example/a") == "https://www.example/a"


@given(st.text(max_size=200))
def test_any_text_has_an_answer_that_is_its_own_canonical_form(text: str) -> None:
    for address in (text, f"https://{text}", f"https://a.example/{text}"):
        found = canonical(address)
        if found is not None:
            found.encode("ascii")
            assert canonical(found) == found
