"""Relations in sentences, folded lists, and what a reason adds to the words of the two sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.docket import Status
from onrecord.domain.relations import RelationKind
from onrecord.ledger.linked import ActorHead
from onrecord.ledger.weighed import ShownRelation
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed.entries import lineage_entry, relation_entry, says_more, upper_first
from onrecord.publishing.weighed.folding import folded, groups
from onrecord.publishing.weighed.pages import docket_days
from tests.publishing.weighed.example import weighed_ledger
from tests.publishing.weighed.invented_weighings import (
    TOWN,
    WARDEN,
    entry,
    figure,
    judgement,
    lineage,
    passage,
    relation,
)

HOLM = replace(WARDEN, id="local:holm", name="Holm")
"""A surname alone, which is an actor of its own."""


@pytest.mark.parametrize(
    ("kind", "a", "b", "told"),
    [
        ("contradicts", WARDEN, TOWN, "What Ida Holm says stands against what Ansk says"),
        ("contradicts", WARDEN, WARDEN, "What Ida Holm says stands against what the same speaker said elsewhere"),
        ("contradicts", None, TOWN, "What a speaker who is not named says stands against what Ansk says"),
        (
            "contradicts",
            None,
            None,
            "What a speaker who is not named says stands against what another who is not named says",
        ),
        ("repeats", None, TOWN, "A speaker who is not named repeats what Ansk said"),
        ("repeats", WARDEN, WARDEN, "Ida Holm repeats what the same speaker said before"),
        ("corroborates", WARDEN, TOWN, "Ida Holm says the same as Ansk, from another source"),
        ("revises", WARDEN, WARDEN, "Ida Holm revises what the same speaker said before"),
        ("narrows", WARDEN, TOWN, "Ida Holm narrows what Ansk said"),
        ("answers", WARDEN, TOWN, "Ida Holm answers what Ansk said"),
        ("denies", WARDEN, TOWN, "Ida Holm denies what Ansk says"),
        ("unrelated", WARDEN, TOWN, "What Ida Holm says has nothing to do with what Ansk says"),
        ("repeats", HOLM, WARDEN, "Holm repeats what Ida Holm (perhaps the same) said"),
        ("contradicts", WARDEN, HOLM, "What Ida Holm says stands against what Holm (perhaps the same) says"),
    ],
)
def test_a_relation_is_a_sentence(kind: str, a: ActorHead | None, b: ActorHead | None, told: str) -> None:
    entry = relation_entry(relation(kind, passage("a", actor=a), passage("b", actor=b)))
    assert entry.heading.words == told


@pytest.mark.parametrize("kind", [*RelationKind, "unrelated"])
def test_no_sentence_names_one_speaker_twice(kind: str) -> None:
    words = relation_entry(relation(kind, passage("a"), passage("b"))).heading.words
    assert words.count("Ida Holm") == 1 or kind in ("answers", "unrelated")
    assert words[0].isupper()


@pytest.mark.parametrize(
    ("reason", "more"),
    [
        ("“the gates are shut”, against “the gates are open”", False),
        ("“The gates are …”, against “the gates are open”", False),
        ('"the gates are shut" against "the gates are open"', False),
        ("“something that neither says”, against “the gates are open”", True),
        ("shut gates, against “the gates are open”", True),
        ("Ansk gives 40 where it was 30 before", True),
    ],
)
def test_a_reason_that_only_quotes_both_sides_says_nothing_more(reason: str, more: bool) -> None:
    assert says_more(reason, "the gates\nare shut", "the gates are open tonight") is more


def test_such_a_reason_stays_among_the_reasons() -> None:
    quoting = "“the gates are shut”, against “the gates are open”"
    sides = passage("a", "the gates are shut"), passage("b", "the gates are open")
    made = relation_entry(relation("contradicts", *sides, (quoting, "both on one day")))
    assert (made.reasons, made.told) == ((quoting, "both on one day"), ("both on one day",))


PAIRS = st.lists(
    st.tuples(st.sampled_from(("contradicts", "repeats")), st.integers(0, 5), st.integers(6, 9), st.booleans()),
    max_size=25,
)


@given(PAIRS)
def test_folding_shows_each_utterance_once_for_one_kind_and_loses_nothing(
    pairs: list[tuple[str, int, int, bool]],
) -> None:
    rows = [
        relation(kind, passage(str(a)), passage(str(b)), judged=judgement() if judged else None)
        for kind, a, b, judged in pairs
    ]
    shown = list(folded(rows))
    places = [next(place for place, row in enumerate(rows) if row is one) for one in shown]
    assert places == sorted(places)
    assert shown[:1] == rows[:1]
    by_program = [one for one in shown if one.judgement is None]
    sides = [(one.kind, side.utterance) for one in by_program for side in (one.a, one.b)]
    assert len(sides) == len(set(sides))
    taken = {(one.kind, side.utterance) for one in shown for side in (one.a, one.b)}

    def reached(row: ShownRelation) -> bool:
        return bool({(row.kind, row.a.utterance), (row.kind, row.b.utterance)} & taken)

    assert all(reached(row) for row in rows)
    assert all(row in shown for row in rows if row.judgement is not None)


@pytest.mark.parametrize("most", [0, 1, 2, 1_000])
def test_only_for_the_relations_that_are_shown_the_others_are_counted(most: int) -> None:
    with _Counting(weighed_ledger()) as view:
        rows = view.relations()
        every = groups(view, rows)
        view.counted.clear()
        shown = groups(view, rows, most=most)
        assert shown == every[:most]
        assert view.counted == [{side.utterance for one in shown for side in (one.entry.a, one.entry.b)}]
        assert groups(view, rows, fold=False, most=most) == groups(view, rows, fold=False)[:most]
        assert len(view.counted) == 1
        for one in shown:
            others = {
                side.utterance: count - 1
                for side in (one.entry.a, one.entry.b)
                if (count := view.count_relations(kind=one.entry.kind, utterance=side.utterance)) > 1
            }
            assert {more.utterance: more.count for more in one.more} == others
    assert len(every) > 2
    assert any(one.more for one in every)


class _Counting(WeighedView):
    """A view that keeps of which utterances it was asked for the number of relations."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.counted: list[set[str]] = []

    def count_relations_of(self, utterances: Collection[str]) -> Counter[tuple[str, str]]:
        self.counted.append(set(utterances))
        return super().count_relations_of(utterances)


