"""New reports into stories: what comes out is what grouping everything gives, and far reports are not looked at."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.judgements import Judgement, Verdict
from onrecord.linking.stories import Index, clusters, grouped, links, regrouped
from tests.linking.stories.test_stories import REPORTS, VERDICTS, Drawn, Judged, invented, judged, judgements_on

Pairs = dict[tuple[str, str], float]


class Record:
    """Reports in stories, that notes who was asked for."""

    def __init__(self, scores: Pairs, judgements: Iterable[Judgement] = ()) -> None:
        self.judgements = list(judgements)
        self.scores = scores
        self.story: dict[str, tuple[str, ...]] = {}
        self.here: set[str] = set()
        self.asked: set[str] = set()

    def near(self, reports: Collection[str]) -> Mapping[str, Mapping[str, float]]:
        self.asked |= set(reports)
        found: dict[str, dict[str, float]] = {one: {} for one in reports}
        for (a, b), score in self.scores.items():
            if {a, b} <= self.here:
                for one, other in ((a, b), (b, a)):
                    if one in found:
                        found[one][other] = score
        return found

    def beside(self, reports: Collection[str]) -> set[str]:
        return {other for one in reports for other in self.story.get(one, ())}

    def add(self, new: Collection[str]) -> None:
        self.here |= set(new)
        for members in regrouped(new, self.near, self.beside, self.judgements):
            self.story.update(dict.fromkeys(members, members))

    @property
    def stories(self) -> list[tuple[str, ...]]:
        return sorted(set(self.story.values()))


def drawn(seed: int, reports: int, reach: int, levels: int) -> Pairs:
    """Scores between reports that are not far from each other, with many ties."""
    chance = random.Random(seed)
    names = [f"{number:03}" for number in range(reports)]
    chance.shuffle(names)
    return {
        (min(a, b), max(a, b)): chance.randint(1, levels) / levels
        for k, a in enumerate(names)
        for b in names[k + 1 : k + 1 + reach]
        if chance.random() < 0.6
    }


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    reports=st.integers(2, 60),
    reach=st.integers(1, 12),
    levels=st.sampled_from([3, 7, 1000]),
    batch=st.integers(1, 9),
    verdicts=st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59), st.sampled_from(Verdict)), max_size=5),
)
def test_it_is_grouping_all(
    seed: int, reports: int, reach: int, levels: int, batch: int, verdicts: list[tuple[int, int, Verdict]]
) -> None:
    scores = drawn(seed, reports, reach, levels)
    judgements = [judged(f"{a:03}", f"{b:03}", verdict, k) for k, (a, b, verdict) in enumerate(verdicts) if a != b]
    record = Record(scores, judgements)
    names = [f"{number:03}" for number in range(reports)]
    random.Random(seed + 1).shuffle(names)
    for start in range(0, reports, batch):
        record.add(names[start : start + batch])
        assert record.stories == grouped(record.here, scores, judgements)


@settings(max_examples=60, deadline=None)
@given(REPORTS, VERDICTS, st.integers(1, 5))
def test_adding_reports_and_grouping_only_what_they_touch_is_grouping_all(
    rows: Drawn, verdicts: Judged, batch: int
) -> None:
    gists = invented(rows)
    record = Record({}, judgements_on(verdicts, len(gists)))
    index = Index()
    for start in range(0, len(gists), batch):
        new = gists[start : start + batch]
        for one in new:
            record.scores.update(((found.a, found.b), found.score) for found in index.links(one))
            index.add(one)
        record.add([one.report for one in new])
    assert record.stories == clusters([one.report for one in gists], links(gists), record.judgements)


def chain(length: int, score: float = 0.45) -> Pairs:
    """Every report like the next one: all hang together, and fall into pairs."""
    return {(f"{k:03}", f"{k + 1:03}"): score - k / 10_000 for k in range(length - 1)}


def test_a_long_chain_is_not_followed_to_its_end() -> None:
    record = Record(chain(100))
    record.add([f"{k:03}" for k in range(99)])
    record.asked.clear()
    record.add(["099"])
    assert record.stories == grouped(record.here, record.scores)
    assert min(record.asked) > "090"


def test_a_change_that_runs_through_all_is_followed() -> None:
    """The likest pair of a rising chain is the last one, so a longer chain falls into other pairs from end to end."""
    rising = {(f"{k:03}", f"{k + 1:03}"): 0.4 + k / 10_000 for k in range(40)}
    record = Record(rising)
    record.add([f"{k:03}" for k in range(40)])
    before = record.stories
    record.add(["040"])
    assert record.stories == grouped(record.here, rising)
    assert len(set(before) & set(record.stories)) <= 1


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_was_said_of_reports_that_are_not_there_holds_when_they_come(verdict: Verdict) -> None:
    scores = {("a", "b"): 0.5}
    record = Record(scores, [judged("a", "z", verdict)])
    for one in "abz":
        record.add([one])
    assert record.stories == grouped("abz", scores, record.judgements)
