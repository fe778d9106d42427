"""How good the reading of pages is: `python -m bench.pages --corpora DIR [--json FILE] [--worst N]`.

Takes text, title, authors and day out of every saved page of the corpora, beside plain trafilatura on the same pages in
the same run, and beside what is published of it. Each collection is parted into halves: one that may be looked at, and
one that is kept back and only measured. `--worst` names the pages of the first half that came out worst. With the
corpora it takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.corpora import in_tuning
from bench.pages.measures import Measured, Taken, measured, of_texts, shares
from bench.pages.saved import COLLECTIONS, SCRAPINGHUB, Saved, published_outputs, saved
from onrecord.errors import InputError
from onrecord.sources.extraction import headline
from onrecord.sources.furniture import furniture
from onrecord.sources.pages import extract_page

COLUMNS = {
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "title": "title",
    "title_words": "its words",
    "authors": "authors",
    "authors_f1": "names, F1",
    "day_right": "day right",
    "day_answered": "answered",
}


def ours(page: Saved) -> tuple[Taken, Taken]:
    """What onrecord takes out of a page: the whole text, and the text without what is marked and therefore not read."""
    try:
        found = extract_page(page.content)
    except InputError:
        return Taken(""), Taken("")
    authors = tuple(found.author.split("; ")) if found.author else ()
    day = found.published.date() if found.published else None
    kept, at = [], 0
    for mark in headline(found.text, found.title, furniture(found.text)):
        kept.append(found.text[at : mark.span.start])
        at = mark.span.end
    kept.append(found.text[at:])
    whole = Taken(found.text, found.title, authors, day)
    return whole, Taken("\n".join(kept), found.title, authors, day)


def plainly(page: Saved) -> Taken:
    """What trafilatura takes out of a page with its own settings, without comments."""
    import trafilatura

    found = trafilatura.bare_extraction(page.content, with_metadata=True, include_comments=False)
    if found is None:
        return Taken("")
    authors = tuple(found.author.split("; ")) if found.author else ()
    return Taken(found.text or "", found.title, authors, date.fromisoformat(found.date) if found.date else None)


def taken_out(corpora: Path) -> Iterator[tuple[Saved, dict[str, Taken]]]:
    """Every page with what each program takes out of it."""
    import trafilatura

    for page in saved(corpora):
        whole, unmarked = ours(page)
        yield (
            page,
            {
                f"trafilatura {trafilatura.__version__}": plainly(page),
                "onrecord, the whole text": whole,
                "onrecord, what is read": unmarked,
            },
        )


def published() -> list[dict[str, str | float]]:
    """What others publish of these collections, with the source."""
    return tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))["row"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds pages/")
    parser.add_argument("--json", type=Path, help="write the measures here, too")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst pages of each first half")
    told = parser.parse_args()
    pages: list[tuple[Saved, dict[str, Taken]]] = []
    for page in taken_out(told.corpora):
        pages.append(page)
        if len(pages) % 50 == 0:
            print(f"{len(pages)} pages …", file=sys.stderr)
    console = Console(width=None if Console().is_terminal else 150)
    kept: list[dict[str, object]] = []
    for collection in COLLECTIONS:
        for half, chosen in (("looked at", True), ("kept back", False)):
            some = [one for one in pages if one[0].collection == collection and in_tuning(one[0].half) is chosen]
            table = _table(f"{collection}, {half}: {len(some)} pages")
            for system in some[0][1]:
                line = measured((page, taken[system]) for page, taken in some)
                kept.append({"collection": collection, "half": half, "system": system, **asdict(line)})
                _add(table, system, line)
            console.print(table)
        if collection == SCRAPINGHUB:
            console.print(_rescored(told.corpora, [page for page, _ in pages if page.collection == SCRAPINGHUB]))
        for row in published():
            if row["collection"] == collection:
                console.print(f"  published: {row['system']}, {row['measure']} {row['value']} ({row['source']})")
        if told.worst:
            _print_worst([one for one in pages if one[0].collection == collection], told.worst, console.print)
    if told.json:
        told.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _rescored(corpora: Path, pages: list[Saved]) -> Table:
    """The published outputs by our measure: it must come out as published, or ours is another measure."""
    table = _table(f"{SCRAPINGHUB}, both halves: the outputs that lie beside it, by this measure")
    for system, texts in published_outputs(corpora).items():
        _add(table, system, of_texts(shares(page.text, texts[page.name]) for page in pages))
    return table


def _print_worst(pages: list[tuple[Saved, dict[str, Taken]]], most: int, out: Callable[[str], None]) -> None:
    looked_at = [(page, taken["onrecord, what is read"]) for page, taken in pages if in_tuning(page.half)]
    worst = sorted(looked_at, key=lambda one: shares(one[0].text, one[1].text)[0])
    for page, taken in worst[:most]:
        both, extra, lost = shares(page.text, taken.text)
        out(f"  {page.name}: {both:.2f} in both, {extra:.2f} too much, {lost:.2f} missing")


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", min_width=26)
    for name in COLUMNS.values():
        table.add_column(name, justify="right")
    return table


def _add(table: Table, system: str, line: Measured) -> None:
    values = [getattr(line, one.name) for one in fields(line) if one.name in COLUMNS]
    table.add_row(system, *("" if value is None else f"{value:.1f}" for value in values))


if __name__ == "__main__":
    main()
