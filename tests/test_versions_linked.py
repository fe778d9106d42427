"""Texts of one page are one report of one origin, whatever their outlets are called and in whatever order they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from onrecord.assessing import Assessment
from onrecord.ledger import databases, linked_schema, voices
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.versions_schema import DERIVED
from onrecord.ledger.weighed_view import WeighedView
from onrecord.linkage import Linkage
from onrecord.publishing.linked.pages import utterance_page
from onrecord.publishing.linked.sourcing import Standing
from onrecord.settings import Settings
from tests.edited import FIRST, PAGE, SECOND, hours, recorded, text_of

FAMILIES = Settings(families={"The Courier": "One House", "Courier Online": "Other House", "The Post": "Third House"})

OLD = text_of(FIRST, at=hours(1))
NEW = text_of(SECOND, at=hours(5), outlet="Courier Online", url="http://www.courier.example/news/weir?utm_source=x")
ELSEWHERE = text_of(
    FIRST.replace("Sunday", "Sunday evening"), at=hours(2), outlet="The Post", url="https://post.example/1"
)


def link(path: Path) -> None:
    with Linkage(path, FAMILIES) as linkage:
        linkage.finish()


def opening(path: Path) -> tuple[int, int, int]:
    """Origins, reports and texts of what the mayor said of the gates, which stands in all texts alike."""
    with LinkedView(path) as view:
        (head,) = view.utterances(text="open the gates")
        return head.origins, head.reports, len(view.utterance(head.id).renderings)


@pytest.mark.parametrize("parts", [1, 2])
@pytest.mark.parametrize("order", list(permutations([OLD, NEW, ELSEWHERE])))
def test_texts_of_one_page_count_once(tmp_path: Path, order: tuple[object, ...], parts: int) -> None:
    path = tmp_path / "one.ledger"
    recorded(path, order[:parts])  # type: ignore[arg-type]
    link(path)
    recorded(path, order[parts:])  # type: ignore[arg-type]
    link(path)
    origins, reports, renderings = opening(path)
    assert (reports, renderings) == (2, 3)
    assert origins <= 2
    with LinkedView(path) as view:
        (story,) = view.stories()
        assert story.reports == 2
        (holm,) = view.actors(text="Holm")
        assert holm.reports == 2
    engine = databases.opened(path, Settings(), "write")
    try:
        with engine.connect() as connection:
            kept = set(connection.execute(linked_schema.voice.select()))
            voices.count_all(connection)
            assert set(connection.execute(linked_schema.voice.select())) == kept
    finally:
        engine.dispose()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_text_without_an_address_counts_as_one_of_the_page_that_it_was_fetched_from(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    fetched = text_of(SECOND, at=hours(5), outlet="Courier Online", url=None, place=f"{PAGE}?utm_source=x")
    path = recorded(tmp_path / "one.ledger", [(OLD, fetched)[one] for one in order])
    link(path)
    assert opening(path) == (1, 1, 2)
    with LinkedView(path) as view:
        assert [story.reports for story in view.stories()] == [1]


def test_a_text_that_is_found_on_the_page_later_is_linked_again_as_one_of_it(tmp_path: Path) -> None:
    saved = text_of(SECOND, at=hours(5), outlet="Courier Online", url=None, place="a copy.html")
    fetched = text_of(SECOND, at=hours(6), outlet="Courier Online", url=None, place=PAGE)
    path = recorded(tmp_path / "one.ledger", [OLD, saved])
    link(path)
    assert opening(path)[1:] == (2, 2)
    recorded(path, [fetched])
    link(path)
    assert opening(path) == (1, 1, 2)
    with LinkedView(path) as view:
        (holm,) = view.actors(text="Holm")
        assert holm.reports == 1


def test_two_texts_alone_are_one_origin_though_their_outlets_have_two_publishers(tmp_path: Path) -> None:
    path = recorded(tmp_path / "one.ledger", [OLD, NEW])
    link(path)
    assert opening(path) == (1, 1, 2)
    other = recorded(tmp_path / "two.ledger", [OLD, text_of(SECOND, outlet="Courier Online", url=f"{PAGE}-2")])
    link(other)
    assert opening(other)[1:] == (2, 2)


def test_a_later_text_is_shown_as_one_of_the_page_and_not_as_a_copy(tmp_path: Path) -> None:
    path = recorded(tmp_path / "one.ledger", [OLD, NEW])
    link(path)
    with LinkedView(path) as view:
        (head,) = view.utterances(text="open the gates")
        shown = utterance_page(view.utterance(head.id))
    assert [one.standing is Standing.VERSION for one in shown.reports].count(True) == 1
    assert shown.utterance.carried.startswith("1 independent origin, 1 report")
    (group,) = shown.origins
    assert group.ties == ("both are texts of one page",)


def test_an_older_ledger_counts_them_once_when_it_is_linked_again(tmp_path: Path) -> None:
    path = recorded(tmp_path / "one.ledger", [OLD, NEW, ELSEWHERE])
    link(path)
    counted = opening(path)
    with closing(sqlite3.connect(path)) as connection:
        for table in reversed(DERIVED):
            connection.execute(f'DROP TABLE "{table.name}"')
        connection.execute("UPDATE meta SET value = '5' WHERE key = 'schema'")
        connection.execute("UPDATE link_utterance SET reports = 3, origins = 3")
        connection.commit()
    with Linkage(path, FAMILIES) as linkage:
        assert linkage.waiting() == 2
        linkage.finish()
    assert opening(path) == counted


def test_another_number_in_another_text_of_the_page_is_no_word_of_the_speakers(tmp_path: Path) -> None:
    old = text_of(FIRST, at=hours(1))
    new = text_of(FIRST.replace("Nobody was hurt", "Two were hurt").replace("300 people", "500 people"), at=hours(2))
    apart = text_of(new.report.text if new.report else "", at=hours(2), url=f"{PAGE}-2")
    stands: list[tuple[int, int]] = []
    for name, later in (("one", new), ("two", apart)):
        path = recorded(tmp_path / f"{name}.ledger", [old, later])
        link(path)
        with Assessment(path) as assessment:
            assessment.finish()
        with WeighedView(path) as view:
            lineages = list(view.lineages(figures=2))
            assert any(one.values == 2 for one in lineages)
            stands.append((sum(one.revisions + one.disputes for one in lineages), view.count_relations()))
    (edited, related), (told, both) = stands
    assert (edited, related) == (0, 0)
    assert told > 0
    assert both >= related


def test_an_indicator_counts_texts_of_one_page_once(tmp_path: Path) -> None:
    path = recorded(tmp_path / "one.ledger", [OLD, text_of(FIRST.replace("extra boats", "no boats"), at=hours(3))])
    link(path)
    with WeighedView(path) as view:
        found = view.saids(hours(-48))
    pages = {one for said in found for group in said.groups for one in group if "/" in one}
    assert pages == {PAGE}
    assert all(PAGE in group for said in found for group in said.groups)
