"""The questions that lists of statements ask of `listed`: which come on a page, and how many there are.

A search with very many hits looks at those alone that came on the record last, so that it costs the same whatever the
record holds; whoever shows it says so (`Found.looked_at`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import Connection, Select, case, func, select

from onrecord.ledger import fulltext
from onrecord.ledger.counting import speaker_judged
from onrecord.ledger.listed_schema import listed, speaker, tally
from onrecord.ledger.listing import ACT, KIND, OUTLET, bit
from onrecord.ledger.queries import outlets_called, page
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import report, statement
from onrecord.ledger.search import Wanted, askable, folded
from onrecord.ledger.shown import StatementFilter

LOOKED_THROUGH: Final = 20_000
"""Hits of a search that are looked at where nothing else is asked."""
FILTERED_THROUGH: Final = 200_000
"""Hits that are looked at for those of an outlet, of some days, of a kind or an act: few of them may pass."""

_AT_ONCE: Final = 500
_FIELDS: Final = tuple(field.name for field in fields(StatementFilter))


@dataclass(frozen=True, slots=True)
class Found:
    """How many statements there are; `looked_at` is how many hits were looked at, where there may be more of them."""

    total: int
    looked_at: int | None = None


def count(connection: Connection, wanted: StatementFilter) -> Found:
    """How many statements of the latest readings pass a filter."""
    known = _counted(connection, wanted)
    if known is not None:
        return Found(known)
    most = _most(wanted)
    chosen, hits = _chosen(connection, wanted, most)
    query = select(func.count()).select_from(chosen.subquery())
    total = int(connection.execute(query).scalar_one())
    if hits is None:
        return Found(total)
    looked_at = connection.execute(select(func.count()).select_from(hits)).scalar_one()
    return Found(total, most if looked_at >= most else None)


def numbers(
    connection: Connection, wanted: StatementFilter, *, newest_first: bool, limit: int | None, offset: int
) -> Iterator[int]:
    """The numbers of the statements that pass a filter, in the order of lists or in that of recording.

    All hits of a search are looked at where no `limit` is given.
    """
    chosen, hits = _chosen(connection, wanted, None if limit is None else _most(wanted))
    # Of few hits the place in the list is told for each; to look for them along the list would read all of it.
    published = listed.c.published if hits is None else listed.c.published.concat("")
    order = [listed.c.report, listed.c.position, listed.c.seq]
    query = chosen.order_by(published.desc(), *order) if newest_first else chosen.order_by(*order)
    part = page(query, limit, offset)
    yield from connection.execute(part, execution_options={"yield_per": _AT_ONCE}).scalars()


def totals(connection: Connection) -> tuple[int, int, int, int]:
    """How many reports, statements, named speakers and outlets there are."""
    return tuple(  # type: ignore[return-value]  # four of them
        int(connection.execute(query).scalar_one())
        for query in (
            select(func.count()).select_from(report),
            select(func.coalesce(func.sum(tally.c.statements), 0)).where(tally.c.what == OUTLET),
            select(func.count()).select_from(speaker),
            select(func.count(report.c.outlet.distinct())),
        )
    )


def speakers(text: str | None, *columns: Any) -> Select[Any]:
    """Columns of the named speakers whose name has `text` somewhere in it, in whatever case and accents."""
    query = select(*columns).select_from(speaker)
    return query if text is None else query.where(fulltext.stands_in_text(folded(askable(text)), speaker.c.folded))


def _most(wanted: StatementFilter) -> int:
    filtered = replace(wanted, text=None, speaker=None) != StatementFilter()
    return FILTERED_THROUGH if filtered else LOOKED_THROUGH


def _counted(connection: Connection, wanted: StatementFilter) -> int | None:
    """What is counted already: all statements, or those of one kind, act or outlet."""
    asked = {name: value for name in _FIELDS if (value := getattr(wanted, name)) is not None}
    query = select(func.coalesce(func.sum(tally.c.statements), 0))
    if not asked:
        return int(connection.execute(query.where(tally.c.what == OUTLET)).scalar_one())
    if len(asked) > 1 or not asked.keys() <= {OUTLET, KIND, ACT}:
        return None
    ((what, value),) = asked.items()
    values = outlets_called(connection, str(value)) if what == OUTLET else [str(value)]
    return int(connection.execute(query.where(tally.c.what == what, tally.c.value.in_(values))).scalar_one())


def _chosen(connection: Connection, wanted: StatementFilter, most: int | None) -> tuple[Select[Any], Any]:
    """The numbers of the statements that pass a filter, and the hits of the search among which they are, if any."""
    query = select(listed.c.seq)
    search = None if wanted.text is None else Wanted.parse(wanted.text)
    hits = None
    if search is not None or wanted.speaker is not None:
        hits = fulltext.hits(search, wanted.speaker, most, speaker_judged())
        query = query.join(hits, hits.c.rowid == listed.c.seq)
    if wanted.report is not None:
        named = select(report.c.seq).where(report.c.id == askable(wanted.report)).scalar_subquery()
        query = query.where(listed.c.report == named)
    if wanted.outlet is not None:
        query = query.where(listed.c.outlet.in_(outlets_called(connection, wanted.outlet)))
    if wanted.since is not None:
        query = query.where(listed.c.published >= time_text(wanted.since))
    if wanted.until is not None:
        query = query.where(listed.c.published < time_text(wanted.until))
    if (wanted.since or wanted.until) is not None:
        query = query.where(listed.c.published != "")
    if wanted.kind is not None:
        query = query.where(listed.c.kind == wanted.kind.value)
    if wanted.act is not None:
        query = query.where(listed.c.acts.bitwise_and(bit(wanted.act)) != 0)
    if wanted.speaker is not None:
        source = select(statement.c.source).where(statement.c.seq == listed.c.seq).scalar_subquery()
        unnamed = case((listed.c.speaker.is_(None), source))
        query = query.where(fulltext.is_called(listed.c.speaker, unnamed, wanted.speaker))
    return query, hits
