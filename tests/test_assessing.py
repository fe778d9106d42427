"""Weighing a whole record: the same in any order and in any parts, restartable, and ruled by what persons judge."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.assessing import Assessment, graded, judged, steps, suggestion
from onrecord.assessing.openings import Opening, opening_days
from onrecord.domain.docket import Status
from onrecord.domain.judgements import Subject
from onrecord.domain.passages import Time
from onrecord.domain.relations import Said
from onrecord.domain.statements import ReaderIdentity
from onrecord.errors import NotOnRecord, RefusedGrade
from onrecord.ledger.news_view import NewsView
from onrecord.ledger.review_view import ReviewView
from onrecord.ledger.verify import verify
from onrecord.ledger.weighed_view import WeighedView
from onrecord.linkage import Linkage
from onrecord.places import Place
from onrecord.settings import Settings
from onrecord.weighing.figures import OPENING, is_dayless
from onrecord.weighing.relations import finding
from tests.databases import NewPlace
from tests.ledger.material import LATER_READER, READER, invented
from tests.read_example import Read, in_parts, put
from tests.settled import settles


def weigh(path: Place, settings: Settings) -> int:
    with Linkage(path, settings) as linkage:
        linkage.finish()
    with Assessment(path, settings) as one:
        return len(list(one.run()))


State = tuple[set[tuple[object, ...]], ...]


def state(path: Place) -> State:
    """All that weighing derived, without any order."""
    with WeighedView(path) as view:
        relations = {
            (one.id, one.kind, one.a.passage, one.b.passage, one.reasons, round(one.score, 9))
            for one in view.relations()
        }
        lineages = {
            (one.head, frozenset(figure.counted.id for figure in one.figures), frozenset(one.ties))
            for one in view.whole_lineages(view.lineages())
        }
        entries = {
            (one.row.entry, frozenset((e.passage.passage, e.bearing, e.reasons) for e in one.evidence))
            for one in view.whole_entries(view.docket())
        }
    return relations, lineages, entries


@pytest.fixture(scope="module")
def whole(example: Read, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = put(tmp_path_factory.mktemp("weighed") / "whole.ledger", example)
    assert weigh(path, settings) > 200
    return path


def test_something_of_each_sort_is_found(whole: Path) -> None:
    relations, lineages, entries = state(whole)
    assert len(relations) > 30
    assert len(lineages) > 20
    assert len(entries) > 15


@pytest.mark.parametrize("seed", range(2))
def test_any_order_in_any_parts_gives_the_same(
    seed: int, example: Read, settings: Settings, whole: Path, place: NewPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = random.Random(seed)
    shuffled = chosen.sample(example, len(example))
    monkeypatch.setattr(steps, "AT_ONCE", chosen.choice([7, 40, 111]))
    path = place()
    for part in in_parts(shuffled, chosen, 2, 9):
        put(path, part)
        weigh(path, settings)
    assert state(path) == state(whole)


def test_weighing_again_changes_nothing(copied: Path, settings: Settings, whole: Path) -> None:
    with Assessment(copied, settings) as one:
        assert one.waiting() == 0
        assert list(one.run()) == []
        one.forget()
        assert len(list(one.run())) > 200
    assert state(copied) == state(whole)


def test_tolls_of_no_day_are_followed_by_the_day_that_their_reports_open_with(
    copied: Path, example: Read, settings: Settings, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Opening] = []

    def noting(openings: Iterable[Opening]) -> dict[str, Time]:
        given = list(openings)
        asked.extend(given)
        return opening_days(given)

    monkeypatch.setattr(steps, "opening_days", noting)
    with Assessment(copied, settings) as one:
        one.forget()
        list(one.run())
    with WeighedView(copied) as view:
        dayless = {one.rendering.report for one in view.counted() if is_dayless(one)}
    reports = {given.report.id: given.report for given, _ in example if given.report is not None}
    assert {report for report, _, _ in asked} == dayless
    assert len(dayless) > 1
    for report, text, published in asked:
        assert (text, published) == (reports[report].text[:OPENING], reports[report].published)
    assert state(copied) == state(whole)


def test_a_break_between_steps_is_made_good(
    copied: Path, settings: Settings, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 50)
    with Assessment(copied, settings) as one:
        one.forget()
        running = one.run()
        for _ in range(70):
            next(running)
    with Assessment(copied, settings) as one:
        list(one.run())
    assert state(copied) == state(whole)


def test_a_person_overturns_a_relation_and_takes_it_back(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        found = view.relations(kind="contradicts")[0]
        before = view.count_relations()
    a, b = found.a.passage, found.b.passage
    judged(copied, "unrelated", a, b, why="other nights", by="Ida Holm", settings=settings)
    weigh(copied, settings)
    with WeighedView(copied) as view:
        shown = view.relation(found.id)
        assert (shown.kind, shown.program) == ("unrelated", "contradicts")
        assert shown.judgement is not None
        assert shown.judgement.by == "Ida Holm"
        assert view.count_relations() == before - 1
        assert found.id not in {one.id for one in view.relations()}
    judged(copied, "denies", a, b, why="read again", by="Ida Holm", settings=settings)
    weigh(copied, settings)
    with WeighedView(copied) as view:
        assert view.relation(found.id).kind == "denies"
        assert view.count_relations() == before
    assert verify(copied).holds


def test_a_person_relates_what_the_program_did_not(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        related = {frozenset((one.a.utterance, one.b.utterance)) for one in view.relations()}
        heads = list(view.utterances())
        a, b = next((x, y) for x in heads for y in heads if x.id < y.id and frozenset((x.id, y.id)) not in related)
    judged(copied, "contradicts", a.id, b.id, why="both of one night", by="Ida Holm", settings=settings)
    weigh(copied, settings)
    with WeighedView(copied) as view:
        (found,) = [one for one in view.relations(utterance=a.id) if one.b.utterance == b.id]
        assert (found.kind, found.program) == ("contradicts", None)


def test_a_person_decides_a_docket_entry_and_decides_again(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        row = next(one for one in view.docket() if one.entry.end is not None)
        entry = row.entry.utterance
        now = row.entry.end
        assert row.entry.status(now) is Status.DUE
    for verdict in ("met", "not met"):
        judged(copied, verdict, entry, why=f"it is {verdict}", by="Ida Holm", settings=settings)
        weigh(copied, settings)
        with WeighedView(copied) as view:
            shown = view.docket_entry(entry)
            assert shown.row.status is Status(verdict)
    assert [one.verdict for one in shown.history] == ["met", "not met"]
    with WeighedView(copied) as view:
        assert sum(view.statuses(shown.row.entry.actor or "").values()) > 0


def test_what_a_person_decides_is_an_entry_also_where_the_program_saw_none(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        entries = {row.entry.utterance for row in view.docket()}
        head = next(one for one in view.utterances() if one.id not in entries)
    judged(copied, "open", head.id, why="a promise in disguise", by="Ida Holm", settings=settings)
    weigh(copied, settings)
    with WeighedView(copied) as view:
        assert view.docket_entry(head.id).row.status is Status.OPEN


def test_a_person_puts_evidence_to_an_entry_and_takes_it_away(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        entry = view.docket()[0].entry.utterance
        known = {one.passage.utterance for one in view.docket_entry(entry).evidence}
        other = next(one for one in view.utterances() if one.id != entry and one.id not in known)
    judged(copied, "against", entry, other.id, why="it never came", by="Ida Holm", settings=settings)
    weigh(copied, settings)
    with WeighedView(copied) as view:
        shown = view.docket_entry(entry)
        assert [one.bearing for one in shown.evidence if one.passage.utterance == other.id] == ["against"]
        assert shown.row.evidence == len(known) + 1
    judged(copied, "says nothing", entry, other.id, why="another year", by="Ida Holm", settings=settings)
    weigh(copied, settings)
    with WeighedView(copied) as view:
        shown = view.docket_entry(entry)
        assert shown.row.evidence == len(known)
        assert suggestion(shown, datetime(2040, 1, 1, tzinfo=UTC))[1]


def test_grades_have_a_history_and_one_is_refused_without_two_origins(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        heads = list(view.utterances())
        alone = next(one for one in heads if one.origins == 1)
        twice = next(one for one in heads if one.origins >= 2)
        assert view.grade_of("Harvenia One") is None
    with pytest.raises(RefusedGrade, match="1 independent origin"):
        graded(copied, alone.id, "1", why="I saw it", by="Ida Holm", settings=settings)
    graded(copied, twice.id, "1", why="two saw it", by="Ida Holm", settings=settings)
    graded(copied, alone.id, "3", why="may be", by="Ida Holm", settings=settings)
    for letter in "DE":
        graded(copied, "harvenia one", letter, why="the chlorine", by="Ida Holm", settings=settings)
    with pytest.raises(RefusedGrade, match="no grade"):
        graded(copied, "Harvenia One", "G", why="", by="Ida Holm", settings=settings)
    with WeighedView(copied) as view:
        (source,) = view.grades(Subject.SOURCE)
        assert (source.judgement.a, source.judgement.verdict) == ("Harvenia One", "E")
        assert [one.verdict for one in source.earlier] == ["D"]
        assert {one.judgement.verdict for one in view.grades(Subject.ITEM)} == {"1", "3"}
        assert all(one.passage is not None for one in view.grades(Subject.ITEM))
    assert verify(copied).holds


@pytest.mark.parametrize(
    ("verdict", "a", "b"),
    [("contradicts", "abcdef123", "abcdef124"), ("met", "abcdef123", None), ("met", "abcdef123", "abcdef124")],
)
def test_what_cannot_be_judged_is_told(copied: Path, settings: Settings, verdict: str, a: str, b: str | None) -> None:
    with pytest.raises(NotOnRecord):
        judged(copied, verdict, a, b, why="", by="", settings=settings)


def test_two_are_needed_where_two_are_judged(copied: Path, settings: Settings) -> None:
    with WeighedView(copied) as view:
        head = next(iter(view.utterances()))
    with pytest.raises(NotOnRecord, match="name the other one"):
        judged(copied, "contradicts", head.id, why="", by="", settings=settings)
    with pytest.raises(NotOnRecord, match="same relation"):
        judged(copied, "contradicts", head.id, head.id, why="", by="", settings=settings)


def read_and_linked(path: Path, number: int, reader: ReaderIdentity, confidence: float | None = None) -> None:
    put(path, [invented(number, confidence=confidence)], reader)
    with Linkage(path) as linkage:
        linkage.finish()


def test_a_statement_is_as_unsure_as_the_latest_reading_of_its_report(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    for reader, confidence, unsure in ((READER, 0.3, True), (LATER_READER, 0.9, False)):
        read_and_linked(path, 1, reader, confidence)
        with ReviewView(path) as view:
            assert bool(view.unsure_statements(0.6, 5)) is unsure


def test_what_is_found_by_reading_anew_is_no_news(tmp_path: Path) -> None:
    path = tmp_path / "one.ledger"
    read_and_linked(path, 1, READER)
    with NewsView(path) as view:
        since = view.last_recorded()
    assert since is not None
    for number, reports, statements in ((1, 0, 0), (2, 1, 4)):
        read_and_linked(path, number, LATER_READER)
        with NewsView(path) as view:
            news = view.news(since, due=(since, since))
            assert (news.reports, news.statements) == (reports, statements)
            assert bool(news.all_carried) is bool(reports)


def test_no_pair_is_compared_twice(
    copied: Path, settings: Settings, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[frozenset[str]] = []
    in_order = finding.in_order

    def noting(a: Said, b: Said) -> tuple[Said, Said]:
        compared.append(frozenset((a.utterance, b.utterance)))
        return in_order(a, b)

    monkeypatch.setattr(finding, "in_order", noting)
    monkeypatch.setattr(steps, "AT_ONCE", 20)
    with Assessment(copied, settings) as one:
        one.forget()
        list(one.run())
    assert len(compared) > 100
    assert len(compared) == len(set(compared))
    assert state(copied) == state(whole)


def test_what_weighing_keeps_stays_out_of_the_collectors_rounds_until_it_ends(copied: Path, settings: Settings) -> None:
    settles(Assessment(copied, settings))
