"""One thing to ask in the words of either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class ByDatabase(FunctionElement[Any]):
    """Two forms of one thing, SQLite's first; which one is asked is told when it is put into words."""

    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002  # as SQLAlchemy calls it
        """Itself: a condition is one in either form, and is not to be compared with 1."""
        return self


class EachValue(ByDatabase):
    """Two forms of one list of values to select from."""

    inherit_cache = True


def by_database(sqlites: ColumnElement[Any], postgres: ColumnElement[Any]) -> ColumnElement[Any]:
    """What is asked as `sqlites` of SQLite and as `postgres` of PostgreSQL."""
    found: ByDatabase = ByDatabase(sqlites, postgres)
    found.type = sqlites.type
    return found


@compiles(ByDatabase, "sqlite")
def _for_sqlite(element: ByDatabase, compiler: Any, **options: Any) -> str:
    return str(compiler.process(next(iter(element.clauses)), **options))


@compiles(ByDatabase, "postgresql")
def _for_postgres(element: ByDatabase, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(list(element.clauses)[1], **options)})"


@compiles(EachValue, "sqlite")
def _each_for_sqlite(element: EachValue, compiler: Any, **options: Any) -> str:
    return _for_sqlite(element, compiler, **options)


@compiles(EachValue, "postgresql")
def _each_for_postgres(element: EachValue, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(list(element.clauses)[1], **options)} AS each(value)"
