"""How well times are found and told: `python -m bench.quality.times --corpora DIR [--mistakes]`.

Scores `find_times` on TimeBank and AQUAINT (timeml/TBAQ-cleaned) as TempEval-3 does (UzZaman et al., 2013): spans that
are the same (strict) or share a character (relaxed), and of the relaxed ones those with the same value. The time that a
document was made at is given, not scored. Documents are told apart by a hash of their names: two thirds are for tuning,
and their mistakes may be looked at; of the third that is kept back only the scores are. times_example.jsonl is an
invented set that carries its text.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bench.corpora import rows_of
from onrecord.domain.passages import Time
from onrecord.domain.spans import Span
from onrecord.reading.times import find_times

EXAMPLE = Path(__file__).parent / "times_example.jsonl"
ARCHIVE = "timeml/TBAQ-cleaned"
PARTS = ("tuning", "kept back")
_TAG = re.compile(r"<(/?)([A-Za-z0-9]+)([^<>]*)>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{1,8});")
_ATTRIBUTE = re.compile(r'([A-Za-z]+)\s*=\s*"([^"]*)"')
_PARAGRAPH = re.compile(r"\S(?:(?!\n[ \t]*\n).)*", re.DOTALL)
_MADE = re.compile(r"<DCT>.*?</DCT>", re.DOTALL)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")


@dataclass(frozen=True, slots=True)
class Expression:
    """One time expression of the gold."""

    span: Span
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its gold, and when it was made."""

    name: str
    text: str = field(repr=False)
    published: datetime | None
    gold: tuple[Expression, ...] = field(repr=False)

    @property
    def part(self) -> str:
        """Which part it is in; the name decides."""
        return PARTS[1] if int(sha256(self.name.encode()).hexdigest(), 16) % 3 == 0 else PARTS[0]


