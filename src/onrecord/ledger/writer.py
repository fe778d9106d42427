"""Putting inputs, readings and statements on the record.

What is given to a `Writer` waits in memory until `commit` writes it in one transaction, which takes the write lock,
sees what has come on the record since, and adds only what is new. So a killed process loses whole inputs and never a
part of one, two writers can take turns on one ledger, and the lock is never held while somebody reads a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Table, select

from onrecord.domain.briefs import Brief
from onrecord.domain.judgements import Judgement, judgement_id
from onrecord.domain.reports import Input, Outcome
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.errors import JudgedMeanwhile, LedgerError
from onrecord.ledger import databases, schema
from onrecord.ledger.batch import Batch, Waiting
from onrecord.ledger.brief_rows import brief_row
from onrecord.ledger.corrections import Seen, judgement_amiss, latest_on
from onrecord.ledger.rows import (
    Row,
    capture_row,
    input_id,
    input_row,
    judgement_row,
    reading_id,
    reading_row,
    report_row,
    statement_row,
    storable,
    time_text,
)
from onrecord.ledger.soundness import statement_fault
from onrecord.places import Place, place_of
from onrecord.settings import Settings

_MAX_WAITING: Final = 32_000_000
"""Bytes of captures and characters of texts that may wait for a commit, whatever `settings.commit_every` says."""


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def this_onrecord() -> str:
    """The program that signs entries, such as "onrecord 0.1.0"."""
    try:
        return f"onrecord {version('onrecord')}"
    except PackageNotFoundError:
        return "onrecord"


@dataclass(frozen=True, slots=True)
class Counts:
    """What one writer has committed; an input that was on the record before counts for nothing.

    `read` counts readings, and so an input that was on the record before but is now read by another reader.
    """

    read: int = 0
    duplicate: int = 0
    skipped: int = 0
    statements: int = 0


class Writer:
    """Writes to one ledger, which it creates where there is none; for one thread.

    As a context manager it commits at the end, and after an exception it drops what was not yet committed. `clock`
    gives the time of each commit, which all its rows carry; a clock that goes back is held at the latest time on the
    record, so that the order of writing is the order of the times. `recorded_by` stands on every entry.

    Raises:
        LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when the ledger cannot be opened or made.
    """

    def __init__(
        self,
        path: Place | str,
        settings: Settings = Settings(),
        *,
        clock: Callable[[], datetime] = utc_now,
        recorded_by: str | None = None,
    ) -> None:
        self.path = place_of(path)
        self._settings = settings
        self._clock = clock
        self._recorded_by = this_onrecord() if recorded_by is None else recorded_by
        self._engine = databases.opened(self.path, settings, "write")
        self._drop()
        self._counts = Counts()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()

    def close(self) -> None:
        """Closes the file; what was not committed is dropped."""
        self._drop()
        self._engine.dispose()

    @property
    def counts(self) -> Counts:
        """What this writer has committed so far."""
        return self._counts

    def is_read(self, report_id: str, reader: ReaderIdentity) -> bool:
        """Whether this reader's reading of the report is on the record or waits to be."""
        return self._is_there(schema.reading, reading_id(report_id, reader))

    def readings(self) -> Iterator[str]:
        """The ids of all readings on the record, sorted; `rows.reading_id` tells which is whose."""
        reading = schema.reading.c
        with databases.translated(self.path, "write"), self._engine.connect() as connection:
            yield from connection.scalars(select(reading.id).order_by(reading.id))

    def knows(self, given: Input) -> bool:
        """Whether this very input (its name, bytes and reason) is on the record or waits to be."""
        sha = None if given.capture is None else given.capture.sha256
        return self._is_there(schema.given, input_id(given.name, sha, given.reason))

    def record_read(self, given: Input, reader: ReaderIdentity, statements: Sequence[Statement]) -> None:
        """Records an input, its capture and report, and the statements a reader found in it.

        A statement given twice is recorded once. If this reader's reading of the report is already there, the input
        is recorded as a duplicate.

        Raises:
            LedgerError: when the input has no report, or a statement does not belong to the report, does not have
                the id of its spans, or is nested in a statement that was not given; as for `commit` when it is due.
        """
        capture, report = given.capture, given.report
        if capture is None or report is None or given.reason is not None:
            raise LedgerError(f"{given.name}: an input that was read has a capture, a report and no reason")
        sha = capture.sha256
        if report.capture != sha:
            raise LedgerError(f"{given.name}: its report was not taken from its capture; the two hashes differ")
        known: dict[str, Statement] = {}
        for one in statements:
            known.setdefault(one.id, one)
        report_id = report.id
        if any(mark.span.end > len(report.text) for mark in report.marks):
            raise LedgerError(f"{given.name}: a mark of report {report_id} reaches beyond the end of its text")
        for one in known.values():
            problem = statement_fault(one, report_id, report.text, known.keys())
            if problem is not None:
                raise LedgerError(
                    f"{given.name}: statement {one.id} {problem}; this is a fault of the reader that made it"
                )
        reading = reading_row(report_id, reader, len(known))
        name = given.name
        self._add(
            Waiting(
                given=storable(schema.given, input_row(given, sha, Outcome.READ), name),
                capture=storable(schema.capture, capture_row(capture, sha), name),
                report=storable(schema.report, report_row(report), name),
                reading=storable(schema.reading, reading, name),
                statements=[
                    storable(schema.statement, statement_row(one, report.text, str(reading["id"])), name)
                    for one in known.values()
                ],
            )
        )

    def record_duplicate(self, given: Input) -> None:
        """Records an input whose report is on the record already, unless the very input is.

        Raises:
            LedgerError: when its report is not on the record; as for `commit` when it is due.
        """
        if given.capture is None or given.report is None or given.reason is not None:
            raise LedgerError(f"{given.name}: a duplicate has a capture, a report and no reason")
        self._add_unread(given, Outcome.DUPLICATE)

    def record_skipped(self, given: Input) -> None:
        """Records an input that could not be read, with its reason and what there is of its bytes.

        Raises:
            LedgerError: when it has no reason; as for `commit` when it is due.
        """
        if given.reason is None:
            raise LedgerError(f"{given.name}: an input that was skipped has a reason")
        self._add_unread(given, Outcome.SKIPPED)

    def record_judgement(self, one: Judgement, seen: Seen | None = None) -> None:
        """Records a person's judgement and commits it, and what else waits, at once.

        With `seen` it is recorded only if nobody has judged the same since what the person saw.

        Raises:
            JudgedMeanwhile: when somebody has; nothing is recorded then.
            LedgerError: when its id is not that of what it says, it judges what is not there, or it is at fault
                otherwise; as for `commit`.
        """
        said = judgement_id(one.subject, one.a, one.b, one.verdict, one.why, one.by, one.made)
        fault = "does not have the id of what it says" if one.id != said else one.fault()
        if fault is not None:
            raise LedgerError(f"judgement {one.id} {fault}")
        row = storable(schema.judgement, judgement_row(one), "judgement")

        def check(connection: Connection) -> None:
            amiss = judgement_amiss(connection, one)
            if amiss is not None:
                raise LedgerError(f"judgement {one.id} {amiss}")
            if seen is not None and latest_on(connection, seen.subject, seen.a, seen.b) != seen.judgement:
                raise JudgedMeanwhile("somebody has judged the same meanwhile; look at it and judge again")

        self._words.append((schema.judgement, row))
        try:
            self.commit(check)
        except (JudgedMeanwhile, LedgerError):
            self._words.pop()
            raise

    def record_brief(self, one: Brief) -> str:
        """Records a brief and commits it, and what else waits, at once; its id.

        Raises:
            ValueError: when a sentence of it cannot be made of what it cites.
            LedgerError: as for `commit`.
        """
        row = storable(schema.brief, brief_row(one), "brief")
        self._words.append((schema.brief, row))
        self.commit()
        return str(row["id"])

    def commit(self, check: Callable[[Connection], None] | None = None) -> None:
        """Writes what waits, in one transaction. After an error all of it still waits, and nothing of it is written.

        `check` looks at the record once nobody else can write, and raises what keeps all of this from being written.

        Raises:
            LedgerBusy: when another process holds the lock for longer than `settings.busy_timeout`.
            LedgerUnwritable: when the disk is full or the place is read-only.
        """
        if not self._waiting and not self._words:
            return
        with (
            databases.translated(self.path, "write"),
            self._engine.execution_options(**databases.WRITING).begin() as connection,
        ):
            if check is not None:
                check(connection)
            batch = Batch(connection, self._waiting, time_text(self._clock()), self._recorded_by)
            for one in self._waiting:
                batch.add(one)
            for table, row in self._words:
                batch.say(table, row)
            batch.write()
        counted = self._counts
        self._counts = Counts(
            counted.read + batch.outcomes.count(Outcome.READ),
            counted.duplicate + batch.outcomes.count(Outcome.DUPLICATE),
            counted.skipped + batch.outcomes.count(Outcome.SKIPPED),
            counted.statements + len(batch.rows[schema.statement]),
        )
        self._drop()

    def _add_unread(self, given: Input, outcome: Outcome) -> None:
        capture = given.capture
        sha = None if capture is None else capture.sha256
        if self._is_there(schema.given, input_id(given.name, sha, given.reason)):
            return
        row = storable(schema.given, input_row(given, sha, outcome), given.name)
        if row["report"] is not None and not self._is_there(schema.report, str(row["report"])):
            report = str(row["report"])
            raise LedgerError(f"{given.name}: report {report} is not on the record, so this is no duplicate of it")
        if capture is None or sha is None:
            self._add(Waiting(row))
        else:
            self._add(Waiting(row, capture=storable(schema.capture, capture_row(capture, sha), given.name)))

    def _add(self, one: Waiting) -> None:
        self._waiting.append(one)
        for table, row, large in (
            (schema.given, one.given, ""),
            (schema.capture, one.capture, "content"),
            (schema.report, one.report, "text"),
            (schema.reading, one.reading, ""),
        ):
            if row is not None:
                self._waiting_ids.add((table, row["id"]))
                value = row.get(large)
                self._waiting_size += len(value) if isinstance(value, str | bytes) else 0
        if len(self._waiting) >= self._settings.commit_every or self._waiting_size > _MAX_WAITING:
            self.commit()

    def _drop(self) -> None:
        self._waiting: list[Waiting] = []
        self._words: list[tuple[Table, Row]] = []
        self._waiting_ids: set[tuple[Table, object]] = set()
        self._waiting_size = 0

    def _is_there(self, table: Table, wanted: str) -> bool:
        """Whether a row with this id waits or is on the record."""
        if (table, wanted) in self._waiting_ids:
            return True
        with databases.translated(self.path, "write"), self._engine.connect() as connection:
            return connection.execute(select(table.c.seq).where(table.c.id == wanted)).first() is not None
