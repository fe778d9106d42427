"""Reading a ledger, beside a writer and from many threads, as it is or as it stood at a time.

Each call sees one state of the record, also while it is iterated; with `View.one_state` all calls see the same. Of a
report only the latest reading is shown, where a view as of a time knows only what was recorded by then; earlier
readings stay on the record, and a statement of one can still be asked for by its id. Lists are in an order that is the
same for every call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, func, literal_column, select

from onrecord.closing import Closing
from onrecord.domain.reports import Outcome
from onrecord.errors import LedgerUnreadable
from onrecord.ledger import databases, lists
from onrecord.ledger.chain import digest_of, head_of, last_at, length_of
from onrecord.ledger.corrections import recorded, texts_of
from onrecord.ledger.listed_schema import speaker as listed_speaker
from onrecord.ledger.lists import Found
from onrecord.ledger.one_state import OneState, state_of
from onrecord.ledger.parts import IN_ONE_QUESTION
from onrecord.ledger.queries import Questions, page, there
from onrecord.ledger.schema import entry, given, reading, report, statement
from onrecord.ledger.search import askable
from onrecord.ledger.shown import (
    InputRow,
    LocatedFigure,
    LocatedPassage,
    LocatedSpan,
    LocatedTime,
    RecordedReport,
    RecordedStatement,
    ReportHead,
    SpeakerRow,
    StatementFilter,
    Totals,
    head_in,
    input_in,
    report_in,
    speaker_in,
)
from onrecord.ledger.versions import counted_as
from onrecord.ledger.versions_schema import page_text
from onrecord.places import Place, place_of
from onrecord.settings import Settings

__all__ = [
    "Found",
    "InputRow",
    "LocatedFigure",
    "LocatedPassage",
    "LocatedSpan",
    "LocatedTime",
    "Order",
    "RecordedReport",
    "RecordedStatement",
    "ReportHead",
    "SpeakerRow",
    "StatementFilter",
    "Totals",
    "View",
]

Order = Literal["published", "reading"]
"""Newest report first and reports without a date last, or as the reports came on the record."""

_AT_ONCE: Final = 500


class View(Closing):
    """A ledger opened for reading; may be used from many threads at once.

    `as_of` shows the record as it stood at that time; what comes on the record after the view was opened is then not
    shown. Without it every call shows what is committed when it is made. All calls raise `LedgerUnreadable` on a
    damaged ledger. `limit` None means no limit.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion: when there is no ledger of this version at `path`.
    """

    def __init__(self, path: Place | str, settings: Settings = Settings(), *, as_of: datetime | None = None) -> None:
        self.path = place_of(path)
        self.as_of = as_of
        self._engine = databases.opened(self.path, settings, "read")
        self._ask = Questions()
        self._digest: tuple[str, str] | None = None
        if as_of is not None:
            with self._reading() as connection:
                self._ask = Questions(last_at(connection, as_of))

    def close(self) -> None:
        """Closes the file."""
        self._engine.dispose()

    def one_state(self) -> OneState:
        """Has all that is asked of this view in this context see one state, until what is returned is closed."""
        return OneState(self, self._engine, partial(databases.touched, self.path))

    def totals(self) -> Totals:
        """How much is on the record."""
        became = select(given.c.outcome, func.count()).where(*self._ask.upto(given)).group_by(given.c.outcome)
        if self.as_of is None:
            with self._reading() as connection:
                return _totals(connection.execute(became), *lists.totals(connection))
        read = select(
            func.count(), func.coalesce(func.sum(reading.c.statements), 0), func.count(report.c.outlet.distinct())
        ).join_from(report, reading, self._ask.latest())
        speakers = self._ask.statements(func.count(self._ask.speaker().distinct()))
        with self._reading() as connection:
            reports, statements, outlets = connection.execute(read).one()
            named = connection.execute(speakers).scalar_one()
            return _totals(connection.execute(became), reports, statements, named, outlets)

    def skipped(self) -> list[tuple[str, int]]:
        """Reasons with how many inputs were skipped for each, most first."""
        query = (
            select(given.c.reason, func.count())
            .where(given.c.outcome == Outcome.SKIPPED.value, *self._ask.upto(given))
            .group_by(given.c.reason)
            .order_by(func.count().desc(), given.c.reason)
        )
        with self._reading() as connection:
            return [(reason, count) for reason, count in connection.execute(query)]

    def inputs(
        self, *, outcome: Outcome | None = None, reason: str | None = None, limit: int | None = 50, offset: int = 0
    ) -> list[InputRow]:
        """What became of each input, in the order of recording."""
        query = (
            select(given, entry.c.recorded)
            .join_from(given, entry, given.c.seq == entry.c.seq)
            .where(*self._ask.upto(given))
            .order_by(given.c.seq)
        )
        if outcome is not None:
            query = query.where(given.c.outcome == outcome.value)
        if reason is not None:
            query = query.where(given.c.reason == askable(reason))
        with self._reading() as connection:
            return [input_in(row) for row in connection.execute(page(query, limit, offset)).mappings()]

    def reports(
        self,
        *,
        text: str | None = None,
        outlet: str | None = None,
        speaker: str | None = None,
        limit: int | None = 50,
        offset: int = 0,
    ) -> list[ReportHead]:
        """Reports, newest published first and those without a date last.

        `text` is a full text search in title and text; `outlet` and `speaker` as in `StatementFilter`.
        """
        with self._reading() as connection:
            query = self._ask.heads().where(*self._ask.report_conditions(connection, text, outlet, speaker))
            query = query.order_by(report.c.published.desc().nulls_last(), report.c.seq)
            return [head_in(row) for row in connection.execute(page(query, limit, offset)).mappings()]

    def reports_read_by(self, reader: str) -> list[ReportHead]:
        """The reports whose latest reading is of the reader of this name, newest published first."""
        with self._reading() as connection:
            query = self._ask.heads().where(*self._ask.upto(report), reading.c.reader == reader)
            query = query.order_by(report.c.published.desc().nulls_last(), report.c.seq)
            return [head_in(row) for row in connection.execute(query).mappings()]

    def count_reports(self, *, text: str | None = None, outlet: str | None = None, speaker: str | None = None) -> int:
        """How many reports `reports` would show without a limit."""
        with self._reading() as connection:
            query = select(func.count()).select_from(report).where(*self._ask.upto(report))
            query = query.where(*self._ask.report_conditions(connection, text, outlet, speaker))
            return int(connection.execute(query).scalar_one())

    def report(self, id_or_prefix: str) -> RecordedReport:
        """The report with this id, with an id that begins so (six digits or more), or of the input of this name.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            wanted = self._ask.resolved(connection, report, id_or_prefix, named=True)
            query = self._ask.heads(report, entry.c.recorded).join(entry, entry.c.seq == report.c.seq)
            return report_in(there(connection, query.where(report.c.id == wanted)))

    def texts(self, reports: Collection[str]) -> dict[str, str]:
        """The texts of some reports, by their whole ids."""
        with self._reading() as connection:
            return texts_of(connection, reports, self._ask.until)

    def statements(
        self,
        filter: StatementFilter = StatementFilter(),  # noqa: A002
        *,
        limit: int | None = None,
        offset: int = 0,
        order: Order = "published",
    ) -> Iterator[RecordedStatement]:
        """Statements that pass the filter, those of one report in reading order; streams, in little memory."""
        with self._reading() as connection:
            if self.as_of is None:
                yield from self._listed(connection, filter, limit, offset, order)
                return
            latest = self._ask.latest(reports_first=filter.text is None and filter.speaker is None)
            query = self._ask.recorded_statements(latest).where(*self._ask.statement_conditions(connection, filter))
            if order == "published":
                query = query.order_by(report.c.published.desc().nulls_last())
            query = query.order_by(report.c.seq, statement.c.position, statement.c.seq)
            rows = connection.execute(page(query, limit, offset), execution_options={"yield_per": _AT_ONCE})
            for part in rows.mappings().partitions():
                yield from self._recorded(connection, part)

    def _listed(
        self, connection: Connection, asked: StatementFilter, limit: int | None, offset: int, order: Order
    ) -> Iterator[RecordedStatement]:
        newest_first = order == "published"
        wanted = lists.numbers(connection, asked, newest_first=newest_first, limit=limit, offset=offset)
        while part := list(islice(wanted, IN_ONE_QUESTION)):
            query = self._ask.recorded_statements(reading.c.report == report.c.id).where(statement.c.seq.in_(part))
            rows = {row["seq"]: row for row in connection.execute(query).mappings()}
            yield from self._recorded(connection, [rows[seq] for seq in part])

    def surest(self, reports: Collection[str], most: int, *, among: int) -> list[RecordedStatement]:
        """Of each of these reports, by their whole ids, so many statements of which the reader is surest.

        Statements of named speakers go before others; of a long report only the first `among` are looked at. All stand
        in the order of recording and reading.
        """
        place = func.row_number().over(partition_by=report.c.id, order_by=(statement.c.position, statement.c.seq))
        every = self._ask.statements(statement.c.seq, report.c.id, place.label("place"))
        begun = every.where(report.c.id.in_(reports), *self._ask.upto(report)).subquery().c
        surest = self._ask.speaker().is_(None), statement.c.confidence.desc(), begun.place
        rank = func.row_number().over(partition_by=begun.id, order_by=surest)
        ranked = select(statement.c.seq, rank.label("rank")).where(statement.c.seq == begun.seq, begun.place <= among)
        first = ranked.subquery().c
        chosen = select(first.seq).where(first.rank <= most)
        query = self._ask.recorded_statements(reading.c.report == report.c.id).where(statement.c.seq.in_(chosen))
        query = query.order_by(report.c.seq, statement.c.position, statement.c.seq)
        with self._reading() as connection:
            return list(self._recorded(connection, connection.execute(query).mappings().all()))

    def found(self, filter: StatementFilter = StatementFilter()) -> Found:  # noqa: A002
        """How many statements pass the filter, and how many hits of a search were looked at where that is not all.

        A search with very many hits looks at those that came on the record last; so do `count`, and `statements` with
        a limit, in a view that is not as of a time.
        """
        with self._reading() as connection:
            if self.as_of is None:
                return lists.count(connection, filter)
            query = self._ask.statements(func.count()).where(*self._ask.statement_conditions(connection, filter))
            return Found(int(connection.execute(query).scalar_one()))

    def count(self, filter: StatementFilter = StatementFilter()) -> int:  # noqa: A002
        """How many statements pass the filter."""
        return self.found(filter).total

    def statement(self, id: str) -> RecordedStatement:  # noqa: A002
        """The statement with this id, or with an id that begins so, as the latest reading that found it gives it.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            wanted = self._ask.resolved(connection, statement, id, named=False)
            query = self._ask.recorded_statements(reading.c.report == report.c.id).where(
                statement.c.id == wanted, *self._ask.upto(statement)
            )
            newest = query.order_by(statement.c.seq.desc()).limit(1)
            (found,) = self._recorded(connection, [there(connection, newest)])
            return found

    def speakers(self, *, text: str | None = None, limit: int | None = 50, offset: int = 0) -> list[SpeakerRow]:
        """Named speakers whose name has `text` in it, most statements first, then by name."""
        if self.as_of is None:
            its = listed_speaker.c
            named_so = lists.speakers(text, listed_speaker).order_by(its.statements.desc(), its.name)
            with self._reading() as connection:
                return [speaker_in(row) for row in connection.execute(page(named_so, limit, offset)).mappings()]
        name = self._ask.speaker()
        query = (
            self._ask.statements(
                name.label("name"),
                func.count().label("statements"),
                func.count(counted_as().distinct()).label("reports"),
                func.count(report.c.outlet.distinct()).label("outlets"),
                func.min(report.c.published).label("first"),
                func.max(report.c.published).label("last"),
            )
            .join(page_text, page_text.c.report == report.c.seq, isouter=True)
            .where(*self._ask.named(text))
            .group_by(literal_column("name"))
            .order_by(func.count().desc(), literal_column("name"))
        )
        with self._reading() as connection:
            return [speaker_in(row) for row in connection.execute(page(query, limit, offset)).mappings()]

    def count_speakers(self, *, text: str | None = None) -> int:
        """How many speakers `speakers` would show without a limit."""
        query = self._ask.statements(func.count(self._ask.speaker().distinct())).where(*self._ask.named(text))
        if self.as_of is None:
            query = lists.speakers(text, func.count())
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def outlets(self) -> list[tuple[str, int]]:
        """Outlets with how many reports each has, most first, then by name."""
        query = (
            select(report.c.outlet, func.count())
            .where(report.c.outlet.is_not(None), *self._ask.upto(report))
            .group_by(report.c.outlet)
            .order_by(func.count().desc(), report.c.outlet)
        )
        with self._reading() as connection:
            return [(outlet, count) for outlet, count in connection.execute(query)]

    def digest(self) -> str:
        """One line for all that is on the record, the same for the same inputs in whatever order they came.

        It is made of every id there is, and kept until something comes on the record.
        """
        with self._reading() as connection:
            head = head_of(connection, self._ask.until)
            # Another thread may be here as well, and see a longer record.
            kept = self._digest
            if kept is None or kept[0] != head:
                kept = self._digest = head, digest_of(connection, self._ask.until)
            return kept[1]

    def length(self) -> int:
        """How many entries the chain has."""
        with self._reading() as connection:
            return length_of(connection, self._ask.until)

    def head(self) -> str:
        """The hash of the newest entry: remember it, and a verification can tell whether anything before is gone."""
        with self._reading() as connection:
            return head_of(connection, self._ask.until)

    def touched(self) -> str:
        """A text that is another after every commit, also of what is derived from the record."""
        state = state_of(self)
        with self._reading() as connection:
            return databases.touched(self.path, connection) if state is None else state.touched()

    def _recorded(self, connection: Connection, rows: Sequence[RowMapping]) -> Iterator[RecordedStatement]:
        """The statements in some rows, with what people say of them."""
        return recorded(connection, rows, self._ask.until)

    def _published_by_then(
        self, _published: ColumnElement[str], *_passages: ColumnElement[str]
    ) -> tuple[ColumnElement[bool], ...]:
        """The conditions that a thing and its passages had been published; none but in a view of an earlier day."""
        return ()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One state of the record; what cannot be decoded on the way is damage."""
        with databases.translated(self.path, "read"), self._connected() as connection:
            try:
                yield connection
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise LedgerUnreadable(f"{self.path} holds a row that cannot be read ({error}); verify it") from error

    def _connected(self) -> AbstractContextManager[Connection]:
        state = state_of(self)
        return self._engine.connect() if state is None else state.asking()


def _totals(became: Iterable[Any], reports: int, statements: int, speakers: int, outlets: int) -> Totals:
    outcomes = {Outcome(outcome): count for outcome, count in became}
    return Totals(
        inputs=sum(outcomes.values()),
        read=outcomes.get(Outcome.READ, 0),
        duplicate=outcomes.get(Outcome.DUPLICATE, 0),
        skipped=outcomes.get(Outcome.SKIPPED, 0),
        reports=reports,
        statements=statements,
        speakers=speakers,
        outlets=outlets,
    )
