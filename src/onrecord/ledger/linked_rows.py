"""What linking derives as rows of its tables, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onrecord.domain.actors import Actor, ActorKind, Identification, Office
from onrecord.domain.judgements import Judgement
from onrecord.domain.origins import Independence, Origin, OriginKind, Tie
from onrecord.domain.spans import Span
from onrecord.domain.statements import Statement
from onrecord.domain.stories import Told
from onrecord.domain.utterances import Change, Difference, Edit, Link, Material, Rendering
from onrecord.ledger.passage_rows import passages_of
from onrecord.ledger.rows import time_of, time_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A report that waits to be linked, with the statements of its latest reading.

    `spoken` has what people judged of the speakers of some statements.
    """

    told: Told
    reading: str
    statements: tuple[Statement, ...]
    spoken: Mapping[str, Judgement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """How far an utterance or a story was carried.

    `reports` counts them, texts of one page as one. `groups` are its reports, one group an independent origin; `ties`
    are enough of what ties them to show why each group is one. `first` and `last` are the published times of its first
    and last reports with one.
    """

    first: datetime | None
    last: datetime | None
    outlets: int
    groups: tuple[tuple[str, ...], ...]
    ties: tuple[Independence, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class UtteranceRow:
    """What is kept of one utterance."""

    id: str
    actor: str | None
    speaker: str | None
    fullest: str
    passages: tuple[str, ...]
    differences: Mapping[str, Difference]
    carried: Carried


@dataclass(frozen=True, slots=True)
class StoryRow:
    """What is kept of one story."""

    id: str
    title: str
    reports: tuple[str, ...]
    carried: Carried


def actor_row(one: Actor) -> Row:
    offices = [
        {"title": o.title, "of": o.of, "start": _day_text(o.start), "end": _day_text(o.end)} for o in one.offices
    ]
    return {
        "id": one.id,
        "name": one.name,
        "kind": None if one.kind is None else one.kind.value,
        "local": int(one.local),
        "wikidata": one.wikidata,
        "aliases": _json(list(one.aliases)),
        "offices": _json(offices),
    }


def actor_of(row: Mapping[Any, Any]) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=None if row["kind"] is None else ActorKind(row["kind"]),
        aliases=tuple(json.loads(row["aliases"])),
        offices=tuple(
            Office(o["title"], o["of"], _day_of(o["start"]), _day_of(o["end"])) for o in json.loads(row["offices"])
        ),
        wikidata=row["wikidata"],
        local=bool(row["local"]),
    )


def spoken_row(one: Identification) -> Row:
    candidates = [{"actor": c.actor, "score": c.score, "reasons": list(c.reasons)} for c in one.candidates]
    return {
        "statement": one.mention.statement,
        "report": one.mention.report,
        "actor": one.actor,
        "candidates": _json(candidates),
    }


def link_of(row: Mapping[Any, Any]) -> Link:
    return Link(row["a"], row["b"], row["score"], tuple(json.loads(row["reasons"])))


def utterance_row(one: UtteranceRow) -> Row:
    return {
        "id": one.id,
        "actor": one.actor,
        "speaker": one.speaker,
        "fullest": one.fullest,
        "passages": len(one.passages),
        **_carried(one.carried),
    }


def story_row(one: StoryRow) -> Row:
    return {"id": one.id, "title": one.title, **_carried(one.carried)}


def _carried(one: Carried) -> Row:
    return {
        "first": _time(one.first),
        "last": _time(one.last),
        "outlets": one.outlets,
        "reports": one.reports,
        "origins": len(one.groups),
        "groups": _json([list(group) for group in one.groups]),
        "ties": _json([[t.a, t.b, [tie.value for tie in t.ties], list(t.reasons)] for t in one.ties]),
    }


def groups_of(value: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in json.loads(value))


def difference_json(one: Difference | None) -> str | None:
    """A difference, or None for the fullest rendering, which differs from nothing."""
    if one is None:
        return None
    edits = [
        {
            "change": edit.change.value,
            "fullest": _pair(edit.fullest),
            "rendering": _pair(edit.rendering),
            "material": [kind.value for kind in edit.material],
        }
        for edit in one.edits
    ]
    return _json({"fullest": one.fullest, "edits": edits})


def difference_of(passage: str, value: str | None) -> Difference | None:
    if value is None:
        return None
    row = json.loads(value)
    edits = tuple(
        Edit(
            Change(edit["change"]),
            _span(edit["fullest"]),
            _span(edit["rendering"]),
            tuple(Material(kind) for kind in edit["material"]),
        )
        for edit in row["edits"]
    )
    return Difference(row["fullest"], passage, edits)


def origin_row(one: Origin, position: int) -> Row:
    return {
        "report": one.report,
        "position": position,
        "kind": one.kind.value,
        "name": one.name,
        "actor": one.actor,
        "begin": None if one.evidence is None else one.evidence.start,
        "end": None if one.evidence is None else one.evidence.end,
        "copied": one.copied,
        "reasons": _json(list(one.reasons)),
    }


def origin_of(row: Mapping[Any, Any]) -> Origin:
    return Origin(
        report=row["report"],
        kind=OriginKind(row["kind"]),
        name=row["name"],
        actor=row["actor"],
        evidence=None if row["begin"] is None else Span(row["begin"], row["end"]),
        copied=row["copied"],
        reasons=tuple(json.loads(row["reasons"])),
    )


def ties_of(value: str) -> tuple[Independence, ...]:
    return tuple(Independence(a, b, tuple(map(Tie, ties)), tuple(reasons)) for a, b, ties, reasons in json.loads(value))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def rendering_of(row: Mapping[Any, Any]) -> Rendering:
    """The passage that a row of `link_rendering` keeps."""
    (passage,) = passages_of(row["made"])
    return Rendering(
        passage=row["passage"],
        statement=row["statement"],
        report=row["report"],
        span=Span(row["begin"], row["end"]),
        words=row["words"],
        act=passage.act,
        negated=passage.negated,
        conditional=passage.conditional,
        quoted=bool(row["quoted"]),
        figures=passage.figures,
        times=passage.times,
        speaker=row["speaker"],
        actor=row["actor"],
        outlet=row["outlet"],
        published=None if row["published"] is None else time_of(row["published"]),
        context=row["context"],
        cue=row["cue"],
    )


def told_of(row: Mapping[Any, Any], actors: Mapping[str, int] | None = None) -> Told:
    """The report that a row of `report`, with its `page` of `page_text`, holds, as linking compares it.

    One that states no address has that of the page that it was fetched from.
    """
    return Told(
        report=row["id"],
        title=row["title"],
        text=row["text"],
        outlet=row["outlet"],
        author=row["author"],
        url=row["url"] or row["page"],
        published=None if row["published"] is None else time_of(row["published"]),
        actors=actors or {},
    )
