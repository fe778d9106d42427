"""How the cost of linking grows with the record: `python -m bench.linking.growth --corpora DIR`.

Articles of reports/us-2018-2020 are read once; then variants of them are made until there are as many passages as asked
for. In a variant every name is another one of the same length, so that spans stay where they are, and reports are put
on days one after the other, so that there are as many a day at 100 thousand passages as at a million. The articles
under their own names are not among them: those names are known and common, so that two such reports are seldom alike,
and what is a fifth of a small record and a fiftieth of a large one would make the large one look dear.

What is timed is `onrecord link`: of the whole record, and of its last tenth alone. With `--workers N` each record is
linked by one process and then by so many workers beside it, and it is told whether what came out is the same, row by
row.

Seconds are those of a clock; beside them stand the seconds of processor time of the process that decides and writes,
and of all its workers. With more of them the time comes down to that of the former at best.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import select

from bench.corpora import ARCHIVE, moment, rows_of
from onrecord.domain.ids import sha256
from onrecord.domain.reports import Capture, Input, Report
from onrecord.domain.statements import ReaderIdentity, Statement, statement_id
from onrecord.ledger import databases
from onrecord.ledger.linked_rows import Unlinked
from onrecord.ledger.linked_schema import DERIVED
from onrecord.ledger.links import LinkStore
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.linkage.engines import engine_for
from onrecord.pipeline import record
from onrecord.reading.reader import TaggerReader
from onrecord.settings import Settings

SIZES = (10_000, 100_000, 1_000_000)
FIRST = datetime(2018, 1, 1, tzinfo=UTC)
A_DAY = 12
"""Articles a day, about as many as the whole corpus has; the days are made, so that every size is equally dense."""
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")

Read = tuple[Report, tuple[Statement, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=600, help="articles that are read and varied")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--work", type=Path, help="keep the ledgers here; one that is there is not made again")
    parser.add_argument("--workers", type=int, default=1, help="link with so many workers, too")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one is not None:
        print(json.dumps(linked(args.one, args.workers)))
        return
    with tempfile.TemporaryDirectory() as folder:
        work = args.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        articles = read(args.corpora, args.articles, work / "articles.ledger")
        print(
            f"{'passages':>10} {'reports':>8} {'workers':>7} {'all, s':>8} {'ms each':>8} {'new, ms each':>12} "
            f"{'memory, MB':>10} {'cpu, s':>8} {'workers’, s':>11}  rows"
        )
        for size in args.sizes:
            path = work / f"{size}.ledger"
            if not path.exists():
                fill(path, articles, size)
            kept = ""
            for workers in dict.fromkeys((1, args.workers)):
                row = _apart(args.corpora, path, workers)
                print(
                    f"{row['passages']:>10} {row['reports']:>8} {workers:>7} {row['seconds']:>8.0f} "
                    f"{1000 * row['seconds'] / row['passages']:>8.2f} {row['new']:>12.2f} {row['memory']:>10.0f} "
                    f"{row['own']:>8.0f} {row['others']:>11.0f}  "
                    + (f"{row['rows'][:12]}, the same" if row["rows"] == kept else row["rows"][:12]),
                    flush=True,
                )
                if kept and row["rows"] != kept:
                    sys.exit("what the workers made differs")
                kept = row["rows"]


def _apart(corpora: Path, path: Path, workers: int) -> dict[str, Any]:
    """Links in a process of its own, so that the memory is that of linking alone."""
    asked = ["--corpora", str(corpora), "--one", str(path), "--workers", str(workers)]
    command = [sys.executable, "-m", "bench.linking.growth", *asked]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def linked(path: Path, workers: int) -> dict[str, Any]:
    """Links a whole record: seconds in all, milliseconds for each passage of the last tenth, megabytes at most of the
    process that decides, seconds of processor time, and a hash of every row that was kept."""
    with engine_for(workers, None) as engine, Linkage(path, Settings(), engine) as linkage:
        linkage.forget()
        waiting = linkage.waiting()
        began, own = time.perf_counter(), time.process_time()
        late, passages_then = began, 0
        for k, _ in enumerate(linkage.run(), 1):
            if k == waiting * 9 // 10:
                late, passages_then = time.perf_counter(), linkage.passages()
        ended, own = time.perf_counter(), time.process_time() - own
        passages = linkage.passages()
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "passages": passages,
        "reports": waiting,
        "seconds": ended - began,
        "new": 1000 * (ended - late) / max(passages - passages_then, 1),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "own": own,
        "others": others.ru_utime + others.ru_stime,
        "rows": rows_digest(path),
    }


def rows_digest(path: Path) -> str:
    """A hash of all that linking keeps, whatever the order of its rows; how many steps it took is left out."""
    engine = databases.opened(path, Settings(), "read")
    total = 0
    try:
        with engine.connect() as connection:
            for table in DERIVED:
                for row in connection.execute(select(table)):
                    if row[0] != "steps":
                        total += int(sha256(f"{table.name} {tuple(row)!r}".encode()), 16)
    finally:
        engine.dispose()
    return f"{total % 2**256:064x}"


def read(corpora: Path, count: int, path: Path) -> list[Read]:
    """Articles spread over the whole corpus, with their statements; a ledger keeps what was read once."""
    with Writer(path, Settings()) as writer:
        for _ in record(_articles(corpora, count), TaggerReader(), writer):
            pass
    with LinkStore(path, Settings()) as store:
        ids = store.waiting()
        with store.step() as step:
            found = step.unlinked(ids)
    return [(_report(one), one.statements) for one in found]


def _report(one: Unlinked) -> Report:
    told = one.told
    return Report(
        "", told.text, told.outlet, told.title, told.author, told.url, told.published, published_is_day=True,
        language="en",
    )  # fmt: skip


def _articles(corpora: Path, count: int) -> Iterator[Input]:
    rows = sorted(rows_of(corpora / ARCHIVE), key=lambda row: (row["date"], row["url"]))
    step = max(1, len(rows) // count)
    for row in rows[::step][:count]:
        content = row["content_original"].encode()
        capture = Capture(content, row["url"], "text/plain")
        report = Report(
            capture=capture.sha256,
            text=row["content_original"],
            outlet=row["source"],
            title=row["title"],
            author=row["authors"],
            url=row["url"],
            published=moment(row["date"]),
            published_is_day=True,
            language="en",
        )
        yield Input(row["url"], row["url"], capture, report)


def fill(path: Path, articles: list[Read], size: int, *, of: Literal["passages", "statements"] = "passages") -> None:
    """A ledger with some `size` passages, or statements, of variants of the articles."""
    reader = ReaderIdentity("tagger", "variants", None)
    filled, k = 0, 1
    with Writer(path, Settings(commit_every=1000)) as writer:
        while filled < size:
            for place, (report, statements) in enumerate(articles):
                given, moved = variant(report, statements, k, ((k - 1) * len(articles) + place) // A_DAY)
                writer.record_read(given, reader, moved)
                filled += len(moved) if of == "statements" else sum(len(one.passages) for one in moved)
                if filled >= size:
                    return
            k += 1


def variant(
    report: Report, statements: tuple[Statement, ...], k: int, day: int | None
) -> tuple[Input, tuple[Statement, ...]]:
    """The k-th variant of a report as an input of its own, with the ids that follow from its words."""
    made, those = varied(report, statements, k, day)
    capture = Capture(made.text.encode(), f"variant-{k}", "text/plain")
    made = replace(made, capture=capture.sha256)
    moved = tuple(
        replace(one, report=made.id, id=statement_id(made.id, made.text, one.source, one.cue, one.content))
        for one in those
    )
    return Input(f"{k}-{report.url}", f"variant-{k}", capture, made), moved


def varied(report: Report, statements: tuple[Statement, ...], k: int, day: int | None) -> Read:
    """The k-th variant of a report, on a day of its own: other names of the same length; in the 0th its own names.

    Without a day it is not told when it was published.
    """
    published = None if day is None else FIRST + timedelta(days=day)
    text = report.text if k == 0 else _NAME.sub(lambda found: _renamed(found.group(), k), report.text)
    # A page of its own: with a mere mark behind the address all variants would be texts of one page.
    at = urlsplit(report.url or "")
    url = at._replace(query="&".join(filter(None, (at.query, f"variant={k}")))).geturl() if report.url else None
    moved = replace(report, text=text, published=published, url=url)
    named = tuple(
        replace(one, speaker=replace(one.speaker, name=_renamed(one.speaker.name, k))) if one.speaker.name else one
        for one in statements
    )
    return moved, tuple(replace(one, nested_in=None) for one in named)


def _renamed(name: str, k: int) -> str:
    def letter(one: str) -> str:
        for row in (_VOWELS, _CONSONANTS):
            if one.lower() in row:
                other = row[(row.index(one.lower()) + k) % len(row)]
                return other.upper() if one.isupper() else other
        return one

    return "".join(map(letter, name))


if __name__ == "__main__":
    main()
