"""What was measured of each program, and the table of it."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench.speed.peers_run import mapping
from bench.speed.peers_run.environments import Peer
from bench.speed.peers_run.scoring import LINKED, ROLES

_HEAD = (
    f"{'':34} {'finds':>8} {'F1: tokens of':^20} {'F1: whole attributions':^24} {'articles a second':^17} {'peak':>6}\n"
    f"{'program':34} {'indirect':>8} {'source':>6} {'cue':>5} {'content':>7} {'all':>7} {'quoted':>7} {'indirect':>8} "
    f"{'of one core':>11} {'wall':>5} {'MB':>6}"
)


@dataclass(slots=True)
class Row:
    """What was measured of a program: F1 from 0 to 1, seconds, bytes; or why it was not run."""

    peer: Peer
    reason: str = ""
    way: str = ""
    mapped: mapping.Mapping = mapping.AS_GIVEN
    scores: Mapping[str, float] = field(default_factory=dict)
    refused_on_dev: int = 0
    loaded: float = 0.0
    articles: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    memory: int = 0
    found: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Articles for each second of the processor."""
        return self.articles / self.cpu_seconds

    def __str__(self) -> str:
        source, cue, content = (100 * self.scores[role] for role in ROLES)
        linked, quoted, indirect = (100 * self.scores[name] for name in LINKED)
        return (
            f"{self.peer.system:34} {'yes' if self.peer.indirect else 'no':>8} {source:6.1f} {cue:5.1f} {content:7.1f} "
            f"{linked:7.1f} {quoted:7.1f} {indirect:8.1f} {self.rate:11.2f} {self.articles / self.seconds:5.2f} "
            f"{self.memory / 1e6:6.0f}"
        )

    def how(self) -> Iterator[str]:
        """How it was run."""
        yield f"{self.peer.system}: {self.peer.said}."
        if not self.peer.ours:
            asked = ", ".join([*self.peer.requirements, *self.peer.built])
            yield f"    Python {self.peer.python or platform.python_version()}; {asked}"
        spans = "" if self.peer.ours else f", spans {self.mapped}"
        found = f"{self.found} found in {self.articles} articles"
        yield f"    read {self.way}{spans}; {found}; loaded in {self.loaded:.1f} s"
        if self.refused or self.refused_on_dev:
            parts = "articles" if self.way == "by article" else "paragraphs"
            example = f", such as: {self.reasons[0]}" if self.reasons else ""
            yield f"    refused {self.refused} {parts}, and {self.refused_on_dev} on dev{example}"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines that are printed: the table, how each program was run, what was not run, and where ours stands."""
    shown = [row for row in rows if not row.reason]
    yield _HEAD
    yield from map(str, shown)
    yield ""
    for row in rows:
        if row.reason:
            yield f"{row.peer.system}: not run: {row.reason}"
        else:
            yield from row.how()
    yield ""
    yield from standing(shown)


def standing(rows: Sequence[Row]) -> Iterator[str]:
    """Whether ours is ahead in quality of all, and in speed of every one that finds indirect speech."""
    ours = next((row for row in rows if row.peer.ours), None)
    others = [row for row in rows if not row.peer.ours]
    alike = [row for row in others if row.peer.indirect]
    if ours is not None and others:
        best = max(others, key=lambda row: row.scores["linked"])
        yield f"Linked F1: ours {_percent(ours)}, the best of the others {_percent(best)} ({best.peer.system})."
    if ours is not None and alike:
        fastest = max(alike, key=lambda row: row.rate)
        times = f"{ours.rate / fastest.rate:.2f} times"
        yield f"Speed: ours makes {times} what the fastest that finds indirect speech does ({fastest.peer.system})."


def _percent(row: Row) -> str:
    return f"{100 * row.scores['linked']:.1f}"
