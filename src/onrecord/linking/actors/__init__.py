"""Who is who: the actors that mentions of speakers mean, by a table of the package and the day of the report.

`identify` is the stage; `actor_of` gives the actor that an identification found, also one that no table has; `load`
gives the table that the package ships; `outlet_of` tells which outlet a name, domain or address means; `merged` applies
what a person has judged about actors and `judged` what one said of a speaker. All are pure functions of what they are
given and of the shipped tables.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.domain.actors import Actor, Candidate, Identification
from onrecord.domain.judgements import NOBODY_NAMED, Judgement
from onrecord.linking.actors.bodies import made
from onrecord.linking.actors.identify import identify
from onrecord.linking.actors.local import local_actor
from onrecord.linking.actors.merges import fullest_name, merged, together
from onrecord.linking.actors.outlets import Outlet, outlet_of
from onrecord.linking.actors.table import Table, load

__all__ = [
    "Outlet",
    "Table",
    "actor",
    "actor_of",
    "fullest_name",
    "identify",
    "judged",
    "load",
    "merged",
    "outlet_of",
    "search",
    "together",
]


def actor(identifier: str) -> Actor | None:
    """The actor with this id that the table has or makes; None for a local one, which only its mentions tell."""
    table = load()
    return table.actor(identifier) or made(identifier, table)


def actor_of(identification: Identification) -> Actor | None:
    """The actor that an identification found, a local one made from the name in its mention."""
    found = identification.actor
    if found is None:
        return None
    if found.startswith("local:"):
        return local_actor(identification.mention.name or "")
    return actor(found)


def judged(found: Identification, spoken: Judgement | None) -> Identification:
    """Who speaks where a person said so: the actor that was named by its id, or one of that name, even an ordinary one.

    A name that several actors of the table bear stays open, and so does what a person held not to be safe; with
    `spoken` None nobody said anything.
    """
    if spoken is None:
        return found
    if spoken.verdict == NOBODY_NAMED:
        return replace(found, actor=None, candidates=())
    if spoken.b and actor(spoken.b) is not None:
        return replace(found, actor=spoken.b, candidates=(Candidate(spoken.b, 1.0, ("a person said so",)),))
    if found.actor is not None or any(not one.actor.startswith("local:") for one in found.candidates):
        return found
    named = local_actor(spoken.verdict)
    if named is None:
        return found
    return replace(found, actor=named.id, candidates=(Candidate(named.id, 1.0, ("a person gave this name",)),))


def search(text: str, most: int = 20) -> list[Actor]:
    """Actors of the table whose names hold all the words of `text`, the likeliest first."""
    return load().search(text, most)
