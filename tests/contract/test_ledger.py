"""What every ledger does, whatever database holds it: written and read only through `Writer`, `View` and `verify`.

`place` gives each test a place for a ledger in every database, one after the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.domain.ids import content_id
from onrecord.domain.ids import digest as digest_of
from onrecord.domain.reports import Capture, Input, Outcome, Report
from onrecord.domain.statements import Kind, ReaderIdentity, Statement
from onrecord.errors import LedgerError, NotOnRecord
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter, View
from onrecord.ledger.writer import Counts, Writer
from onrecord.places import Place
from onrecord.settings import Settings
from tests.databases import NewPlace
from tests.ledger.material import LATER_READER, READER, START, Clock, invented, record, skipped

FIRST: dict[NewPlace, str] = {}
"""The digest of the first ledger of those that are compared, which need not be made again for each."""
PROPERTY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def ledger(place: NewPlace) -> Place:
    path = place()
    record(path, range(10))
    return path


def test_what_is_recorded_comes_back(ledger: Place) -> None:
    with View(ledger) as view:
        for number in range(10):
            given, statements = invented(number)
            assert given.report is not None
            assert given.capture is not None
            shown = view.report(given.report.id)
            assert shown.report == given.report
            assert shown.capture_sha256 == given.capture.sha256
            assert START < shown.recorded < START + timedelta(hours=1)
            assert shown.head.input == given.name
            assert shown.head.statements == len(statements)
            assert shown.head.retrieved == given.capture.retrieved
            listed = list(view.statements(StatementFilter(report=given.report.id)))
            assert {one.statement for one in listed} == set(statements)
            starts = [one.statement.content[0].start for one in listed]
            assert starts == sorted(starts)
            for one in listed:
                assert one.reader == READER
                assert one.report == shown.head
                for shown_spans, spans in (
                    (one.source, one.statement.source),
                    (one.cue, one.statement.cue),
                    (one.content, one.statement.content),
                ):
                    assert [(s.start, s.end, s.text) for s in shown_spans] == [
                        (s.start, s.end, s.of(given.report.text)) for s in spans
                    ]
                    assert {(s.report, s.input) for s in shown_spans} <= {(given.report.id, given.name)}
                assert view.statement(one.statement.id) == one


def test_totals_add_up(ledger: Place) -> None:
    with View(ledger) as view:
        totals = view.totals()
        assert (totals.inputs, totals.read, totals.duplicate, totals.skipped) == (12, 10, 1, 1)
        assert (totals.reports, totals.statements) == (10, 40) == (view.count_reports(), view.count())
        assert totals.speakers == 5 == view.count_speakers() == len(view.speakers())
        assert totals.outlets == 2 == len(view.outlets())
        assert sum(row.statements for row in view.speakers()) == 20
        assert view.outlets() == [("The Harbour Post", 4), ("Región Hoy", 3)]
        assert view.skipped() == [("empty", 1)]
        assert [row.name for row in view.inputs(outcome=Outcome.SKIPPED)] == ["bad-1"]
        (bad,) = view.inputs(reason="empty")
        assert (bad.report, bad.detail, bad.place, bad.reason) == (None, "no text", "in/bad-1", "empty")
        (copy,) = view.inputs(outcome=Outcome.DUPLICATE)
        assert copy.report == view.report("0.html").head.id
        assert [row.name for row in view.inputs(limit=2, offset=1)] == ["1.html", "2.html"]


@pytest.mark.parametrize(
    ("wanted", "numbers", "each"),
    [
        (StatementFilter(outlet="the harbour POST"), (0, 3, 6, 9), 4),
        (StatementFilter(outlet="region hoy"), (1, 4, 7), 4),
        (StatementFilter(outlet="Harbour"), (), 4),
        (StatementFilter(kind=Kind.MIXED), range(10), 1),
        (StatementFilter(since=datetime(2031, 4, 8, tzinfo=UTC)), (7, 8), 4),
        (StatementFilter(until=datetime(2031, 4, 2, tzinfo=UTC)), (0,), 4),
        (StatementFilter(since=datetime(2031, 4, 2, tzinfo=UTC), until=datetime(2031, 4, 4, tzinfo=UTC)), (1, 2), 4),
        (StatementFilter(since=datetime(2031, 4, 8, 1, tzinfo=timezone(timedelta(hours=1)))), (7, 8), 4),
        (StatementFilter(speaker="märtz"), (0, 2, 5, 7), 2),
        (StatementFilter(speaker="märtz", kind=Kind.DIRECT, outlet="the harbour post"), (0,), 1),
        (StatementFilter(text="lorries 7"), (7,), 1),
        (StatementFilter(text="lorries", speaker="dur"), (1, 6), 1),
        (StatementFilter(report="0" * 32), (), 0),
    ],
)
def test_filters(ledger: Place, wanted: StatementFilter, numbers: range | tuple[int, ...], each: int) -> None:
    with View(ledger) as view:
        shown = list(view.statements(wanted))
        assert view.count(wanted) == len(shown) == each * len(numbers)
        assert {one.report.input for one in shown} == {f"{number}.html" for number in numbers}
        again = [one for at in range(0, len(shown) + 1, 3) for one in view.statements(wanted, limit=3, offset=at)]
        assert again == shown


def test_the_newest_published_comes_first_and_the_undated_last(ledger: Place) -> None:
    with View(ledger) as view:
        heads = view.reports()
        assert [head.input for head in heads] == [f"{n}.html" for n in (8, 7, 6, 5, 3, 2, 1, 0, 4, 9)]
        assert [view.reports(limit=1, offset=at)[0] for at in range(10)] == heads
        assert list(dict.fromkeys(one.report for one in view.statements())) == heads
        assert [one.report.input for one in view.statements(order="reading")][::4] == [f"{n}.html" for n in range(10)]
        assert view.reports(speaker="Märtz", outlet="the harbour post", text="bridge") == [heads[7]]
        assert view.count_reports(speaker="Märtz", outlet="the harbour post", text="bridge") == 1
        assert view.reports(limit=0) == []
        assert len(view.reports(limit=None, offset=10**30)) == 0
        assert len(view.reports(limit=10**30, offset=-1)) == 10


def test_speakers_most_statements_first(ledger: Place) -> None:
    with View(ledger) as view:
        rows = view.speakers()
        assert [(-one.statements, one.name) for one in rows] == sorted((-one.statements, one.name) for one in rows)
        (row,) = view.speakers(text="omar DUR")
        assert (row.name, row.statements, row.reports, row.outlets) == ("Omar Dûr", 4, 2, 2)
        assert (row.first, row.last) == (datetime(2031, 4, 2, tzinfo=UTC), datetime(2031, 4, 7, tzinfo=UTC))
        (undated,) = view.speakers(text="weiss")
        assert (undated.first, undated.last) == (None, None)
        assert [one.name for one in view.speakers(text="rtz")] == ["ILSE MÄRTZ", "Ilse Märtz"]


def test_a_report_by_prefix_or_input(ledger: Place) -> None:
    with View(ledger) as view:
        id_ = view.report("3.html").head.id
        for asked in (id_, id_[:6], id_[:31].upper(), "3.html"):
            assert view.report(asked).head.id == id_
        assert view.report("copy.html").head.input == "0.html"
        for asked in (id_[:5], "", "nothing.html", "%", "f" * 32, id_ + "0", "bad-1", "\ud800"):
            with pytest.raises(NotOnRecord, match="no report"):
                view.report(asked)
        one = next(view.statements()).statement.id
        assert view.statement(one[:8]).statement.id == one
        with pytest.raises(NotOnRecord, match="no statement"):
            view.statement("3.html")


def test_an_inputs_name_goes_before_the_beginning_of_an_id(place: NewPlace) -> None:
    path = place()
    other = invented(1)[0].report
    assert other is not None
    given, statements = invented(2, name=other.id[:8])
    with Writer(path) as writer:
        writer.record_read(*_reading(1))
        writer.record_read(given, READER, statements)
    with View(path) as view:
        assert view.report(other.id[:8]).head.url == "https://example.org/2"
        assert view.report(other.id[:9]).head.url == "https://example.org/1"


def test_a_name_of_two_reports_is_not_guessed(place: NewPlace) -> None:
    path = place()
    with Writer(path) as writer:
        for number in (1, 2):
            given, statements = invented(number, name="page.html")
            writer.record_read(given, READER, statements)
    with View(path) as view, pytest.raises(NotOnRecord, match="more than one"):
        view.report("page.html")


def test_the_record_as_it_stood(place: NewPlace) -> None:
    path, clock = place(), Clock()
    stood: list[tuple[datetime, str, str, int, object]] = []
    with Writer(path, clock=clock) as writer:
        for number in range(4):
            given, statements = invented(number)
            writer.record_read(given, READER, statements)
            if number == 2:
                again, fewer = invented(0)
                writer.record_read(again, LATER_READER, fewer[:1])
            writer.commit()
            with View(path) as view:
                stood.append((clock.now, view.digest(), view.head(), view.count(), view.totals()))
    assert [count for *_, count, _ in stood] == [4, 8, 9, 13]
    for moment, digest, head, statements_then, totals in stood:
        for later in (timedelta(0), timedelta(seconds=59)):
            with View(path, as_of=moment + later) as view:
                assert (view.digest(), view.head(), view.count(), view.totals()) == (
                    digest,
                    head,
                    statements_then,
                    totals,
                )
                assert len(list(view.statements())) == statements_then
                assert sum(one.statements for one in view.reports()) == statements_then
    with View(path, as_of=START) as view:
        assert (view.head(), view.count(), view.totals().inputs, view.reports()) == ("0" * 64, 0, 0, [])
        with pytest.raises(NotOnRecord):
            view.report("0.html")


def test_only_the_latest_reading_is_shown_and_the_earlier_stays(place: NewPlace) -> None:
    path = place()
    given, statements = invented(1)
    assert given.report is not None
    with Writer(path) as writer:
        writer.record_read(given, READER, statements)
        writer.commit()
        assert writer.is_read(given.report.id, READER)
        assert not writer.is_read(given.report.id, LATER_READER)
        writer.record_read(given, LATER_READER, statements[1:2])
    with View(path) as view:
        assert [one.reader for one in view.statements()] == [LATER_READER]
        assert view.report(given.report.id).head.statements == 1
        assert view.statement(statements[0].id).reader == READER
        assert view.statement(statements[1].id).reader == LATER_READER
        assert view.totals().read == 1
    found = verify(path)
    assert found.holds
    assert (found.checked["reading"], found.checked["statement"]) == (2, 5)


def test_the_digest_is_that_of_the_domain(place: NewPlace) -> None:
    path = place()
    given, statements = invented(1)
    assert given.report is not None
    assert given.capture is not None
    with Writer(path) as writer:
        writer.record_read(given, READER, statements)
    reading = content_id("reading", given.report.id, READER.name, READER.version, READER.weights)
    expected = digest_of(
        [
            f"capture:{given.capture.sha256}",
            f"report:{given.report.id}",
            f"reading:{reading}",
            f"input:{content_id('input', given.name, given.capture.sha256, None)}",
            *(f"statement:{content_id('finding', reading, one.id)}" for one in statements),
        ]
    )
    with View(path) as view:
        assert view.digest() == expected == verify(path).digest


@PROPERTY
@given(seed=st.integers(0, 10**6), commit_every=st.integers(1, 9), confidence=st.floats(0, 1))
def test_the_digest_does_not_depend_on_order_time_place_or_confidence(
    place: NewPlace, seed: int, commit_every: int, confidence: float
) -> None:
    def digest(order: list[int], path: Place, clock: Clock, commits: int, confidence: float | None) -> str:
        with Writer(path, Settings(commit_every=commits), clock=clock) as writer:
            for number in order:
                # The same report under two names: whichever comes first is read, and the other is a duplicate.
                given, statements = invented(number % 4, name=f"{number}.html", confidence=confidence)
                assert given.report is not None
                if number == 9:
                    writer.record_skipped(skipped(2))
                elif writer.is_read(given.report.id, READER):
                    writer.record_duplicate(given)
                else:
                    writer.record_read(given, READER, statements)
        assert verify(path).holds
        with View(path) as view:
            return view.digest()

    order = list(range(10))
    if place not in FIRST:
        FIRST[place] = digest(order, place(), Clock(), 4, None)
    first = FIRST[place]
    random.Random(seed).shuffle(order)
    later = Clock(START + timedelta(seconds=seed))
    assert digest(order, place(), later, commit_every, confidence) == first


@PROPERTY
@given(turns=st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.booleans()), max_size=25))
def test_two_writers_take_turns(place: NewPlace, turns: list[tuple[bool, int, bool]]) -> None:
    """Whatever two writers do between each other's commits: no row twice, no broken chain, counts that add up."""
    path = place()
    with Writer(path) as one, Writer(path) as other:
        for first, number, commits in turns:
            writer = one if first else other
            given, statements = invented(number)
            assert given.report is not None
            if not writer.knows(given):
                if writer.is_read(given.report.id, READER):
                    writer.record_duplicate(given)
                else:
                    writer.record_read(given, READER, statements)
            if commits:
                writer.commit()
        one.commit()
        other.commit()
        numbers = {number for _, number, _ in turns}
        assert one.counts.read + other.counts.read == len(numbers)
        assert one.counts.statements + other.counts.statements == 4 * len(numbers)
    found = verify(path)
    assert found.faults == ()
    assert found.checked["report"] == found.checked["input"] == len(numbers)


