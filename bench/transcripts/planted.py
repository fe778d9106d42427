"""Quotations planted from transcripts by rule: which mark each gets, against the one it was made to have.

From each transcript sentences of the one who speaks most are taken and left as they are (with another case, other marks
and a comma less), cut in the middle with or without an ellipsis, joined with a sentence from elsewhere, or changed in
one to three words; sentences of other transcripts are mixed in, which are not there.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.transcripts.material import kremlin, loosely_labelled
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.linking.quotations import Fidelity, Spoken, set_beside
from onrecord.reading.transcripts import Turn, turns_of
from onrecord.reading.windows import sentences

SEED: Final = "planted quotations"
TRANSCRIPTS: Final = 120
OF_EACH: Final = 5
"""Quotations of each kind from one transcript."""
WORDS: Final = (8, 45)
"""Words of a sentence that is taken, at least and at most."""

Confusion = Counter[tuple[Fidelity, Fidelity]]


def measured(corpora: Path, transcripts: int = TRANSCRIPTS) -> Confusion:
    """How often a quotation made to be one thing was marked as another: (made, marked) by number."""
    found = [(name, report, turns) for name, report in kremlin(corpora) if (turns := _turns(report))]
    random.Random(SEED).shuffle(found)
    chosen = found[:transcripts]
    confusion: Confusion = Counter()
    for place, (name, report, turns) in enumerate(chosen):
        rng = random.Random(f"{SEED} {name}")
        spoken = Spoken(report.text, [[span for part in turn.words for span in part] for turn in turns])
        mine = list(_sentences(report.text, turns))
        _, other, others = chosen[(place + 1) % len(chosen)]
        foreign = [one for _, one in _sentences(other.text, others)]
        for made, quotation in planted(mine, foreign, rng):
            confusion[made, set_beside(quotation, spoken).fidelity] += 1
    return confusion


def planted(
    mine: Sequence[tuple[int, str]], foreign: Sequence[str], rng: random.Random
) -> Iterator[tuple[Fidelity, str]]:
    """Quotations made of the sentences of one transcript, which are numbered, and of another one."""
    if len(mine) < 3 * OF_EACH or len(foreign) < OF_EACH:
        return
    for _, sentence in rng.sample(mine, OF_EACH):
        yield Fidelity.VERBATIM, f"“{_restyled(sentence, rng)}”"
    for _, sentence in rng.sample(mine, OF_EACH):
        yield Fidelity.CUT, _cut(sentence, rng)
    for _ in range(OF_EACH):
        (a, first), (b, second) = rng.sample(mine, 2)
        while abs(a - b) < 6:
            (a, first), (b, second) = rng.sample(mine, 2)
        yield Fidelity.JOINED, f"{first} {second}"
    for _, sentence in rng.sample(mine, OF_EACH):
        yield Fidelity.CHANGED, _changed(sentence, foreign, rng)
    for sentence in rng.sample(list(foreign), OF_EACH):
        yield Fidelity.NOT_FOUND, sentence


def table(confusion: Confusion) -> list[str]:
    """The confusions as lines: what was made, a row each, and how it was marked, in percent."""
    lines = [f"{'made':12}{'number':>8}" + "".join(f"{mark.value:>11}" for mark in Fidelity)]
    for made in Fidelity:
        whole = sum(count for (one, _), count in confusion.items() if one is made)
        shares = "".join(f"{100 * confusion[made, mark] / max(whole, 1):11.1f}" for mark in Fidelity)
        lines.append(f"{made.value:12}{whole:8}{shares}")
    return lines


def _turns(report: Report) -> list[Turn]:
    """The turns of whoever says most, when the report is a transcript."""
    if loosely_labelled(report.text) < 3:
        return []
    by: dict[str, list[Turn]] = {}
    for turn in turns_of(report):
        by.setdefault((turn.label.name or "").split(" ")[-1], []).append(turn)
    by.pop("", None)
    return max(by.values(), key=lambda turns: sum(len(turn.words) for turn in turns), default=[])


def _sentences(text: str, turns: Sequence[Turn]) -> Iterator[tuple[int, str]]:
    number = 0
    for turn in turns:
        for part in turn.words:
            for span in part:
                for sentence in sentences(text, Span(span.start, span.end)):
                    number += 1
                    words = sentence.of(text).strip()
                    if WORDS[0] <= len(words.split()) <= WORDS[1]:
                        yield number, words


def _restyled(sentence: str, rng: random.Random) -> str:
    words = sentence.rstrip(".").replace("“", "‘").replace("”", "’")
    words = words[0].lower() + words[1:] if rng.random() < 0.5 else words
    return words.replace(",", "", 1) + ("," if rng.random() < 0.5 else "")


def _cut(sentence: str, rng: random.Random) -> str:
    words = sentence.split()
    size = rng.randint(1, max(1, len(words) // 3))
    at = rng.randint(2, len(words) - size - 2)
    mark = [rng.choice(["…", "...", "[...]"])] if rng.random() < 0.5 else []
    return " ".join([*words[:at], *mark, *words[at + size :]])


def _changed(sentence: str, foreign: Sequence[str], rng: random.Random) -> str:
    words = sentence.split()
    strange = [word for one in foreign for word in re.findall(r"[a-z]{4,}", one)]
    for at in rng.sample(range(1, len(words) - 1), min(3, rng.randint(1, 3))):
        old = re.sub(r"\W", "", words[at]).casefold()
        words[at] = rng.choice([word for word in strange if word != old])
    return " ".join(words)
