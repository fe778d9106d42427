"""Lists read from the derived tables say what the record says: the same as a view as of now, which does not use them."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.judgements import NOBODY_NAMED, Judgement, Subject, judgement_id
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind, ReaderIdentity
from onrecord.ledger import lists
from onrecord.ledger.index import rebuild_search
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter, View
from onrecord.ledger.writer import Writer
from onrecord.places import Address, Place
from tests.databases import NewPlace
from tests.edited import FIRST, PAGE, SECOND, THIRD, hours, read, text_of
from tests.ledger.material import LATER_READER, READER, START, Clock, Read, invented

LONG_AFTER = START + timedelta(days=10_000)
DAYS = (None, datetime(2031, 4, 1, tzinfo=UTC), datetime(2031, 5, 3, tzinfo=UTC))
FILTERS = [
    StatementFilter(speaker=speaker, outlet=outlet, since=since, kind=kind, act=act, text=text)
    for speaker, outlet, since, kind, act, text in itertools.product(
        (None, "märtz", "nobody"),
        (None, "the harbour post"),
        DAYS[:2],
        (None, Kind.DIRECT),
        (None, Act.CLAIM),
        (None, "harbour"),
    )
]
FILTERS += [StatementFilter(until=day) for day in DAYS]
FILTERS += [StatementFilter(text=text, speaker=speaker) for text in ('"', "-harbour") for speaker in (None, "Keat")]


def recorded(path: Place, steps: Iterable[tuple[ReaderIdentity, Read]], commit_every: int = 3) -> None:
    clock = Clock()
    with Writer(path, clock=clock) as writer:
        for number, (reader, (given_input, statements)) in enumerate(steps, 1):
            writer.record_read(given_input, reader, statements)
            if number % commit_every == 0:
                writer.commit()


def same(path: Place, filters: Iterable[StatementFilter] = FILTERS) -> None:
    with View(path) as now, View(path, as_of=LONG_AFTER) as record:
        assert now.totals() == record.totals()
        for text in (None, "m", "MÄRTZ", "x"):
            assert now.speakers(text=text, limit=None) == record.speakers(text=text, limit=None)
            assert now.count_speakers(text=text) == record.count_speakers(text=text)
        # The conditions are the same in both databases, and PostgreSQL thinks longer about each question.
        some = list(filters)[:: 5 if isinstance(path, Address) else 1]
        for one in some:
            expected = list(record.statements(one))
            assert list(now.statements(one)) == expected
            assert now.found(one) == lists.Found(len(expected))
            assert list(now.statements(one, limit=2, offset=1)) == expected[1:3]
            assert list(now.statements(one, order="reading")) == list(record.statements(one, order="reading"))


def test_lists_say_what_the_record_says(place: NewPlace) -> None:
    path = place()
    recorded(path, [(READER, invented(number)) for number in range(12)])
    same(path)
    with View(path) as view:
        assert any(view.count(one) for one in FILTERS if one.speaker and one.text)
        first = next(iter(view.reports(limit=1)))
    same(path, [StatementFilter(report=first.id), StatementFilter(report="none")])


@pytest.mark.parametrize(("most", "among"), [(2, 100), (1, 1), (3, 2)])
@pytest.mark.parametrize("as_of", [None, LONG_AFTER, START + timedelta(minutes=1)])
def test_of_each_report_the_surest_statements_are_found(
    place: NewPlace, as_of: datetime | None, most: int, among: int
) -> None:
    path = place()
    recorded(path, [(READER, invented(number)) for number in range(12)])
    with View(path) as view:
        every = [one.id for one in view.reports(limit=None)]
    with View(path, as_of=as_of) as view:
        found = view.surest([*every, "none"], most, among=among)
        for id_ in every:
            told = list(view.statements(StatementFilter(report=id_), limit=among, order="reading"))
            sure = sorted(told, key=lambda one: (one.statement.speaker.name is None, -one.statement.confidence))[:most]
            assert [one for one in found if one.report.id == id_] == [one for one in told if one in sure]
        assert len(found) == len({one.statement.id for one in found}) > 0


@given(
    st.lists(
        st.tuples(st.sampled_from([READER, LATER_READER]), st.integers(0, 5), st.integers(0, 4)),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 5),
)
@settings(max_examples=15, deadline=None)
def test_what_is_read_anew_takes_the_place_of_what_was_read(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[ReaderIdentity, int, int]], commit_every: int
) -> None:
    path = tmp_path_factory.mktemp("lists") / "one.ledger"
    # The later reading finds less of a report, and so may leave out a speaker.
    read = [(reader, (one[0], one[1][:most])) for reader, number, most in steps for one in [invented(number)]]
    recorded(
        path, [(reader, (i, tuple(s for s in sts if s.nested_in is None))) for reader, (i, sts) in read], commit_every
    )
    same(path, [StatementFilter(), StatementFilter(kind=Kind.DIRECT), StatementFilter(speaker="Märtz")])


def test_a_search_with_too_many_hits_looks_at_the_last_and_says_so(
    place: NewPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place()
    recorded(path, [(READER, invented(number)) for number in range(12)])
    wanted = StatementFilter(text="harbour")
    with View(path) as view:
        every = list(view.statements(wanted))
        monkeypatch.setattr(lists, "LOOKED_THROUGH", 5)
        assert view.found(wanted) == lists.Found(5, looked_at=5)
        newest = sorted(every, key=lambda one: one.recorded)[-5:]
        assert {one.statement.id for one in view.statements(wanted, limit=50)} <= {one.statement.id for one in every}
        assert len(list(view.statements(wanted, limit=50))) == len(newest)
        assert list(view.statements(wanted)) == every, "an export leaves nothing out"
        dated = StatementFilter(text="harbour", since=datetime(2020, 1, 1, tzinfo=UTC))
        assert view.found(dated).total == len([one for one in every if one.report.published]), "more is looked through"
        assert view.found(StatementFilter()).looked_at is None


def test_lists_are_made_again_from_the_record(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    recorded(path, [(READER, invented(number)) for number in range(6)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM listed WHERE seq % 2")
        connection.execute("UPDATE listed_speaker SET statements = 0")
        connection.commit()
    assert [fault.kind for fault in verify(path).faults] == ["search"]
    rebuild_search(path)
    assert verify(path).faults == ()
    same(path)


def test_lists_follow_what_people_say_of_speakers(place: NewPlace) -> None:
    path = place()
    recorded(path, [(READER, invented(number)) for number in range(6)])
    with View(path) as view:
        told = [one.statement for one in view.statements() if one.statement.speaker.name == "Ilse Märtz"]
        before = view.speakers(limit=None)
    made = datetime(2031, 6, 1, tzinfo=UTC)
    names = ("Bo Hale", NOBODY_NAMED, "Keat Ling")
    said = []
    for number, (one, name) in enumerate(zip(told, names, strict=False)):
        parts = (Subject.SPEAKER, one.id, "", name, "heard it", "Ida", made + timedelta(minutes=number))
        said.append(Judgement(judgement_id(*parts), *parts))
        with Writer(path, clock=Clock(made)) as writer:
            writer.record_judgement(said[-1])
        same(path, [StatementFilter(), *(StatementFilter(speaker=called) for called in ("märtz", *names))])
    with View(path) as view:
        assert view.count(StatementFilter(speaker="Bo Hale")) == 1
        assert view.count(StatementFilter(speaker="Bo Hale", text="harbour")) <= 1
        assert view.count_speakers(text="bo hale") == 1
    for number, one in enumerate(said, 10):
        parts = (Subject.UNDONE, one.id, "", "undone", "misheard", "Ida", made + timedelta(minutes=number))
        with Writer(path, clock=Clock(made)) as writer:
            writer.record_judgement(Judgement(judgement_id(*parts), *parts))
        same(path, [StatementFilter(), StatementFilter(speaker="märtz"), StatementFilter(speaker="Bo Hale")])
    with View(path) as view:
        assert view.speakers(limit=None) == before


EDITED = [
    text_of(FIRST, at=hours(1)),
    text_of(SECOND, at=hours(2)),
    text_of(THIRD, at=hours(3), outlet="Courier Online"),
    text_of(FIRST, at=hours(4), url=f"{PAGE}-2"),
    text_of(FIRST, url=None),
    text_of(SECOND, url=None, at=hours(5), place="a copy.html"),
    text_of(SECOND, url=None, at=hours(6), place=PAGE),
]


@given(
    st.lists(
        st.tuples(st.sampled_from([READER, LATER_READER]), st.sampled_from(range(len(EDITED))), st.integers(0, 3)),
        min_size=1,
        max_size=10,
    ),
    st.integers(1, 5),
)
@settings(max_examples=20, deadline=None)
def test_texts_of_one_page_are_one_report_of_a_speaker(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[ReaderIdentity, int, int]], commit_every: int
) -> None:
    path = tmp_path_factory.mktemp("pages") / "one.ledger"
    recorded(path, [(reader, (EDITED[one], read(EDITED[one])[:most])) for reader, one, most in steps], commit_every)
    same(path, [StatementFilter()])
    rebuild_search(path)
    same(path, [StatementFilter()])


def test_a_text_that_is_found_on_the_page_later_is_no_other_report_of_a_speaker(place: NewPlace) -> None:
    path = place()
    saved = text_of(SECOND, url=None, at=hours(5), place="a copy.html")
    fetched = text_of(SECOND, url=None, at=hours(6), place=PAGE)
    recorded(path, [(READER, (one, read(one))) for one in (EDITED[0], saved)])
    with View(path) as view:
        assert {row.reports for row in view.speakers()} == {2}
    recorded(path, [(READER, (fetched, read(fetched)))])
    same(path, [StatementFilter()])
    with View(path) as view:
        assert {row.reports for row in view.speakers()} == {1}


def test_a_speaker_of_three_texts_of_a_page_is_quoted_in_one_report(place: NewPlace) -> None:
    path = place()
    recorded(path, [(READER, (one, read(one))) for one in EDITED[:4]])
    with View(path) as view:
        (holm,) = view.speakers(text="Holm")
    assert (holm.statements, holm.reports, holm.outlets) == (4, 2, 2)
