"""Reports as linking compares them, from rows of the corpora and from the project's own example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.corpora import moment, name_of, text_of
from bench.quality.example import reports
from onrecord.domain.stories import Told


def told_of(row: Mapping[str, Any]) -> Told:
    """A row of a corpus."""
    when = row.get("published") or row.get("date")
    return Told(
        report=name_of(row),
        title=row.get("title"),
        text=text_of(row),
        outlet=row.get("outlet") or row.get("source"),
        author=row.get("authors") or None,
        url=row.get("url"),
        published=moment(str(when)) if when else None,
    )


def told_in_example() -> dict[str, Told]:
    """The example's reports by name."""
    return {
        name: Told(name, report.title, report.text, report.outlet, report.author, report.url, report.published)
        for name, report in reports()
    }
