"""Measures the reader on PolNeAR's dev part with the corpus's own scorer, where the corpora are at hand.

The corpus marks outermost attributions: what is said inside a content is not annotated again. So only statements that
are not nested in another are handed to the scorer; `bench.quality.nested` measures the others.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from onrecord.domain.reports import Report
from onrecord.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """F1 scores in percent, None where a system has none; names as in the table's header."""

    system: str
    source: float | None
    cue: float | None
    content: float | None
    linked: float | None
    quoted: float | None
    indirect: float | None


def predict(reader: Reader, corpus: Path, target: Path, split: str = "dev") -> int:
    """Writes the reader's attributions of a split as the scorer reads them; returns the number of reports."""
    paths = sorted((corpus / split / "text").glob("*.txt"))
    with target.open("w", encoding="utf-8") as file:
        for path in paths:
            statements = reader.read_report(Report(capture="", text=path.read_text(encoding="utf-8")))
            rows = [
                {role: [[span.start, span.end] for span in getattr(s, role)] for role in ("source", "cue", "content")}
                for s in statements
                if s.nested_in is None
            ]
            file.write(json.dumps({"doc": path.stem, "attributions": rows}) + "\n")
    return len(paths)


def scored(predictions: Path, corpora: Path) -> dict[str, dict[str, dict[str, float]]]:
    """What the corpus's own scorer says of predictions on dev: by the published protocol, and of whole attributions."""
    command = [sys.executable, str(corpora.parent / "tools" / "score_polnear.py"), str(predictions)]
    command += ["--corpus", str(corpora / "polnear"), "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, dict[str, dict[str, float]]] = json.loads(printed)
    return found


def measure(reader: Reader, corpora: Path) -> Row:
    """The reader's row on dev."""
    corpus = corpora / "polnear"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "predictions.jsonl"
        predict(reader, corpus, target)
        found = scored(target, corpora)
    published, whole = found["published"], found["attribution"]
    names = ("linked", "linked.quoted", "linked.indirect")
    return Row(
        f"onrecord {reader.identity.name} {reader.identity.version}",
        *(100 * published[role]["f"] for role in ("source", "cue", "content")),
        *(100 * whole[name]["f"] for name in names),
    )
