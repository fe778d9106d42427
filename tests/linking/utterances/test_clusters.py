"""Utterances out of links: the same in any order, no chain of weak links, and a person's word above all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.judgements import Judgement, Subject, Verdict, judgement_id
from onrecord.domain.utterances import Link
from onrecord.linking.utterances import clusters as clusters_of
from tests.linking.utterances.invented import said

START = datetime(2031, 3, 3, tzinfo=UTC)


def link(a: str, b: str, score: float) -> Link:
    return Link(min(a, b), max(a, b), score, ())


def judged(a: str, b: str, verdict: Verdict, minute: int = 0, subject: Subject = Subject.PASSAGE) -> Judgement:
    made = START + timedelta(minutes=minute)
    a, b = sorted((a, b))
    return Judgement(judgement_id(subject, a, b, verdict, "", "me", made), subject, a, b, verdict, "", "me", made)


def clusters(names: str, links: list[Link], judgements: list[Judgement] = []) -> list[str]:  # noqa: B006
    return ["".join(group) for group in clusters_of([said("x", passage=name) for name in names], links, judgements)]


def test_alone() -> None:
    assert clusters("ba", []) == ["a", "b"]
    assert clusters("", []) == []


def test_a_chain_does_not_glue() -> None:
    chain = [link("a", "b", 0.9), link("b", "c", 0.6), link("c", "d", 0.9)]
    assert clusters("abcd", chain) == ["ab", "cd"]
    long = [link(a, b, 0.7) for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert all(len(group) <= 2 for group in clusters("abcdefghi", long))


def test_pieces_join_where_most_reports_print_the_whole() -> None:
    whole = [link(a, b, 0.99) for a, b in combinations("abc", 2)]
    pieces = [link(one, piece, 0.8) for one in "abc" for piece in "pq"]
    assert clusters("abcpq", whole + pieces) == ["abcpq"]


def test_a_whole_goes_with_the_piece_that_covers_most_of_it() -> None:
    assert clusters("wpqr", [link("w", "p", 0.7), link("w", "q", 0.9), link("w", "r", 0.7)]) == ["p", "qw", "r"]


def test_ties_go_to_the_lesser_ids() -> None:
    assert clusters("abc", [link("a", "b", 0.8), link("b", "c", 0.8)]) == ["ab", "c"]


@pytest.mark.parametrize(
    ("judgements", "wanted"),
    [
        ([judged("a", "b", Verdict.DIFFERENT)], ["a", "b", "c"]),
        ([judged("b", "c", Verdict.SAME)], ["abc"]),
        ([judged("a", "c", Verdict.SAME)], ["abc"]),
        ([judged("a", "b", Verdict.DIFFERENT, 0), judged("a", "b", Verdict.SAME, 1)], ["ab", "c"]),
        ([judged("a", "b", Verdict.DIFFERENT, 1), judged("a", "b", Verdict.SAME, 0)], ["a", "b", "c"]),
        # Together these cannot all hold; the latest counts.
        (
            [
                judged("a", "b", Verdict.SAME, 2),
                judged("b", "c", Verdict.SAME, 1),
                judged("a", "c", Verdict.DIFFERENT, 0),
            ],
            ["abc"],
        ),
        (
            [
                judged("a", "b", Verdict.SAME, 0),
                judged("b", "c", Verdict.SAME, 2),
                judged("a", "c", Verdict.DIFFERENT, 1),
            ],
            ["a", "bc"],
        ),
        ([judged("a", "b", Verdict.DIFFERENT, subject=Subject.REPORT)], ["ab", "c"]),
        ([judged("a", "nowhere", Verdict.SAME)], ["ab", "c"]),
    ],
)
def test_judgements(judgements: list[Judgement], wanted: list[str]) -> None:
    assert clusters("abc", [link("a", "b", 0.9)], judgements) == wanted
    assert clusters("cba", [link("a", "b", 0.9)], judgements[::-1]) == wanted


def test_what_is_held_different_stays_apart_through_a_third() -> None:
    links = [link("a", "b", 0.99), link("b", "c", 0.95), link("a", "c", 0.95)]
    assert clusters("abc", links, [judged("a", "c", Verdict.DIFFERENT)]) == ["ab", "c"]


NAMES = "abcdefghij"
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1])
scored = st.dictionaries(pairs, st.sampled_from([0.55, 0.6, 0.7, 0.8, 0.8, 0.9, 0.95, 1.0]), max_size=25)
judging = st.lists(st.tuples(pairs, st.sampled_from(list(Verdict))), max_size=4, unique_by=lambda one: one[0])


@given(scored, judging, st.randoms(use_true_random=False))
def test_any_order_is_the_same(
    scores: dict[tuple[str, str], float], verdicts: list[tuple[tuple[str, str], Verdict]], random: object
) -> None:
    links = [link(a, b, score) for (a, b), score in scores.items()]
    judgements = [judged(a, b, verdict, at) for at, ((a, b), verdict) in enumerate(verdicts)]
    wanted = clusters(NAMES, links, judgements)
    assert sorted("".join(wanted)) == list(NAMES)
    names = list(NAMES)
    for one in (names, links, judgements):
        random.shuffle(one)  # type: ignore[attr-defined]
    assert clusters("".join(names), links, judgements) == wanted


@given(scored, judging, st.integers(0, 25))
def test_only_what_is_touched_need_be_made_anew(
    scores: dict[tuple[str, str], float], verdicts: list[tuple[tuple[str, str], Verdict]], cut: int
) -> None:
    links = [link(a, b, score) for (a, b), score in scores.items()]
    judgements = [judged(a, b, verdict, at) for at, ((a, b), verdict) in enumerate(verdicts)]
    before, new = links[:cut], links[cut:]
    kept = clusters(NAMES, before, judgements)
    # What any chain of links or judgements connects with an end of a new link.
    touched = {end for one in new for end in (one.a, one.b)}
    grown = True
    while grown:
        near = {end for one in [*links, *judgements] if one.a in touched or one.b in touched for end in (one.a, one.b)}
        grown = not near <= touched
        touched |= near
    again = clusters("".join(sorted(touched)), links, judgements)
    untouched = [group for group in kept if not set(group) & touched]
    assert sorted(untouched + again) == clusters(NAMES, links, judgements)
