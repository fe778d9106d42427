"""The labelled pairs of utterances as renderings: what `bench.linking.utterances` measures on.

The labels are offsets into the corpora; act, negation, figures and times are what the reader makes of those characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.corpora import TIMELINES, Row, check, moment, name_of, rows_named, rows_of, text_of, updates
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.domain.utterances import Rendering
from onrecord.reading.acts import act_of
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times

HERE = Path(__file__).parent
QUOTATIONS, FEBRUARY, PARAPHRASES = "quotations", "february", "paraphrases"
SETS = (QUOTATIONS, FEBRUARY, PARAPHRASES)
QUOTE_PAIRS = "stories/quote-pairs.jsonl"
_MARKS = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Pair:
    """Two renderings, whether a reader held them to be one act of speech, and in which half of the labels they are."""

    a: Rendering
    b: Rendering
    same: bool
    split: str
    doubtful: bool
    of: str
    note: str


def rendering(
    text: str,
    span: Span,
    *,
    report: str,
    speaker: str | None,
    published: datetime | None,
    outlet: str | None = None,
    quoted: bool = False,
    passage: str | None = None,
) -> Rendering:
    """One passage as `linking` gets it, with what the reader makes of its characters."""
    times = find_times(text, span, published)
    acted = act_of(text, span, (), Kind.DIRECT if quoted else Kind.INDIRECT)
    return Rendering(
        passage=passage or f"{report}:{span.start}-{span.end}",
        statement=f"{report}:{span.start}",
        report=report,
        span=span,
        words=span.of(text),
        act=acted.act,
        negated=acted.negated,
        conditional=acted.conditional,
        quoted=quoted,
        figures=tuple(find_figures(text, span, times)),
        times=tuple(times),
        speaker=speaker,
        actor=speaker and f"name:{speaker}",
        outlet=outlet,
        published=published,
    )


def is_quoted(text: str, span: Span) -> bool:
    """Whether quotation marks stand at either edge of the span, inside or outside."""
    edges = text[max(0, span.start - 1) : span.start + 1] + text[span.end - 1 : span.end + 2]
    return any(one in _MARKS for one in edges)


def labels(name: str) -> list[Row]:
    """The rows of one labelled set."""
    return list(rows_of(HERE / f"{name}.jsonl"))


def pairs(name: str, corpora: Path) -> list[Pair]:
    """The pairs of one labelled set.

    Raises:
        ValueError: when the corpora hold another text than the one that was labelled.
    """
    rows = labels(name)
    texts = Texts(corpora, rows)
    found = []
    for number, row in enumerate(rows):
        ends = []
        for side in ("a", "b"):
            text, span, report = texts.at(row, side)
            published = row.get(f"published_{side}")
            ends.append(
                rendering(
                    text,
                    span,
                    report=report,
                    speaker=row.get("speaker"),
                    published=moment(published) if published else None,
                    outlet=row.get(f"outlet_{side}"),
                    quoted=name == QUOTATIONS or is_quoted(text, span),
                    passage=f"{number}{side}",
                )
            )
        found.append(
            Pair(ends[0], ends[1], row["same"], row["split"], bool(row.get("doubtful")), name, row.get("note", ""))
        )
    return found


class Texts:
    """The labelled texts of the corpora, each read once."""

    def __init__(self, corpora: Path, rows: list[Row]) -> None:
        self._corpora = corpora
        self._texts: dict[tuple[str, str], str] = {}
        wanted: dict[str, set[str]] = {}
        for row in rows:
            for side in ("a", "b"):
                wanted.setdefault(self._corpus(row, side), set()).add(_name(row[side]))
        for corpus, names in wanted.items():
            for name, text in self._read(corpus, names):
                self._texts[corpus, name] = text

    def at(self, row: Mapping[str, Any], side: str) -> tuple[str, Span, str]:
        """The text, the labelled span and the report's name."""
        where, corpus, report = row[side], self._corpus(row, side), _name(row[side])
        text = self._texts[corpus, report]
        span = Span(where.get("start", 0), where.get("end", len(text)))
        wanted = row.get(f"sha256_{side}") or where.get("sha256")
        if wanted:
            check(text, wanted, f"{report} of {corpus}")
        return text, span, report

    def _corpus(self, row: Mapping[str, Any], side: str) -> str:
        if "pair" in row[side]:
            return QUOTE_PAIRS
        return str(row.get(f"corpus_{side}") or row["corpus"])

    def _read(self, corpus: str, names: set[str]) -> Iterator[tuple[str, str]]:
        path = self._corpora / corpus
        if corpus == QUOTE_PAIRS:
            for number, row in enumerate(rows_of(path), start=1):
                yield from ((f"{number}{side}", row[side]["quote"]) for side in "ab" if f"{number}{side}" in names)
        elif path.suffix == ".txt":
            yield path.name, path.read_text("utf-8")
        elif corpus.endswith((".jsonl", ".jsonl.gz")):
            yield from ((name_of(row), text_of(row)) for row in rows_named(path, names))
        elif corpus == TIMELINES:
            for file, table in updates(self._corpora):
                yield from ((f"{file}#{number}", row["Update"]) for number, row in enumerate(table, start=1))
        else:
            raise ValueError(f"{corpus}: not known how to read it")


def _name(where: Mapping[str, Any]) -> str:
    """What a labelled place is called inside its corpus."""
    if "pair" in where:
        return f"{where['pair']}{where['side']}"
    return f"{where['file']}#{where['row']}" if "file" in where else str(where["doc"])
