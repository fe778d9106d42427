"""From the tagger's probabilities to attributions: spans by constrained search, ties by the pointers.

Labels are decoded with Viterbi's algorithm inside each paragraph: I may only follow B or I of its role, and opening a
span right behind another of the same role costs something. Every content span is then given to the cue its words
point at, every cue to the sources its words point at; the contents of one cue are one statement, which mends most
contents that fell apart at a sentence's end or a quotation mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from onrecord.reading.encoder import LABELS, Words

ROLES = ("source", "cue", "content")
_FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Decoding:
    """What can be turned; the defaults are what dev liked best (see training/NOTES.md)."""

    split: float = 3.0
    """Cost, in nats, of opening a span right behind another of the same role."""
    no_cue: float = 0.5
    """A content whose words point at no cue with at least this much probability is left without one."""
    no_source: float = 0.5
    """Likewise for a cue and its sources."""
    share: float = 0.3
    """A second source of a cue needs this share of the pointer."""
    floor: float = 0.2
    """An attribution less certain than this, before calibration, is not made: few of them are right."""
    bridge: int = 8
    """Parts of one content are joined over up to so many words that are neither its source nor its cue."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words `[first, last]` of one window that carry one role; `sure` is the mean probability of their labels."""

    role: str
    first: int
    last: int
    sure: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """One decoded attribution as runs of words; `tie` is how surely its parts belong together, 0 to 1."""

    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]
    tie: float


@cache
def transitions(split: float) -> np.ndarray:
    """Cost (as a log-score) of going from label to label, `[7, 7]`; made once, and not to be changed."""
    cost = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for i, before in enumerate(LABELS):
        for j, after in enumerate(LABELS):
            if after[0] == "I" and before[2:] != after[2:]:
                cost[i, j] = _FORBIDDEN
            if after[0] == "B" and before[2:] == after[2:]:
                cost[i, j] = -split
    cost.flags.writeable = False
    return cost


def best_labels(log_probabilities: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """The most probable allowed sequence of labels for `[n, 7]` log-probabilities (Viterbi, 1967); no cost is above 0.

    Where each word's most probable label may follow the one before and costs nothing, no other sequence can be better,
    and there is nothing to search for. That holds for most paragraphs.
    """
    n = len(log_probabilities)
    best: np.ndarray = log_probabilities.argmax(1)
    if LABELS[best[0]][0] != "I" and not cost[best[:-1], best[1:]].any() and _is_clear(log_probabilities):
        return best
    score = log_probabilities[0].copy()
    score[[k for k, label in enumerate(LABELS) if label[0] == "I"]] = _FORBIDDEN
    into = np.ascontiguousarray(cost.T)
    paths = np.empty((n, *into.shape), log_probabilities.dtype)
    for here, its in zip(log_probabilities[1:], paths[1:], strict=True):
        np.add(into, score, its)
        np.maximum.reduce(its, 1, None, score)
        score += here
    found = [int(score.argmax())]
    for before in reversed(paths[1:].argmax(2).tolist()):
        found.append(before[found[-1]])
    return np.asarray(found[::-1])


def _is_clear(log_probabilities: np.ndarray) -> bool:
    """Whether each word prefers one label by more than sums over all of the words can be rounded by."""
    second, first = np.partition(log_probabilities, -2, axis=1)[:, -2:].T
    rounding = np.finfo(log_probabilities.dtype).eps * len(first) * (1 + 2 * np.abs(first).sum())
    return bool((first - second).min() > rounding)


def runs(words: Words, decoding: Decoding) -> list[Run]:
    """The labelled runs of a window in order; none crosses a paragraph."""
    cost = transitions(decoding.split)
    found: list[Run] = []
    edges = np.flatnonzero(np.diff(words.paragraph)) + 1
    for block in np.split(np.arange(len(words.starts)), edges):
        if not len(block):
            continue
        labels = best_labels(words.labels[block], cost)
        first: int | None = None
        for k, label in enumerate([*labels.tolist(), 0]):
            name = LABELS[label]
            if first is not None and name[0] != "I":
                role = LABELS[labels[first]][2:]
                span = block[first:k]
                sure = float(np.exp(words.labels[span, labels[first:k]]).mean())
                found.append(Run(role, int(span[0]), int(span[-1]), sure))
                first = None
            if name[0] == "B":
                first = k
    return found


def attributions(words: Words, decoding: Decoding | None = None) -> list[Attribution]:
    """The attributions of a window, in order of their contents."""
    decoding = decoding or Decoding()
    found = runs(words, decoding)
    sources, cues, contents = ([run for run in found if run.role == role] for role in ROLES)
    given: dict[int, list[tuple[Run, float]]] = {k: [] for k in range(len(cues))}
    loose: list[tuple[Run, float]] = []
    for content in contents:
        shares = _shares(words.to_cue, content, cues)
        best = int(shares[:-1].argmax()) if cues else -1
        apart = best >= 0 and words.paragraph[cues[best].first] != words.paragraph[content.first]
        if best >= 0 and not apart and shares[best] >= min(decoding.no_cue, shares[-1]):
            given[best].append((content, float(shares[best])))
        else:
            loose.append((content, float(shares.max())))
    out = []
    for k, parts in given.items():
        if parts:
            chosen, sure = _sources_of(words, cues[k], sources, decoding)
            tie = sure * min(share for _, share in parts)
            out.append(Attribution(chosen, (cues[k],), tuple(content for content, _ in parts), tie))
    out.extend(Attribution((), (), (content,), share) for content, share in loose)
    return sorted(out, key=lambda a: (a.content[0].first, a.content[0].last))


def _sources_of(words: Words, cue: Run, sources: Sequence[Run], decoding: Decoding) -> tuple[tuple[Run, ...], float]:
    shares = _shares(words.to_source, cue, sources)
    best = int(shares[:-1].argmax()) if sources else -1
    if best < 0 or shares[best] < min(decoding.no_source, shares[-1]):
        return (), float(shares[-1])
    chosen = [k for k, share in enumerate(shares[:-1]) if k == best or share >= decoding.share]
    return tuple(sources[k] for k in chosen), float(min(1.0, shares[chosen].sum()))


def _shares(pointer: np.ndarray, run: Run, targets: Sequence[Run]) -> np.ndarray:
    """Mean probability with which a run's words point at each target, and last at none; `[len(targets) + 1]`."""
    rows = pointer[run.first : run.last + 1].mean(0)
    return np.asarray([rows[t.first : t.last + 1].sum() for t in targets] + [rows[-1]])
