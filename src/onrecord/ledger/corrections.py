"""The judgements that count, and what they change of statements: the one place where people's words meet the reader's.

Nothing here changes a row: a corrected statement is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select

from onrecord.domain.corrections import Correction, correction
from onrecord.domain.judgements import ALONE, OF_STATEMENTS, Judgement, Subject, spans_in
from onrecord.ledger.counting import counts
from onrecord.ledger.parts import rows_with
from onrecord.ledger.rows import judgement_of
from onrecord.ledger.schema import judgement, reading, report, statement
from onrecord.ledger.shown import RecordedStatement, recorded_in


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw before judging: the newest judgement of a sort on a thing or a pair, by `latest_on`."""

    subject: Subject
    a: str
    b: str
    judgement: str


def judgements_on(
    connection: Connection,
    subjects: Collection[Subject],
    first: Collection[str] | None = None,
    *,
    until: int | None = None,
) -> list[Judgement]:
    """The judgements of these sorts that count, with `a` among some things or of all, in the order of recording."""
    sorts = judgement.c.subject.in_(sorted(one.value for one in subjects))
    query = select(judgement).where(sorts, counts(until)).order_by(judgement.c.seq)
    if until is not None:
        query = query.where(judgement.c.seq <= until)
    if first is None:
        return [judgement_of(row) for row in connection.execute(query).mappings()]
    rows = rows_with(connection, query, judgement.c.a, first)
    return [judgement_of(row) for row in sorted(rows, key=lambda row: int(row["seq"]))]


def latest_on(connection: Connection, subject: Subject, a: str, b: str = "") -> str:
    """The id of the newest judgement of this sort on a thing or a pair, or of the word that took one back; "" for none.

    Without `b` of a pair it is the newest that names `a` on either side: what a page about `a` has shown.
    """
    its: ColumnElement[bool] = judgement.c.a == a
    if subject not in ALONE | OF_STATEMENTS | {Subject.NOTE}:
        its = or_(its, judgement.c.b == a)
        if b:
            its &= or_(judgement.c.a == b, judgement.c.b == b)
    told = connection.execute(
        select(judgement.c.seq, judgement.c.id).where(judgement.c.subject == subject.value, its)
    ).all()
    found = {int(row.seq): str(row.id) for row in told}
    back = select(judgement.c.seq, judgement.c.id).where(judgement.c.subject == Subject.UNDONE.value)
    taken = rows_with(connection, back, judgement.c.a, [row.id for row in told])
    found.update((int(row["seq"]), str(row["id"])) for row in taken)
    return found[max(found)] if found else ""


def judgement_amiss(connection: Connection, one: Judgement) -> str | None:
    """What keeps a judgement that is sound in itself from this record: it names what is not there; None for nothing."""
    if one.subject is Subject.UNDONE:
        return _undone_amiss(connection, one)
    if one.subject not in OF_STATEMENTS:
        return None
    inside = select(reading.c.report).join(statement, statement.c.reading == reading.c.id)
    where = connection.execute(inside.where(statement.c.id == one.a).limit(1)).scalar()
    if where is None:
        return f"judges the statement {one.a}, which is not there"
    if one.subject is Subject.SPAN and one.verdict:
        last = spans_in(one.verdict)[-1].end
        length = len(str(connection.execute(select(report.c.text).where(report.c.id == where)).scalar() or ""))
        if last > length:
            return f"names characters up to {last} of a report that has {length}"
    return None


def _undone_amiss(connection: Connection, one: Judgement) -> str | None:
    row = connection.execute(select(judgement.c.subject).where(judgement.c.id == one.a)).first()
    if row is None:
        return f"takes back judgement {one.a}, which is not there"
    if row.subject == Subject.UNDONE.value:
        return f"takes back {one.a}, which itself takes one back; judge again instead"
    return None


def corrections_of(
    connection: Connection, statements: Collection[str], until: int | None = None
) -> dict[str, Correction]:
    """What people say of some statements, by the statement; those of which nobody said anything are left out."""
    told: dict[str, list[Judgement]] = {}
    for one in judgements_on(connection, OF_STATEMENTS, statements, until=until):
        told.setdefault(one.a, []).append(one)
    return {id_: correction(its) for id_, its in told.items()}


def recorded(
    connection: Connection, rows: Sequence[RowMapping], until: int | None = None
) -> Iterator[RecordedStatement]:
    """The statements in some rows of `queries.Questions.recorded_statements`, with what people say of them."""
    told = corrections_of(connection, [row["id"] for row in rows], until)
    moved = {one for one, its in told.items() if its.content is not None or its.source is not None}
    texts = texts_of(connection, {row["report_id"] for row in rows if row["id"] in moved}, until)
    for row in rows:
        yield recorded_in(row, told.get(row["id"]), texts.get(row["report_id"]))


def texts_of(connection: Connection, reports: Collection[str], until: int | None = None) -> dict[str, str]:
    """The texts of some reports that were on the record by the entry numbered `until`, by their whole ids."""
    query = select(report.c.id, report.c.text)
    if until is not None:
        query = query.where(report.c.seq <= until)
    return {row["id"]: row["text"] for row in rows_with(connection, query, report.c.id, reports)}
