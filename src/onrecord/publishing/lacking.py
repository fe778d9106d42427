"""What is missing on the record about an utterance or a relation: what somebody would look for and not find."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.domain.relations import RelationKind
from onrecord.ledger.linked import ShownUtterance
from onrecord.ledger.weighed import ShownPassage, ShownRelation
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed_exports import who
from onrecord.publishing.wording import shortened

OTHER_SIDE = (RelationKind.ANSWERS, RelationKind.DENIES, RelationKind.CONTRADICTS)


def lacking_utterance(view: WeighedView, shown: ShownUtterance) -> tuple[str, ...]:
    """What is missing about an utterance, in sentences without a full stop."""
    return tuple(_of_utterance(view, shown))


def lacking_relation(shown: ShownRelation) -> tuple[str, ...]:
    """What is missing about how one passage stands to another, in sentences without a full stop."""
    return tuple(_of_relation(shown))


def _of_utterance(view: WeighedView, shown: ShownUtterance) -> Iterator[str]:
    head = shown.head
    if head.actor is None and head.speaker is None:
        yield "who said it: no report names anybody"
    if head.origins < 2:
        many = f"the {head.reports:,} reports that have it are not shown to be independent"
        yield f"a second independent origin: {many if head.reports > 1 else 'one report has it'}"
    if not any(one.quoted for one in shown.renderings):
        yield "the words themselves: no report has it in quotation marks"
    if any(one.report.published is None for one in shown.renderings):
        yield "a day of publication, of at least one report"
    if not any(view.count_relations(kind=kind.value, utterance=head.id) for kind in OTHER_SIDE):
        yield "another side: nothing on the record answers it, denies it or stands against it"
    if not view.count_relations(kind=RelationKind.CORROBORATES.value, utterance=head.id):
        yield "corroboration: nobody else is found to say the same from another source"


def _of_relation(shown: ShownRelation) -> Iterator[str]:
    for side, place in ((shown.a, "first"), (shown.b, "second")):
        yield from _of_side(side, place)
    if shown.judgement is None:
        yield "a person’s word: nobody has judged how the two stand"


def _of_side(side: ShownPassage, place: str) -> Iterator[str]:
    if side.actor is None and side.speaker is None:
        yield f"who says the {place}: no name is given"
        name = "the one who is not named"
    else:
        name = shortened(who(side), 80)
    if side.origins < 2:
        yield f"a second independent origin for what {name} says in the {place}"
    if side.report.published is None:
        yield f"a day of publication for the {place}"
