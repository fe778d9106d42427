"""The record as tables for other programs: one definition for files, frames and the data dictionary."""

from typing import Any, Final

from onrecord.publishing.tables.columns import Column, Record, Sort, Table
from onrecord.publishing.tables.linked import ACTORS, STORIES, UTTERANCES
from onrecord.publishing.tables.recorded import PASSAGES, REPORTS, STATEMENTS
from onrecord.publishing.tables.weighed import DOCKET, FIGURES, RELATIONS

__all__ = ["TABLES", "Column", "Record", "Sort", "Table"]

TABLES: Final[dict[str, Table[Any]]] = {
    one.name: one for one in (REPORTS, STATEMENTS, PASSAGES, UTTERANCES, ACTORS, STORIES, RELATIONS, FIGURES, DOCKET)
}
"""The tables by name; each after those that its rows name, apart from stories, which reports name."""
