"""What weighing derives as rows of its tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.domain.docket import Entry, Evidence
from onrecord.domain.figures import Counted, FigureTie, Lineage, Standing
from onrecord.domain.passages import Act
from onrecord.domain.relations import Relation, Said, relation_id
from onrecord.domain.utterances import Rendering
from onrecord.ledger.linked_rows import groups_of
from onrecord.ledger.rows import time_of, time_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LineageRow:
    """What is kept of one lineage: its figures, and how many speakers, disputes and revisions there are in it."""

    lineage: Lineage
    block: str
    values: int
    speakers: int
    disputes: int
    revisions: int
    first: datetime | None
    last: datetime | None


def said_of(row: Mapping[Any, Any], renderings: Sequence[Rendering], pages: Mapping[str, str]) -> Said:
    """The utterance that a row of `link_utterance` keeps, with the name of its actor and its passages in order.

    `pages` are those of reports that are not the only texts of their page: each stands in the group of its report, so
    that what one text of a page has and what another has come from one origin.
    """
    return Said(
        utterance=row["id"],
        fullest=next((one for one in renderings if one.passage == row["fullest"]), renderings[0]),
        renderings=tuple(renderings),
        actor=row["actor"],
        name=row["actor_name"] or row["speaker"],
        groups=tuple(
            (*group, *sorted({pages[one] for one in group if one in pages})) for group in groups_of(row["groups"])
        ),
        first=moment(row["first"]),
        last=moment(row["last"]),
    )


def relation_row(one: Relation, published: datetime | None) -> Row:
    return {
        "a": one.a,
        "b": one.b,
        "id": relation_id(one.a, one.b),
        "kind": one.kind.value,
        "program": one.kind.value,
        "passage_a": one.passages[0],
        "passage_b": one.passages[1],
        "score": float(one.score),
        "reasons": _json(list(one.reasons)),
        "published": written(published),
        "judgement": None,
    }


def figure_row(one: Counted) -> Row:
    return {
        "id": one.id,
        "passage": one.rendering.passage,
        "utterance": one.utterance,
        "place_in_passage": one.rendering.figures.index(one.figure),
        "block": one.block,
        "noun": one.noun,
        "words": one.words,
        "place": one.place,
        "begins": written(one.start),
        "ends": written(one.end),
        "dated": int(one.dated),
        "published": written(one.rendering.published),
        "lineage": None,
    }


def counted_of(row: Mapping[Any, Any], rendering: Rendering) -> Counted:
    return Counted(
        id=row["id"],
        rendering=rendering,
        figure=rendering.figures[row["place_in_passage"]],
        block=row["block"],
        noun=row["noun"],
        words=row["words"],
        place=row["place"],
        start=moment(row["begins"]),
        end=moment(row["ends"]),
        dated=bool(row["dated"]),
        utterance=row["utterance"],
    )


def lineage_row(one: LineageRow) -> Row:
    return {
        "id": one.lineage.id,
        "block": one.block,
        "counted": one.lineage.counted,
        "place": one.lineage.place,
        "unit": one.lineage.unit,
        "figures": len(one.lineage.figures),
        "values_given": one.values,
        "speakers": one.speakers,
        "disputes": one.disputes,
        "revisions": one.revisions,
        "first": written(one.first),
        "last": written(one.last),
    }


def tie_row(one: FigureTie, block: str) -> Row:
    return {
        "a": one.a,
        "b": one.b,
        "block": block,
        "standing": one.standing.value,
        "score": float(one.score),
        "reasons": _json(list(one.reasons)),
    }


def tie_of(row: Mapping[Any, Any]) -> FigureTie:
    return FigureTie(row["a"], row["b"], Standing(row["standing"]), row["score"], tuple(json.loads(row["reasons"])))


def entry_row(one: Entry, published: datetime | None) -> Row:
    return {
        "utterance": one.utterance,
        "passage": one.passage,
        "act": one.act.value,
        "actor": one.actor,
        "bound": one.bound,
        "rule": one.rule,
        "begins": written(one.start),
        "ends": written(one.end),
        "due_words": one.due_words,
        "condition": one.condition,
        "reasons": _json(list(one.reasons)),
        "published": written(published),
        "status": None,
        "judgement": None,
    }


def entry_of(row: Mapping[Any, Any]) -> Entry:
    return Entry(
        utterance=row["utterance"],
        passage=row["passage"],
        act=Act(row["act"]),
        actor=row["actor"],
        bound=row["bound"],
        rule=row["rule"],
        start=moment(row["begins"]),
        end=moment(row["ends"]),
        due_words=row["due_words"],
        condition=row["condition"],
        reasons=tuple(json.loads(row["reasons"])),
    )


def evidence_row(one: Evidence) -> Row:
    return {
        "entry": one.entry,
        "utterance": one.utterance,
        "passage": one.passage,
        "bearing": one.bearing.value,
        "score": float(one.score),
        "reasons": _json(list(one.reasons)),
        "judgement": None,
    }


def moment(value: str | None) -> datetime | None:
    """A stored time, if there is one."""
    return None if value is None else time_of(value)


def written(value: datetime | None) -> str | None:
    """A time as it is stored, if there is one."""
    return None if value is None else time_text(value)


def unique(rows: Sequence[Row], *keys: str) -> Iterator[Row]:
    """Rows of which no two have the same keys; the first of each."""
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        key = tuple(row[one] for one in keys)
        if key not in seen:
            seen.add(key)
            yield row


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
