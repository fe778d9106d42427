"""The questions of a search, as SQLAlchemy conditions and selects over the record and what linking derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from onrecord.ledger import fulltext
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.counting import speaker_judged, speaker_named
from onrecord.ledger.linked_queries import actor_columns
from onrecord.ledger.listed_schema import listed
from onrecord.ledger.lists import FILTERED_THROUGH
from onrecord.ledger.meaning import Meaning
from onrecord.ledger.passage_rows import act_mark
from onrecord.ledger.queries import Questions
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import reading, report, statement
from onrecord.ledger.search import Wanted, askable, folded
from onrecord.ledger.searched import Sought
from onrecord.ledger.shown import StatementFilter

WORDED: Final = 5_000
"""Statements with the words that are looked at where nothing else is asked, the newest."""
COMPARED: Final = 400
"""Statements that are compared with what was meant, the newest that the index has for it."""
_CLOSE: Final = 0.6
"""Statements with words nearer than this are compared before any others."""
_CODE: Final = 2


def filters(ask: Questions, connection: Connection, sought: Sought, *, of_few: bool) -> list[ColumnElement[bool]]:
    """The conditions on a statement and its report, but for the words.

    `of_few` says that they are asked of statements that a search has found, not of all.
    """
    asked = StatementFilter(
        outlet=sought.outlet, since=sought.since, until=sought.until, act=sought.act, kind=sought.kind
    )
    conditions = list(ask.statement_conditions(connection, asked))
    if sought.actor is not None:
        conditions.append(said_by(sought.actor))
    if sought.country is not None:
        conditions.append(_of_country(connection, sought.country))
    if sought.story is not None:
        told = select(tables.told.c.report).where(tables.told.c.story == askable(sought.story))
        conditions.append(report.c.id.in_(told))
    told_so = carried(sought)
    if told_so:
        rendered = (
            select(tables.rendering.c.statement)
            .join(tables.utterance, tables.utterance.c.id == tables.rendering.c.utterance)
            .where(*told_so)
        )
        its = rendered.where(tables.rendering.c.statement == statement.c.id).correlate(statement).exists()
        conditions.append(its if of_few else statement.c.id.in_(rendered))
    return conditions


def carried(sought: Sought) -> list[ColumnElement[bool]]:
    """The conditions on an utterance: how many origins it has, and when it was first told."""
    conditions: list[ColumnElement[bool]] = []
    if sought.origins > 1:
        conditions.append(tables.utterance.c.origins >= sought.origins)
    if sought.said_since is not None:
        conditions.append(tables.utterance.c.first >= time_text(sought.said_since))
    if sought.said_until is not None:
        conditions.append(tables.utterance.c.first < time_text(sought.said_until))
    return conditions


def of_utterances_alone(sought: Sought) -> bool:
    """Whether nothing is asked but how far an utterance was carried, and when it was first told."""
    bare = replace(sought, origins=1, said_since=None, said_until=None)
    return bare == Sought(meaning=sought.meaning)


def of_statements(sought: Sought) -> bool:
    """Whether anything but reports is asked about, beside the words."""
    of_statement = sought.actor, sought.country, sought.act, sought.kind, sought.said_since, sought.said_until
    return sought.origins > 1 or any(one is not None for one in of_statement)


def said_by(actor: str) -> ColumnElement[bool]:
    """The condition that a statement is an actor's, by its id or a part of its name."""
    asked = askable(actor)
    spoken = select(tables.spoken.c.statement).where(tables.spoken.c.actor.in_(called_so(asked)))
    named = fulltext.spoken_by(asked, statement.c.seq, speaker_named(), statement.c.source, speaker_judged())
    # The names of reports find who was never linked.
    return or_(statement.c.id.in_(spoken), and_(*named))


