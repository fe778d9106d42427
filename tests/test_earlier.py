"""A record as it stood on an earlier day: nearly what a record holds that was given no later report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.assessing import Assessment, judged
from onrecord.domain.docket import Status
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed_view import WeighedView
from onrecord.linkage import Linkage
from onrecord.linkage.earlier import EarlierView
from tests.publishing.weighed.example import weighed_ledger
from tests.read_example import Read, example_settings, put, read_example

DAYS = (date(2031, 3, 5), date(2031, 3, 9))


def out_by(day: date) -> Read:
    """The example's reports that were published by the end of the day, with what was read in them."""
    return [one for one in read_example() if one[0].report is None or _by(one[0].report.published, day)]


def _by(published: datetime | None, day: date) -> bool:
    return published is not None and published.date() <= day


@pytest.fixture(scope="module", params=DAYS, ids=str)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EarlierView, WeighedView]]:
    """The whole record as of a day, and one that holds only what had been published."""
    day: date = request.param
    path = tmp_path_factory.mktemp("earlier") / "cut.ledger"
    put(path, out_by(day))
    settings = example_settings()
    with Linkage(path, settings) as linkage:
        linkage.finish()
    with Assessment(path, settings) as assessment:
        assessment.finish()
    with EarlierView(weighed_ledger(), day=day) as earlier, WeighedView(path) as cut:
        yield earlier, cut


def shared(one: set[object], other: set[object]) -> float:
    return len(one & other) / max(1, len(one | other))


def test_utterances_are_those_of_a_record_without_later_reports(both: tuple[EarlierView, WeighedView]) -> None:
    earlier, cut = both
    # A name that only a later report gives in full makes one or two actors known that were not.
    assert shared(set(earlier.utterances()), set(cut.utterances())) > 0.95
    assert earlier.count_utterances() == len(list(earlier.utterances()))
    # What belongs together is told as it is known now, so that a later wording may have brought two together.
    apart = {head.id for head in cut.utterances()}
    known = [head.id for head in earlier.utterances(reports=2) if head.id in apart]
    assert len(known) > 0.8 * earlier.count_utterances(reports=2)
    carried = [(earlier.utterance(id_), cut.utterance(id_)) for id_ in known]
    same = [(one, other) for one, other in carried if one.head.passages == other.head.passages]
    assert len(same) > 0.8 * len(carried) > 0
    for one, other in same:
        assert one.renderings == other.renderings
        assert {frozenset(its) for its in one.groups} == {frozenset(its) for its in other.groups}


def test_relations_figures_and_the_docket_are_those_of_a_record_without_later_reports(
    both: tuple[EarlierView, WeighedView],
) -> None:
    earlier, _ = both
    pairs = [{(one.a.passage, one.b.passage, one.kind, one.a.origins) for one in view.relations()} for view in both]
    assert shared(*map(set, pairs)) > 0.9
    assert earlier.count_relations() == len(earlier.relations())
    entries = [{(one.entry.utterance, one.status): one.evidence for one in view.docket()} for view in both]
    assert shared(*map(set, entries)) > 0.9
    # An utterance that a later wording brought together with another counts once, and may bear on many entries.
    assert all(abs(entries[0][one] - entries[1][one]) <= 1 for one in entries[0].keys() & entries[1].keys())
    assert earlier.count_docket() == len(earlier.docket())
    values = [{(one.first, one.last, one.figures, one.values) for one in view.lineages(figures=2)} for view in both]
    assert shared(*map(set, values)) > 0.7
    assert earlier.count_lineages(figures=2) == len(earlier.lineages(figures=2))


def test_actors_and_stories_are_counted_with_what_was_out(both: tuple[EarlierView, WeighedView]) -> None:
    earlier, cut = both
    known = [one for one in cut.actors() if one.statements > 1]
    same = [earlier.actor(one.actor.id).row == one for one in known]
    assert sum(same) / len(same) > 0.8
    for head in cut.stories(reports=2):
        # Which report gives a story its title is known better later.
        assert replace(earlier.story(head.id).head, title=head.title) == head


def test_what_came_later_is_not_there() -> None:
    day = DAYS[0]
    with WeighedView(weighed_ledger()) as now, EarlierView(weighed_ledger(), day=day) as earlier:
        later = next(one for one in now.utterances() if one.first is not None and one.first.date() > day)
        with pytest.raises(NotOnRecord, match="by 5 March 2031"):
            earlier.utterance(later.id)
        with pytest.raises(NotOnRecord, match="by 5 March 2031"):
            earlier.passage(later.id)
        late = next(one for one in now.relations() if max(one.a.report.published, one.b.report.published).date() > day)  # type: ignore[type-var]
        with pytest.raises(NotOnRecord, match="by 5 March 2031"):
            earlier.relation(late.id)
        story = next(one for one in now.stories() if one.first is not None and one.first.date() > day)
        with pytest.raises(NotOnRecord, match="by 5 March 2031"):
            earlier.story(story.id)
        assert earlier.today().date() == day


def test_a_decision_counts_from_its_day(tmp_path: Path) -> None:
    path = Path(shutil.copy(weighed_ledger(), tmp_path / "judged.ledger"))
    with WeighedView(path) as view:
        entry = next(one.entry.utterance for one in view.docket() if _by(one.passage.report.published, DAYS[0]))
    for verdict, day in ((Status.PARTLY, 6), (Status.MET, 8)):
        judged(path, verdict.value, entry, why="seen", by="Ida Holm", made=datetime(2031, 3, day, 9, tzinfo=UTC))
    with Assessment(path, example_settings()) as assessment:
        assessment.finish()
    for day, status in ((5, None), (6, Status.PARTLY), (7, Status.PARTLY), (8, Status.MET)):
        with EarlierView(path, day=date(2031, 3, day)) as earlier:
            assert earlier.docket_entry(entry).row.status is status
            assert len(earlier.docket_entry(entry).history) == max(0, (day - 4) // 2)


def test_evidence_and_passages_are_counted_with_what_was_out() -> None:
    with WeighedView(weighed_ledger()) as now, EarlierView(weighed_ledger(), day=DAYS[1]) as earlier:
        for row in earlier.docket():
            shown = earlier.docket_entry(row.entry.utterance)
            assert row.evidence == sum(one.bearing != "says nothing" for one in shown.evidence)
            assert all(_by(one.passage.report.published, DAYS[1]) for one in shown.evidence)
        fewer = [row for row in earlier.docket() if row.evidence < now.docket_entry(row.entry.utterance).row.evidence]
        assert fewer
