"""Linked pairs are found by either item, and utterances by their first day, without reading all there are."""

from alembic import op
from sqlalchemy import Connection, column, inspect, table, text

from onrecord.ledger import linked_schema
from onrecord.ledger.migrations.steps import made, reached

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table of pairs anew, since SQLite cannot give one another key, and puts the pairs back."""
    connection: Connection = op.get_bind()
    link = linked_schema.link
    key = [one.name for one in link.primary_key]
    if inspect(connection).get_pk_constraint(link.name)["constrained_columns"] != key:
        connection.execute(text("CREATE TEMPORARY TABLE kept_pair AS SELECT * FROM link_pair"))
        link.drop(connection)
        made([link])
        kept = table("kept_pair", *(column(one.name) for one in link.columns))
        connection.execute(link.insert().from_select(list(kept.c), kept.select()))
        connection.execute(text("DROP TABLE kept_pair"))
    for index in linked_schema.utterance.indexes:
        index.create(connection, checkfirst=True)
    reached(connection, "7")
