"""The questions about what linking derived, as SQLAlchemy selects and conditions."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select

from onrecord.ledger import fulltext
from onrecord.ledger import linked_schema as tables
from onrecord.ledger.lists import LOOKED_THROUGH
from onrecord.ledger.schema import given, statement
from onrecord.ledger.search import Wanted, askable, folded

UTTERANCES_IN_ORDER: Final = (
    tables.utterance.c.origins.desc(),
    tables.utterance.c.reports.desc(),
    tables.utterance.c.last.desc().nulls_last(),
    tables.utterance.c.id,
)
"""Most independent origins first, then most reports, then the newest."""
STORIES_IN_ORDER: Final = (tables.story.c.last.desc().nulls_last(), tables.story.c.reports.desc(), tables.story.c.id)
"""The newest first, those without a date last."""


def utterance_heads() -> Select[Any]:
    """What `linked_reading.utterance_in` needs of utterances."""
    fullest = tables.rendering.alias("fullest")
    return (
        select(
            tables.utterance,
            fullest.c.report.label("span_report"),
            fullest.c.begin.label("span_begin"),
            fullest.c.end.label("span_end"),
            fullest.c.words.label("span_words"),
            first_input(fullest.c.report),
            *actor_columns(),
        )
        .join(fullest, fullest.c.passage == tables.utterance.c.fullest)
        .join(tables.actor, tables.actor.c.id == tables.utterance.c.actor, isouter=True)
    )


def wanted_utterances(
    actor: str | None, text: str | None, story: str | None, reports: int, origins: int
) -> list[ColumnElement[bool]]:
    """The conditions on an utterance that `LinkedView.utterances` is asked for."""
    conditions: list[ColumnElement[bool]] = []
    if reports > 1:
        conditions.append(tables.utterance.c.reports >= reports)
    if origins > 1:
        conditions.append(tables.utterance.c.origins >= origins)
    if actor is not None:
        conditions.append(tables.utterance.c.actor == askable(actor))
    renderings = tables.rendering.c
    if text is not None:
        conditions.append(tables.utterance.c.id.in_(worded(text)))
    if story is not None:
        told = select(tables.told.c.report).where(tables.told.c.story == askable(story))
        conditions.append(tables.utterance.c.id.in_(select(renderings.utterance).where(renderings.report.in_(told))))
    return conditions


def worded(text: str) -> Select[Any]:
    """The utterances of which a rendering has `text` in it, in whatever case and accents.

    Where it has words, they must begin as words of the statement do: the index then finds the few renderings that are
    looked at, those of the newest statements at most.
    """
    rendering = tables.rendering.c
    query = select(rendering.utterance).where(fulltext.name_contains(rendering.words, text))
    begun = Wanted.beginning(text)
    if begun is None:
        return query
    newest = select(statement.c.id).where(statement.c.seq.in_(fulltext.newest(begun, LOOKED_THROUGH)))
    return query.where(rendering.statement.in_(newest))


def wanted_stories(text: str | None, reports: int) -> list[ColumnElement[bool]]:
    """The conditions on a story that `LinkedView.stories` is asked for."""
    conditions: list[ColumnElement[bool]] = []
    if reports > 1:
        conditions.append(tables.story.c.reports >= reports)
    if text is not None:
        conditions.append(fulltext.name_contains(tables.story.c.title, text))
    return conditions


def counted_actors(*conditions: ColumnElement[bool]) -> Select[Any]:
    """What `linked_reading.actor_in` needs of actors who speak, most statements first."""
    uttered = (
        select(func.count())
        .where(tables.utterance.c.actor == tables.actor.c.id)
        .correlate(tables.actor)
        .scalar_subquery()
    )
    return (
        select(*actor_columns(), tables.voice, uttered.label("utterances"))
        .join_from(tables.voice, tables.actor, tables.actor.c.id == tables.voice.c.actor)
        .where(*conditions)
        .order_by(tables.voice.c.statements.desc(), tables.actor.c.name, tables.actor.c.id)
    )


def called(text: str | None) -> list[ColumnElement[bool]]:
    """The conditions that an actor's name, or a name that a report gives it, has `text` in it."""
    if text is None:
        return []
    names = tables.called.c
    so = select(names.actor).where(fulltext.stands_in_text(folded(askable(text)), names.folded))
    return [tables.voice.c.actor.in_(so)]


def actor_columns() -> tuple[Any, ...]:
    """What `linked_reading.actor_head` needs of an actor."""
    return (
        tables.actor.c.id.label("actor_id"),
        tables.actor.c.name.label("actor_name"),
        tables.actor.c.kind.label("actor_kind"),
        tables.actor.c.local.label("actor_local"),
    )


def first_input(report_id: ColumnElement[str]) -> Any:
    """What people call a report: the name of the first input that held it."""
    first = select(given.c.name).where(given.c.report == report_id).order_by(given.c.seq).limit(1)
    return first.scalar_subquery().label("span_input")
