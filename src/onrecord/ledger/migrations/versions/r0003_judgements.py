"""Judgements, on the chain, and what linking derives."""

from onrecord.ledger import linked_schema, schema
from onrecord.ledger.migrations.steps import made, reached

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the tables."""
    reached(made([schema.judgement, *linked_schema.DERIVED]), "3")
