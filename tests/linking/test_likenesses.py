"""Links between reports that are kept in memory: what is dropped is gone, whoever was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from onrecord.domain.utterances import Link
from onrecord.ledger.links import Step
from onrecord.linkage.likenesses import Likenesses


class Links:
    """As much of a step as is asked for scores."""

    def __init__(self, *links: tuple[str, str, float]) -> None:
        self._links = links

    def scores(self, kind: str, seeds: Collection[str]) -> Iterator[tuple[str, str, float]]:
        return (one for one in self._links if {one[0], one[1]} & set(seeds))


def test_a_report_that_was_never_asked_for_is_dropped_too() -> None:
    kept = Likenesses()
    before = cast("Step", Links(("a", "b", 0.3)))
    assert kept.component(before, ["a"], [], 0.5) == {"a"}
    assert kept.component(before, ["a"], [], 0.2) == {"a", "b"}
    kept = Likenesses()
    assert kept.component(before, ["a"], [], 0.5) == {"a"}
    kept.drop(["b"])
    assert kept.component(cast("Step", Links()), ["a"], [], 0.2) == {"a"}


def test_what_is_added_is_known_from_both_sides() -> None:
    kept, nothing = Likenesses(), cast("Step", Links())
    assert kept.among(nothing, ["a", "b"]) == {}
    kept.add([Link("a", "b", 0.7, ())])
    assert kept.among(nothing, ["b", "a"]) == {("a", "b"): 0.7}
    assert kept.component(nothing, ["b"], [], 0.5) == {"a", "b"}
