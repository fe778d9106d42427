"""Both collections measured, and what came out otherwise sorted by why."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from bench.feeds.comparing import Tally, compare
from bench.feeds.expected import feedparser_files, gofeed_files

Row = tuple[str, str, str, str]

COLUMNS: dict[str, Callable[[Counter[str]], str]] = {
    "files": lambda n: str(n["files"]),
    "well-formed": lambda n: str(n["well-formed"]),
    "items found / expected": lambda n: f"{n['items found']}/{n['items expected']}",
    "of these with an address": lambda n: str(n["with an address"]),
    "titles equal": lambda n: f"{n['titles equal']}/{n['titles']}",
    "links equal": lambda n: f"{n['links equal']}/{n['links']}",
    "ids equal": lambda n: f"{n['ids equal']}/{n['ids']}",
    "dates equal": lambda n: f"{n['dates equal']}/{n['dates']}",
    "broken answered": lambda n: f"{n['answered']}/{n['broken']}",
}


@dataclass(slots=True)
class Result:
    """One collection: counts, and differences with and without a reason."""

    tally: Tally = field(default_factory=Tally)
    explained: dict[str, list[Row]] = field(default_factory=dict)
    unexplained: list[Row] = field(default_factory=list)


def measured(corpora: Path) -> dict[str, Result]:
    """Both collections by name."""
    reasons = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))["reason"]
    results: dict[str, Result] = {}
    for name, files in (("feedparser", feedparser_files), ("gofeed", gofeed_files)):
        result = results[name] = Result()
        for wanted in files(corpora):
            compare(wanted, result.tally)
        for row in result.tally.differences:
            why = next(
                (one["why"] for one in reasons if row[1] in one["fields"] and _among(row[0], one["files"])), None
            )
            if why is None:
                result.unexplained.append(row)
            else:
                result.explained.setdefault(why, []).append(row)
    return results


def _among(name: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(name, f"*/{pattern}") for pattern in patterns)
