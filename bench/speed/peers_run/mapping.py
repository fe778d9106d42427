"""What a program found as attributions of the corpus: every reasonable way, since none was made for these rules.

Some programs mark the head of a source and others its phrase, some take the quotation marks and others leave them, some
cut at each mark. Which of it counts as right is a matter of the corpus, so a program is given the best of all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Spans = list[list[int]]
Quotation = dict[str, Spans]

_MARKS = '"“”„«»'
_CLOSES = re.compile(rf"[.,!?]?[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One way: whose words are the source, where the marks go, and whether pieces of one cue are one attribution."""

    source: str = "source"
    marks: str = "as given"
    joined: bool = False

    def attributions(self, text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
        """Attributions as the scorer takes them."""
        found = [
            {"source": one[self.source], "cue": one["cue"], "content": [self._marked(text, *s) for s in one["content"]]}
            for one in quotations
        ]
        return list(_joined(found)) if self.joined else found

    def _marked(self, text: str, start: int, end: int) -> list[int]:
        if self.marks == "inside":
            if start and text[start - 1] in _MARKS:
                start -= 1
            closing = _CLOSES.match(text, end)
            return [start, closing.end() if closing else end]
        if self.marks == "outside":
            kept = text[start:end].strip(_MARKS + " \n")
            start += text[start:end].find(kept)
            return [start, start + len(kept)]
        return [start, end]

    def __str__(self) -> str:
        said = ["grown to the noun phrase"] if self.source == "phrase" else []
        said += [] if self.marks == "as given" else [f"quotation marks {self.marks}"]
        said += ["pieces of one cue joined"] if self.joined else []
        return ", ".join(said) or "as given"


AS_GIVEN = Mapping()
MAPPINGS = [
    Mapping(*how) for how in itertools.product(("source", "phrase"), ("as given", "inside", "outside"), (False, True))
]


def _joined(found: Sequence[Quotation]) -> Iterator[Quotation]:
    """Attributions with one and the same cue as one, with the source of the first."""
    by_cue: dict[str, Quotation] = {}
    for one in found:
        first = by_cue.setdefault(str(one["cue"]) if one["cue"] else f"none {len(by_cue)}", {**one, "content": []})
        first["content"] = sorted(first["content"] + one["content"])
    yield from by_cue.values()
