"""The labelled pairs of utterances as renderings: what `bench.linking.utterances` measures on.

The labels are offsets into the corpora; act, negation, figures and times are what the reader makes of those characters.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

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
TIMELINES = "timelines"
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


def moment(written: str | None) -> datetime | None:
    """A written time, in UTC where it has no zone."""
    if not written:
        return None
    when = datetime.fromisoformat(written.replace("Z", "+00:00"))
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def labels(name: str) -> list[dict[str, Any]]:
    """The rows of one labelled set, none where it is not there."""
    path = HERE / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


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
            ends.append(
                rendering(
                    text,
                    span,
                    report=report,
                    speaker=row.get("speaker"),
                    published=moment(row.get(f"published_{side}")),
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

    def __init__(self, corpora: Path, rows: list[dict[str, Any]]) -> None:
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
        if wanted and sha256(text.encode()).hexdigest() != wanted:
            raise ValueError(f"{corpus}: {report} is not the text that was labelled")
        return text, span, report

    def _corpus(self, row: Mapping[str, Any], side: str) -> str:
        if "pair" in row[side]:
            return QUOTE_PAIRS
        return str(row.get(f"corpus_{side}") or row["corpus"])

    def _read(self, corpus: str, names: set[str]) -> Iterator[tuple[str, str]]:
        path = self._corpora / corpus
        if corpus == QUOTE_PAIRS:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                row = json.loads(line)
                yield from ((f"{number}{side}", row[side]["quote"]) for side in "ab" if f"{number}{side}" in names)
        elif path.suffix == ".txt":
            yield path.name, path.read_text("utf-8")
        elif corpus.endswith((".jsonl", ".jsonl.gz")):
            opened = gzip.open if corpus.endswith(".gz") else open
            with opened(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    name = row.get("ID") or row.get("id")
                    if name in names:
                        yield name, row.get("text") or row.get("content_original") or ""
        elif corpus.startswith(TIMELINES):
            yield from updates(path)
        else:
            raise ValueError(f"{corpus}: not known how to read it")


def _name(where: Mapping[str, Any]) -> str:
    """What a labelled place is called inside its corpus."""
    if "pair" in where:
        return f"{where['pair']}{where['side']}"
    return f"{where['file']}#{where['row']}" if "file" in where else str(where["doc"])


def updates(archive: Path) -> Iterator[tuple[str, str]]:
    """The worded updates of the timelines: named by file and row."""
    with tarfile.open(archive) as members:
        for member in members:
            part = members.extractfile(member) if member.name.endswith(".tsv") else None
            if part is not None:
                text = io.StringIO(part.read().decode("utf-8-sig"), newline="")
                for number, row in enumerate(csv.DictReader(text, delimiter="\t"), start=1):
                    yield f"{member.name}#{number}", row["Update"]
