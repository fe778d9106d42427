"""The questions that a view asks, as SQLAlchemy selects over one state of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, and_, case, func, select

from onrecord.domain.paging import EXTRACTOR
from onrecord.errors import NotOnRecord
from onrecord.ledger import fulltext
from onrecord.ledger.counting import speaker_judged, speaker_named
from onrecord.ledger.passage_rows import act_mark
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import capture, entry, given, reading, report, statement
from onrecord.ledger.search import Wanted, askable, folded
from onrecord.ledger.shown import StatementFilter

Conditions = Sequence[ColumnElement[bool]]

SHORTEST_PREFIX: Final = 6
"""So many digits of an id, at least, may stand for all of it."""
_DIGITS: Final = frozenset("0123456789abcdef")


class Questions:
    """Questions about the record up to the entry numbered `until`, or about all of it."""

    def __init__(self, until: int | None = None) -> None:
        self.until = until

    def upto(self, table: Table) -> Conditions:
        """The conditions that a row was on the record by then."""
        return () if self.until is None else (table.c.seq <= self.until,)

    def latest(self, *, reports_first: bool = False) -> ColumnElement[bool]:
        """Joins a report with its latest reading.

        With `reports_first` a database can only go from the reports to the readings: right for a list in the order of
        the reports, of which often just the beginning is wanted. Otherwise it may come from the statements that a
        search has found.
        """
        other = reading.alias("any_reading")
        newest = select(func.max(other.c.seq))
        if self.until is not None:
            newest = newest.where(other.c.seq <= self.until)
        if reports_first:
            return reading.c.seq == newest.where(other.c.report == report.c.id).scalar_subquery()
        newest = newest.where(other.c.report == reading.c.report)
        return and_(reading.c.report == report.c.id, reading.c.seq == newest.scalar_subquery())

    def statements(self, *columns: Any) -> Select[Any]:
        """The statements of the latest readings, with reading and report."""
        return (
            select(*columns)
            .select_from(report)
            .join(reading, self.latest())
            .join(statement, statement.c.reading == reading.c.id)
        )

    def head_columns(self) -> tuple[Any, ...]:
        """What `shown.head_in` needs of a report, its first capture and its reading."""
        first = select(given.c.name).where(given.c.report == report.c.id).order_by(given.c.seq).limit(1)
        return (
            report.c.id.label("report_id"),
            first.correlate(report).scalar_subquery().label("input"),
            report.c.outlet.label("report_outlet"),
            report.c.title.label("report_title"),
            report.c.author.label("report_author"),
            report.c.url.label("report_url"),
            report.c.published.label("report_published"),
            report.c.published_is_day.label("report_published_is_day"),
            capture.c.retrieved.label("report_retrieved"),
            reading.c.statements.label("report_statements"),
            # What others wrote into `extra` may be long and is nobody's business here.
            case((report.c.extractor.startswith(EXTRACTOR), report.c.extra)).label("report_pages"),
        )

    def heads(self, *columns: Any) -> Select[Any]:
        """Reports with their latest readings."""
        return (
            select(*self.head_columns(), *columns)
            .select_from(report)
            .join(reading, self.latest(reports_first=True))
            .join(capture, capture.c.id == report.c.capture)
        )

    def recorded_statements(self, readings: ColumnElement[bool]) -> Select[Any]:
        """What `shown.recorded_in` needs of statements; `readings` joins a report with the readings that count."""
        return (
            select(
                *self.head_columns(),
                statement,
                entry.c.recorded,
                reading.c.reader,
                reading.c.version,
                reading.c.weights,
            )
            .select_from(report)
            .join(reading, readings)
            .join(statement, statement.c.reading == reading.c.id)
            .join(capture, capture.c.id == report.c.capture)
            .join(entry, entry.c.seq == statement.c.seq)
        )

    def report_conditions(
        self, connection: Connection, text: str | None, outlet: str | None, speaker: str | None
    ) -> Conditions:
        """The conditions on a report that `View.reports` is asked for."""
        conditions: list[ColumnElement[bool]] = [*self.upto(report)]
        if outlet is not None:
            conditions.append(report.c.outlet.in_(outlets_called(connection, outlet)))
        wanted = None if text is None else Wanted.parse(text)
        if wanted is not None:
            conditions += fulltext.found("report_search", wanted, report.c.seq)
        if speaker is not None:
            spoken = self._spoken_by(speaker)
            conditions.append(report.c.id.in_(self.statements(reading.c.report).where(*spoken).correlate(None)))
        return conditions

    def statement_conditions(self, connection: Connection, wanted: StatementFilter) -> Conditions:
        """The conditions on a statement and its report that a filter stands for."""
        conditions: list[ColumnElement[bool]] = []
        if wanted.report is not None:
            conditions.append(report.c.id == askable(wanted.report))
        if wanted.outlet is not None:
            conditions.append(report.c.outlet.in_(outlets_called(connection, wanted.outlet)))
        if wanted.since is not None:
            conditions.append(report.c.published >= time_text(wanted.since))
        if wanted.until is not None:
            conditions.append(report.c.published < time_text(wanted.until))
        if wanted.kind is not None:
            conditions.append(statement.c.kind == wanted.kind.value)
        if wanted.act is not None:
            conditions.append(statement.c.passages.contains(act_mark(wanted.act), autoescape=True))
        if wanted.speaker is not None:
            conditions += self._spoken_by(wanted.speaker)
        search = None if wanted.text is None else Wanted.parse(wanted.text)
        if search is not None:
            conditions += fulltext.found("statement_search", search, statement.c.seq)
        return conditions

    def speaker(self) -> ColumnElement[Any]:
        """The name of a statement's speaker, by a person's word where there is one."""
        return speaker_named(self.until)

    def named(self, text: str | None) -> Conditions:
        """The conditions that a statement's speaker is named, with `text` somewhere in the name."""
        name = self.speaker()
        return (name.is_not(None),) if text is None else (name.is_not(None), fulltext.name_contains(name, text))

    def _spoken_by(self, name: str) -> Conditions:
        return fulltext.spoken_by(name, statement.c.seq, self.speaker(), statement.c.source, speaker_judged())

    def resolved(self, connection: Connection, table: Table, asked: str, *, named: bool) -> str:
        """The one full id that `asked` means: an id, an input's name if `named`, or the beginning of an id.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        what = table.name
        query = select(table.c.id).where(*self.upto(table)).distinct().order_by(table.c.id).limit(4)
        asked = askable(asked)
        prefix = asked.lower()
        ids = list(connection.execute(query.where(table.c.id == prefix)).scalars())
        if named and not ids:
            inputs = select(given.c.report).where(given.c.name == asked, *self.upto(given))
            ids = list(connection.execute(query.where(table.c.id.in_(inputs))).scalars())
        if not ids and set(prefix) <= _DIGITS and len(prefix) >= SHORTEST_PREFIX:
            # "g" comes after every digit: so the index on the ids is used, which LIKE would not do.
            ids = list(connection.execute(query.where(table.c.id >= prefix, table.c.id < prefix + "g")).scalars())
        if not ids:
            raise NotOnRecord(
                f"no {what} {asked!r} is on the record; give its id or at least six digits it begins with"
            )
        if len(ids) > 1:
            some = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
            raise NotOnRecord(f"{asked!r} may mean more than one {what}: {some}; give more of the id")
        return str(ids[0])


def outlets_called(connection: Connection, outlet: str) -> list[str]:
    """The outlet of this name, in every case and accents in which it is written."""
    written = connection.execute(select(report.c.outlet).where(report.c.outlet.is_not(None)).distinct()).scalars()
    wanted = folded(outlet)
    return [one for one in written if folded(one) == wanted]


def page(query: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    """A part of a list; numbers that make no sense mean the nearest that does."""
    # A database takes numbers of so many bits, and a negative one would mean no limit.
    most = 2**31 - 1
    return query.limit(None if limit is None else min(max(limit, 0), most)).offset(min(max(offset, 0), most) or None)


def part_of(items: Sequence[Any], limit: int | None, offset: int) -> list[Any]:
    """The part of a list in hand that `page` would ask for."""
    return list(items[max(offset, 0) :][: None if limit is None else max(limit, 0)])


def there(connection: Connection, query: Select[Any]) -> RowMapping:
    """The one row that must be there; a ValueError stands for damage."""
    row = connection.execute(query).mappings().first()
    if row is None:
        raise ValueError("something that it refers to is missing")
    return row
