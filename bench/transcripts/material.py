"""Texts to recognise transcripts among: those of the Kremlin and of leaders, and news reports, which are none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.corpora import ARCHIVE, CASUALTIES, FIVE_COUNTRIES, NEW_YORK_TIMES, Row, rows_of, text_of
from onrecord.domain.reports import Report
from onrecord.sources.furniture import furniture

KREMLIN = "transcripts/kremlin/pages.jsonl.gz"
LEADERS = tuple(f"transcripts/leaders-ukraine-chechnya/{name}.csv" for name in ("us_ukraine", "us_chechnya"))
WIKINEWS = tuple(f"reports/wikinews-2019-2020/data/wikinews_{year}.csv" for year in (2019, 2020))
NEWS = (ARCHIVE, NEW_YORK_TIMES, FIVE_COUNTRIES, *WIKINEWS, CASUALTIES)

_LOOSE = re.compile(r"(?m)^\s*(?:Q(?=[\s:.])|[^\W\d_a-z][^:\n]{0,80}:(?=\s))")
"""Whatever may be a label: a capital, and a colon in the first eighty characters."""


def kremlin(corpora: Path) -> Iterator[tuple[str, Report]]:
    """The Kremlin's pages by id."""
    for row in rows_of(corpora / KREMLIN):
        text = "\n\n".join(row["paragraphs"])
        yield str(row["id"]), _report(text, row["title"], row["date"], row["url"])


def leaders(corpora: Path) -> Iterator[tuple[str, Report]]:
    """The statements of American leaders by address."""
    for corpus in LEADERS:
        for row in rows_of(corpora / corpus):
            yield row["url"], _report(row["text"], row["title"], None, row["url"])


def news(corpora: Path) -> Iterator[tuple[str, Report]]:
    """The news reports that are written in English."""
    for corpus in NEWS:
        for place, row in enumerate(rows_of(corpora / corpus, errors="replace")):
            if row.get("language", "en") == "en":
                yield f"{corpus}#{place}", _report(_news_text(row), row.get("title"), None, row.get("url"))


def loosely_labelled(text: str) -> int:
    """The lines that might begin with a label."""
    return len(_LOOSE.findall(text))


def _news_text(row: Row) -> str:
    return text_of(row) or row.get("article_content") or json.dumps("")


def _report(text: str, title: str | None, day: str | None, url: str | None) -> Report:
    return Report(
        capture="",
        text=text,
        title=title or None,
        url=url or None,
        published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
        published_is_day=day is not None,
        language="en",
        marks=furniture(text),
    )
