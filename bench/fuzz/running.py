"""Cases in a child process that the system stops when it takes too long or too much.

The child says what each broken case broke; when it is stopped itself, the case that it was at is the fault, and another
child goes on with the next one.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import struct
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fuzz.kinds import KINDS
from bench.fuzz.mutating import case

LONGEST_TIME = 5
"""Seconds of a processor that one case may take."""
LONGEST_WAIT = 120
"""Seconds by the clock, on a machine that does much else; a case that waits for something would wait for ever."""
MOST_MEMORY = 1 << 30
FOR_ONE_CHILD = 20_000
"""Cases that one child tries: the system counts the time that limits a process more coarsely than the time it tells, and
over a hundred thousand short cases the two came seconds apart."""
CHILD = ("-m", "bench.fuzz.running")
NUMBER = struct.Struct("<q")


@dataclass(frozen=True, slots=True)
class Fault:
    """A case that broke a promise."""

    kind: str
    seed: int
    number: int
    problem: str

    def content(self) -> bytes:
        """The case, made again."""
        return content_of(self.kind, self.seed, self.number)


def content_of(kind: str, seed: int, number: int) -> bytes:
    """A case by its number."""
    chosen = KINDS[kind]
    return case(chosen.seeds, chosen.words, kind, seed, number)


def faults(kind: str, seed: int, cases: int, begin: int = 0) -> Iterator[Fault]:
    """The faults among some cases of one kind, as they are found."""
    at = begin
    while at < begin + cases:
        end = min(at + FOR_ONE_CHILD, begin + cases)
        with TemporaryDirectory() as folder:
            told = ["--kind", kind, "--seed", str(seed), "--begin", str(at), "--end", str(end)]
            command = [sys.executable, *CHILD, *told, "--folder", folder]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
                assert child.stdout is not None
                for line in child.stdout:
                    yield Fault(kind, seed, **json.loads(line))
            if child.returncode == 0:
                at = end
                continue
            number = NUMBER.unpack(Path(folder, "number").read_bytes())[0]
            yield Fault(kind, seed, number, _end(child.returncode))
            at = number + 1


def tried(kind: str, content: bytes) -> str | None:
    """What one case breaks, or None; in this process and without limits, to be looked at by a person."""
    with TemporaryDirectory() as folder:
        return _problem(kind, content, Path(folder))


def _end(code: int) -> str:
    if code == -signal.SIGXCPU:
        return f"took more than {LONGEST_TIME} seconds of a processor"
    if code == -signal.SIGALRM:
        return f"took more than {LONGEST_WAIT} seconds"
    return f"ended the process: {signal.Signals(-code).name if code < 0 else f'exit code {code}'}"


def _problem(kind: str, content: bytes, folder: Path) -> str | None:
    try:
        KINDS[kind].take(content, folder)
    except AssertionError as error:
        return str(error)
    except Exception as error:  # That is what is looked for.
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}"[:500]
    return None


def main() -> None:
    """The child: writes the number of the case it is at to a file, and a line for each fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--begin", type=int, required=True)
    parser.add_argument("--end", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    told = parser.parse_args()
    KINDS[told.kind].take(KINDS[told.kind].seeds[0], told.folder)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with (told.folder / "number").open("w+b", buffering=0) as at:
        for number in range(told.begin, told.end):
            at.seek(0)
            at.write(NUMBER.pack(number))
            spent = resource.getrusage(resource.RUSAGE_SELF)
            # The limit counts whole seconds, so one more is given than is asked for at most.
            limit = int(spent.ru_utime + spent.ru_stime) + LONGEST_TIME + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            signal.alarm(LONGEST_WAIT)
            problem = _problem(told.kind, content_of(told.kind, told.seed, number), told.folder)
            if problem is not None:
                print(json.dumps({"number": number, "problem": problem}), flush=True)


if __name__ == "__main__":
    main()
