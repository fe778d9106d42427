"""How much more a statement costs in a large record: `python -m bench.databases growth --corpora DIR --work DIR`.

A stage of the large record takes most of an hour, and a machine that others use may be a quarter slower then than when
the small record had its turn. So each stage of the small one is run again and again on another core until the large
one is through: both meet the same hours, and each is the other's disturbance. With SQLite; it takes two cores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench.databases.stages import counted, remove

HEAD = f"{'':<7} {'statements':>10} {'CPU s':>8} {'of':>8} {'CPU s, runs beside it':>30} {'each, times':>12} {'MB':>11}"

Measured = Callable[[str, Path, str], dict[str, float]]
"""Runs a stage of a ledger at a place, and tells what it cost."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A stage of both records: the large one once, the small one as often as it took."""

    stage: str
    large: dict[str, float]
    small: Sequence[dict[str, float]]
    statements: tuple[int, int]
    """Of the large and of the small record."""

    @property
    def times(self) -> float:
        """How much more one statement costs in the large record."""
        many, few = self.statements
        return self.large["cpu"] / many / (fmean(one["cpu"] for one in self.small) / few)

    def __str__(self) -> str:
        many, few = self.statements
        spent = [one["cpu"] for one in self.small]
        told = f"{fmean(spent):.1f} ({len(spent)}: {min(spent):.1f} to {max(spent):.1f})"
        memory = f"{max(one['memory'] for one in self.small):.0f}, {self.large['memory']:.0f}"
        return (
            f"{self.stage:<7} {many:>10} {self.large['cpu']:>8.1f} {few:>8} {told:>30} {self.times:>12.2f} {memory:>11}"
        )


def measure(small: Path, large: Path, folder: Path, stages: Sequence[str], measured: Measured) -> None:
    """Prints what each stage cost in both."""
    statements = (counted(large), counted(small))
    places = {one: folder / f"{one.stem}-copy.ledger" for one in (small, large)}
    print(HEAD)
    for stage in stages:
        with ThreadPoolExecutor(1) as beside:
            running = beside.submit(measured, stage, large, str(places[large]))
            runs = []
            while not running.done():
                if stage == "load":
                    remove(places[small])
                runs.append(measured(stage, small, str(places[small])))
            print(Grown(stage, running.result(), runs, statements), flush=True)
    for place in places.values():
        remove(place)
