"""The record as entities of followthemoney, as JSON lines: what Aleph and OpenSanctions' tools take in.

Actors are Person, Organization, PublicBody (a state) or, where it is not known what sort of actor one is, LegalEntity.
Reports are Article. A statement is a Mention of its speaker in the article, where one is named, and a Note with the
words, since a Mention has no place for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onrecord.domain.actors import Actor, ActorKind
from onrecord.domain.ids import content_id
from onrecord.ledger.snapshot import LinkedStatement, Snapshot, TakenReport
from onrecord.publishing.exports import joined, json_lines
from onrecord.publishing.standards.writing import Node
from onrecord.publishing.wording import iso_time, shortened, speaker_words, web_address

LANGUAGES: Final = {"en": "eng"}
"""Languages of reports as followthemoney has them (ISO 639-3); there is a reader for these alone."""

_SCHEMATA: Final = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.STATE: "PublicBody",
    ActorKind.GROUP: "Organization",
}
_LONGEST_NAME: Final = 200
# What followthemoney takes for the id of an entity.
_ID: Final = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")


def ftm_lines(view: Snapshot) -> Iterator[str]:
    """Entities, one a line: actors, then articles, then what was said."""
    return json_lines(_entities(view))


def _entities(view: Snapshot) -> Iterator[Node]:
    for actor, _ in view.every_actor():
        yield _actor(actor)
    for taken in view.every_report():
        yield _article(taken)
    for one in view.every_statement():
        yield from _said(one)


def _actor(actor: Actor) -> Node:
    return _entity(
        actor_id(actor.id),
        _schema(actor.kind),
        name=[actor.name],
        alias=list(actor.aliases),
        wikidataId=[actor.wikidata],
    )


def _article(taken: TakenReport) -> Node:
    head = taken.recorded.head
    return _entity(
        _id("report", head.id),
        "Article",
        fileName=[head.input],
        title=[head.title],
        author=[head.author],
        publisher=[head.outlet],
        publishedAt=[iso_time(head.published, head.published_is_day)],
        retrievedAt=[iso_time(head.retrieved)],
        sourceUrl=[web_address(head.url)],
        language=[LANGUAGES.get(taken.recorded.report.language or "")],
        mimeType=["text/plain"],
        bodyText=[taken.recorded.report.text],
        processingAgent=[f"onrecord's reader {taken.reader.name} {taken.reader.version}"],
    )


def _said(one: LinkedStatement) -> Iterator[Node]:
    statement = one.recorded.statement
    article = _id("report", one.recorded.report.id)
    speaker = None if one.actor is None else actor_id(one.actor.id)
    name = statement.speaker.name or (None if one.actor is None else one.actor.name)
    words = joined(one.recorded.content)
    if name is not None:
        yield _entity(
            _id("mention", statement.id),
            "Mention",
            document=[article],
            name=[name],
            resolved=[speaker],
            detectedSchema=[None if one.actor is None else _schema(one.actor.kind)],
        )
    who = name or speaker_words(statement.speaker, joined(one.recorded.source))
    yield _entity(
        _id("statement", statement.id),
        "Note",
        name=[shortened(f"{who}: {words}", _LONGEST_NAME)],
        description=[words],
        keywords=[statement.kind.value, *(act.value for act in statement.acts)],
        entity=[speaker],
        proof=[article],
    )


def actor_id(id_: str) -> str:
    """The id of an actor's entity; followthemoney takes letters, digits, points and hyphens.

    >>> actor_id("person:ida-holm"), actor_id("person:a b")
    ('onrecord-actor-person.ida-holm', 'onrecord-actor-df612a640e87009f6d756534b1b26e4d')
    """
    plain = _id("actor", id_.replace(":", ".", 1))
    return plain if _ID.fullmatch(plain) else _id("actor", content_id("actor", id_))


def _id(sort: str, id_: str) -> str:
    return f"onrecord-{sort}-{id_}"


def _schema(kind: ActorKind | None) -> str:
    return "LegalEntity" if kind is None else _SCHEMATA[kind]


def _entity(id_: str, schema: str, **properties: list[str | None]) -> Node:
    known = {name: [one for one in values if one] for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in known.items() if values}}
