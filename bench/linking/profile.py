"""Where linking's time goes, and how far its costs are from what this machine can do.

    python -m bench.linking.profile --ledger LEDGER

A copy of the ledger is linked anew in this process, with a clock of processor time around its parts; what a part does
inside another one counts for the inner one. A floor is what the machine would take for the work that cannot be left
out: so many words looked up, so many numbers added up, so many characters gone through by a regular expression, so many
bytes brought to the disk, each at the rate that is measured here and now. What a floor leaves out is what Python costs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import isgeneratorfunction
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.language.words import words_of
from onrecord.ledger.links import Step
from onrecord.ledger.links_asked import Asking
from onrecord.linkage import Linkage, passages, preparing, steps
from onrecord.linking import origins, stories, utterances
from onrecord.linking.stories import gist
from onrecord.linking.utterances import linking
from onrecord.linking.utterances.candidates import Index
from onrecord.settings import Settings

PAIRS, SCORES, PROFILES = "pairs of passages looked up", "pairs of passages weighed", "passages made comparable"
GISTS, WRITING = "gists of reports", "rows written"


class Clock:
    """Processor seconds of each part, and counts of what was gone through."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.counted: Counter[str] = Counter()
        self._parts = ["all else"]
        self._since = time.process_time()

    def enter(self, part: str) -> None:
        self._stop()
        self._parts.append(part)

    def leave(self) -> None:
        self._stop()
        self._parts.pop()

    def _stop(self) -> None:
        now = time.process_time()
        self.seconds[self._parts[-1]] += now - self._since
        self._since = now

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for a part."""

        def stepped(made: Iterator[Any]) -> Iterator[Any]:
            while True:
                self.enter(part)
                try:
                    one = next(made)
                except StopIteration:
                    return
                finally:
                    self.leave()
                yield one

        @wraps(function)
        def called(*args: Any, **more: Any) -> Any:
            if isgeneratorfunction(function):
                return stepped(function(*args, **more))
            self.enter(part)
            try:
                return function(*args, **more)
            finally:
                self.leave()

        return called


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.ledger.parent) as folder:
        path = Path(folder) / "copy.ledger"
        shutil.copy(args.ledger, path)
        clock, count = Clock(), 0
        with Linkage(path, Settings()) as linkage:
            linkage.forget()
            _put_in(clock)
            before = _written()
            clock.enter("all else")
            for _ in linkage.run():
                pass
            clock.leave()
            clock.counted[WRITING] = _written() - before
            count = linkage.passages()
        floors = _floors(clock.counted, Path(folder))
    whole = sum(clock.seconds.values())
    print(f"{count:,} passages linked in {whole:.1f} s of processor time, {1000 * whole / count:.2f} ms each")
    print(f"{'cost':32} {'share':>6} {'s':>7} {'floor, s':>9}  what the floor is")
    for name, seconds in clock.seconds.most_common():
        floor, what = floors.get(name, (None, ""))
        print(f"{name:32} {seconds / whole:6.1%} {seconds:7.2f} {'' if floor is None else f'{floor:9.3f}'}  {what}")


def _put_in(clock: Clock) -> None:
    """Puts the clock around the parts of linking, and counts what they go through."""
    for part, holder, name in (
        (SCORES, utterances, "links"), (PAIRS, Index, "candidates"), (PROFILES, linking, "profile_of"),
        ("vectors of passages", linking.Meanings, "cosines"), ("groups of passages", utterances, "clusters"),
        (GISTS, stories, "features"), ("pairs of reports", stories, "links"), ("groups of reports", stories, "grouped"),
        ("sketches of wordings", origins, "fingerprint"), ("pairs of sketches", origins, "candidates"),
        ("wordings side by side", origins, "compared"), ("where reports have it from", origins, "origins"),
        ("where reports have it from", origins, "read_origins"),
        ("whether reports are independent", origins, "independence"), ("who speaks", preparing, "_identified"),
        ("passages cut out", passages, "renderings"), ("how renderings differ", steps, "difference"),
    ):  # fmt: skip
        setattr(holder, name, clock.timed(part, getattr(holder, name)))
    Index.of = clock.timed("passages filed", Index.of)  # type: ignore[method-assign]
    for kind, part in ((Asking, "rows read"), (Step, WRITING)):
        for name, method in list(vars(kind).items()):
            if callable(method) and not name.startswith("_"):
                setattr(kind, name, clock.timed(part, method))
    weighed, looked, features = linking.evidence, Index.candidates, stories.features

    def evidence(a: Any, b: Any, *more: Any) -> Any:
        clock.counted[SCORES] += min(len(a.weights), len(b.weights))
        return weighed(a, b, *more)

    def candidates(index: Index, at: int) -> Iterator[int]:
        clock.counted[PAIRS] += sum(len(index.postings[word]) for word in index.words[at])
        return looked(index, at)

    def counted_features(told: Any) -> Any:
        clock.counted[GISTS] += len(told.text)
        return features(told)

    linking.evidence, Index.candidates, stories.features = evidence, candidates, counted_features  # type: ignore[assignment,method-assign]


def _written() -> int:
    """Bytes that this process has handed to the disk, 0 where the system does not tell."""
    try:
        told = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    except OSError:
        return 0
    return int(told["write_bytes"])


def _floors(counted: Counter[str], folder: Path) -> dict[str, tuple[float, str]]:
    numbers = np.ones(1_000_000)
    words = dict.fromkeys(words_of(" ".join(sys.stdlib_module_names)), 1.0)
    asked = list(words) * (200_000 // len(words))
    text = "The mayor of Harvenia said on Monday that 95,000 people had left their homes. " * 2_000
    adding = _rate(lambda: numbers.sum(), len(numbers))
    looking = _rate(lambda: [one for one in asked if one in words], len(asked))
    matching = _rate(lambda: sum(1 for _ in gist._TOKEN.finditer(text)), len(text))
    block = os.urandom(32_000_000)

    def to_disk() -> None:
        with (folder / "block").open("wb") as file:
            file.write(block)
            os.fsync(file.fileno())

    began = time.perf_counter()
    to_disk()
    disk = len(block) / (time.perf_counter() - began)

    def told(part: str, rate: float, what: str) -> tuple[float, str]:
        return counted[part] / rate, f"{counted[part]:,} {what}, {rate / 1e6:,.0f} million a second"

    return {
        PAIRS: told(PAIRS, adding, "postings added up"),
        SCORES: told(SCORES, looking, "words looked up"),
        GISTS: told(GISTS, matching, "characters gone through"),
        WRITING: told(WRITING, disk, "bytes brought to the disk"),
    }


def _rate(work: Callable[[], object], many: int) -> float:
    """Things a second of processor time, at best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return many / max(best, 1e-9)


if __name__ == "__main__":
    main()
