"""The tables of what linking derived: actors, utterances and stories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from onrecord.domain.actors import Actor
from onrecord.ledger.linked import ActorRow, ShownStory
from onrecord.ledger.snapshot import Snapshot, ToldUtterance
from onrecord.publishing.tables.columns import Column, Sort, T, Table


def _within(times: Callable[[T], tuple[datetime | None, datetime | None]]) -> tuple[Column[T], ...]:
    return (
        Column(
            "first",
            Sort.TIME,
            "When its first report with a date was published.",
            lambda one: times(one)[0],
            unit="UTC",
            empty=True,
        ),
        Column(
            "last",
            Sort.TIME,
            "When its last report with a date was published.",
            lambda one: times(one)[1],
            unit="UTC",
            empty=True,
        ),
    )


def _how_many(name: str, meaning: str, take: Callable[[T], int], unit: str | None = None) -> Column[T]:
    return Column(name, Sort.WHOLE, meaning, take, unit=unit or name)


def _carried(
    reports: Callable[[T], int], outlets: Callable[[T], int], origins: Callable[[T], int]
) -> tuple[Column[T], ...]:
    return (
        _how_many("reports", "How many reports have it.", reports),
        _how_many("outlets", "How many outlets have it.", outlets),
        _how_many(
            "origins",
            "How many independent origins it has; reports that are not shown to be independent count once.",
            origins,
            "independent origins",
        ),
    )


ACTORS: Final[Table[tuple[Actor, ActorRow]]] = Table(
    "actors",
    "An actor: somebody or something that speaks on the record.",
    Snapshot.every_actor,
    (
        Column("id", Sort.TEXT, "Its sort, a colon and its name or a hash of it.", lambda one: one[0].id),
        Column("name", Sort.TEXT, "What it is called.", lambda one: one[0].name),
        Column(
            "kind",
            Sort.TEXT,
            "person, organisation, state or group.",
            lambda one: None if one[0].kind is None else one[0].kind.value,
            empty=True,
        ),
        Column(
            "local",
            Sort.FLAG,
            "Whether it is in no table and was made for a name in the reports.",
            lambda one: one[0].local,
        ),
        Column("aliases", Sort.TEXTS, "What else it is called.", lambda one: list(one[0].aliases)),
        Column("wikidata", Sort.TEXT, "Its item in Wikidata.", lambda one: one[0].wikidata, empty=True),
        _how_many("statements", "How many statements it made.", lambda one: one[1].statements),
        _how_many("reports", "In how many reports.", lambda one: one[1].reports),
        _how_many("outlets", "In how many outlets.", lambda one: one[1].outlets),
        _how_many("utterances", "How many utterances these render.", lambda one: one[1].utterances),
        *_within(lambda one: (one[1].first, one[1].last)),
    ),
)


UTTERANCES: Final[Table[ToldUtterance]] = Table(
    "utterances",
    "An utterance: passages held to render one act of speech.",
    Snapshot.every_utterance,
    (
        Column("id", Sort.TEXT, "A hash of its first passage.", lambda one: one.head.id),
        Column(
            "actor",
            Sort.TEXT,
            "Who said it: actors.id; null where that is not known.",
            lambda one: None if one.head.actor is None else one.head.actor.id,
            empty=True,
        ),
        Column(
            "speaker", Sort.TEXT, "The speaker's name in its fullest wording.", lambda one: one.head.speaker, empty=True
        ),
        Column("text", Sort.TEXT, "Its fullest wording.", lambda one: one.head.fullest.text),
        Column("report", Sort.TEXT, "Where that stands: reports.id.", lambda one: one.head.fullest.report),
        *_within(lambda one: (one.head.first, one.head.last)),
        *_carried(lambda one: one.head.reports, lambda one: one.head.outlets, lambda one: one.head.origins),
        Column(
            "passages",
            Sort.TEXTS,
            "The passages that render it, earliest published first: passages.id.",
            lambda one: [rendering.passage for rendering in one.renderings],
        ),
        Column(
            "material",
            Sort.TEXTS,
            "In what its wordings differ in substance: figure, negation, condition, modal or actor.",
            lambda one: sorted(
                {kind.value for each in one.renderings if each.difference for kind in each.difference.material}
            ),
        ),
    ),
)

STORIES: Final[Table[ShownStory]] = Table(
    "stories",
    "A story: reports held to tell one happening.",
    Snapshot.every_story,
    (
        Column("id", Sort.TEXT, "A hash of its first report.", lambda one: one.head.id),
        Column("title", Sort.TEXT, "The headline most like the others.", lambda one: one.head.title),
        *_within(lambda one: (one.head.first, one.head.last)),
        *_carried(lambda one: len(one.reports), lambda one: one.head.outlets, lambda one: one.head.origins),
        Column(
            "report_ids",
            Sort.TEXTS,
            "The reports that tell it, earliest published first: reports.id.",
            lambda one: [report.id for report in one.reports],
        ),
    ),
)
