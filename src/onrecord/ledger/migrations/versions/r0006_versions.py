"""Which reports are texts of one page, and lists and counts that take them for one report."""

from sqlalchemy import select

from onrecord.ledger import linked_schema, listed_schema, listing, versions, versions_schema, voices
from onrecord.ledger.migrations.steps import made, reached

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds the tables, and counts again where that can come out otherwise."""
    connection = made([*linked_schema.DERIVED, *versions_schema.DERIVED])
    versions.versions_again(connection)
    listed = connection.execute(select(listed_schema.listed.c.seq).limit(1)).first()
    if listed is None or versions.any_shared(connection):
        listing.list_again(connection)
        voices.count_all(connection)
    versions.link_versions_again(connection)
    reached(connection, "6")
