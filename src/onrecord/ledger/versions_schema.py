"""The tables that tell which reports are texts of one page: derived from the record, so no part of the chain.

`page_text` has each report that has an address under the canonical form of that (`onrecord.domain.addresses`), with the
hash of its wording. `page_changed` has the pages that were found in more than one wording, so that it costs next to
nothing to tell that a page was not. `page_gone` has the inputs that say that a page is no longer there.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table

from onrecord.ledger.schema import NUMBER, TEXT, metadata, text

page_text = Table(
    "page_text",
    metadata,
    Column("report", NUMBER, ForeignKey("report.seq"), primary_key=True, autoincrement=False),
    text("page"),
    text("wording"),
    Index("page_text_page", "page", "wording"),
    sqlite_strict=True,
)
"""`report` is the number of its entry."""

page_changed = Table(
    "page_changed",
    metadata,
    Column("page", TEXT, primary_key=True, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

page_gone = Table(
    "page_gone",
    metadata,
    Column("input", NUMBER, ForeignKey("input.seq"), primary_key=True, autoincrement=False),
    text("page"),
    Index("page_gone_page", "page"),
    sqlite_strict=True,
)
"""`input` is the number of its entry."""

DERIVED: Final = (page_text, page_changed, page_gone)
