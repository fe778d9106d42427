"""Readers for tests, offered by a package that is written where a test wants it: workers find it by PYTHONPATH.

`poison` reads like "rules", except that a report with the word "poison" ends its process, "dawdle" takes for ever, and
each report that is read leaves a line in the file that POISON_LOG names.
"""

from __future__ import annotations

from pathlib import Path

MODULE = """
import os, signal
from onrecord.domain.statements import ReaderIdentity
from onrecord.reading.rules import RuleReader

class Poisoned:
    identity = ReaderIdentity("poison", "1", None)

    def __init__(self):
        self._rules = RuleReader()

    def read_report(self, report):
        if "poison" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        while "dawdle" in report.text:
            pass
        if log := os.environ.get("POISON_LOG"):
            with open(log, "a") as file:
                file.write(report.id + "\\n")
        return self._rules.read_report(report)
"""


def offered(folder: Path) -> Path:
    """The folder with the package in it; it goes on the path."""
    info = folder / "poison-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[onrecord.readers]\npoison = poisoned:Poisoned\n", encoding="utf-8")
    (folder / "poisoned.py").write_text(MODULE, encoding="utf-8")
    return folder
