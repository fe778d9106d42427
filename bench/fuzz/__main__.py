"""Damaged input of every kind: `python -m bench.fuzz [--kind html] [--cases 1000000] [--seed 1] [--again FILE]`.

Takes cases that are made of small good examples through the same code as `onrecord read` and the files in TOML, in a
child process. A case may raise nothing but what is documented, take 5 seconds of a processor at most, and the process
1 GB of memory. A case that breaks this is written to the folder --faults, and can be tried again with --again.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from bench.fuzz.kinds import KINDS
from bench.fuzz.running import faults, tried


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=sorted(KINDS), help="one kind; all unless told")
    parser.add_argument("--cases", type=int, default=10_000, help="cases of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=Path, default=Path("faults"), help="the folder that failing cases go to")
    parser.add_argument("--again", type=Path, metavar="FILE", help="try a failing case once more, named KIND-…")
    told = parser.parse_args()
    if told.again is not None:
        kind = told.again.name.partition("-")[0]
        if kind not in KINDS:
            parser.error(f"{told.again.name} does not begin with a kind: {', '.join(sorted(KINDS))}")
        problem = tried(kind, told.again.read_bytes())
        print(problem or "nothing is broken")
        raise SystemExit(problem is not None)
    found = 0
    for kind in [told.kind] if told.kind else KINDS:
        began, before = time.monotonic(), found
        for fault in faults(kind, told.seed, told.cases):
            told.faults.mkdir(exist_ok=True)
            path = told.faults / f"{kind}-{fault.seed}-{fault.number}{KINDS[kind].suffix}"
            path.write_bytes(fault.content())
            print(f"{path}: {fault.problem}", flush=True)
            found += 1
        taken = time.monotonic() - began
        print(
            f"{kind}: {told.cases} cases of seed {told.seed} in {taken:.0f} s, {found - before} broke a promise",
            flush=True,
        )
    raise SystemExit(found > 0)


if __name__ == "__main__":
    main()
