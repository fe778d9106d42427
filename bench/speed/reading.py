"""Where the time of reading goes: by stage, and inside the model by operator, beside what the machine can do."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from bench.speed.operators import Operator, norms_in_one, operators
from bench.speed.stages import Stages
from onrecord.domain.reports import Report
from onrecord.domain.statements import Statement
from onrecord.reading import contents, reader
from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import TaggerReader
from onrecord.reading.speakers import Speakers
from onrecord.reading.windows import Windower

MODEL = "the model"
_SAMPLE = 60
"""So many of the windows, of all lengths alike, are looked at by operator."""


class _Watched:
    """The model's session, with what goes through it kept."""

    def __init__(self, session: Any, stages: Stages) -> None:
        self._session, self._stages = session, stages
        self.windows: list[np.ndarray] = []

    def run(self, wanted: Any, given: dict[str, np.ndarray]) -> Any:
        self.windows.append(given["pieces"])
        with self._stages.within(MODEL):
            return self._session.run(wanted, given)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading some reports took, in CPU seconds."""

    reports: Sequence[Report]
    statements: list[list[Statement]]
    stages: Stages
    here: float
    """Of the thread that reads."""
    everywhere: float
    """Of all threads of the process: what is more than `here` was taken from other cores."""
    windows: list[np.ndarray]
    again: int
    """How many of the windows are clauses that are read again."""
    operators: list[Operator]
    in_one: float
    """The model's time with each sum and norm in one step, as a share."""
    share: float
    """The part of the pieces that were looked at by operator."""

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was read, down to the last figure: equal where nothing changed."""
        return sha256(repr(self.statements).encode()).hexdigest()


def read(reports: Sequence[Report]) -> Reading:
    """Reads the reports one after the other with every stage watched."""
    stages = Stages()
    taken = TaggerReader()
    encoder = taken._encoder
    for report in reports[:3]:
        taken.read_report(report)
    session = _Watched(encoder._session, stages)
    watched = (
        (Windower, "_encode", "cutting into word pieces"),
        (Windower, "_window", "windows"),
        (Encoder, "tag", "labels and pointers of words"),
        (reader, "attributions", "decoding"),
        (reader, "quoted_regions", "quotation marks"),
        (reader, "kind_of", "quotation marks"),
        (reader, "to_the_marks", "quotation marks"),
        (TaggerReader, "_located", "spans"),
        (reader, "inner_statements", "clauses to read again"),
        (Speakers, "__init__", "cast of the report"),
        (Speakers, "resolve", "speakers"),
        (reader, "inner_speakers", "speakers"),
        (contents, "find_times", "times"),
        (contents, "find_figures", "figures"),
        (contents, "passages", "passages"),
        (contents, "act_of", "acts"),
        (reader, "statement_id", "ids"),
        (reader, "nested", "nesting"),
        (TaggerReader, "_again", "clauses to read again"),
    )
    encoder._session = session
    try:
        with stages.watching(*watched), stages.within("the rest"):
            here, everywhere = time.thread_time(), time.process_time()
            found = [list(taken.read_report(report)) for report in reports]
            here, everywhere = time.thread_time() - here, time.process_time() - everywhere
    finally:
        encoder._session = session._session
    outer = sum(1 for report in reports for _ in encoder.windower.windows(report.text, [m.span for m in report.marks]))
    ordered = sorted(session.windows, key=len)
    chosen = ordered[:: max(1, len(ordered) // _SAMPLE)]
    share = sum(map(len, chosen)) / max(1, sum(map(len, ordered)))
    return Reading(
        reports, found, stages, here, everywhere, session.windows, len(ordered) - outer,
        operators(chosen), norms_in_one(chosen), share,
    )  # fmt: skip


def told(found: Reading) -> None:
    """Prints the tables."""
    count = len(found.reports)
    words = sum(len(report.text.split()) for report in found.reports)
    pieces = sum(map(len, found.windows))
    print(f"READING  {count} articles, {words / count:.0f} words each; CPU time of one thread")
    print(
        f"{found.here / count * 1e3:.0f} ms an article, {count / found.here:.2f} articles a second on one core; ",
        end="",
    )
    print(f"on other cores {(found.everywhere - found.here) / count * 1e3:.1f} ms an article")
    print(
        f"{len(found.windows) / count:.1f} windows an article, {found.again / count:.1f} of them clauses read again; ",
        end="",
    )
    print(f"{pieces / count:.0f} word pieces, none of them padding: a window runs at its own length, alone")
    print(f"digest of what was read {found.digest}")
    print(f"\n{'stage':<34}{'ms an article':>14}{'of all':>9}")
    for stage, seconds in found.stages.seconds.most_common():
        print(f"{stage:<34}{seconds / count * 1e3:>14.1f}{seconds / found.here:>9.1%}")
    print(f"\n{'inside the model':<34}{'ms an article':>14}{'of it':>9}{'the least':>11}{'times':>7}  what that is")
    whole = sum(one.seconds for one in found.operators)
    for one in found.operators:
        if one.seconds < 0.002 * whole:
            continue
        scale = 1e3 / found.share / count
        print(
            f"{one.kind:<34}{one.seconds * scale:>14.1f}{one.seconds / whole:>9.1%}{one.least * scale:>11.1f}"
            f"{one.seconds / one.least:>7.1f}  {one.work} (in the sample)"
        )
    print(f"with each sum and norm in one step the model takes {found.in_one:.0%} of that, and rounds otherwise")
