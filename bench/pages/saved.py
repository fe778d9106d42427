"""Saved pages with what people, or extractors written for one outlet, hold to be in them.

scrapinghub-aeb: 181 pages with the text of the article by hand. readability: Mozilla's 130 test pages with the text
that its own program is held to, titles, bylines and some times. fundus: 258 pages of outlets with the text, title,
authors and time that a parser written for that outlet takes out of them, parted into English and other languages.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import lxml.html

from onrecord.sources.language import language_of

SCRAPINGHUB = "scrapinghub-aeb"
READABILITY = "readability"
FUNDUS_ENGLISH = "fundus, English"
FUNDUS_OTHERS = "fundus, other languages"
COLLECTIONS = (SCRAPINGHUB, READABILITY, FUNDUS_ENGLISH, FUNDUS_OTHERS)

_BLOCKS = frozenset(
    "p div li ul ol br h1 h2 h3 h4 h5 h6 blockquote pre table tr td th section article figcaption".split()
)
_FUNDUS = "tests/resources/parser/test_data/"
_BY = re.compile(r"^\s*(?:by|von|par|por)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """One page and what is expected of it; None where nothing is known.

    `half` is what the hash is taken of that tells whether the page may be looked at: its name, or its outlet where many
    pages of one are made alike.
    """

    collection: str
    name: str
    half: str
    content: bytes
    text: str
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: datetime | None = None


def saved(corpora: Path) -> Iterator[Saved]:
    """Every page of the collections."""
    folder = corpora / "pages"
    yield from _scrapinghub(folder / "scrapinghub-aeb")
    yield from _readability(folder / "readability-testpages.tar.gz")
    yield from _fundus(folder / "fundus-tests.tar.gz")


def published_outputs(corpora: Path) -> dict[str, dict[str, str]]:
    """The texts that other programs gave for scrapinghub-aeb, as they lie beside it, by program and page."""
    found = {}
    for path in sorted((corpora / "pages/scrapinghub-aeb/output").glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        version, rows = (f" {table['version']}", table["output"]) if "output" in table else ("", table)
        found[f"{path.stem}{version}"] = {name: row.get("articleBody") or "" for name, row in rows.items()}
    return found


def _scrapinghub(folder: Path) -> Iterator[Saved]:
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, row in gold.items():
        content = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Saved(SCRAPINGHUB, name, name, content, row.get("articleBody") or "")


def _readability(path: Path) -> Iterator[Saved]:
    files = _files(path, "test/test-pages/")
    for name in sorted({name.partition("/")[0] for name in files}):
        told = json.loads(files[f"{name}/expected-metadata.json"])
        text = _text_of(files[f"{name}/expected.html"])
        byline = told.get("byline")
        authors = None if byline is None else tuple(_BY.sub("", one) for one in re.split(r",|;|\band\b|&", byline))
        when = _time(told.get("publishedTime"))
        yield Saved(READABILITY, name, name, files[f"{name}/source.html"], text, told.get("title"), authors, when)


def _fundus(path: Path) -> Iterator[Saved]:
    files = _files(path, _FUNDUS)
    for name in sorted(name for name in files if name.endswith(".json")):
        outlet = name.removesuffix(".json")
        dated = re.compile(rf"{re.escape(outlet)}_\d{{4}}_\d{{2}}_\d{{2}}\.html\.gz")
        pages = sorted(one for one in files if dated.fullmatch(one))
        # The parsers of one outlet are numbered in the order of its pages.
        for page, told in zip(pages, json.loads(files[name]).values(), strict=True):
            text = _body(told["body"])
            collection = FUNDUS_ENGLISH if language_of(text, (), None) == "en" else FUNDUS_OTHERS
            yield Saved(
                collection,
                page.removesuffix(".html.gz"),
                outlet,
                gzip.decompress(files[page]),
                text,
                told.get("title"),
                None if "authors" not in told else tuple(told["authors"]),
                _time(told.get("publishing_date")),
            )


def _files(path: Path, folder: str) -> dict[str, bytes]:
    found = {}
    with tarfile.open(path) as members:
        for member in members:
            part = members.extractfile(member) if member.name.startswith(folder) else None
            if part is not None:
                found[member.name.removeprefix(folder)] = part.read()
    return found


def _text_of(html: bytes) -> str:
    tree = lxml.html.fromstring(html.decode("utf-8"))
    for element in list(tree.iter("script", "style", "noscript")):
        element.drop_tree()
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    return str(tree.text_content())


def _body(body: dict[str, Any]) -> str:
    parts = [*body.get("summary", [])]
    for section in body.get("sections", []):
        parts += [*section.get("headline", []), *section.get("paragraphs", [])]
    return "\n\n".join(parts)


def _time(written: str | None) -> datetime | None:
    try:
        return None if written is None else datetime.fromisoformat(written)
    except ValueError:
        return None
