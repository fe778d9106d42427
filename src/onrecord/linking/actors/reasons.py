"""Why an actor is held to be meant, in words for readers of the record."""

from __future__ import annotations

from datetime import date

from onrecord.domain.actors import Actor
from onrecord.domain.days import whole_day
from onrecord.linking.actors.table import Table, in_office


def office_words(actor: Actor, day: date | None, table: Table) -> tuple[str, ...]:
    """The offices that an actor held on the day, or the last one before it, as one reason; none where none is known."""
    if day is None or not actor.offices:
        return ()
    held = in_office(actor, day)
    if held:
        titles = dict.fromkeys(_titled(one.title, one.of, table) for one in held if one.title != "leader")
        return (f"{' and '.join(titles)} on {whole_day(day)}",) if titles else ()
    before = [one for one in actor.offices if one.end is not None and one.end <= day and one.title != "leader"]
    if not before:
        return ()
    last = max(before, key=lambda one: (one.end or date.min, one.title))
    return (f"former {_titled(last.title, last.of, table)}, until {whole_day(last.end or date.min)}",)


def _titled(title: str, of: str | None, table: Table) -> str:
    owner = table.actor(of) if of else None
    return title if owner is None else f"{title} ({owner.name})"
