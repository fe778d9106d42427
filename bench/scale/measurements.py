"""What was measured on one machine, as a small JSON file that the document can be made of again without measuring.

Seconds are those of the clock unless they are called processor seconds; sizes are bytes; characters are those of the
text that is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

STORED = Path(__file__).with_name("measurements.json")
CAPTURES = "captures"


@dataclass(frozen=True, slots=True)
class Machine:
    """What it was measured on, when, and how busy the machine was before."""

    day: str
    processor: str
    cores: int
    memory: int
    python: str
    load: float


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard that one worker read."""

    reports: int
    characters: int
    statements: int
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The same shards read by so many workers at once.

    `startup` is that of each worker, from asking for it until the model was loaded; `makespan` is from asking for the
    workers until the last shard came back. A folder of another program's shards knows neither.
    """

    workers: int
    shards: tuple[Shard, ...]
    startup: tuple[float, ...] = ()
    makespan: float | None = None
    memory: int | None = None
    """The most that one worker held."""

    @property
    def reports(self) -> int:
        return sum(one.reports for one in self.shards)

    @property
    def seconds(self) -> float:
        return sum(one.seconds for one in self.shards)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the run with one worker."""

    characters: int
    seconds: float
    statements: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Saved pages turned into reports, before any reading: how many, how long it took, and what they weigh."""

    pages: int
    seconds: float
    size: int
    compressed: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Linking and weighing of a record whose passages all stand within the days that linking compares.

    `parted` is the share of linking's processor seconds that went into comparing, which touches no record and can be
    done by many.
    """

    passages: int
    link: float
    parted: float
    utterances: int
    weigh: float


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record made from nothing: one point of the curves. `sizes` has bytes by what holds them."""

    store: str
    reports: int
    statements: int
    load: float
    sizes: Mapping[str, int]
    linked: Linked | None = None
    """None where it was only loaded."""

    @property
    def size(self) -> int:
        """Bytes in all but captures."""
        return sum(size for holder, size in self.sizes.items() if holder != CAPTURES)


@dataclass(frozen=True, slots=True)
class Measurements:
    """Everything that was measured in one go."""

    machine: Machine
    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    overhead: float
    """Seconds between two empty shards that the scheduler hands out, when there are always more."""
    scheduler: str
    """What handed them out."""
    pages: Pages
    records: tuple[Recorded, ...]
    shard_size: float | None
    """Bytes of a shard's result for each report, where shards are kept as files."""

    def full(self) -> Reading:
        """The reading in which most workers ran at once: what a core does while its neighbours work as well."""
        return max(reversed(self.readings), key=lambda one: one.workers)

    def stores(self) -> tuple[str, ...]:
        """The databases that were measured, each once, in their order."""
        return tuple(dict.fromkeys(one.store for one in self.records))

    def loaded(self, store: str) -> Recorded:
        """The largest record that was loaded into a database."""
        return max((one for one in self.records if one.store == store), key=lambda one: one.reports)

    def linked(self, store: str) -> tuple[Recorded, Linked]:
        """The largest record that was linked and weighed in a database."""
        found = [(one, one.linked) for one in self.records if one.store == store and one.linked is not None]
        return max(found, key=lambda one: one[0].reports)

    def write(self, path: Path) -> None:
        """Writes them down, one thing to a line where there are many."""
        path.write_text(_lines(asdict(self)) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads what `write` wrote.

        Raises:
            ValueError: when it is something else.
        """
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                machine=Machine(**row["machine"]),
                articles=tuple(Article(**one) for one in row["articles"]),
                readings=tuple(
                    Reading(
                        one["workers"],
                        tuple(Shard(**shard) for shard in one["shards"]),
                        tuple(one["startup"]),
                        one["makespan"],
                        one["memory"],
                    )
                    for one in row["readings"]
                ),
                overhead=row["overhead"],
                scheduler=row["scheduler"],
                pages=Pages(**row["pages"]),
                records=tuple(
                    Recorded(**{**one, "linked": None if one["linked"] is None else Linked(**one["linked"])})
                    for one in row["records"]
                ),
                shard_size=row["shard_size"],
            )
        except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path} holds no measurements of this program ({type(error).__name__}: {error}); "
                f"make them with python -m bench.scale measure"
            ) from error


def _lines(row: Mapping[str, Any], indent: str = "") -> str:
    """JSON of which a change shows in a diff: rows of numbers stand on one line each."""
    inner = indent + "  "
    parts = []
    for name, value in row.items():
        if isinstance(value, Sequence) and not isinstance(value, str) and value and isinstance(value[0], dict):
            text = ",\n".join(f"{inner}  {_one(one, inner + '  ')}" for one in value)
            parts.append(f'{inner}"{name}": [\n{text}\n{inner}]')
        else:
            parts.append(f'{inner}"{name}": {json.dumps(_rounded(value))}')
    return "{\n" + ",\n".join(parts) + f"\n{indent}}}"


def _one(row: Mapping[str, Any], indent: str) -> str:
    nested = any(isinstance(value, Sequence) and value and isinstance(value[0], dict) for value in row.values())
    return _lines(row, indent) if nested else json.dumps(_rounded(row))


def _rounded(value: Any) -> Any:
    """Numbers as exact as a clock is: four figures behind the point are a tenth of a millisecond."""
    if isinstance(value, float):
        return round(value, 6 if abs(value) < 0.01 else 4)
    if isinstance(value, Mapping):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
