"""What became of the statements of a report in a later text of its page: kept, changed, gone, and which are new.

The statements of the earlier text go on pointing at it: that text stays on the record as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.domain.text_changes import likeness, words
from onrecord.ledger.view import RecordedStatement
from onrecord.publishing.exports import joined

NEARLY: Final = 0.6
"""How much two contents share of their words at least, that the later is held to be the earlier in other words."""
MOST_COMPARED: Final = 300
"""Statements of either text that are compared by their likeness, those that stand first."""


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of statements; `changed` are pairs of the earlier and the later."""

    kept: tuple[tuple[RecordedStatement, RecordedStatement], ...]
    changed: tuple[tuple[RecordedStatement, RecordedStatement], ...]
    gone: tuple[RecordedStatement, ...]
    new: tuple[RecordedStatement, ...]


def fates(old: Sequence[RecordedStatement], new: Sequence[RecordedStatement]) -> Fates:
    """Which of the later statements is which of the earlier.

    One whose content has the same words and whose speaker is the same is kept; one of nearly the same words, or of the
    same words of another speaker, is changed: the likest first, and of two as like those that stand first.
    """
    waiting: dict[tuple[str | None, tuple[str, ...]], list[RecordedStatement]] = {}
    for one in new:
        waiting.setdefault(_key(one), []).append(one)
    kept, left = [], []
    for one in old:
        same = waiting.get(_key(one))
        if same:
            kept.append((one, same.pop(0)))
        else:
            left.append(one)
    taken = {id(other) for _, other in kept}
    others = [one for one in new if id(one) not in taken]
    ours, theirs = ([Counter(words(joined(one.content))) for one in every[:MOST_COMPARED]] for every in (left, others))
    pairs = sorted(
        (-like, a, b)
        for a, one in enumerate(ours)
        for b, other in enumerate(theirs)
        if (like := likeness(one, other)) >= NEARLY
    )
    of_old: dict[int, int] = {}
    of_new: set[int] = set()
    for _, a, b in pairs:
        if a not in of_old and b not in of_new:
            of_old[a] = b
            of_new.add(b)
    return Fates(
        kept=tuple(kept),
        changed=tuple((left[a], others[b]) for a, b in sorted(of_old.items())),
        gone=tuple(one for a, one in enumerate(left) if a not in of_old),
        new=tuple(one for b, one in enumerate(others) if b not in of_new),
    )


def _key(one: RecordedStatement) -> tuple[str | None, tuple[str, ...]]:
    return one.statement.speaker.name, tuple(words(joined(one.content)))
