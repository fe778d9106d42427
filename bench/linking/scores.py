"""Scores that several measurements of linking share, in percent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a yes-or-no question: how often yes was said, how often rightly, and how often it should have been."""

    found: int
    right: int
    asked: int

    @property
    def precision(self) -> float:
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.found + self.asked) if self.found + self.asked else 0.0


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Mapping[str, Collection[str]], found: Iterable[Collection[str]]) -> BCubed:
    """B-cubed (Bagga and Baldwin, 1998) of the members of `gold`, each with the names of the groups it belongs to.

    Others in their groups are left out of account. Where one belongs to several groups, its precision is the share of
    its found group that is in any of them with it, its recall that of the best.

    Raises:
        KeyError: when one is in no found group.
    """
    given = {one: frozenset(members) & gold.keys() for members in found for one in members}
    belonging: dict[str, set[str]] = defaultdict(set)
    for one, names in gold.items():
        for name in names:
            belonging[name].add(one)
    precision = recall = 0.0
    for one, names in gold.items():
        mine = given[one]
        precision += sum(not set(names).isdisjoint(gold[other]) for other in mine) / len(mine)
        recall += max(len(mine & belonging[name]) / len(belonging[name]) for name in names)
    return BCubed(100 * precision / len(gold), 100 * recall / len(gold))
