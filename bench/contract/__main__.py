"""Schemathesis against the interface: `python -m bench.contract [--ledger FILE] [--cases 10000] [--seed 1]`.

Serves a ledger, the example's unless told, and lets schemathesis ask it what its OpenAPI document allows and what it
does not. No answer may be a 500, of a kind or shape that the document does not name, or a refusal of what it allows.
One check is left out: a cursor is a text of 22 characters by the document, and one that no answer gave is refused all
the same, with the 422 that the document names.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.served import served
from onrecord.web import create_app

LEFT_OUT = "positive_data_acceptance"
CASES_OF_AN_EXAMPLE = 27
"""About so many cases come of one example asked of each operation, in all phases together."""


def asked(ledger: Path, examples: int, seed: int = 1) -> tuple[int, int, str]:
    """The cases that schemathesis made, its exit code (0 when nothing was found), and what it printed."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", "--max-examples", str(examples), "--seed", str(seed)]
    with served(create_app(ledger)) as address, TemporaryDirectory() as folder:
        done = subprocess.run(
            [*command, "--exclude-checks", LEFT_OUT, "--no-color", f"{address}/api/v1/openapi.json"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    made = re.search(r"(\d+) generated", done.stdout)
    return 0 if made is None else int(made[1]), done.returncode, done.stdout + done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.contract", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with TemporaryDirectory() as folder:
        ledger = told.ledger or Path(folder) / "example.ledger"
        if told.ledger is None:
            subprocess.run([sys.executable, "-m", "onrecord", "demo", "--ledger", ledger, "--no-serve"], check=True)
        cases, code, printed = asked(ledger, max(1, told.cases // CASES_OF_AN_EXAMPLE), told.seed)
    print(printed)
    print(f"{cases} cases, {'nothing found' if code == 0 else 'see above for what was found'}")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