def test_reading_again_adds_nothing(ledger: Place) -> None:
    before = verify(ledger)
    record(ledger, range(10))
    assert verify(ledger) == before


def test_counts(place: NewPlace) -> None:
    with Writer(place(), Settings(commit_every=100)) as writer:
        given, statements = invented(1)
        copy = replace(given, name="copy.html")
        writer.record_read(given, READER, statements)
        writer.record_read(given, READER, statements)  # the very input again
        writer.record_read(copy, READER, statements)  # another input with the report that this reader has read
        writer.record_skipped(skipped(1))
        writer.record_skipped(skipped(1))
        assert writer.knows(given)
        assert writer.knows(copy)
        assert writer.knows(skipped(1))
        assert not writer.knows(skipped(2))
        assert writer.counts == Counts()
        writer.commit()
        assert writer.counts == Counts(read=1, duplicate=1, skipped=1, statements=4)


def test_commits_are_made_as_often_as_is_set(place: NewPlace) -> None:
    path = place()
    with Writer(path, Settings(commit_every=2)) as writer, View(path) as view:
        seen = []
        for number in range(4):
            given, statements = invented(number)
            writer.record_read(given, READER, statements)
            seen.append(view.totals().inputs)
        assert seen == [0, 2, 2, 4]


def test_an_exception_drops_what_waits(place: NewPlace) -> None:
    path = place()

    def interrupted() -> None:
        with Writer(path) as writer:
            writer.record_read(*_reading(1))
            writer.commit()
            writer.record_read(*_reading(2))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    found = verify(path)
    assert found.holds
    assert found.checked["report"] == 1


