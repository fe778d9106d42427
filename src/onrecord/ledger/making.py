"""Making a ledger's tables where there are none, and telling which version of them is there.

`onrecord.ledger.migrations` brings tables of earlier versions up to this one; it is loaded only where that is needed.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from onrecord.ledger import fulltext, schema
from onrecord.ledger import linked_schema as _linked  # noqa: F401  # every table there is stands in the metadata
from onrecord.ledger import listed_schema as _listed  # noqa: F401
from onrecord.ledger import versions_schema as _versions  # noqa: F401
from onrecord.ledger import weighed_schema as _weighed  # noqa: F401
from onrecord.ledger.dialects import dialect_of

LACKING: Final = {
    "2": "judgements, links, weighing and briefs",
    "3": "weighing and briefs",
    "4": "lists of a million statements",
    "5": "versions of a page",
    "6": "index of links by either side",
}
"""What the tables of earlier schemas do not have; a writer adds it."""


def create(connection: Connection) -> None:
    """Makes an empty database a ledger."""
    database = dialect_of(connection)
    database.mark(connection)
    schema.metadata.create_all(connection)
    database.finish(connection)
    connection.execute(schema.meta.insert(), [{"key": "schema", "value": str(schema.VERSION)}])
    connection.execute(schema.revision.insert(), [{"version_num": schema.REVISION}])
    fulltext.create_search(connection)
    for name in ("entry", *schema.CHAINED):
        database.only_append(connection, name)


def written(connection: Connection) -> str | None:
    """The version of the schema that a ledger was written with."""
    return connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar()


def bring_up(connection: Connection, written: str) -> None:
    """Adds the tables that came later. No row of the record changes."""
    from onrecord.ledger.migrations import bring_up

    bring_up(connection, written)
