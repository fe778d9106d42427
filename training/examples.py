"""Turns annotated reports into training examples: word labels and pointers inside windows.

Labels are flat BIO over source, cue and content (`encoder.LABELS`). Two pointers tie spans into attributions: a content
word points at the words of its cue, a cue word at the words of its source; position 0 (`[CLS]`) stands for none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from onrecord.reading.decode import ROLES
from onrecord.reading.windows import Window, Windower
from training.polnear import Annotated

IGNORE = -100


@dataclass(frozen=True, slots=True)
class Soft:
    """What a teacher says of a window: probabilities of labels `[n, 7]` and of pointers `[n, n]`, rows by piece.

    A row of zeros takes no part in the loss.
    """

    labels: np.ndarray
    to_cue: np.ndarray
    to_source: np.ndarray


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its gold; arrays are of the window's length in pieces.

    `labels` are indices into `encoder.LABELS` (IGNORE off the heads of words). `to_cue` and `to_source` are boolean
    matrices `[from, to]`; a row without a true entry takes no part in the loss.
    """

    pieces: np.ndarray
    labels: np.ndarray
    to_cue: np.ndarray
    to_source: np.ndarray
    soft: Soft | None = None

    def with_soft(self, soft: Soft) -> Self:
        """The example with a teacher's word beside the gold."""
        return replace(self, soft=soft)


def make_examples(report: Annotated, windower: Windower) -> Iterable[Example]:
    """The examples of one annotated report."""
    for window in windower.windows(report.text):
        yield make_example(report, window)


def make_example(report: Annotated, window: Window) -> Example:
    """Labels and pointers of one window; where attributions overlap, cue wins over source over content."""
    size = len(window.pieces)
    inside = np.flatnonzero(window.heads)
    labels = np.where(window.heads, 0, IGNORE)
    to_cue = np.zeros((size, size), bool)
    to_source = np.zeros((size, size), bool)
    # Longer contents first, so that one nested in another keeps its own words.
    order = sorted(report.attributions, key=lambda a: -sum(s.end - s.start for s in a.content))
    members: list[dict[str, np.ndarray]] = []
    for role in ("content", "source", "cue"):
        base = 1 + 2 * ROLES.index(role)
        for attribution in order:
            for span in attribution.role(role):
                hit = inside[(window.starts[inside] < span.end) & (window.ends[inside] > span.start)]
                if len(hit):
                    labels[hit] = base + 1
                    labels[hit[0]] = base
                    after = inside[inside > hit[-1]]
                    if len(after) and labels[after[0]] in (2, 4, 6) and labels[after[0]] != base + 1:
                        labels[after[0]] -= 1
    for attribution in order:
        found = {}
        for role in ROLES:
            base = 1 + 2 * ROLES.index(role)
            words = [
                inside[(window.starts[inside] < span.end) & (window.ends[inside] > span.start)]
                for span in attribution.role(role)
            ]
            flat = np.concatenate(words) if words else np.zeros(0, int)
            found[role] = flat[(labels[flat] == base) | (labels[flat] == base + 1)]
        members.append(found)
    for found in members:
        if len(found["content"]):
            to_cue[np.ix_(found["content"], found["cue"] if len(found["cue"]) else [0])] = True
        if len(found["cue"]):
            to_source[np.ix_(found["cue"], found["source"] if len(found["source"]) else [0])] = True
    return Example(window.pieces, labels, to_cue, to_source)