def test_a_clock_that_goes_back_is_held(place: NewPlace) -> None:
    path = place()
    times = iter([START, START - timedelta(days=400), START + timedelta(days=1)])
    with Writer(path, Settings(commit_every=1), clock=lambda: next(times)) as writer:
        for number in range(3):
            given, statements = invented(number)
            writer.record_read(given, READER, statements)
    assert verify(path).holds
    with View(path) as view:
        recorded = [row.recorded for row in view.inputs()]
    assert recorded == [START, START, START + timedelta(days=1)]
    assert all(one <= next_ for one, next_ in pairwise(recorded))


@pytest.mark.parametrize("text", ["a\0b said c", "\r\n\t\x0b said", "𝔘 said 🚢", "é said é", "\ufffe\uffff said"])
def test_any_text_comes_back_unchanged(place: NewPlace, text: str) -> None:
    capture = Capture(text.encode(), "x", "text/plain", headers={"x": text, "é": ""})
    given = Input(text, text, capture, Report(capture.sha256, text, title=text, extra=text))
    path = place()
    with Writer(path) as writer:
        writer.record_read(given, READER, ())
    assert verify(path).holds
    with View(path) as view:
        assert view.report(text).report == given.report
        assert view.inputs()[0].name == text


def _changed(**changes: object) -> Callable[[Input, list[Statement]], tuple[Input, list[Statement]]]:
    return lambda given, statements: (given, [replace(statements[0], **changes), *statements[1:]])  # type: ignore[arg-type]


