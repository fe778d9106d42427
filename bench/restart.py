"""Kills `onrecord read` with SIGKILL at random moments, starts it again, and compares the digests in the end.

    python -m bench.restart INPUT… [--kills 5] [--seed 1]

Prints a line for each start and exits with 1 when the interrupted record differs from the undisturbed one.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def read(inputs: list[str], ledger: Path, kill_after: float | None) -> bool:
    """Runs `onrecord read`; True when it came to its end, False when it was killed after so many seconds."""
    command = [sys.executable, "-m", "onrecord", "read", *inputs, "--ledger", str(ledger), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        printed, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    print("  came to its end:", printed.strip(), flush=True)
    return process.returncode == 0


def verified(ledger: Path) -> dict[str, object]:
    """What `onrecord verify --json` says; its exit code must be 0."""
    command = [sys.executable, "-m", "onrecord", "verify", "--ledger", str(ledger), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    result: dict[str, object] = json.loads(done.stdout)
    if done.returncode:
        sys.exit(f"verify found faults: {result['faults']}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, broken = Path(folder) / "whole.ledger", Path(folder) / "broken.ledger"
        print("undisturbed", flush=True)
        began = time.monotonic()
        read(args.inputs, whole, None)
        seconds = time.monotonic() - began
        print("  again:", flush=True)
        before = verified(whole)
        read(args.inputs, whole, None)
        if verified(whole)["head"] != before["head"]:
            sys.exit("a second run added something")
        for kill in range(args.kills):
            after = rng.uniform(0.5, 1.2 * seconds / max(args.kills, 1))
            print(f"killed after {after:.1f} s ({kill + 1} of {args.kills})", flush=True)
            if read(args.inputs, broken, after):
                break
            if broken.exists():
                print("  on the record:", verified(broken)["checked"], flush=True)
        print("to the end", flush=True)
        read(args.inputs, broken, None)
        one, other = before["digest"], verified(broken)["digest"]
    print(f"undisturbed {one}\ninterrupted {other}\n{'the same' if one == other else 'DIFFERENT'}")
    sys.exit(one != other)


if __name__ == "__main__":
    main()
