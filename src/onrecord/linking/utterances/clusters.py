"""Utterances out of links: passages by average link, the same in any order of arrival.

A chain of weak links cannot glue two utterances together, while the pieces of an answer join the reports that print it
whole as soon as those are in the majority. What a person judged the same is joined first, what a person judged
different is never joined; where judgements contradict each other through a third passage, the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from onrecord.domain.judgements import Judgement, Subject, latest
from onrecord.domain.utterances import Link, Rendering
from onrecord.linking.agglomeration import agglomeration

JOINED: Final = 0.5
"""Mean score from which two groups are one utterance."""
_SCALE: Final = 1_000_000


def clusters(
    passages: Iterable[Rendering], links: Iterable[Link], judgements: Iterable[Judgement] = ()
) -> list[tuple[str, ...]]:
    """Every passage in exactly one group; a group by its ids, groups by their first id.

    Links and judgements that name a passage which is not among `passages` are left out.
    """
    # What is judged the same counts once: else bringing a passage into an utterance could drive out those that are
    # there for its words.
    return agglomeration(
        (one.passage for one in passages),
        {(min(link.a, link.b), max(link.a, link.b)): link.score for link in links},
        latest(judgements, Subject.PASSAGE),
        bar=lambda _: JOINED,
        scale=_SCALE,
        same_is_one=True,
    ).groups