def _report(**changes: object) -> Callable[[Input, list[Statement]], tuple[Input, list[Statement]]]:
    def change(given: Input, statements: list[Statement]) -> tuple[Input, list[Statement]]:
        assert given.report is not None
        return replace(given, report=replace(given.report, **changes)), []  # type: ignore[arg-type]

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_changed(report="f" * 32), "belongs to report"),
        (_changed(id="f" * 32), "does not have the id of its spans"),
        (_changed(source=()), "does not have the id of its spans"),
        (_changed(content=()), "does not have the id of its spans"),
        (_changed(confidence=float("nan")), "not from 0 to 1"),
        (_changed(confidence=1.5), "not from 0 to 1"),
        (_changed(nested_in="f" * 32), "is nested in"),
        (_report(capture="f" * 64), "was not taken from its capture"),
        (_report(text="short"), "reaches beyond the end"),
        (_report(title="half \ud83d of a ship"), r"the title of its report .* \(a lone surrogate\) at 5"),
        (_report(published=datetime(2031, 4, 1, tzinfo=timezone(timedelta(hours=2)))), "is not UTC"),
        (lambda given, statements: (replace(given, reason="empty"), statements), "no reason"),
        (lambda given, statements: (replace(given, report=None), statements), "has a capture, a report"),
        (lambda given, statements: (replace(given, name="\udcff.html"), statements), "the name of its input"),
        (
            lambda given, statements: (
                replace(given, capture=replace(given.capture, retrieved=datetime(2031, 4, 1))),  # noqa: DTZ001
                statements,
            ),
            "has no zone",
        ),
    ],
)
def test_what_could_not_be_verified_is_refused(
    place: NewPlace, change: Callable[[Input, list[Statement]], tuple[Input, list[Statement]]], message: str
) -> None:
    path = place()
    given, statements = invented(1)
    with Writer(path) as writer:
        with pytest.raises(LedgerError, match=message):
            writer.record_read(*_with_reader(change(given, list(statements))))
        writer.record_read(given, READER, statements)
    found = verify(path)
    assert (found.faults, found.checked["report"]) == ((), 1)


