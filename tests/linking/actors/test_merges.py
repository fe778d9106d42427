from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.judgements import Judgement, Subject, Verdict
from onrecord.linking.actors import merged

START = datetime(2031, 3, 1, tzinfo=UTC)


def judged(a: str, b: str, same: bool, day: int, subject: Subject = Subject.ACTOR) -> Judgement:
    verdict = Verdict.SAME if same else Verdict.DIFFERENT
    return Judgement(f"{a}{b}{day}", subject, min(a, b), max(a, b), verdict, "", "ida", START + timedelta(days=day))


def test_same_joins_also_by_chains() -> None:
    found = merged(
        ["local:a", "local:b", "local:c", "local:d"],
        [judged("local:a", "local:b", True, 1), judged("local:b", "local:c", True, 2)],
    )
    assert found == {"local:a": "local:a", "local:b": "local:a", "local:c": "local:a", "local:d": "local:d"}


def test_an_actor_of_the_table_stands_for_the_others() -> None:
    assert merged([], [judged("local:a", "person:x", True, 1)])["local:a"] == "person:x"


def test_the_latest_judgement_counts() -> None:
    found = merged([], [judged("a", "b", True, 1), judged("a", "b", False, 2)])
    assert found == {"a": "a", "b": "b"}
    assert merged([], [judged("a", "b", False, 1), judged("a", "b", True, 2)])["b"] == "a"


def test_different_is_a_veto_for_chains() -> None:
    found = merged([], [judged("a", "b", True, 1), judged("b", "c", True, 2), judged("a", "c", False, 3)])
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_other_subjects_take_no_part() -> None:
    assert merged(["a", "b"], [judged("a", "b", True, 1, Subject.REPORT)]) == {"a": "a", "b": "b"}


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.booleans(), st.integers(0, 9)), max_size=12
    ),
    st.randoms(use_true_random=False),
)
def test_order_changes_nothing_and_vetoes_hold(rows: list[tuple[str, str, bool, int]], shuffler: object) -> None:
    judgements = {one.id: one for one in (judged(*row) for row in rows)}
    ordered = list(judgements.values())
    shuffled = ordered[:]
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    found = merged("abcdef", ordered)
    assert merged("fedcba", shuffled) == found
    assert all(found[one] == one for one in set(found.values()))
    latest: dict[tuple[str, str], Judgement] = {}
    for one in sorted(ordered, key=lambda one: (one.made, one.id)):
        latest[one.a, one.b] = one
    for (a, b), one in latest.items():
        if one.verdict is Verdict.DIFFERENT and a != b:
            assert found[a] != found[b]