def said_by_any(actors: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a statement is one of these actors'."""
    spoken = select(tables.spoken.c.statement).where(fulltext.among(tables.spoken.c.actor, actors))
    return statement.c.id.in_(spoken)


def said_by_nobody() -> ColumnElement[bool]:
    """The condition that nobody was identified as the speaker of a statement."""
    return statement.c.id.not_in(select(tables.spoken.c.statement).where(tables.spoken.c.actor.is_not(None)))


def called_so(name: str) -> Select[Any]:
    """The ids of the actors with this id, or whose name or other name has this in it."""
    actor = tables.actor.c
    return select(actor.id).where(
        or_(actor.id == name, fulltext.name_contains(actor.name, name), fulltext.name_contains(actor.aliases, name))
    )


def actors_called(words: str) -> Select[Any]:
    """The ids of the actors who are called so by their table or by a report."""
    named = fulltext.spoken_by(words, statement.c.seq, speaker_named(), statement.c.source, speaker_judged())
    reported = select(tables.spoken.c.actor).join(statement, statement.c.id == tables.spoken.c.statement)
    reported = reported.where(statement.c.speaker.is_not(None), tables.spoken.c.actor.is_not(None), *named)
    return select(tables.actor.c.id).where(
        or_(tables.actor.c.id.in_(called_so(words)), tables.actor.c.id.in_(reported.correlate(None)))
    )


def speaking(ask: Questions, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Who said some statements, how many, and when they were published; a row without an actor for all others."""
    return (
        ask.statements(
            *actor_columns(),
            func.count(statement.c.seq.distinct()).label("statements"),
            func.min(report.c.published).label("first"),
            func.max(report.c.published).label("last"),
        )
        .join(tables.spoken, tables.spoken.c.statement == statement.c.id, isouter=True)
        .join(tables.actor, tables.actor.c.id == tables.spoken.c.actor, isouter=True)
        .where(*conditions)
        .group_by(tables.actor.c.id)
    )


def most_worded(base: Sequence[ColumnElement[bool]]) -> int:
    """How many statements with the words are looked at: those that came on the record last, more where few may pass."""
    return FILTERED_THROUGH if base else WORDED


def in_reports(
    ask: Questions, connection: Connection, base: Sequence[ColumnElement[bool]], wanted: Wanted | None, sought: Sought
) -> list[ColumnElement[bool]]:
    """The conditions that a report has the words in title or text, and holds a statement that passes the filters."""
    conditions = [*ask.report_conditions(connection, None, sought.outlet, None)]
    if wanted is not None:
        conditions += fulltext.found("report_search", wanted, report.c.seq)
    if sought.since is not None:
        conditions.append(report.c.published >= time_text(sought.since))
    if sought.until is not None:
        conditions.append(report.c.published < time_text(sought.until))
    if sought.story is not None:
        told = select(tables.told.c.report).where(tables.told.c.story == askable(sought.story))
        conditions.append(report.c.id.in_(told))
    if of_statements(sought):
        conditions.append(report.c.id.in_(ask.statements(reading.c.report).where(*base).correlate(None)))
    return conditions


def numbers(ask: Questions, base: Sequence[ColumnElement[bool]]) -> tuple[Select[Any], ColumnElement[int]]:
    """The numbers of the statements of the latest readings, to be filtered by `base`, and the column of them."""
    if base or ask.until is not None:
        return ask.statements(statement.c.seq), statement.c.seq
    # Lists have the latest readings in hand; a filter asks for what only the record has.
    return select(listed.c.seq).select_from(listed), listed.c.seq


def worded_renderings(ask: Questions, conditions: Sequence[ColumnElement[bool]], sought: Sought) -> Select[Any]:
    """The renderings of statements, with what was said whole."""
    rendering = tables.rendering.c
    # By way of the report, since the renderings of one are few and stand together.
    its = and_(rendering.report == report.c.id, rendering.statement == statement.c.id)
    query = ask.statements(rendering.utterance, rendering.words, statement.c.content).join(tables.rendering, its)
    return query.where(*conditions, *_rendered(sought))


def _rendered(sought: Sought) -> list[ColumnElement[bool]]:
    """The conditions that a passage renders an utterance, by the act that is asked for."""
    conditions: list[ColumnElement[bool]] = [tables.rendering.c.utterance.is_not(None)]
    if sought.act is not None:
        conditions.append(tables.rendering.c.made.contains(act_mark(sought.act), autoescape=True))
    return conditions


def compared(
    ask: Questions,
    base: Sequence[ColumnElement[bool]],
    meaning: Meaning,
    wanted: Wanted,
    sought: Sought,
    *,
    close: bool,
) -> Select[Any] | None:
    """The renderings of the newest statements that may be near to what was meant and have not all the words.

    Of each the number of its statement, its utterance and its words, who said it, and the report. None where no word
    could be near.
    """
    terms = meaning.terms(_CLOSE if close else 0.0)
    if not terms:
        return None
    index = fulltext.index_of("statement_search")
    found = fulltext.matching_any("statement_search", terms, meaning.required, wanted, within="content")
    latest, key = numbers(ask, base)
    newest = latest.join(index, index.c.rowid == key).where(found, *base).order_by(index.c.rowid.desc())
    rendering = tables.rendering.c
    return (
        select(statement.c.seq, rendering.utterance, rendering.words, tables.spoken.c.actor, rendering.report)
        .join_from(statement, tables.rendering, rendering.statement == statement.c.id)
        .join(tables.spoken, tables.spoken.c.statement == statement.c.id, isouter=True)
        .where(statement.c.seq.in_(newest.limit(COMPARED)), *_rendered(sought))
        .order_by(statement.c.seq.desc(), rendering.begin)
    )


def _of_country(connection: Connection, country: str) -> ColumnElement[bool]:
    asked = folded(askable(country))
    if len(asked) == _CODE and asked.isalpha():
        states = [f"state:{asked}"]
    else:
        actor = tables.actor.c
        names = or_(func.onrecord_folded(actor.name) == asked, fulltext.name_contains(actor.aliases, f'"{asked}"'))
        states = list(connection.execute(select(actor.id).where(actor.kind == "state", names)).scalars())
    ways = [
        way
        for one in states
        for way in (
            tables.actor.c.id == one,
            tables.actor.c.id.startswith(f"organisation:{one.partition(':')[2]}-", autoescape=True),
            tables.actor.c.offices.contains(f'"of":"{one}"', autoescape=True),
        )
    ]
    its = select(tables.spoken.c.statement).join(tables.actor, tables.actor.c.id == tables.spoken.c.actor)
    known = its.where(tables.actor.c.local == 0)
    called_so = and_(fulltext.named_so(country, statement.c.seq), statement.c.id.not_in(known))
    return or_(statement.c.id.in_(its.where(or_(*ways))), called_so) if ways else called_so
