"""What is read: the archive of the corpora, or the project's own example told over and over with other numbers."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

from bench.corpora import ARCHIVE
from onrecord.settings import Settings
from onrecord.sources import gather
from onrecord.sources.example import reports_folder

POISON = "qzxpoison"
"""The word at which the reader of the bench ends its process."""

_READER = """
import os, signal
from onrecord.reading.readers import load_reader

class Poisoned:
    def __init__(self):
        self._usual = load_reader("tagger")
        self.identity = self._usual.identity

    def read_report(self, report):
        if "{word}" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._usual.read_report(report)
"""


def articles(folder: Path, corpora: Path | None, wanted: int | None) -> Path:
    """A gzipped file of JSON Lines with the first `wanted` articles; where that is None, the archive as it stands."""
    if corpora is not None and wanted is None:
        return corpora / ARCHIVE
    path = folder / "articles.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        if corpora is not None:
            with gzip.open(corpora / ARCHIVE) as lines:
                out.writelines(islice(lines, wanted))
        else:
            out.writelines(_invented(wanted or 60))
    return path


def with_poison(folder: Path, articles: Path, at: int) -> Path:
    """The same articles with one more among them that kills whoever reads it."""
    path = folder / "poisoned.jsonl.gz"
    bad = {
        "id": "poison",
        "text": f"“The {POISON} is in the water of the town,” Mayor Ida Holm said on Friday evening.",
    }
    with gzip.open(articles) as lines, gzip.open(path, "wb", compresslevel=1) as out:
        for number, line in enumerate(lines):
            if number == at:
                out.write(json.dumps(bad).encode() + b"\n")
            out.write(line)
    return path


def offered(folder: Path) -> Path:
    """A package that offers the reader "poisoned"; workers find it where it stands in PYTHONPATH."""
    info = folder / "poisoned-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poisoned\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[onrecord.readers]\npoisoned = poisoned:Poisoned\n", encoding="utf-8")
    (folder / "poisoned.py").write_text(_READER.replace("{word}", POISON), encoding="utf-8")
    return folder


def _invented(wanted: int) -> list[bytes]:
    with reports_folder() as folder:
        texts = [given.report.text for given in gather([folder], Settings()) if given.report]
    rows = ({"id": f"n{k}", "text": f"{texts[k % len(texts)]}\n\nThis is copy {k}."} for k in range(wanted))
    return [json.dumps(row).encode() + b"\n" for row in rows]
