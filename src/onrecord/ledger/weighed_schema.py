"""The tables that weighing fills: derived from what linking derived and from judgements, so no part of the chain.

They may be emptied and made again at any time (`onrecord weigh --again`). `said` tells for each utterance what of it
was weighed, so that only what changed is weighed again. Where a person judged, the row holds what the person said, and
`judgement` names it; `program` keeps what the program holds.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Index, Table

from onrecord.ledger.schema import FLOAT, NUMBER, TEXT, metadata, text


def _key(name: str) -> Column[str]:
    return Column(name, TEXT, primary_key=True, nullable=False)


def _number(name: str, *, empty: bool = False) -> Column[int]:
    return Column(name, NUMBER, nullable=empty)


def _score() -> Column[Any]:
    return Column("score", FLOAT, nullable=False)


state = Table("weigh_state", metadata, _key("key"), text("value"), sqlite_strict=True)

said = Table("weigh_said", metadata, _key("utterance"), text("mark"), sqlite_strict=True)

relation = Table(
    "weigh_relation",
    metadata,
    _key("a"),
    _key("b"),
    text("id"),
    text("kind"),
    text("program", empty=True),
    text("passage_a"),
    text("passage_b"),
    _score(),
    text("reasons"),
    text("published", empty=True),
    text("judgement", empty=True),
    Index("weigh_relation_b", "b"),
    Index("weigh_relation_id", "id"),
    Index("weigh_relation_kind", "kind", "published"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

figure = Table(
    "weigh_figure",
    metadata,
    _key("id"),
    text("passage"),
    text("utterance", empty=True),
    _number("place_in_passage"),
    text("block"),
    text("noun"),
    text("words"),
    text("place", empty=True),
    text("begins", empty=True),
    text("ends", empty=True),
    _number("dated"),
    text("published", empty=True),
    text("lineage", empty=True),
    Index("weigh_figure_utterance", "utterance"),
    Index("weigh_figure_block", "block"),
    Index("weigh_figure_lineage", "lineage"),
    sqlite_strict=True,
)

lineage = Table(
    "weigh_lineage",
    metadata,
    _key("id"),
    text("block"),
    text("counted"),
    text("place", empty=True),
    text("unit", empty=True),
    _number("figures"),
    _number("values_given"),
    _number("speakers"),
    _number("disputes"),
    _number("revisions"),
    text("first", empty=True),
    text("last", empty=True),
    Index("weigh_lineage_block", "block"),
    sqlite_strict=True,
)

figure_tie = Table(
    "weigh_figure_tie",
    metadata,
    _key("a"),
    _key("b"),
    text("block"),
    text("standing"),
    _score(),
    text("reasons"),
    Index("weigh_figure_tie_block", "block"),
    Index("weigh_figure_tie_b", "b"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

entry = Table(
    "weigh_entry",
    metadata,
    _key("utterance"),
    text("passage"),
    text("act"),
    text("actor", empty=True),
    text("bound", empty=True),
    text("rule"),
    text("begins", empty=True),
    text("ends", empty=True),
    text("due_words", empty=True),
    text("condition", empty=True),
    text("reasons"),
    text("published", empty=True),
    text("status", empty=True),
    text("judgement", empty=True),
    Index("weigh_entry_actor", "actor"),
    Index("weigh_entry_ends", "ends"),
    sqlite_strict=True,
)

evidence = Table(
    "weigh_evidence",
    metadata,
    _key("entry"),
    _key("utterance"),
    text("passage"),
    text("bearing"),
    _score(),
    text("reasons"),
    text("judgement", empty=True),
    Index("weigh_evidence_utterance", "utterance"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

DERIVED: Final[tuple[Table, ...]] = (state, said, relation, figure, lineage, figure_tie, entry, evidence)
"""Every table of weighing."""
