"""Brings the tables of a ledger of an earlier schema up to this one, step by step, by Alembic, in either database.

A step is a module in `versions`, named by the schema that it leads to. No step changes a row of the record: what came
later is beside it, and is derived from it again. Loaded only where something is to be done.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from onrecord.ledger.schema import REVISION, revision


def bring_up(connection: Connection, written: str) -> None:
    """Takes every step from the schema that a ledger was written with, within the transaction of the connection."""
    # Ledgers from before there were steps have no such table; what they were written with is what counts.
    revision.create(connection, checkfirst=True)
    connection.execute(revision.delete())
    connection.execute(revision.insert(), [{"version_num": f"{int(written):04}"}])
    config = Config()
    # A per cent sign in the place of the package is none of ConfigParser's.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    steps = ScriptDirectory.from_config(config)

    def to_this(found: Any, _context: Any) -> Any:
        return steps._upgrade_revs(REVISION, found)

    with EnvironmentContext(config, steps, fn=to_this) as environment:
        # The writer's own transaction holds all of it.
        environment.configure(connection=connection, transactional_ddl=False)
        environment.run_migrations()
