"""What the steps share: making tables where they are missing, and writing down how far a ledger has come."""

from __future__ import annotations

from collections.abc import Iterable

from alembic import op
from sqlalchemy import Connection, Table, inspect

from onrecord.ledger import schema
from onrecord.ledger.dialects import dialect_of


def made(tables: Iterable[Table]) -> Connection:
    """Makes tables that are not there, those of the record so that rows can only be added; the connection."""
    connection: Connection = op.get_bind()
    wanted = list(tables)
    there = set(inspect(connection).get_table_names())
    schema.metadata.create_all(connection, tables=wanted)
    for table in wanted:
        if table.name in schema.CHAINED and table.name not in there:
            dialect_of(connection).only_append(connection, table.name)
    return connection


def reached(connection: Connection, version: str) -> None:
    """Writes down which schema the ledger has now."""
    connection.execute(schema.meta.update().where(schema.meta.c.key == "schema").values(value=version))
