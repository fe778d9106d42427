"""What was typed into the search, read; and the query string by which a search can be kept."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.passages import Act
from onrecord.errors import NotOnRecord
from onrecord.ledger.search import Sounding, Term
from onrecord.ledger.searched import Order, Place, Sought
from onrecord.publishing.searching.form import FIELDS, Shape, read_search
from onrecord.publishing.searching.hits import AROUND, excerpt, pieces


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({}, ""),
        ({"q": "  troops  pulled\u00a0 back "}, "q=troops+pulled+back"),
        ({"in": "statements", "as": "table", "order": "best", "origins": "1", "page": "3", "other": "x"}, ""),
        ({"in": "REPORTS", "q": "a&b"}, "q=a%26b&in=reports"),
        (
            {"until": "2031-03-09", "q": "x", "actor": "Halvik", "exact": "on"},
            "q=x&exact=1&actor=Halvik&until=2031-03-09",
        ),
        ({"in": "actors", "as": "timeline"}, "in=actors"),
        ({"exact": "0"}, ""),
    ],
)
def test_one_search_has_one_query_string(values: dict[str, str], query: str) -> None:
    form = read_search(values)
    assert form.problems == {}
    assert form.query() == query
    again = read_search(dict(parse_qsl(query)))
    assert (again.query(), again.sought, again.place, again.shape) == (query, form.sought, form.place, form.shape)


def test_values_are_read() -> None:
    form = read_search(
        {
            "q": "troops",
            "in": "utterances",
            "as": "actors",
            "order": "newest",
            "act": "Denial",
            "origins": "3",
            "said_since": "2031-03-05",
            "until": "2031-03-09",
        }
    )
    assert (form.place, form.shape, form.order) == (Place.UTTERANCES, Shape.ACTORS, Order.NEWEST)
    assert form.sought == Sought(
        words="troops",
        act=Act.DENIAL,
        origins=3,
        said_since=datetime(2031, 3, 5, tzinfo=UTC),
        until=datetime(2031, 3, 10, tzinfo=UTC),
    )
    assert form.filtered == 4
    assert form.query(as_=None, page=2) == (
        "q=troops&in=utterances&order=newest&act=denial&origins=3&said_since=2031-03-05&until=2031-03-09&page=2"
    )


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"in": "nowhere", "as": "song", "order": "worst"}, {"in", "as", "order"}),
        ({"act": "song", "kind": "loud"}, {"act", "kind"}),
        ({"since": "yesterday", "said_until": "2031-13-40"}, {"since", "said_until"}),
        ({"since": "2031-03-05", "until": "2031-03-04"}, {"until"}),
        ({"origins": "0"}, {"origins"}),
        ({"origins": "٣"}, {"origins"}),
        ({"origins": "9" * 300}, {"origins"}),
        ({"q": "x" * 10_000}, {"q"}),
        ({"q": "a\0b"}, {"q"}),
        ({"actor": "\ud800"}, {"actor"}),
        ({"story": "abcdef"}, {"story"}),
    ],
)
def test_values_that_are_no_use(values: dict[str, str], faults: set[str]) -> None:
    def nothing(_asked: str) -> str:
        raise NotOnRecord("no story is on the record")

    form = read_search(values, nothing)
    assert set(form.problems) == faults
    assert all(problem.endswith(".") for problem in form.problems.values())


def test_a_timeline_runs_forward() -> None:
    assert read_search({"as": "timeline"}).order is Order.OLDEST
    assert read_search({"as": "timeline", "order": "newest"}).order is Order.NEWEST


@given(st.dictionaries(st.sampled_from([*FIELDS, "page"]), st.text(max_size=40)))
def test_no_value_raises(values: dict[str, str]) -> None:
    form = read_search(values)
    assert form.query().isascii()
    if not form.problems:
        assert read_search(dict(parse_qsl(form.query(), keep_blank_values=True))).query() == form.query()


@pytest.mark.parametrize(
    ("text", "terms", "hits"),
    [
        ("They withdrew, withdrawing the troops.", [Term("withdraw"), Term("troops")], ["withdrawing", "troops"]),
        ("a heavy price, heavy", [Term("heavy price")], ["heavy price"]),
        ("The withdrawal", [Term("withdr", beginning=True)], ["withdrawal"]),
        ("The withdrawal", [Term("w", beginning=True)], ["withdrawal"]),
        ("Erdoğan’s", [Term("erdogan")], ["Erdoğan’s"]),
        ("nothing here", [Term("else")], []),
        ("<b>troops</b>", [Term("troops")], ["troops"]),
        ("\u202etroops\u202c", [Term("troops")], ["troops"]),
    ],
)
def test_words_are_marked(text: str, terms: list[Term], hits: list[str]) -> None:
    cut = pieces(text, [Sounding.of(one) for one in terms])
    assert [one.text for one in cut if one.hit] == hits


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4))
def test_pieces_are_the_text(text: str, words: list[str]) -> None:
    cut = pieces(text, [Sounding.of(Term(one)) for one in [*words, *text.split()[:2]]])
    assert "".join(one.text for one in cut) == text
    assert all(one.text for one in cut)


@given(st.text(max_size=600), st.text(max_size=12))
def test_an_excerpt_stands_in_the_text(text: str, word: str) -> None:
    shown = excerpt(text, [Sounding.of(Term(one)) for one in [word, *text.split()[-1:]]])
    if shown is not None:
        words = "".join(one.text for one in shown.pieces)
        assert words in text
        assert any(one.hit for one in shown.pieces)
        assert "\n" not in words


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("The troops leave.", False, False),
        ("First line\nThe troops leave.\nLast line", False, False),
        ("word " * 100 + "troops " + "word " * 100, True, True),
        ("troops" + "x" * 1_000 + " troops", False, True),
    ],
)
def test_an_excerpt_tells_where_it_is_cut(text: str, before: bool, after: bool) -> None:
    shown = excerpt(text, [Sounding.of(Term("troops"))])
    if text.startswith("troopsx"):
        assert shown is not None
        assert sum(len(one.text) for one in shown.pieces) <= 2 * AROUND
        return
    assert shown is not None
    assert (shown.cut_before, shown.cut_after) == (before, after)
    assert sum(len(one.text) for one in shown.pieces) <= 2 * AROUND
