"""What every runner speaks: JSON lines in and out over a pipe, with the clock around the reading alone.

A runner stands in the environment of the program that it measures, which may be an old one: this module needs nothing
but the standard library of Python 3.7. A runner gives ways of reading: functions from texts to what was found in each.
"""

from __future__ import annotations

import json
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path


class Part:
    """A text or a paragraph as it was read: where it starts, its characters, and those that the program was given.

    A quotation is a dictionary of role to [start, end) in `prepared`; "phrase" is the source grown to its noun phrase.
    """

    def __init__(self, start, text, prepared, quotations):
        self.start = start
        self.text = text
        self.prepared = prepared
        self.quotations = quotations

    def placed(self):
        """Its quotations in characters of the whole text."""
        if self.prepared == self.text:
            return [{r: [[a + self.start, b + self.start] for a, b in q[r]] for r in q} for q in self.quotations]
        at = places(self.text, self.prepared)
        return [
            {role: [span for a, b in spans for span in self._back(at[a:b])] for role, spans in quotation.items()}
            for quotation in self.quotations
        ]

    def _back(self, places):
        known = [k for k in places if k is not None]
        return [[min(known) + self.start, max(known) + 1 + self.start]] if known else []


class Found:
    """What was found in one text, and why parts of it were refused."""

    def __init__(self, parts, refused=()):
        self.parts = parts
        self.refused = list(refused)

    def __len__(self):
        return sum(len(part.quotations) for part in self.parts)

    def placed(self):
        return [quotation for part in self.parts for quotation in part.placed()]


def paragraphs(text):
    """Where each paragraph that is not blank starts, and its characters."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def places(text, prepared):
    """For each character of a prepared text the place of the one it was made from, None where it was put in.

    Lines are paired in order, so a text may lose blank lines and gain characters, but not whole lines.
    """
    found = [None] * len(prepared)
    ours, theirs = ([one for one in paragraphs(whole) if any(map(str.isalnum, one[1]))] for whole in (text, prepared))
    if len(ours) != len(theirs):
        ours, theirs = [(0, text)], [(0, prepared)]
    for (start, line), (there, made) in zip(ours, theirs):  # noqa: B905  (Python 3.7 has no `strict`)
        for _, a, b, c, d in SequenceMatcher(None, line, made, autojunk=False).get_opcodes():
            # A mark that was exchanged may have gained a blank before or behind it.
            left = [k for k in range(a, b) if not line[k].isspace() or b - a == d - c]
            right = [k for k in range(c, d) if not made[k].isspace() or b - a == d - c]
            for ours_at, theirs_at in zip(left, right):  # noqa: B905
                found[there + theirs_at] = start + ours_at
    return found


def memory():
    """The most bytes that this process has held; what `getrusage` says may be the parent's, from before the start."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def serve(load):
    """Loads the ways of reading and answers until the pipe ends.

    Args:
        load: from the options that the bench gives to a dictionary of names to ways of reading.
    """
    said = sys.stdout
    sys.stdout = sys.stderr  # what a program prints must not stand among the answers
    began = time.perf_counter()
    ways = load(json.loads(sys.argv[1]))

    def say(answer):
        said.write(json.dumps(answer) + "\n")
        said.flush()

    say({"ways": list(ways), "loaded": time.perf_counter() - began, "memory": memory()})
    for line in sys.stdin:
        wanted = json.loads(line)
        texts = [json.loads(sys.stdin.readline()) for _ in range(wanted["texts"])]
        found, refused, read = 0, [], []
        began, used = time.perf_counter(), time.process_time()
        for one in ways[wanted["way"]](texts):
            found += len(one)
            refused += one.refused
            if wanted["spans"]:
                read.append(one)
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        reasons = sorted({reason[:200] for reason in refused})
        say({"seconds": seconds, "cpu_seconds": cpu, "memory": memory(), "found": found, "refused": len(refused),
             "reasons": reasons[:3], "quotations": [one.placed() for one in read]})  # fmt: skip
