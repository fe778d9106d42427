"""Keeping the tables behind lists of statements: what a new reading adds, and what it takes the place of.

Texts of one page are one report in which somebody is quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select

from onrecord.domain.judgements import Subject
from onrecord.domain.passages import Act
from onrecord.ledger.counting import speaker_named
from onrecord.ledger.listed_schema import DERIVED, listed, speaker, tally, voice
from onrecord.ledger.parts import in_parts, put_in, rows_with, take_out
from onrecord.ledger.passage_rows import act_mark
from onrecord.ledger.schema import judgement, reading, report, statement
from onrecord.ledger.search import folded
from onrecord.ledger.versions_schema import page_text

OUTLET: Final = "outlet"
KIND: Final = "kind"
ACT: Final = "act"

_BITS: Final = {act: 1 << number for number, act in enumerate(Act)}
_MARKS: Final = {act: act_mark(act) for act in Act}
NOTHING_SAID: Final[Mapping[str, Any]] = {"statements": 0, "reports": 0, "outlets": 0, "first": None, "last": None}

Row = dict[str, Any]


def bit(act: Act) -> int:
    """The bit that stands for an act in `listed.acts`."""
    return _BITS[act]


def list_readings(connection: Connection, readings: Sequence[int]) -> None:
    """Takes in the readings with these numbers, each the latest of its report, in place of earlier ones."""
    for part in in_parts(sorted(readings)):
        query = select(reading.c.seq, report.c.seq.label("report"), report.c.published, report.c.outlet)
        query = query.join_from(reading, report, reading.c.report == report.c.id).where(reading.c.seq.in_(part))
        heads = connection.execute(query.order_by(reading.c.seq)).mappings().all()
        newest = {head["report"]: head for head in heads}
        gone = _taken_out(connection, list(newest))
        new = list(_rows_of(connection, {head["seq"]: head for head in newest.values()}))
        put_in(connection, listed, new)
        _count(connection, gone, new)
        _count_speakers(connection, gone, new)


def list_judged(connection: Connection, judgements: Sequence[Row]) -> None:
    """Lists the statements anew on whose speakers some judgements, as rows, have a word, or take one back."""
    told = {str(row["a"]) for row in judgements if row["subject"] == Subject.SPEAKER.value}
    undone = [str(row["a"]) for row in judgements if row["subject"] == Subject.UNDONE.value]
    of_speakers = select(judgement.c.a).where(judgement.c.subject == Subject.SPEAKER.value)
    told.update(row["a"] for row in rows_with(connection, of_speakers, judgement.c.id, undone))
    for part in in_parts(sorted(told)):
        inside = select(listed.c.report).join(statement, statement.c.seq == listed.c.seq)
        reports = connection.execute(inside.where(statement.c.id.in_(part)).distinct()).scalars().all()
        latest = select(func.max(reading.c.seq)).join(report, report.c.id == reading.c.report)
        latest = latest.where(report.c.seq.in_(reports)).group_by(reading.c.report)
        list_readings(connection, connection.execute(latest).scalars().all())


def list_moved(connection: Connection, reports: Sequence[int]) -> None:
    """Counts those anew who are quoted in the reports with these numbers, which are of another page now."""
    for part in in_parts(reports):
        quoted = select(listed.c.speaker).where(listed.c.report.in_(part), listed.c.speaker.is_not(None)).distinct()
        _count_from_the_beginning(connection, connection.execute(quoted).scalars().all())


def list_again(connection: Connection) -> int:
    """Makes the tables anew from all of the record; returns how many statements they list."""
    for table in reversed(DERIVED):
        connection.execute(table.delete())
    latest = connection.execute(select(func.max(reading.c.seq)).group_by(reading.c.report)).scalars().all()
    list_readings(connection, latest)
    return int(connection.execute(select(func.count()).select_from(listed)).scalar_one())


def _taken_out(connection: Connection, reports: Sequence[int]) -> list[Row]:
    """What was listed of these reports, which have been read anew."""
    rows = [dict(row) for row in connection.execute(select(listed).where(listed.c.report.in_(reports))).mappings()]
    if rows:
        connection.execute(listed.delete().where(listed.c.report.in_(reports)))
    return rows


def _rows_of(connection: Connection, heads: Mapping[int, Mapping[Any, Any]]) -> Iterator[Row]:
    """The rows of the statements of some readings, by the numbers of these."""
    query = select(statement, reading.c.seq.label("reading_seq"), speaker_named().label("named"))
    query = query.join_from(reading, statement, statement.c.reading == reading.c.id).where(reading.c.seq.in_(heads))
    for row in connection.execute(query).mappings():
        head = heads[row["reading_seq"]]
        yield {
            "seq": row["seq"],
            "report": head["report"],
            "published": head["published"] or "",
            "position": row["position"],
            "outlet": head["outlet"],
            "speaker": row["named"],
            "kind": row["kind"],
            "acts": sum(_BITS[act] for act, mark in _MARKS.items() if mark in row["passages"]),
        }


def _count(connection: Connection, gone: Iterable[Row], new: Iterable[Row]) -> None:
    changes: Counter[tuple[str, str]] = Counter()
    for rows, sign in ((gone, -1), (new, 1)):
        for row in rows:
            changes[OUTLET, row["outlet"] or ""] += sign
            changes[KIND, row["kind"]] += sign
            for act in Act:
                if row["acts"] & _BITS[act]:
                    changes[ACT, act.value] += sign
    for what in (OUTLET, KIND, ACT):
        values = sorted(value for known, value in changes if known == what)
        of_these = tally.c.what == what
        kept = rows_with(connection, select(tally).where(of_these), tally.c.value, values)
        there = {row["value"]: row["statements"] for row in kept}
        take_out(connection, tally, tally.c.value, values, of_these)
        sums = {value: there.get(value, 0) + changes[what, value] for value in values}
        put_in(connection, tally, [{"what": what, "value": v, "statements": n} for v, n in sums.items() if n])


def _count_speakers(connection: Connection, gone: Iterable[Row], new: Iterable[Row]) -> None:
    before, after = _by_speaker(gone), _by_speaker(new)
    # Whom a report no longer quotes may have lost an outlet, or the first or the last day.
    again = {name for name, rows in before.items() if _reports(rows) - _reports(after.get(name, ()))}
    added = {name: rows for name, rows in after.items() if name not in again}
    _add_to_speakers(connection, before, added, _quoted_elsewhere(connection, added))
    _count_from_the_beginning(connection, again)


def _count_from_the_beginning(connection: Connection, names: Iterable[str]) -> None:
    for part in in_parts(sorted(names)):
        take_out(connection, speaker, speaker.c.name, part)
        take_out(connection, voice, voice.c.name, part)
        left = connection.execute(select(listed).where(listed.c.speaker.in_(part))).mappings()
        _add_to_speakers(connection, {}, _by_speaker(map(dict, left)), set())


def _quoted_elsewhere(connection: Connection, new: Mapping[str, list[Row]]) -> set[tuple[str, str]]:
    """Who of some speakers is quoted in other texts of the pages that new rows are of, with the page."""
    now = {row["report"] for rows in new.values() for row in rows}
    found: set[tuple[str, str]] = set()
    other = page_text.alias("other_text")
    for part in in_parts(sorted(now)):
        query = select(listed.c.speaker, listed.c.report, other.c.page).distinct()
        query = query.join_from(page_text, other, other.c.page == page_text.c.page)
        query = query.join(listed, listed.c.report == other.c.report).where(page_text.c.report.in_(part))
        for name, report_seq, page in connection.execute(query.where(listed.c.speaker.is_not(None))):
            if report_seq not in now:
                found.add((name, page))
    return found


def _pages(connection: Connection, rows: Iterable[Row]) -> dict[int, str]:
    """The pages of the reports of some rows, by their numbers."""
    found: dict[int, str] = {}
    for part in in_parts(sorted(_reports(rows))):
        query = select(page_text.c.report, page_text.c.page).where(page_text.c.report.in_(part))
        found.update((seq, page) for seq, page in connection.execute(query))
    return found


def _add_to_speakers(
    connection: Connection,
    gone: Mapping[str, list[Row]],
    new: Mapping[str, list[Row]],
    counted_on: set[tuple[str, str]],
) -> None:
    """Adds new rows in place of those that are gone; `counted_on` are speakers with pages on which they are counted."""
    names = sorted(new)
    pages = _pages(connection, (row for every in (gone, new) for rows in every.values() for row in rows))

    def quoted_on(name: str, rows: Iterable[Row]) -> set[str]:
        every = {pages.get(row["report"]) or str(row["report"]) for row in rows}
        return {page for page in every if (name, page) not in counted_on}

    there = {row["name"]: row for row in rows_with(connection, select(speaker), speaker.c.name, names)}
    known = {(row["name"], row["outlet"]) for row in rows_with(connection, select(voice), voice.c.name, names)}
    counted: list[Row] = []
    voices: list[Row] = []
    for name, its in new.items():
        were = gone.get(name, [])
        row: Mapping[Any, Any] = there.get(name, NOTHING_SAID)
        outlets = {one["outlet"] for one in its if one["outlet"] is not None and (name, one["outlet"]) not in known}
        voices += [{"name": name, "outlet": outlet} for outlet in sorted(outlets)]
        days = [day for day in (row["first"], row["last"], *(one["published"] for one in its)) if day]
        counted.append(
            {
                "name": name,
                "folded": folded(name),
                "statements": row["statements"] + len(its) - len(were),
                "reports": row["reports"] + len(quoted_on(name, its) - quoted_on(name, were)),
                "outlets": row["outlets"] + len(outlets),
                "first": min(days, default=None),
                "last": max(days, default=None),
            }
        )
    take_out(connection, speaker, speaker.c.name, names)
    put_in(connection, speaker, counted)
    put_in(connection, voice, voices)


def _by_speaker(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["speaker"] is not None:
            found.setdefault(row["speaker"], []).append(row)
    return found


def _reports(rows: Iterable[Row]) -> set[int]:
    return {row["report"] for row in rows}
