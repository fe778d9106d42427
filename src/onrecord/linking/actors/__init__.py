"""Who is who: the actors that mentions of speakers mean, by a table of the package and the day of the report.

`identify` is the stage; `actor_of` gives the actor that an identification found, also one that no table has; `load`
gives the table that the package ships; `outlet_of` tells which outlet a name, domain or address means; `merged` applies
what a person has judged about actors. All are pure functions of what they are given and of the shipped tables.
"""

from __future__ import annotations

from onrecord.domain.actors import Actor, Identification
from onrecord.linking.actors.bodies import made
from onrecord.linking.actors.identify import identify
from onrecord.linking.actors.local import local_actor
from onrecord.linking.actors.merges import merged
from onrecord.linking.actors.outlets import Outlet, outlet_of
from onrecord.linking.actors.table import Table, load

__all__ = ["Outlet", "Table", "actor", "actor_of", "identify", "load", "merged", "outlet_of", "search"]


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


def search(text: str, most: int = 20) -> list[Actor]:
    """Actors of the table whose names hold all the words of `text`, the likeliest first."""
    return load().search(text, most)
