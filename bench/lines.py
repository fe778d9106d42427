"""A line of a table of measures: what was reached, what was asked, and what the best simpler way reaches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in percent: what was reached, what was asked, and what the best simpler way reaches."""

    what: str
    on: str
    reached: float
    asked: float | None = None
    simpler: tuple[str, float] | None = None
    at_most: bool = False

    def __str__(self) -> str:
        short = self.asked is not None and (
            self.reached > self.asked if self.at_most else round(self.reached, 1) < self.asked
        )
        asked = "" if self.asked is None else f"{'<' if self.at_most else '≥'} {self.asked:g}"
        simpler = "" if self.simpler is None else f"{self.simpler[1]:.1f} {self.simpler[0]}"
        return f"{self.what:46} {self.on:28} {self.reached:7.1f} {asked:>7} {'short' if short else '':5}  {simpler}"
