"""Whichever module of the ledger is asked for first, it can be had: none needs another that needs it."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import onrecord.ledger

FRESHLY = """
import importlib, sys
for name in sys.argv[1:]:
    for known in [one for one in sys.modules if one.startswith("onrecord")]:
        del sys.modules[known]
    importlib.import_module(name)
"""


def test_each_module_can_be_the_first() -> None:
    names = [f"onrecord.ledger.{one.name}" for one in pkgutil.iter_modules(onrecord.ledger.__path__)]
    assert len(names) > 20
    done = subprocess.run([sys.executable, "-c", FRESHLY, *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_file_is_opened_without_what_only_others_need(tmp_path: Path) -> None:
    opened = (
        "import sys; from onrecord.ledger.writer import Writer; from onrecord.ledger.view import View; "
        "Writer(sys.argv[1]).close(); View(sys.argv[1]).close(); "
        "print([one for one in ('alembic', 'psycopg') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", opened, str(tmp_path / "one.ledger")], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
