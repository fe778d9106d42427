"""Scores attributions against gold, on tokens (`\\w+` or one mark of punctuation).

Role scores ask for exact token edges of every span, as CofeNet (Wang et al., COLING 2022) does. `linked` asks for a
content with a Jaccard overlap of at least 0.8 together with its own source of at least 0.5, matched one to one;
`speaker` asks of the linked ones whether the speaker is the gold one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.reading.decode import ROLES

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution, gold or found; `speaker` is a name to compare, None for unnamed."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str
    speaker: str | None = None

    @classmethod
    def of(cls, statement: Statement) -> Attribution:
        """What the reader found."""
        kind, speaker = statement.kind.value, statement.speaker.name
        return cls(statement.source, statement.cue, statement.content, kind, speaker)

    def role(self, name: str) -> tuple[Span, ...]:
        spans: tuple[Span, ...] = getattr(self, name)
        return spans


@dataclass(slots=True)
class Count:
    """Right, found and gold of one measure, and the shares from 0 to 1 that follow from them."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 when nothing is right."""
        return 2 * self.right / (self.found + self.gold) if self.right else 0.0


@dataclass(slots=True)
class Scores:
    """Counts by measure, summed over reports."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, measure: str, right: int, found: int, gold: int) -> None:
        count = self.counts.setdefault(measure, Count())
        count.right += right
        count.found += found
        count.gold += gold

    def f1(self, measure: str) -> float:
        return self.counts[measure].f1 if measure in self.counts else 0.0


class _Tokens:
    def __init__(self, text: str) -> None:
        places = [m.span() for m in _TOKEN.finditer(text)]
        self.starts = [a for a, _ in places]
        self.ends = [b for _, b in places]

    def edges(self, span: Span) -> tuple[int, int]:
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def cover(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(k for span in spans for k in range(*self.edges(span)))


def score_report(text: str, gold: Sequence[Attribution], found: Sequence[Attribution], scores: Scores) -> None:
    """Adds one report to `scores`."""
    tokens = _Tokens(text)
    for role in ROLES:
        # Spans shared by several attributions count once, as in a flat labelling.
        wanted = {tokens.edges(span) for a in gold for span in a.role(role)}
        given = {tokens.edges(span) for a in found for span in a.role(role)}
        scores.add(role, len(wanted & given), len(given), len(wanted))
    pairs = _linked(tokens, gold, found)
    scores.add("linked", len(pairs), len(found), len(gold))
    of_gold = Counter("indirect" if a.kind == "indirect" else "quoted" for a in gold)
    of_found = Counter("indirect" if a.kind == "indirect" else "quoted" for a in found)
    right = Counter("indirect" if gold[g].kind == "indirect" else "quoted" for g, _ in pairs)
    for name in ("quoted", "indirect"):
        scores.add(f"linked {name}", right[name], of_found[name], of_gold[name])
    named = [(gold[g].speaker, found[f].speaker) for g, f in pairs]
    answered = [(wanted, given) for wanted, given in named if given is not None]
    scores.add("speaker", sum(same_name(wanted, given) for wanted, given in answered), len(answered),
               sum(wanted is not None for wanted, _ in named))  # fmt: skip
    kinds = sum(gold[g].kind == found[f].kind for g, f in pairs)
    scores.add("kind", kinds, len(pairs), len(pairs))


def linked_pairs(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Which gold attribution each found one renders, as pairs of their numbers."""
    return _linked(_Tokens(text), gold, found)


def same_name(wanted: str | None, given: str) -> bool:
    """The same name, letter case and a leading article aside."""

    def plain(name: str) -> str:
        return name.casefold().removeprefix("the ")

    return wanted is not None and plain(wanted) == plain(given)


def _linked(tokens: _Tokens, gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """One-to-one pairs, best content overlap first."""
    candidates = []
    for g, wanted in enumerate(gold):
        wanted_content, wanted_source = tokens.cover(wanted.content), tokens.cover(wanted.source)
        for f, given in enumerate(found):
            content = _jaccard(wanted_content, tokens.cover(given.content))
            source = _jaccard(wanted_source, tokens.cover(given.source))
            if content >= 0.8 and source >= 0.5:
                candidates.append((-content, -source, g, f))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, _, g, f in sorted(candidates):
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            pairs.append((g, f))
    return pairs


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0
