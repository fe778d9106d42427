"""Checking a whole ledger again, from the captures' bytes to the last hash of the chain, with no other input.

Whoever changes, inserts, deletes or reorders a row, typed or entry, leaves a fault here that names it. Only one thing
cannot be seen from the inside: the newest rows taken off together with their entries, or the whole record written
anew. Against that stands what somebody remembered: a `head` from before must still be in the chain, and a `digest`
must still be the digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, Table, func, select

from onrecord.errors import LedgerError
from onrecord.ledger import databases, fulltext
from onrecord.ledger.chain import digest_of, head_of
from onrecord.ledger.corrections import judgement_amiss
from onrecord.ledger.listed_schema import listed
from onrecord.ledger.queries import Questions
from onrecord.ledger.rows import (
    body,
    entry_hash,
    finding_id,
    judgement_of,
    time_of,
)
from onrecord.ledger.schema import CHAINED, NO_HASH, entry, judgement, reading, report, statement
from onrecord.ledger.soundness import row_fault
from onrecord.places import Place, place_of
from onrecord.settings import Settings

MAX_FAULTS: Final = 1_000
"""Faults that are listed; how many more there are is said in one last line."""

_AT_ONCE: Final = 500
_UNREADABLE = (ValueError, TypeError, KeyError, OverflowError, RecursionError, LedgerError)
"""What reading back a row raises that no writer of ours wrote."""

Progress = Callable[[int, int], None]
"""Called now and then with the rows checked so far and the rows there are."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: of a typed table, of the chain (`entry`), or of the `file` or `search` index."""

    kind: str
    id: str | None
    seq: int | None
    problem: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, rows by table, and what was found; digest and head are "" where they cannot be computed."""

    checked: dict[str, int]
    faults: tuple[Fault, ...]
    digest: str
    head: str

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    path: Place | str,
    *,
    expect_head: str | None = None,
    expect_digest: str | None = None,
    progress: Progress | None = None,
    settings: Settings = Settings(),
) -> Verification:
    """Checks every row of a ledger, in little memory, beside a writer if there is one.

    `expect_head` is the head of the same ledger at some earlier time: it must be the hash of some entry, not
    necessarily of the newest. `expect_digest` must be the digest of all that is on the record now. Damage to the
    file is a fault like any other as long as the file can be opened as a ledger at all.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion: when there is no ledger of this version at `path`.
    """
    path = place_of(path)
    # Bytes that are not UTF-8 must not stop the check; they become characters that no hash was made over.
    engine = databases.opened(path, settings, "read", decode=lambda raw: raw.decode("utf-8", "surrogateescape"))
    try:
        return _Check(path, engine, progress).run(expect_head, expect_digest)
    finally:
        engine.dispose()


class _Check:
    """One verification; every stage yields its faults, and a stage that breaks off does not stop the others."""

    def __init__(self, path: Place, engine: Engine, progress: Progress | None) -> None:
        self._path = path
        self._engine = engine
        self._progress = progress
        self._checked = dict.fromkeys(("entry", *CHAINED), 0)
        self._rows = 0
        self._faults: list[Fault] = []
        self._unlisted = 0
        self._expected_head: str | None = None

    def run(self, expect_head: str | None, expect_digest: str | None) -> Verification:
        self._expected_head = expect_head
        stages: list[tuple[str, Callable[[Connection], Iterator[Fault]]]] = [
            ("file", self._file),
            ("chain", self._chain),
            *((f"table {name}", partial(self._typed, table)) for name, table in CHAINED.items()),
            ("readings", self._readings),
            ("references", self._references),
            ("search index", self._search),
        ]
        digest = head = ""
        with self._engine.connect() as connection:
            for what, stage in stages:
                try:
                    with databases.translated(self._path, "read"):
                        for fault in stage(connection):
                            self._add(fault)
                except LedgerError as error:
                    # After an error some databases answer nothing more in the same transaction.
                    connection.rollback()
                    self._add(Fault("file", None, None, f"the check of the {what} broke off: {error}"))
            try:
                with databases.translated(self._path, "read"):
                    digest, head = digest_of(connection), head_of(connection)
            except LedgerError as error:
                self._add(Fault("file", None, None, f"the digest cannot be computed: {error}"))
        if expect_digest is not None and digest != expect_digest:
            self._add(Fault("file", None, None, f"the digest is {digest or 'unknown'}, not {expect_digest}"))
        if self._unlisted:
            self._faults.append(Fault("file", None, None, f"{self._unlisted} more faults are not listed"))
        return Verification(self._checked, tuple(self._faults), digest, head)

    def _add(self, fault: Fault) -> None:
        if len(self._faults) < MAX_FAULTS:
            self._faults.append(fault)
        else:
            self._unlisted += 1

    def _stream(self, connection: Connection, query: Select[Any], name: str) -> Iterator[dict[str, Any]]:
        """The rows of a query, counted as checked rows of a table."""
        rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        for part in rows.mappings().partitions():
            for row in part:
                self._checked[name] += 1
                yield dict(row)
            if self._progress is not None:
                self._progress(sum(self._checked.values()), self._rows)

    def _file(self, connection: Connection) -> Iterator[Fault]:
        for table in (entry, *CHAINED.values()):
            self._rows += connection.execute(select(func.count()).select_from(table)).scalar_one()
        for problem in databases.damage(connection):
            yield Fault("file", None, None, f"the database finds: {problem}")

    def _chain(self, connection: Connection) -> Iterator[Fault]:
        """Numbers without gaps, every hash over its row and the hash before it, and times that never go back."""
        due, previous, latest = 1, NO_HASH, ""
        head_seen = self._expected_head in (None, NO_HASH)
        for row in self._stream(connection, select(entry).order_by(entry.c.seq), "entry"):
            number, problems = row["seq"], []
            if number > due:
                missing = f"entry {due} is" if number == due + 1 else f"entries {due} to {number - 1} are"
                yield Fault("entry", None, due, f"{missing} missing")
            elif number < due:
                problems.append("is numbered below 1")
            elif row["previous"] != previous:
                problems.append("does not follow the entry before it: one of the two was changed, moved or put in")
            if entry_hash(row) != row["hash"]:
                problems.append("was changed after it was recorded: its hash is not that of its row")
            if row["kind"] not in CHAINED:
                problems.append(f"is of a kind that there is not: {row['kind']!r}")
            try:
                time_of(row["recorded"])
            except _UNREADABLE:
                problems.append("has no readable time")
            if row["recorded"] < latest:
                problems.append("is older than the entry before it")
            for problem in problems:
                yield Fault("entry", row["id"], number, problem)
            head_seen = head_seen or row["hash"] == self._expected_head
            due, previous, latest = max(due, number + 1), row["hash"], max(latest, row["recorded"])
        if not head_seen:
            gone = f"the head {self._expected_head} is not in the chain: the newest rows were removed or written anew"
            yield Fault("entry", None, None, gone)

    def _typed(self, table: Table, connection: Connection) -> Iterator[Fault]:
        """Every typed row has its entry, is what the entry vouches for, and is sound; every entry has its row."""
        kind = table.name
        query = (
            select(
                table, entry.c.kind.label("entry_kind"), entry.c.id.label("entry_id"), entry.c.body.label("entry_body")
            )
            .join_from(table, entry, entry.c.seq == table.c.seq, isouter=True)
            .order_by(table.c.seq)
        )
        if table is statement:
            query = query.add_columns(reading.c.report.label("report")).join(
                reading, reading.c.id == statement.c.reading, isouter=True
            )
        texts = _Texts(connection)
        for row in self._stream(connection, query, kind):
            vouched = finding_id(row["reading"], row["id"]) if table is statement else row["id"]
            if row["entry_kind"] is None:
                problem: str | None = "has no entry in the chain: it was put in, moved, or its entry was removed"
            elif (row["entry_kind"], row["entry_id"]) != (kind, vouched):
                problem = f"is not what its entry vouches for, which is {row['entry_kind']} {row['entry_id']}"
            elif body(table, row) != row["entry_body"]:
                problem = "was changed after it was recorded: its hash is not the one in its entry"
            else:
                try:
                    problem = row_fault(kind, row, texts.of)
                    if problem is None and table is judgement:
                        problem = judgement_amiss(connection, judgement_of(row))
                except _UNREADABLE as error:
                    problem = f"cannot be read back: {error}"
            if problem is not None:
                yield Fault(kind, row["id"], row["seq"], problem)
        alone = (
            select(entry.c.seq, entry.c.id)
            .join_from(entry, table, entry.c.seq == table.c.seq, isouter=True)
            .where(entry.c.kind == kind, table.c.seq.is_(None))
            .order_by(entry.c.seq)
        )
        for number, vouched in connection.execute(alone):
            yield Fault(kind, vouched, number, f"has an entry in the chain, but the {kind} itself is missing")

    def _readings(self, connection: Connection) -> Iterator[Fault]:
        """Every report is read, every reading has as many statements as it says, and what is nested has its outer."""
        unread = (
            select(report.c.id, report.c.seq)
            .join_from(report, reading, reading.c.report == report.c.id, isouter=True)
            .where(reading.c.seq.is_(None))
        )
        for id_, number in connection.execute(unread):
            yield Fault("report", id_, number, "has no reading")
        counted = (
            select(reading.c.id, reading.c.seq, reading.c.statements, func.count(statement.c.seq))
            .join_from(reading, statement, statement.c.reading == reading.c.id, isouter=True)
            .group_by(reading.c.id, reading.c.seq, reading.c.statements)
            .having(reading.c.statements != func.count(statement.c.seq))
        )
        for id_, number, said, there in connection.execute(counted):
            yield Fault("reading", id_, number, f"found {said} statements, but {there} are there")
        outer = statement.alias("outer_statement")
        dangling = (
            select(statement.c.id, statement.c.seq, statement.c.nested_in)
            .join_from(
                statement,
                outer,
                (outer.c.id == statement.c.nested_in) & (outer.c.reading == statement.c.reading),
                isouter=True,
            )
            .where(statement.c.nested_in.is_not(None), outer.c.seq.is_(None))
        )
        for id_, number, named in connection.execute(dangling):
            yield Fault("statement", id_, number, f"is nested in {named}, which its reading does not have")

    def _references(self, connection: Connection) -> Iterator[Fault]:
        for table in CHAINED.values():
            for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
                if key.parent.name == "seq":
                    continue
                parent = key.column.table.alias("referred")
                query = (
                    select(table.c.id, table.c.seq, key.parent)
                    .join_from(table, parent, parent.c[key.column.name] == key.parent, isouter=True)
                    .where(key.parent.is_not(None), parent.c.seq.is_(None))
                )
                for id_, number, named in connection.execute(query):
                    yield Fault(table.name, id_, number, f"refers to {key.column.table.name} {named}, which is missing")

    def _search(self, connection: Connection) -> Iterator[Fault]:
        sizes: tuple[tuple[fulltext.SearchTable, Table], ...] = (
            ("statement_search", statement),
            ("report_search", report),
        )
        for name, table in sizes:
            try:
                with databases.translated(self._path, "read"):
                    size = fulltext.search_size(connection, name)
            except LedgerError as error:
                connection.rollback()
                yield Fault(
                    "search", None, None, f"the index of {table.name}s cannot be read ({error}); run `onrecord reindex`"
                )
                continue
            there = connection.execute(select(func.count()).select_from(table)).scalar_one()
            if size != there:
                problem = f"the index has {size} {table.name}s, the record has {there}; run `onrecord reindex`"
                yield Fault("search", None, None, problem)
        size = connection.execute(select(func.count()).select_from(listed)).scalar_one()
        there = connection.execute(Questions().statements(func.count())).scalar_one()
        if size != there:
            problem = f"the lists have {size} statements, the record has {there}; run `onrecord reindex`"
            yield Fault("search", None, None, problem)


class _Texts:
    """Texts of reports by id; keeps the last one, since the statements of a report stand together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: tuple[str, str] | None = None

    def of(self, report_id: str) -> str:
        if self._last is None or self._last[0] != report_id:
            text = self._connection.execute(select(report.c.text).where(report.c.id == report_id)).scalar()
            if text is None:
                raise ValueError("its report is missing")
            self._last = (report_id, text)
        return self._last[1]
