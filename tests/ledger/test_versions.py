"""Texts of one page: which are versions, in which order, when it was gone, and what was changed in silence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from onrecord.domain.reports import Input
from onrecord.domain.versions import Telling, gone
from onrecord.ledger.index import rebuild_search
from onrecord.ledger.page_history import PageHistory
from onrecord.ledger.verify import verify
from onrecord.ledger.versions_schema import DERIVED
from onrecord.ledger.versions_view import MOST_TEXTS, VersionsView
from onrecord.ledger.writer import Writer
from onrecord.places import Place
from tests.databases import NewPlace
from tests.edited import FIRST, PAGE, SECOND, THIRD, hours, recorded, text_of
from tests.ledger.material import LATER_READER, Clock


def history(path: Place, of: Input) -> PageHistory:
    assert of.report is not None
    with VersionsView(path) as view:
        found = view.history(of.report.id)
    assert found is not None
    return found


def told(found: PageHistory) -> list[tuple[int, str, int]]:
    """The steps of a history: which version, since when, and how many reports have it."""
    return [
        (one.version, one.sighting.at.isoformat(), len(found.versions[one.version - 1].reports)) for one in found.steps
    ]


V1, V2, V3 = (text_of(text, at=hours(at)) for text, at in ((FIRST, 1), (SECOND, 5), (THIRD, 30)))


@pytest.mark.parametrize("order", list(permutations([V1, V2, V3])))
def test_versions_stand_in_the_order_in_which_they_were_seen_in_whatever_order_they_came(
    place: NewPlace, order: tuple[Input, ...]
) -> None:
    path = recorded(place(), order)
    for one in order:
        found = history(path, one)
        assert [version.head.id for version in found.versions] == [x.report.id for x in (V1, V2, V3) if x.report]
        assert told(found) == [
            (1, "2031-03-09T09:00:00+00:00", 1),
            (2, "2031-03-09T13:00:00+00:00", 1),
            (3, "2031-03-10T14:00:00+00:00", 1),
        ]
        assert found.current.number == 3
        assert found.page == PAGE
    with VersionsView(path) as view:
        assert view.digest() == verify(path).digest


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_without_times_of_capture_the_order_of_recording_is_that_of_the_versions(
    place: NewPlace, order: tuple[int, int]
) -> None:
    both = text_of(FIRST), text_of(SECOND)
    path = recorded(place(), [both[one] for one in order])
    found = history(path, both[0])
    assert [one.head.id for one in found.versions] == [both[one].report.id for one in order]  # type: ignore[union-attr]
    assert not any(one.first.known for one in found.versions)


@pytest.mark.parametrize(
    "other",
    [
        text_of(FIRST + "\n\n  ", at=hours(5)),
        text_of(FIRST.replace("1,204 comments", "2,001 comments"), at=hours(5)),
        text_of(
            FIRST.replace("the river in pictures", "ten more stories"),
            at=hours(5),
            furniture="Read more: ten more stories",
        ),
        text_of(FIRST.replace("weir,”", "we\u00adir,”"), at=hours(5)),
        text_of(FIRST, at=hours(5), url=PAGE + "?utm_source=feed"),
        text_of(FIRST + "\nUpdated 5 minutes ago\n", at=hours(5)),
        text_of(SECOND, at=hours(5), content=V1.capture.content if V1.capture else b"", extractor="test 2"),
    ],
)
def test_what_differs_in_furniture_or_was_taken_out_of_one_capture_is_one_version(
    place: NewPlace, other: Input
) -> None:
    path = recorded(place(), [V1, other])
    assert [one.number for one in history(path, V1).versions] == [1]
    with VersionsView(path) as view:
        assert view.edits() == []
        assert view.changed_pages([V1.report.id]) == {}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "other",
    [
        text_of(FIRST, at=hours(5), title="Two hurt at the weir"),
        text_of(FIRST.replace("300", "301"), at=hours(5)),
        text_of(FIRST.replace("The ferry company", "the ferry company"), at=hours(5)),
    ],
)
def test_another_title_or_word_is_another_version(place: NewPlace, other: Input) -> None:
    assert len(history(recorded(place(), [V1, other]), V1).versions) == 2


def test_other_pages_and_texts_without_an_address_are_no_versions(place: NewPlace) -> None:
    other = text_of(SECOND, at=hours(5), url=PAGE + "-2")
    bare = text_of(SECOND, url=None)
    path = recorded(place(), [V1, other, bare])
    assert len(history(path, V1).versions) == 1
    with VersionsView(path) as view:
        assert view.history(bare.report.id) is None  # type: ignore[union-attr]
        assert [one.head.id for one in view.versions_of(bare.report.id)] == [bare.report.id]  # type: ignore[union-attr]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_report_that_states_no_address_is_of_the_page_that_it_was_fetched_from(
    place: NewPlace, order: tuple[int, int]
) -> None:
    fetched = text_of(SECOND, url=None, at=hours(5), place=PAGE + "#top")
    again = text_of(SECOND, url=None, at=hours(6), place="a copy.html")
    path = recorded(place(), [V1, *((fetched, again)[one] for one in order)])
    assert len(history(path, V1).versions) == 2


def test_a_page_that_goes_back_to_an_earlier_text_reads_so_again(place: NewPlace) -> None:
    back = text_of(FIRST, at=hours(9))
    path = recorded(place(), [V1, V2, back])
    found = history(path, V1)
    assert [one.version for one in found.steps] == [1, 2, 1]
    assert found.current.number == 1
    assert V1.report is not None
    assert V2.report is not None
    assert found.changed_after(V1.report.id) is None
    after = found.changed_after(V2.report.id)
    assert after is not None
    assert after.sighting.at == hours(9)
    with VersionsView(path) as view:
        assert [(edit.old.head.id, edit.new.head.id) for edit in view.edits()] == [
            (V2.report.id, V1.report.id),
            (V1.report.id, V2.report.id),
        ]


def test_a_copy_of_an_old_file_without_a_time_does_not_bring_the_old_text_back(place: NewPlace) -> None:
    old, new = text_of(FIRST), text_of(SECOND)
    copy = text_of(FIRST, name="copy.html", content=b"other bytes")
    found = history(recorded(place(), [old, new, copy]), old)
    assert [one.version for one in found.steps] == [1, 2]


def test_a_report_read_by_another_reader_is_no_version(place: NewPlace) -> None:
    path = recorded(place(), [V1, V2])
    with Writer(path, clock=Clock(datetime(2031, 6, 1, tzinfo=UTC))) as writer:
        writer.record_read(V1, LATER_READER, ())
    assert [one.version for one in history(path, V1).steps] == [1, 2]


def test_edits_are_silent_where_the_later_text_says_nothing_of_them(place: NewPlace) -> None:
    clock = Clock()
    path = recorded(place(), [V1, V2, V3], clock)
    with VersionsView(path) as view:
        later, earlier = view.edits()
        assert earlier.changed.telling is Telling.SILENT
        assert later.changed.telling is Telling.SAID
        assert later.changed.notices == (
            "Correction: an earlier version of this article gave another number of people.",
        )
        assert view.edits(clock.now) == []
        assert view.edits(most=1) == [later]


def test_a_change_is_told_with_the_latest_readings_of_its_reports(place: NewPlace) -> None:
    path = recorded(place(), [V1, V2])
    with VersionsView(path) as view:
        assert [edit.new.head.statements > 0 for edit in view.edits()] == [True]
        with Writer(path, clock=Clock(datetime(2031, 6, 1, tzinfo=UTC))) as writer:
            writer.record_read(V2, LATER_READER, ())
        assert [edit.new.head.statements for edit in view.edits()] == [0]


def test_an_older_text_that_comes_later_makes_the_change_known_then(place: NewPlace) -> None:
    clock = Clock()
    path = recorded(place(), [V2], clock)
    before = clock.now
    recorded(path, [V1], clock)
    with VersionsView(path) as view:
        (edit,) = view.edits(before)
        assert edit.new.head.id == V2.report.id  # type: ignore[union-attr]


def test_what_two_programs_took_is_not_called_a_silent_change(place: NewPlace) -> None:
    path = recorded(place(), [V1, text_of(SECOND, at=hours(5), extractor="test 2")])
    with VersionsView(path) as view:
        assert [edit.changed.telling for edit in view.edits()] == [Telling.OTHERWISE]


@pytest.mark.parametrize(("at", "still"), [(3, False), (40, True)])
def test_a_page_that_is_gone_is_told_until_it_is_seen_again(place: NewPlace, at: int, still: bool) -> None:
    path = recorded(place(), [V1, V2])
    lost = gone("https://www.courier.example/news/weir/", 410, hours(at))
    with Writer(path) as writer:
        writer.record_skipped(lost)
        writer.record_skipped(lost)
    found = history(path, V1)
    assert [(one.at, one.detail) for one in found.gone] == [(hours(at), f"410 on {hours(at):%Y-%m-%dT%H:%M:%SZ}")]
    assert (found.gone_now is not None) == still
    assert verify(path).holds


def test_a_view_as_of_a_time_knows_only_the_versions_of_then(place: NewPlace) -> None:
    clock = Clock()
    path = recorded(place(), [V1, V2], clock)
    then = clock.now
    recorded(path, [V3], clock)
    with VersionsView(path, as_of=then) as view:
        found = view.history(V1.report.id)  # type: ignore[union-attr]
        assert found is not None
        assert [one.version for one in found.steps] == [1, 2]
        assert len(view.edits()) == 1


def test_an_address_that_very_many_reports_state_is_looked_at_in_part(tmp_path: Path) -> None:
    every = [
        text_of(f"Report {number}. “It holds,” Ida Holm said.", at=hours(number)) for number in range(MOST_TEXTS + 9)
    ]
    path = tmp_path / "one.ledger"
    with Writer(path) as writer:
        for one in every:
            writer.record_read(one, LATER_READER, ())
    found = history(path, every[-1])
    assert (len(found.versions), found.left_out) == (MOST_TEXTS, 9)
    assert found.current.head.id == every[-1].report.id  # type: ignore[union-attr]
    assert history(path, every[0]).version_of(every[0].report.id) is None  # type: ignore[union-attr]
    assert history(path, every[0]).changed_after(every[0].report.id) is None  # type: ignore[union-attr]


def _kept(path: Place) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return [sorted(connection.execute(f'SELECT * FROM "{table.name}"')) for table in DERIVED]


def test_the_tables_can_be_made_again_and_come_with_an_older_ledger(tmp_path: Path) -> None:
    path = recorded(tmp_path / "one.ledger", [V1, V2, text_of(THIRD, url=None, place=PAGE)])
    with Writer(path) as writer:
        writer.record_skipped(gone(PAGE, 404, hours(99)))
    kept = _kept(path)
    assert [len(rows) for rows in kept] == [3, 1, 1]
    rebuild_search(path)
    assert _kept(path) == kept
    head = verify(path).head
    with closing(sqlite3.connect(path)) as connection:
        for table in reversed(DERIVED):
            connection.execute(f'DROP TABLE "{table.name}"')
        connection.execute("UPDATE meta SET value = '5' WHERE key = 'schema'")
        connection.commit()
    with Writer(path):
        pass
    assert _kept(path) == kept
    assert verify(path).head == head
