"""The tables behind lists of statements: derived from the record, so they take no part in the chain.

`listed` has one row for each statement of a latest reading, in an index that is in the order of the lists; the others
count them. So a page of a list costs the same whatever the record holds. A writer keeps them in the transaction that
adds to the record, and `onrecord.ledger.index` makes them again.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table

from onrecord.ledger.schema import NUMBER, TEXT, metadata, text

listed = Table(
    "listed",
    metadata,
    Column("seq", NUMBER, ForeignKey("statement.seq"), primary_key=True, autoincrement=False),
    Column("report", NUMBER, nullable=False),
    text("published"),
    Column("position", NUMBER, nullable=False),
    text("outlet", empty=True),
    text("speaker", empty=True),
    text("kind"),
    Column("acts", NUMBER, nullable=False),
    Index("listed_report", "report"),
    Index("listed_by", "speaker"),
    sqlite_strict=True,
)
"""`report` is the number of its report's entry; `published` is empty where the report has no date, and so comes last;
`acts` has the bits of `listing.bit` for the acts of its passages."""

# All that a filter asks for stands in the index, so that a list is read without looking at the table.
Index(
    "listed_order",
    listed.c.published.desc(),
    listed.c.report,
    listed.c.position,
    listed.c.seq,
    listed.c.outlet,
    listed.c.kind,
    listed.c.acts,
)

speaker = Table(
    "listed_speaker",
    metadata,
    Column("name", TEXT, primary_key=True, nullable=False),
    text("folded"),
    Column("statements", NUMBER, nullable=False),
    Column("reports", NUMBER, nullable=False),
    Column("outlets", NUMBER, nullable=False),
    text("first", empty=True),
    text("last", empty=True),
    sqlite_strict=True,
)
Index("listed_speaker_most", speaker.c.statements.desc(), speaker.c.name, speaker.c.folded)

voice = Table(
    "listed_voice",
    metadata,
    Column("name", TEXT, primary_key=True, nullable=False),
    Column("outlet", TEXT, primary_key=True, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which outlets have quoted a speaker."""

tally = Table(
    "listed_tally",
    metadata,
    Column("what", TEXT, primary_key=True, nullable=False),
    Column("value", TEXT, primary_key=True, nullable=False),
    Column("statements", NUMBER, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""How many statements there are by outlet (empty for none), kind and act."""

DERIVED: Final = (listed, speaker, voice, tally)
