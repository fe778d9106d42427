"""The tables behind lists; they are filled by the next step, which counts texts of one page as one report."""

from onrecord.ledger import linked_schema, listed_schema
from onrecord.ledger.migrations.steps import made, reached

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds the tables, and indexes that lists of utterances ask for."""
    connection = made([*linked_schema.DERIVED, *listed_schema.DERIVED])
    for index in linked_schema.rendering.indexes:
        index.create(connection, checkfirst=True)
    reached(connection, "5")
