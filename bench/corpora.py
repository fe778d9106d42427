"""What the labelled sets speak of: reports of the corpora by id, held to the sum of the text that was labelled.

A labelled set holds ids and offsets and no text. A corpus is named by its path inside the folder of the corpora: JSON
lines or CSV, plain or compressed, or a folder of texts.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tarfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.domain.reports import Report
from onrecord.settings import Settings
from onrecord.sources import gather

ARCHIVE = "reports/us-2018-2020/articles_2018_2020.jsonl.gz"
FIVE_COUNTRIES = "reports/ukraine-five-countries.jsonl"
NEW_YORK_TIMES = "reports/ukraine-2022-nyt.jsonl"
CASUALTIES = "reports/syria-casualties/FA-KES-Dataset.csv"
FEBRUARY = "reports/february-2022"
STORIES = ("stories/basil.jsonl", "stories/clusters.jsonl")
TIMELINES = "timelines/data/events.tar.gz"

Row = dict[str, Any]
_NAMES = ("id", "ID", "url")


def rows_of(path: Path, encoding: str = "utf-8", errors: str = "strict") -> Iterator[Row]:
    """The rows of a file of JSON lines or CSV, one after the other."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding=encoding, errors=errors, newline="") as lines:
        if path.suffix == ".csv":
            csv.field_size_limit(sys.maxsize)
            yield from csv.DictReader(lines)
        else:
            yield from map(json.loads, lines)


def name_of(row: Mapping[str, Any]) -> str:
    """The id of a report, or the address of one that has no id."""
    return str(next((row[name] for name in _NAMES if row.get(name)), ""))


def text_of(row: Mapping[str, Any]) -> str:
    """The text of a report as it stands in its corpus."""
    return row.get("text") or row.get("content_original") or ""


def rows_named(path: Path, wanted: Collection[str]) -> Iterator[Row]:
    """The wanted rows of one corpus file."""
    return (row for row in rows_of(path) if name_of(row) in wanted)


def reports(corpora: Path, corpus: str, wanted: Collection[str]) -> Iterator[tuple[str, Report]]:
    """The wanted reports of one corpus by name, read as `onrecord read` would; those that are not there are left out.

    Some corpora give one name to several reports: all of them are given.
    """
    place = corpora / corpus
    if place.is_dir():
        return _gathered([place / name for name in sorted(wanted) if (place / name).is_file()])
    return gathered(rows_named(place, wanted))


def casualties(corpora: Path) -> Iterator[Row]:
    """The reports of CASUALTIES, which are numbered there, under ids and without their days."""
    for row in rows_of(corpora / CASUALTIES, errors="replace"):
        yield {"id": f"syria-{row['unit_id']}", "text": row["article_content"]}


def gathered(records: Iterable[Row]) -> Iterator[tuple[str, Report]]:
    """Records as reports by name, read as `onrecord read` would."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chosen.jsonl"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in records)
        yield from _gathered([path])


def _gathered(paths: Sequence[Path]) -> Iterator[tuple[str, Report]]:
    for given in gather(paths, Settings()):
        if given.report is not None:
            yield given.name, given.report


def labelled(sums: Collection[str], found: Iterable[tuple[str, Report]]) -> Iterator[tuple[str, Report]]:
    """Of some reports those that were labelled, each once, by the SHA-256 of their texts.

    Raises:
        ValueError: in the end, when some are not there or have another text than the one that was labelled.
    """
    left = set(sums)
    for _, report in found:
        digest = sum_of(report.text)
        if digest in left:
            left.remove(digest)
            yield digest, report
    if left:
        raise ValueError(f"{len(left)} labelled reports are not there, or have another text: {sorted(left)}")


def texts(corpora: Path, places: Collection[tuple[str, str, str]]) -> dict[str, str]:
    """The texts, as they are read, of reports given by corpus, name and the sum of the text; by that sum.

    Raises:
        ValueError: when some are not there or have another text than the one that was labelled.
    """
    wanted: dict[str, set[str]] = {}
    for corpus, name, _ in places:
        wanted.setdefault(corpus, set()).add(name)
    found = (one for corpus, names in wanted.items() for one in reports(corpora, corpus, names))
    return {digest: report.text for digest, report in labelled({place[2] for place in places}, found)}


def sum_of(text: str) -> str:
    """The SHA-256 of a text, as the labels hold it."""
    return sha256(text.encode()).hexdigest()


def check(text: str, wanted: str, name: str) -> None:
    """Holds a text to the sum of the one that was labelled.

    Raises:
        ValueError: when it is another one.
    """
    if sum_of(text) != wanted:
        raise ValueError(f"the text of {name} is not the one that was labelled")


def moment(written: str) -> datetime:
    """A written time, in UTC where it has no zone."""
    when = datetime.fromisoformat(written)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def in_tuning(name: str) -> bool:
    """Whether something is in the half of its set that may be fitted on and looked at; the hash of its name decides."""
    return int(sum_of(name), 16) % 2 == 0


def updates(corpora: Path) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The tables of worded updates of the timelines, by the names of their files."""
    with tarfile.open(corpora / TIMELINES) as members:
        for member in members:
            part = members.extractfile(member) if member.name.endswith(".tsv") else None
            if part is not None:
                text = io.StringIO(part.read().decode("utf-8-sig"), newline="")
                yield member.name, list(csv.DictReader(text, delimiter="\t"))