@dataclass(slots=True)
class Score:
    """Counts of one part; each F1 is in percent."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    valued: int = 0
    typed: int = 0

    def f1(self, right: int) -> float:
        return 200 * right / max(1, self.gold + self.found)

    def row(self) -> dict[str, float]:
        """The measures by name."""
        return {
            "strict": self.f1(self.strict),
            "relaxed": self.f1(self.relaxed),
            "value": self.f1(self.valued),
            "kind": self.f1(self.typed),
            "gold": self.gold,
            "found": self.found,
        }


def parsed(name: str, source: str) -> Document:
    """A TimeML document; broken mark-up costs what it marks and nothing else."""
    made = _MADE.search(source)
    moment = _MOMENT.search(made.group()) if made else None
    year, month, day, hour, minute = (int(part or 0) for part in moment.groups()) if moment else (0,) * 5
    published = datetime(year, month, day, hour, minute, tzinfo=UTC) if moment else None
    start = source.find("<TEXT>")
    end = source.find("</TEXT>", start)
    body = source[start + len("<TEXT>") if start >= 0 else 0 : end if end >= 0 else len(source)]
    pieces: list[str] = []
    length, last = 0, 0
    opened: list[tuple[int, dict[str, str]]] = []
    gold: list[Expression] = []
    for tag in _TAG.finditer(body):
        pieces.append(body[last : tag.start()])
        length += tag.start() - last
        last = tag.end()
        if tag.group(2) is None:
            pieces.append(html.unescape(tag.group()))
            length += len(pieces[-1])
        elif tag.group(2).upper() == "TIMEX3" and not tag.group(1):
            opened.append((length, dict(_ATTRIBUTE.findall(tag.group(3)))))
        elif tag.group(2).upper() == "TIMEX3" and opened:
            at, attributes = opened.pop()
            if at < length and attributes.get("functionInDocument") != "CREATION_TIME":
                kind, value = attributes.get("type", "").lower(), attributes.get("value", "")
                gold.append(Expression(Span(at, length), kind, value))
    pieces.append(body[last:])
    return Document(name, "".join(pieces), published, tuple(sorted(gold, key=lambda one: one.span)))


def documents(corpora: Path) -> Iterator[Document]:
    """The documents of both corpora in the order of their names."""
    for path in sorted((corpora / ARCHIVE).glob("*/*.tml")):
        if not path.name.startswith("."):
            yield parsed(path.name, path.read_text(encoding="utf-8", errors="replace"))


def examples(path: Path = EXAMPLE) -> Iterator[Document]:
    """The invented set; each line gives its text, when it was published and its gold in order: words, kind, value."""
    for number, row in enumerate(rows_of(path), 1):
        at, gold = 0, []
        for words, kind, value in row["times"]:
            start = row["text"].index(words, at)
            at = start + len(words)
            gold.append(Expression(Span(start, at), kind, value))
        published = datetime.fromisoformat(row["published"]) if row["published"] else None
        yield Document(f"line {number}", row["text"], published, tuple(gold))


def found_in(document: Document) -> list[Time]:
    """The times of a document, paragraph by paragraph, each read with those before it."""
    found: list[Time] = []
    for paragraph in _PARAGRAPH.finditer(document.text):
        found += find_times(document.text, Span(*paragraph.span()), document.published, before=found)
    return found


def paired(document: Document, found: list[Time]) -> list[tuple[Expression | None, Time | None]]:
    """Gold and found that share characters, most shared first, each used once; the rest stand alone."""

    def shared(one: Expression, other: Time) -> int:
        return min(one.span.end, other.span.end) - max(one.span.start, other.span.start)

    candidates = sorted(
        ((shared(one, other), i, k) for i, one in enumerate(document.gold) for k, other in enumerate(found)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    pairs: dict[int, int] = {}
    for characters, i, k in candidates:
        if characters > 0 and i not in pairs and k not in pairs.values():
            pairs[i] = k
    rows: list[tuple[Expression | None, Time | None]] = [
        (one, found[pairs[i]] if i in pairs else None) for i, one in enumerate(document.gold)
    ]
    return rows + [(None, other) for k, other in enumerate(found) if k not in pairs.values()]


def count(pairs: list[tuple[Expression | None, Time | None]], score: Score) -> None:
    """Adds the pairs of one document to a score."""
    for gold, found in pairs:
        score.gold += gold is not None
        score.found += found is not None
        if gold is not None and found is not None:
            score.relaxed += 1
            score.strict += gold.span == found.span
            score.valued += gold.value == found.value
            score.typed += gold.kind == found.kind.value


def measure(corpora: Path) -> dict[str, dict[str, float]]:
    """F1 in percent (strict, relaxed, value, kind) and the counts, by part."""
    scores = {part: Score() for part in PARTS}
    for document in documents(corpora):
        count(paired(document, found_in(document)), scores[document.part])
    return {part: score.row() for part, score in scores.items()}


def measure_example() -> dict[str, float]:
    """The same on the invented set."""
    score = Score()
    for document in examples():
        count(paired(document, found_in(document)), score)
    return score.row()


def mistakes(corpora: Path) -> Iterator[str]:
    """What went wrong on the tuning part, most frequent first."""
    counted: Counter[tuple[str, ...]] = Counter()
    for document in documents(corpora):
        if document.part != PARTS[0]:
            continue
        for gold, found in paired(document, found_in(document)):
            if gold is None or found is None or gold.value != found.value:
                shown = [f"{one.value} {one.span.of(document.text)!r}" if one else "-" for one in (gold, found)]
                counted[(shown[0], shown[1], document.name)] += 1
    for row, times in counted.most_common():
        yield f"{times:3} {row[0]:48} {row[1]:44} {row[2]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds timeml/")
    parser.add_argument("--mistakes", action="store_true", help="also list the mistakes of the tuning part")
    args = parser.parse_args()
    rows = {"example": measure_example()} | (measure(args.corpora) if args.corpora else {})
    print(f"{'part':10} {'strict':>7} {'relaxed':>8} {'value':>7} {'kind':>7} {'gold':>6} {'found':>6}")
    for part, row in rows.items():
        counts = f"{row['gold']:6.0f} {row['found']:6.0f}"
        print(f"{part:10} {row['strict']:7.1f} {row['relaxed']:8.1f} {row['value']:7.1f} {row['kind']:7.1f} {counts}")
    if args.mistakes and args.corpora:
        print(*mistakes(args.corpora), sep="\n")


if __name__ == "__main__":
    main()
