"""How alike reports are, kept in memory for one run, so that a step reads what is new and not all that hangs together.

A topic that goes on for months hangs together in one chain of links. What is kept are scores alone; reasons are read
where a story is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from onrecord.domain.utterances import Link
from onrecord.ledger.links import Step
from onrecord.linking import stories


class Likenesses:
    """The scores of links between reports, complete for every report that was asked for."""

    def __init__(self) -> None:
        self._near: dict[str, dict[str, float]] = {}
        self._asked: set[str] = set()
        self._steps: str | None = None

    def begin(self, step: Step) -> bool:
        """Starts a step: what is kept is thrown away when anybody else has linked since the last one, which is told.

        What the last step did not ask for is let go of as well, so that memory does not grow with the record.
        """
        now = step.state("steps") or "0"
        alone = now == self._steps
        self._near = {one: self._near[one] for one in self._asked & self._near.keys()} if alone else {}
        self._asked = set()
        self._steps = str(int(now) + 1)
        step.note("steps", self._steps)
        return alone

    def drop(self, reports: Iterable[str]) -> None:
        """Forgets the links of some reports."""
        gone = frozenset(reports)
        for one in gone:
            self._near.pop(one, None)
        # Not by what they had near: a report that was never asked for stands near others all the same.
        for near in self._near.values():
            for one in gone & near.keys():
                del near[one]

    def add(self, links: Iterable[Link]) -> None:
        """Takes in new links."""
        for link in links:
            self._keep(link.a, link.b, link.score)

    def component(self, step: Step, seeds: Collection[str], ties: Iterable[tuple[str, str]], least: float) -> set[str]:
        """The seeds and all reports that links of `least` or more, or the ties given besides, join to them."""
        beside: dict[str, set[str]] = {}
        for a, b in ties:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
        reached: set[str] = set()
        edge = set(seeds)
        while edge:
            reached |= edge
            self._read(step, edge)
            near = {other for one in edge for other, score in self._near[one].items() if score >= least}
            edge = (near | {other for one in edge for other in beside.get(one, ())}) - reached
        return reached

    def near(self, step: Step, reports: Collection[str]) -> Mapping[str, Mapping[str, float]]:
        """Of some reports: what they are linked with, and the scores."""
        self._read(step, reports)
        return {one: self._near[one] for one in reports}

    def among(self, step: Step, reports: Collection[str]) -> Mapping[tuple[str, str], float]:
        """The scores of the pairs among some reports, the lesser id first."""
        return stories.among(self.near(step, reports))

    def _read(self, step: Step, reports: Collection[str]) -> None:
        self._asked.update(reports)
        missing = [one for one in reports if one not in self._near]
        if not missing:
            return
        self._near.update((one, {}) for one in missing)
        for a, b, score in step.scores("story", missing):
            self._keep(a, b, score)

    def _keep(self, a: str, b: str, score: float) -> None:
        for one, other in ((a, b), (b, a)):
            if one in self._near:
                self._near[one][other] = score
