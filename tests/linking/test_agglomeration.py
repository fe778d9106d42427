"""What the two uses of agglomeration set for themselves; its properties are tested with each of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onrecord.domain.judgements import Judgement, Subject, Verdict
from onrecord.linking.agglomeration import Pair, agglomeration

START = datetime(2031, 3, 3, tzinfo=UTC)


def groups(
    names: str,
    scores: dict[str, float],
    judged: dict[str, Verdict] | None = None,
    *,
    bar: float = 0.5,
    each: float = 0.0,
    same_is_one: bool = False,
) -> list[str]:
    verdicts: dict[Pair, Judgement] = {
        (pair[0], pair[1]): Judgement(
            pair, Subject.REPORT, pair[0], pair[1], verdict, "", "ida", START - timedelta(minutes=at)
        )
        for at, (pair, verdict) in enumerate((judged or {}).items())
    }
    found = agglomeration(
        names,
        {(pair[0], pair[1]): score for pair, score in scores.items()},
        verdicts,
        bar=lambda size: bar + each * size,
        scale=1000,
        same_is_one=same_is_one,
    )
    return ["".join(one) for one in found.groups]


def test_the_bar_may_rise_with_the_size() -> None:
    scores = {"ab": 0.9, "ac": 0.8, "bc": 0.8}
    assert groups("abc", scores) == ["abc"]
    assert groups("abc", scores, each=0.1) == ["abc"]
    assert groups("abc", scores, each=0.15) == ["ab", "c"]
    assert groups("abc", scores, bar=0.95) == ["a", "b", "c"]


@pytest.mark.parametrize(("same_is_one", "wanted"), [(True, ["abx"]), (False, ["ab", "x"])])
def test_what_is_judged_the_same_may_count_once(same_is_one: bool, wanted: list[str]) -> None:
    # The mean of x to both is 0.4, that to the more alike of the two 0.8.
    assert groups("abx", {"ax": 0.8}, {"ab": Verdict.SAME}, same_is_one=same_is_one) == wanted


@pytest.mark.parametrize(
    ("judged", "wanted"),
    [
        ({"ac": Verdict.DIFFERENT, "ab": Verdict.SAME, "bc": Verdict.SAME}, ["ab", "c"]),
        ({"ab": Verdict.SAME, "bc": Verdict.SAME, "ac": Verdict.DIFFERENT}, ["abc"]),
        ({"bc": Verdict.SAME, "ac": Verdict.DIFFERENT, "ab": Verdict.SAME}, ["a", "bc"]),
    ],
)
def test_judgements_are_heeded_in_the_order_given(judged: dict[str, Verdict], wanted: list[str]) -> None:
    assert groups("abc", {"ab": 0.9, "ac": 0.9, "bc": 0.9}, judged) == wanted


def test_what_is_not_among_the_things_is_left_out() -> None:
    assert groups("ab", {"az": 1.0, "aa": 1.0, "ab": 0.2}, {"bz": Verdict.SAME}) == ["a", "b"]
