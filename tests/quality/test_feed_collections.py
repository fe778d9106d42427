"""Every item of a well-formed feed of the two collections comes out, and every broken one is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.feeds.comparing import Tally, compare, is_well_formed
from bench.feeds.expected import Wanted, _from_expression
from bench.feeds.measuring import COLUMNS, Result, measured

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    if not (CORPORA / "feeds").is_dir():
        pytest.skip("the collections of feeds are not beside the checkout")
    return measured(CORPORA)


@pytest.mark.parametrize("name", ["feedparser", "gofeed"])
def test_nothing_comes_out_otherwise_without_a_reason(results: dict[str, Result], name: str) -> None:
    result, counted = results[name], results[name].tally.counted
    assert result.unexplained == []
    assert counted["files"] > 500
    assert counted["items found"] == counted["items expected"] > 250
    assert counted["answered"] == counted["broken"] > 20
    assert all(cell(counted) for cell in COLUMNS.values())


def compared(content: bytes, expression: str) -> Tally:
    wanted, tally = Wanted("x.xml", content, "https://a.example/f"), Tally()
    _from_expression(expression, wanted)
    compare(wanted, tally)
    return tally


def test_what_differs_is_found() -> None:
    feed = b"<rss><channel><item><title>A</title><link>https://a.example/1</link></item></channel></rss>"
    right = compared(feed, "not bozo and entries[0]['title'] == 'A' and entries[0].link == 'https://a.example/1'")
    assert (right.differences, right.counted["titles equal"], right.counted["links equal"]) == ([], 1, 1)
    wrong = compared(feed, "entries[0]['title'] == 'B' and entries[1].link == 'x' and len(entries) == 2")
    assert [row[1] for row in wrong.differences] == ["items", "title"]
    assert compared(b"<rss", "bozo").counted["answered"] == 1
    assert compared(b"<note/>", "entries[0].title == 'x'").differences[0][1] == "items"


@pytest.mark.parametrize(
    ("content", "sound"), [(b"<a/>", True), (b"<a>", False), (b"", False), (b"{}", True), (b"{", False)]
)
def test_well_formed_is_what_a_parser_takes_as_it_is(content: bytes, sound: bool) -> None:
    assert is_well_formed(content) is sound
