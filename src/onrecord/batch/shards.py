"""Shards: runs of inputs that one worker reads at a time, and their plan, as JSON that is checked when it is read back.

A shard names its files as they were found, with size and time of change, and which of the inputs in them it takes. So
its `key` says whether what was read of it still stands for the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.domain.ids import sha256
from onrecord.errors import BatchError
from onrecord.sources.places import Found
from onrecord.sources.stretches import Groups, Lines, Stretch

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One file, with its size in bytes and when it was changed in nanoseconds; or `reason` why there is none.

    `path` is from the root of the file system, `shown` the place as it was given.
    """

    path: str | None
    shown: str
    size: int = 0
    changed: int = 0
    reason: str | None = None
    detail: str = ""

    @property
    def found(self) -> Found:
        return Found(None if self.path is None else Path(self.path), self.shown, self.reason, self.detail)

    def has_changed(self) -> bool:
        """Whether the file is no longer as it was found."""
        if self.path is None:
            return False
        try:
            now = Path(self.path).stat()
        except OSError:
            return True
        return (now.st_size, now.st_mtime_ns) != (self.size, self.changed)


@dataclass(frozen=True, slots=True)
class Shard:
    """Of the inputs in `sources` (or in a stretch of the only one) those from `first` to before `last`, from 0.

    `last` is None for all that follow. `expected` says about how many inputs it takes, `size` about how many bytes.
    """

    id: str
    sources: tuple[Source, ...]
    stretch: Stretch | None = None
    first: int = 0
    last: int | None = None
    expected: int = 1
    size: int = 0

    @property
    def key(self) -> str:
        """A hash of the bytes that it takes and of nothing else; its id takes no part."""
        taken = [[asdict(one) for one in self.sources], _stretch_json(self.stretch), self.first, self.last]
        return sha256(json.dumps(taken, sort_keys=True).encode())[:32]

    @property
    def is_one_input(self) -> bool:
        """Whether nothing is left to cut."""
        return self.last is not None and self.last - self.first <= 1

    @property
    def is_whole(self) -> bool:
        """Whether it was planned so, and is not a piece of one that failed."""
        return "." not in self.id

    def halves(self, inputs: int | None = None) -> tuple[Shard, Shard]:
        """The shard in two; `inputs` says how many it takes, which only several files can do without."""
        if self.last is None and len(self.sources) > 1:
            middle = len(self.sources) // 2
            parts = self.sources[:middle], self.sources[middle:]
            left, right = (
                replace(self, id=f"{self.id}.{number}", sources=part, expected=len(part), size=_size(part))
                for number, part in enumerate(parts)
            )
            return left, right
        if self.last is not None:
            inputs = self.last - self.first
        if inputs is None or inputs < 2:
            raise ValueError(f"shard {self.id} has nothing to cut")
        middle = self.first + inputs // 2
        return (
            replace(
                self, id=f"{self.id}.0", last=middle, expected=middle - self.first, size=self.size // 2
            ),
            replace(
                self, id=f"{self.id}.1", first=middle, last=self.first + inputs,
                expected=inputs - inputs // 2, size=self.size - self.size // 2,
            ),
        )  # fmt: skip

    def as_json(self) -> Json:
        return {
            **asdict(self),
            "sources": [asdict(one) for one in self.sources],
            "stretch": _stretch_json(self.stretch),
        }


def shard_of(value: object) -> Shard:
    """The shard that `as_json` gave.

    Raises:
        BatchError: when it is none.
    """
    given = _object(value)
    stretch = given.get("stretch")
    made = Shard(
        id=_text(given, "id"),
        sources=tuple(_source_of(one) for one in _list(given.get("sources"))),
        stretch=None if stretch is None else _stretch_of(_object(stretch)),
        first=_number(given, "first"),
        last=None if given.get("last") is None else _number(given, "last"),
        expected=_number(given, "expected"),
        size=_number(given, "size"),
    )
    if not made.sources or not made.id.replace(".", "").isdecimal() or not made.id.isascii():
        raise BatchError(f"not a shard: {made.id!r} with {len(made.sources)} files")
    return made


def _size(sources: Sequence[Source]) -> int:
    return sum(one.size for one in sources)


def _stretch_json(stretch: Stretch | None) -> Json | None:
    return None if stretch is None else {"of": "lines" if isinstance(stretch, Lines) else "groups", **asdict(stretch)}


def _stretch_of(given: Mapping[str, Any]) -> Stretch:
    if given.get("of") == "groups":
        return Groups(_number(given, "first"), _number(given, "last"))
    last = None if given.get("last") is None else _number(given, "last")
    return Lines(_number(given, "first"), last, _number(given, "offset"))


def _source_of(value: object) -> Source:
    given = _object(value)
    optional = {name: None if given.get(name) is None else _text(given, name) for name in ("path", "reason")}
    return Source(
        path=optional["path"],
        shown=_text(given, "shown"),
        size=_number(given, "size"),
        changed=_number(given, "changed"),
        reason=optional["reason"],
        detail=_text(given, "detail"),
    )


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BatchError(f"an object was expected, not {type(value).__name__}")
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise BatchError(f"a list was expected, not {type(value).__name__}")
    return value


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise BatchError(f"{name} should be text, not {value!r:.80}")
    return value


def _number(given: Mapping[str, Any], name: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BatchError(f"{name} should be a whole number from 0 on, not {value!r:.80}")
    return value