def test_a_duplicate_of_nothing_and_a_skip_without_a_reason_are_refused(place: NewPlace) -> None:
    given, _ = invented(1)
    with Writer(place()) as writer:
        with pytest.raises(LedgerError, match="not on the record"):
            writer.record_duplicate(given)
        with pytest.raises(LedgerError, match="has a reason"):
            writer.record_skipped(replace(given, report=None))
        with pytest.raises(LedgerError, match="no reason"):
            writer.record_duplicate(replace(given, report=None))


def test_a_statement_given_twice_is_recorded_once(place: NewPlace) -> None:
    path = place()
    given, statements = invented(1)
    with Writer(path) as writer:
        writer.record_read(given, READER, (*statements, *statements))
    assert verify(path).checked["statement"] == 4


def test_a_view_serves_many_threads_beside_a_writer(place: NewPlace) -> None:
    path = place()
    record(path, range(3))

    def look(_: int) -> bool:
        rows = list(view.statements())
        return len(rows) % 4 == 0 and len({one.report.id for one in rows}) * 4 == len(rows)

    with View(path) as view, Writer(path, Settings(commit_every=1)) as writer, ThreadPoolExecutor(8) as pool:
        looks = pool.map(look, range(40))
        for number in range(3, 20):
            given, statements = invented(number)
            writer.record_read(given, READER, statements)
        assert all(looks)
        assert view.count() == 80


def test_a_list_being_read_shows_one_state(place: NewPlace) -> None:
    path = place()
    record(path, range(200), settings=Settings())
    with View(path) as view, Writer(path, Settings(commit_every=1)) as writer:
        rows = view.statements(order="reading")
        first = next(rows)
        given, statements = invented(200)
        writer.record_read(given, READER, statements)
        assert len([first, *rows]) == 800
        assert view.count() == 804


def _reading(number: int) -> tuple[Input, ReaderIdentity, tuple[Statement, ...]]:
    given, statements = invented(number)
    return given, READER, statements


def _with_reader(changed: tuple[Input, list[Statement]]) -> tuple[Input, ReaderIdentity, list[Statement]]:
    return changed[0], READER, changed[1]
