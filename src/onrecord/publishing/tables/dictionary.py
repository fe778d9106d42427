"""The data dictionary: what each column of each table means, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from onrecord.publishing.tables import TABLES, Column

HEAD: Final = """# What the columns mean

Made of the definitions that the rows are made of. Starts and ends count characters
(Unicode code points) of `reports.text`, from 0; an end is not taken in. Times are in UTC. Ids are hashes of what a
thing says and where: the same input has the same ids. A column that may be empty holds null where nothing is known.
"""


def dictionary_json() -> str:
    """The dictionary as JSON: {"tables": [{"name", "row", "columns": [...]}]}."""
    tables = [{"name": one.name, "row": one.row, "columns": list(map(_column, one.columns))} for one in TABLES.values()]
    return json.dumps({"tables": tables}, ensure_ascii=False, indent=1) + "\n"


def dictionary_markdown() -> str:
    """The dictionary as Markdown, a table for each table."""
    return "".join(_lines())


def _column(one: Column[object]) -> dict[str, object]:
    return {
        "name": one.name,
        "type": one.sort.value,
        "meaning": one.meaning,
        "unit": one.unit,
        "may_be_empty": one.empty,
    }


def _lines() -> Iterator[str]:
    yield HEAD
    for table in TABLES.values():
        yield f"\n## {table.name}\n\n{table.row}\n\n"
        yield "| column | type | meaning | unit | may be empty |\n|---|---|---|---|---|\n"
        for one in table.columns:
            cells = (f"`{one.name}`", one.sort.value, one.meaning, one.unit or "", "yes" if one.empty else "")
            yield f"| {' | '.join(cells)} |\n"
