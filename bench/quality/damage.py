"""How much the reader loses on damaged text: `python -m bench.quality.damage --corpora DIR`.

Perturbs PolNeAR's dev part as the web damages news, carries the gold spans along, and prints linked F1 for each kind
of damage beside the clean text. Every kind is drawn with its own fixed seed.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality.attributions import Attribution, Scores, score_report
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.reading.reader import Reader, TaggerReader
from onrecord.sources.furniture import furniture
from training.polnear import Annotated, read_split


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `[start, end)` of a text give way to `new`."""

    start: int
    end: int
    new: str


Kind = Callable[[str, random.Random], Iterator[Edit]]


def no_damage(text: str, rng: random.Random) -> Iterator[Edit]:  # noqa: ARG001
    yield from ()


def closing_marks_dropped(text: str, rng: random.Random) -> Iterator[Edit]:
    """A third of the closing quotation marks are gone."""
    for found in re.finditer(r"”|(?<=[\w.,!?])\"", text):
        if rng.random() < 1 / 3:
            yield Edit(*found.span(), "")


def straight_for_curly(text: str, rng: random.Random) -> Iterator[Edit]:  # noqa: ARG001
    for found in re.finditer("[“”]", text):
        yield Edit(*found.span(), '"')


def words_glued(text: str, rng: random.Random) -> Iterator[Edit]:
    """One space in forty between two words is lost."""
    for found in re.finditer(r"(?<=\w) (?=\w)", text):
        if rng.random() < 1 / 40:
            yield Edit(*found.span(), "")


def paragraphs_joined(text: str, rng: random.Random) -> Iterator[Edit]:
    """Half of the breaks between paragraphs are spaces."""
    for found in re.finditer(r"\s*\n\s*", text):
        if rng.random() < 1 / 2:
            yield Edit(*found.span(), " ")


def boilerplate_between(text: str, rng: random.Random) -> Iterator[Edit]:
    """A quarter of the breaks between paragraphs hold what pages leave behind."""
    lines = ("Related news", "Read more: Minister says talks will go on", "Advertisement", "Source link", "Share this")
    for found in re.finditer(r"\n\s*\n", text):
        if rng.random() < 1 / 4:
            yield Edit(found.start(), found.start(), f"\n\n{rng.choice(lines)}")


def articles_lost(text: str, rng: random.Random) -> Iterator[Edit]:
    """A third of the articles are gone, as machine translation loses them."""
    for found in re.finditer(r"(?<!\w)(?:[Tt]he|an?) (?=\w)", text):
        if rng.random() < 1 / 3:
            yield Edit(*found.span(), "")


KINDS: dict[str, Kind] = {
    "none": no_damage,
    "closing marks dropped": closing_marks_dropped,
    "straight for curly": straight_for_curly,
    "words glued": words_glued,
    "paragraphs joined": paragraphs_joined,
    "boilerplate between": boilerplate_between,
    "articles lost": articles_lost,
}


def damaged(text: str, edits: Sequence[Edit]) -> tuple[str, Callable[[Span], Span | None]]:
    """The text after edits that are in order and apart, and where a span of the old text is in the new one.

    A span that loses all of its characters is None.
    """
    pieces: list[str] = []
    moved = [0] * (len(text) + 1)
    at = length = 0
    for edit in edits:
        for k in range(at, edit.start):
            moved[k] = length + k - at
        length += edit.start - at
        pieces += [text[at : edit.start], edit.new]
        # An insertion belongs to neither side; of a replacement the new characters stand for the old ones.
        for k in range(edit.start, edit.end):
            moved[k] = length + min(k - edit.start, len(edit.new))
        length += len(edit.new)
        at = edit.end
    for k in range(at, len(text) + 1):
        moved[k] = length + k - at
    pieces.append(text[at:])

    def follow(span: Span) -> Span | None:
        start, end = moved[span.start], moved[span.end - 1] + 1
        gone = all(any(e.start <= k < e.end and not e.new for e in edits) for k in (span.start, span.end - 1))
        return Span(start, end) if start < end and not (gone and end - start <= 1) else None

    return "".join(pieces), follow


def linked(reader: Reader, reports: Sequence[Annotated], kind: Kind, seed: int) -> Scores:
    """The scores on reports damaged in one way."""
    scores, rng = Scores(), random.Random(seed)
    for report in reports:
        text, follow = damaged(report.text, list(kind(report.text, rng)))
        gold = [
            Attribution(
                *(tuple(s for span in a.role(role) if (s := follow(span))) for role in ("source", "cue", "content")),
                kind="",
            )
            for a in report.attributions
            if a.content
        ]
        found = [
            Attribution(s.source, s.cue, s.content, "")
            for s in reader.read_report(Report(capture="", text=text, marks=furniture(text)))
            if s.nested_in is None
        ]
        score_report(text, gold, found, scores)
    return scores


def measure(reader: Reader, corpora: Path) -> dict[str, float]:
    """Linked F1 in percent on dev by kind of damage, the undamaged text first."""
    reports = list(read_split(corpora / "polnear", "dev", every_annotator=False))
    return {
        name: 100 * linked(reader, reports, kind, seed).f1("linked") for seed, (name, kind) in enumerate(KINDS.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds polnear/")
    args = parser.parse_args()
    found = measure(TaggerReader(), args.corpora)
    clean = next(iter(found.values()))
    print(f"{'damage':24} linked   loss")
    for name, f1 in found.items():
        print(f"{name:24} {f1:6.1f} {clean - f1:6.1f}")


if __name__ == "__main__":
    main()
