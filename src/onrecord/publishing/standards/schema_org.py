"""The record as JSON-LD in the words of schema.org: Quotation, Claim and, where a person judged, ClaimReview.

A statement that stands in quotation marks as a whole is a Quotation, and an utterance, in its fullest wording, a Claim
that appears in articles. A ClaimReview is only made of what a person put on the record about an utterance: a grade of
the item, or what became of a docket entry. It has the person's reason as its body and never a rating: schema.org's
ratings put what is said on a scale from worst to best, and nobody here did that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from onrecord.domain.actors import Actor, ActorKind
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.errors import NotOnRecord
from onrecord.ledger.linked import ActorHead
from onrecord.ledger.snapshot import LinkedStatement, Snapshot, TakenReport, ToldUtterance
from onrecord.publishing.exports import joined
from onrecord.publishing.standards.writing import Node, document, known, urn
from onrecord.publishing.wording import iso_time, web_address

CONTEXT: Final = "https://schema.org"

_TYPES: Final = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.STATE: "GovernmentOrganization",
    ActorKind.GROUP: "Organization",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A person's latest word on an utterance: of which `aspect` of it, in short (`verdict`), and the judgement."""

    utterance: str
    claim: str
    aspect: str
    verdict: str
    judgement: Judgement


def jsonld_lines(view: Snapshot) -> Iterator[str]:
    """One JSON-LD document: articles, who speaks, quotations, claims, reviews."""
    return document({"@context": CONTEXT}, "@graph", _nodes(view))


def reviews(view: Snapshot) -> list[Review]:
    """What people judged of single utterances, in the order of judging."""
    found = [
        Review(
            one.passage.utterance,
            one.passage.span.text,
            "credibility of the item, 1 to 6 after the Admiralty code",
            f"graded {one.judgement.verdict}",
            one.judgement,
        )
        for one in view.grades(Subject.ITEM)
        if one.passage is not None
    ]
    entries: dict[str, Review] = {}
    for judged in view.judgements():
        if judged.subject is not Subject.STATUS:
            continue
        # A passage that was read anew may be on no docket any more.
        with suppress(NotOnRecord):
            entry = view.docket_entry(judged.a)
            # What was taken back is not in its history.
            for latest in entry.history[-1:]:
                said = entry.row.passage
                entries[said.utterance] = Review(
                    said.utterance, said.span.text, "what became of it", latest.verdict, latest
                )
    return sorted((*found, *entries.values()), key=lambda one: (one.judgement.made, one.judgement.id))


def _nodes(view: Snapshot) -> Iterator[Node]:
    judged = reviews(view)
    yield from map(_article, view.every_report())
    yield from (_actor(actor) for actor, _ in view.every_actor())
    yield from (_quotation(one) for one in view.every_statement() if one.recorded.statement.kind is Kind.DIRECT)
    reviewed = {one.utterance for one in judged}
    for told in view.every_utterance():
        # To ask is not to claim.
        asked = all(one.act is Act.QUESTION for one in told.renderings)
        if not asked or told.head.id in reviewed:
            yield _claim(told)
    yield from map(_review, judged)


def _article(taken: TakenReport) -> Node:
    head = taken.recorded.head
    return {
        "@type": "NewsArticle",
        "@id": urn("report", head.id),
        **known(
            headline=head.title,
            url=web_address(head.url),
            datePublished=iso_time(head.published, head.published_is_day),
            inLanguage=taken.recorded.report.language,
            author=None if head.author is None else {"name": head.author},
            publisher=None if head.outlet is None else {"@type": "Organization", "name": head.outlet},
        ),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256 of the capture",
            "value": taken.recorded.capture_sha256,
        },
    }


def _actor(actor: Actor) -> Node:
    wikidata = None if actor.wikidata is None else f"https://www.wikidata.org/entity/{actor.wikidata}"
    return {
        **_type(actor.kind),
        "@id": urn("actor", actor.id),
        "name": actor.name,
        **known(alternateName=list(actor.aliases), sameAs=wikidata),
    }


def _quotation(one: LinkedStatement) -> Node:
    recorded = one.recorded
    claims = sorted(set(one.utterances.values()))
    return {
        "@type": "Quotation",
        "@id": urn("statement", recorded.statement.id),
        "text": joined(recorded.content),
        **known(creator=_speaker(one.actor, recorded.statement.speaker.name)),
        "isPartOf": {"@id": urn("report", recorded.report.id)},
        **({"@reverse": {"appearance": [{"@id": urn("utterance", claim)} for claim in claims]}} if claims else {}),
    }


def _claim(told: ToldUtterance) -> Node:
    head = told.head
    reports = list(dict.fromkeys(one.report.id for one in told.renderings))
    dated = next((one.report.id for one in told.renderings if one.report.published is not None), None)
    return {
        "@type": "Claim",
        "@id": urn("utterance", head.id),
        "text": head.fullest.text,
        **known(
            creator=_speaker(head.actor, head.speaker),
            keywords=list(dict.fromkeys(one.act.value for one in told.renderings)),
            firstAppearance=None if dated is None else {"@id": urn("report", dated)},
            appearance=[{"@id": urn("report", one)} for one in reports],
        ),
    }


def _review(one: Review) -> Node:
    return {
        "@type": "ClaimReview",
        "@id": urn("judgement", one.judgement.id),
        "claimReviewed": one.claim,
        "itemReviewed": {"@id": urn("utterance", one.utterance)},
        "reviewAspect": one.aspect,
        "name": one.verdict,
        "reviewBody": one.judgement.why,
        "author": {"@type": "Person", "name": one.judgement.by},
        "datePublished": iso_time(one.judgement.made),
    }


def _speaker(actor: ActorHead | None, name: str | None) -> Node | None:
    if actor is not None:
        return {**_type(actor.kind), "@id": urn("actor", actor.id), "name": actor.name}
    return None if name is None else {"name": name}


def _type(kind: ActorKind | None) -> Node:
    # What sort of actor it is may not be known, and is then not guessed.
    return {} if kind is None else {"@type": _TYPES[kind]}
