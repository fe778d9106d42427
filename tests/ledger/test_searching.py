"""A search of the example's record: what it finds, why, in which order, and under which filters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord import Ledger
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.ledger.copying import copy
from onrecord.ledger.finding import MOST_NEAR
from onrecord.ledger.searched import By, Order, Place, Sought
from onrecord.ledger.searching import Search
from onrecord.ledger.weighed_view import WeighedView
from onrecord.reading.rules import RuleReader
from tests.databases import NewPlace
from tests.publishing.weighed.example import weighed_ledger

HOSTILE = (
    'a" OR content:x',
    "NEAR(a b, 2)",
    "AND OR NOT",
    "((((",
    "*",
    "-",
    "^troops",
    "content : troops",
    "{a b} : c",
    "troops" * 2_000,
    "troops pulled back " * 500,
    "\0troops\0",
    "\ud800 troops",
    "\u202etroops",
    "'; DROP TABLE statement; --",
    "<script>alert(1)</script>",
    "%", "_", "\\",
)  # fmt: skip


@pytest.fixture(scope="module")
def view(place_of_module: NewPlace) -> Iterator[WeighedView]:
    path = place_of_module()
    copy(weighed_ledger(), path)
    with WeighedView(path) as opened:
        yield opened


def texts(search: Search, order: Order = Order.BEST) -> list[str]:
    return [one.what.recorded.content[0].text for one in search.statements(order=order)]


def keys(search: Search, place: Place, **part: int) -> list[str]:
    match place:
        case Place.STATEMENTS:
            return [one.what.recorded.statement.id for one in search.statements(**part)]
        case Place.UTTERANCES:
            return [one.what.id for one in search.utterances(**part)]
        case Place.REPORTS:
            return [one.what.id for one in search.reports(**part)]
        case Place.ACTORS:
            return [one.what.actor.id for one in search.actors(**part) if one.what.actor is not None]


def test_troops_pulled_back_finds_withdrawal(view: WeighedView) -> None:
    found = list(view.search(Sought(words="troops pulled back")).statements())
    assert found[0].why.by is By.MEANING
    assert found[0].why.nearness is not None
    near = [one for one in found if "withdrawal" in one.why.words]
    assert near
    assert all("withdrawal" in " ".join(span.text for span in one.what.recorded.content) for one in near)
    assert not list(view.search(Sought(words="troops pulled back", meaning=False)).statements())


def test_what_has_the_words_stands_before_what_is_near(view: WeighedView) -> None:
    found = view.search(Sought(words="withdrawal")).statements()
    ways = [one.why.by for one in found]
    assert set(ways) == {By.WORDS, By.MEANING}
    assert ways == sorted(ways, reverse=True)
    published = [one.what.recorded.report.published for one in found if one.why.by is By.WORDS]
    assert published == sorted(published, reverse=True)
    nearness = [one.why.nearness for one in found if one.why.nearness is not None]
    assert nearness == sorted(nearness, reverse=True)


def test_what_is_excluded_or_has_the_words_is_not_near(view: WeighedView) -> None:
    every = texts(view.search(Sought(words="troops pulled back")))
    some = texts(view.search(Sought(words="troops pulled back -border")))
    assert 0 < len(some) < len(every)
    assert not any("border" in text for text in some)
    near = [one for one in view.search(Sought(words="withdrawal")).statements() if one.why.by is By.MEANING]
    assert not any("withdrawal" in span.text for one in near for span in one.what.recorded.content)


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("words", ["withdrawal", "troops pulled back", "Halvik", None, "unheard-of-word"])
def test_counts_and_pages_are_those_of_the_whole_list(view: WeighedView, place: Place, words: str | None) -> None:
    search = view.search(Sought(words=words))
    every = keys(search, place)
    assert search.count(place) == len(every) == len(set(every))
    walked = [one for offset in range(0, len(every) + 7, 7) for one in keys(search, place, limit=7, offset=offset)]
    assert walked == every


@pytest.mark.parametrize("place", [Place.STATEMENTS, Place.UTTERANCES, Place.REPORTS])
def test_every_order_has_the_same_things(view: WeighedView, place: Place) -> None:
    search = view.search(Sought(words="truce violations"))
    lists = {Place.STATEMENTS: search.statements, Place.UTTERANCES: search.utterances, Place.REPORTS: search.reports}
    best = lists[place]()
    assert best
    for order in Order:
        assert sorted(map(repr, lists[place](order=order))) == sorted(map(repr, best))
    newest, oldest = (search.statements(order=one) for one in (Order.NEWEST, Order.OLDEST))
    days = [one.what.recorded.report.published for one in newest]
    assert days == sorted(days, reverse=True)
    assert [one.what.recorded.report.published for one in oldest] == sorted(days)
    assert sum(count for _, count in search.days(place)) == len(best)


@pytest.mark.parametrize(
    ("sought", "least"),
    [
        (Sought(actor="Halvik"), 40),
        (Sought(words="withdrawal", actor="joren halvik"), 1),
        (Sought(outlet="halyard news agency"), 20),
        (Sought(act=Act.DENIAL), 3),
        (Sought(kind=Kind.DIRECT), 20),
        (Sought(origins=2), 3),
        (Sought(country="Harvenia"), 10),
        (Sought(since=datetime(2031, 3, 9, tzinfo=UTC), until=datetime(2031, 3, 10, tzinfo=UTC)), 5),
        (Sought(said_since=datetime(2031, 3, 9, tzinfo=UTC)), 5),
        (Sought(said_until=datetime(2031, 3, 4, tzinfo=UTC)), 5),
    ],
)
def test_filters_choose_what_they_say(view: WeighedView, sought: Sought, least: int) -> None:
    search = view.search(sought)
    found = list(search.statements())
    assert least <= len(found) == search.count(Place.STATEMENTS) < 324
    for one in found:
        recorded, report = one.what.recorded, one.what.recorded.report
        if sought.actor is not None:
            assert "Halvik" in (recorded.statement.speaker.name or "")
        if sought.outlet is not None:
            assert report.outlet == "Halyard News Agency"
        if sought.act is not None:
            assert sought.act in recorded.statement.acts
        if sought.kind is not None:
            assert recorded.statement.kind is sought.kind
        if sought.since is not None and sought.until is not None:
            assert report.published is not None
            assert sought.since <= report.published < sought.until
        if sought.origins > 1:
            assert max(head.origins for head in one.what.utterances) >= sought.origins
        if sought.said_since is not None:
            assert any(head.first and head.first >= sought.said_since for head in one.what.utterances)
    for head in search.utterances():
        assert head.what.origins >= sought.origins
        assert sought.said_until is None or (head.what.first and head.what.first < sought.said_until)
    if sought.words is None:
        assert search.count(Place.REPORTS) == len({one.what.recorded.report.id for one in found})


def test_a_story_holds_its_reports(view: WeighedView) -> None:
    story = view.stories(reports=2, limit=1)[0]
    its = {one.id for one in view.story(story.id).reports}
    search = view.search(Sought(words="withdraw", story=story.id))
    assert {one.what.recorded.report.id for one in search.statements()} <= its
    assert {one.what.id for one in view.search(Sought(story=story.id)).reports()} == its


def test_an_utterance_is_found_by_a_passage_that_has_a_word(view: WeighedView) -> None:
    words = "dialogue"
    found = view.search(Sought(words=words, meaning=False)).utterances()
    assert found
    for one in found:
        renderings = view.utterance(one.what.id).renderings
        assert any(words in rendering.span.text for rendering in renderings)


def test_actors_are_found_by_name_before_those_who_spoke_of_it(view: WeighedView) -> None:
    found = view.search(Sought(words="Halvik")).actors()
    ways = [one.why.by for one in found]
    assert ways[0] is By.NAME
    assert ways == sorted(ways, key=lambda by: by is not By.NAME)
    assert found[0].what.actor is not None
    assert found[0].what.actor.name == "Joren Halvik"


def test_speakers_and_what_each_said_add_up(view: WeighedView) -> None:
    search = view.search(Sought(words="troops pulled back"))
    speakers = search.speakers()
    assert sum(one.statements for one in speakers) == search.count(Place.STATEMENTS)
    assert [one.actor is None for one in speakers].index(True) == len(speakers) - 1 == search.count_speakers() - 1
    every: list[str] = []
    for one in speakers:
        its = search.of(None if one.actor is None else one.actor.id)
        assert its.count(Place.STATEMENTS) == one.statements
        every += keys(its, Place.STATEMENTS)
    assert sorted(every) == sorted(keys(search, Place.STATEMENTS))


def test_the_last_on_the_record_come_first(view: WeighedView) -> None:
    search = view.search(Sought(words="withdrawal"))
    recorded = search.recorded(10)
    assert len(recorded) == 10
    assert [one.what.recorded.recorded for one in recorded] == sorted(
        (one.what.recorded.recorded for one in recorded), reverse=True
    )
    moments = [moment for _, moment in search.recorded_reports(100)]
    assert len(moments) == search.count(Place.REPORTS)
    assert max(moments) <= search.newest()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_no_harm(view: WeighedView, words: str) -> None:
    before = view.totals()
    search = view.search(Sought(words=words, actor=words[:300], country=words[:300], outlet=words[:300]))
    for place in Place:
        assert search.count(place) == len(keys(search, place))
    free = view.search(Sought(words=words))
    for place in Place:
        assert free.count(place) == len(keys(free, place))
    assert free.by_meaning(Place.STATEMENTS) <= MOST_NEAR
    assert view.totals() == before


def test_a_record_that_was_never_linked_is_searched_by_its_words(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    Ledger(path, reader=RuleReader()).add_text("“We will not retreat,” Mayor Ida Holm said on Friday.", outlet="Sun")
    with WeighedView(path) as view:
        assert [one.why.by for one in view.search(Sought(words="retreat")).statements()] == [By.WORDS]
        assert view.search(Sought(words="withdrawal")).count(Place.STATEMENTS) == 0
        assert view.search(Sought(actor="Holm")).count(Place.STATEMENTS) == 1
        assert view.search(Sought(words="Friday")).count(Place.REPORTS) == 1
        for place in (Place.UTTERANCES, Place.ACTORS):
            assert view.search(Sought(words="retreat")).count(place) == 0
        assert [one.actor for one in view.search(Sought(words="retreat")).speakers()] == [None]


def test_a_ledger_is_searched_from_python(view: WeighedView) -> None:
    found = Ledger(view.path).search("troops pulled back", actor="Dmerin", act=Act.CLAIM)
    assert found
    assert {one.what.recorded.statement.speaker.name for one in found} == {"Ruslav Dmerin"}
    assert Ledger(view.path).search("troops pulled back", meaning=False) == []


def test_texts_of_reports(view: WeighedView) -> None:
    heads = view.reports(limit=3)
    found = view.texts({one.id for one in heads} | {"unheard of"})
    assert found == {one.id: view.report(one.id).report.text for one in heads}
