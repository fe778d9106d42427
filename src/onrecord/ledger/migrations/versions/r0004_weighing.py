"""Briefs, on the chain, and what weighing derives."""

from alembic import op

from onrecord.ledger import linked_schema, schema, weighed_schema
from onrecord.ledger.migrations.steps import made, reached

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the tables, and lets everything be linked again: it was kept with less to a passage."""
    schema.metadata.drop_all(op.get_bind(), tables=list(linked_schema.DERIVED))
    reached(made([schema.brief, *linked_schema.DERIVED, *weighed_schema.DERIVED]), "4")