def test_the_values_of_a_figure_stand_by_speaker_in_order_of_time() -> None:
    given_ = (
        figure("one", 40),
        figure("two", 55, published=2),
        figure("three", 30, actor=TOWN, published=2),
        figure("four", 20, actor=None, outlet="Ansk Post"),
        figure("five", 20, actor=None, outlet="Brook Wire"),
        figure("six", 55, published=3),
    )
    made = lineage_entry(lineage(given_).head, given_)
    assert [(one.who, one.values) for one in made.given] == [
        ("Ida Holm", "40 → 55"),
        ("Ansk", "30"),
        ("unnamed, in Ansk Post", "20"),
        ("unnamed, in Brook Wire", "20"),
    ]
    assert (made.counted, made.others) == ("Centimetres", "")


@pytest.mark.parametrize(
    ("named", "outlets", "others"),
    [
        (4, 0, ""),
        (6, 0, "2 other speakers"),
        (5, 1, "1 other speaker and unnamed ones in 1 outlet"),
        (3, 3, "unnamed ones in 2 other outlets"),
        (0, 4, ""),
    ],
)
def test_who_else_gives_a_figure_is_told(named: int, outlets: int, others: str) -> None:
    given_ = [figure(f"n{k}", 40, actor=replace(WARDEN, id=f"n{k}", name=f"Warden {k}")) for k in range(named)]
    given_ += [figure(f"u{k}", 20, actor=None, outlet=f"Post {k}") for k in range(outlets)]
    assert lineage_entry(lineage(tuple(given_)).head, given_).others == others


def test_many_values_are_told_by_the_first_and_the_last() -> None:
    given_ = tuple(figure(str(value), value, published=value) for value in range(1, 9))
    assert lineage_entry(lineage(given_).head, given_).given[0].values == "1 → 2 → 3 → … → 8"


def test_the_docket_is_put_together_by_days() -> None:
    now = datetime(2031, 4, 5, 12, tzinfo=UTC)
    ends = [
        datetime(2031, 4, 5, 10, tzinfo=UTC),
        datetime(2031, 4, 6, tzinfo=UTC),
        datetime(2031, 4, 6, tzinfo=UTC),
        None,
    ]
    days = docket_days((entry(end=end).row for end in ends), now)
    assert [(day.due, day.passed, len(day.entries)) for day in days] == [
        ("5 April 2031", True, 1),
        ("5 April 2031", False, 2),
        ("no day stated", False, 1),
    ]
    assert days[0].entries[0].status == "its day has passed, nobody has decided"
    assert days[1].entries[0].status == Status.OPEN.value


@given(st.text())
def test_a_first_letter_is_large_and_no_other_changes(text: str) -> None:
    assert upper_first(text)[len(upper_first(text[:1])) :] == text[1:]
