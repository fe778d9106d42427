"""Mentions of speakers → who they mean.

Each mention is looked at alone, with the day of its report: the same mention means the same actor whatever else is on
the record and in whatever order it came. Looked up in turn: the name in full, the name without its title, another
transliteration, a surname that news uses alone, a state's body, an outlet, an office and who held it that day. What
no table has becomes an actor of its own, made from the name; what names nobody stays without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from onrecord.domain.actors import Actor, ActorKind, Candidate, Identification, Mention
from onrecord.domain.days import whole_day
from onrecord.linking.actors.bodies import body_of, government_of
from onrecord.linking.actors.local import local_actor, ordinary
from onrecord.linking.actors.naming import Reading, is_body, names_nobody, plain, read
from onrecord.linking.actors.offices import CHIEFS, described
from onrecord.linking.actors.outlets import outlet_of
from onrecord.linking.actors.sources import body_words, disagreement
from onrecord.linking.actors.spelling import folded
from onrecord.linking.actors.table import Table, load
from onrecord.linking.actors.weighing import DOUBLE, SAFE, by_surname, candidate, is_personal, weighed

_DECISIVE = 0.15
"""By how much the likeliest must be ahead of the next."""

# Verbs that a surname may end with as well: cut off only where the table knows what is left.
_GLUED = re.compile(r"([\w'’-]{4,24})(?:has|had|said|says|told|was|also|saying|noted|asked)$")
# Names of outlets that are first of all plain words.
_WORDS = frozenset(
    """people stuff nine today focus metro science nature state i forward local insider vanguard heavy medium others
    standard star""".split()
)


def identify(mentions: Iterable[Mention], table: Table | None = None) -> Iterator[Identification]:
    """Who each mention means, in the order of the mentions; `table` is the package's own unless another is given."""
    known = load() if table is None else table
    for mention in mentions:
        candidates = _candidates(mention, known)
        best = candidates[0] if candidates else None
        clear = best is not None and best.score >= SAFE
        if best is not None and clear and len(candidates) > 1:
            clear = best.score - candidates[1].score >= _DECISIVE
        yield Identification(mention, best.actor if best is not None and clear else None, tuple(candidates))


def _candidates(mention: Mention, table: Table) -> list[Candidate]:
    day = mention.published.date() if mention.published else None
    if mention.name is None:
        found = _unnamed(mention.source, day, table)
    elif not folded(mention.name):
        found = []
    else:
        found = [_agreeing(one, mention, table) for one in _named(mention, day, table)]
    return sorted(found, key=lambda one: (-one.score, one.actor))


def _agreeing(candidate: Candidate, mention: Mention, table: Table) -> Candidate:
    """The candidate, held to be unsafe where the words of the source are at odds with it."""
    name = mention.name or ""
    if candidate.actor.startswith("local:"):
        actor = local_actor(name)
        # Two words with capitals may as well be a body: only a title tells that a person is named.
        sure = actor is not None and (actor.kind is ActorKind.ORGANISATION or bool(read(name).title))
        kind = actor.kind if actor is not None and sure else None
    else:
        known = table.actor(candidate.actor)
        kind = known.kind if known else ActorKind.ORGANISATION
    against = disagreement(mention.source, name, kind)
    if against is None:
        return candidate
    return Candidate(candidate.actor, min(candidate.score, 0.5), (*candidate.reasons, against))


def _named(mention: Mention, day: date | None, table: Table) -> list[Candidate]:
    name = mention.name or ""
    reading = read(name)
    exact = table.named(reading.whole) or (table.named(reading.name) if reading.title else ())
    exact = exact or _of_nation(reading.whole, table)
    personal = is_personal(reading, mention)
    if personal:
        exact = tuple(one for one in exact if one.kind is ActorKind.PERSON)
    if exact and not (reading.whole in _WORDS and mention.source == name):
        return weighed(exact, reading, mention, day, table, f"the table has the name “{reading.written}”", 0.97)
    unglued = _GLUED.sub(r"\1", reading.written)
    if unglued != reading.written and (table.named(unglued) or table.of_surname(unglued)):
        return _named(replace(mention, name=unglued), day, table)
    if reading.words and reading.whole not in _WORDS and not personal:
        outlet = outlet_of(reading.written) or outlet_of(_without_nation(reading, table))
        if outlet is not None:
            return [Candidate(outlet.id, 0.93, (f"“{reading.written}” is the outlet {outlet.name}",))]
    if names_nobody(name):
        return _of_office(reading.whole, day, table)
    office = _of_office(reading.whole, day, table)
    if office:
        return office
    body = None if personal else body_of(reading.whole, table) or government_of(reading.whole, table)
    if body is not None:
        return [Candidate(body.id, 0.93, (f"“{reading.written}” is {body.name}",))]
    if len(reading.words) > 1 and not is_body(reading.words):
        shorter = plain(reading.name)
        spelled = table.named(shorter) or table.sounding(shorter)
        if spelled:
            words = f"“{reading.written}” is another spelling of a name in the table"
            return weighed(spelled, reading, mention, day, table, words, 0.9)
    if 1 <= len(reading.words) <= 2:
        alone = by_surname(reading, mention, day, table)
        if alone and (alone[0].score >= SAFE or len(reading.words) == 1):
            return alone
    actor = local_actor(name)
    if actor is None or _several(reading.whole, table):
        return []
    if ordinary(name):
        why = f"“{actor.name}” alone may be anybody of that name, or no name"
        return [Candidate(actor.id, 0.5, (why,))]
    return [Candidate(actor.id, 0.85, (f"no table has “{actor.name}”: an actor of that name",))]


def _unnamed(source: str, day: date | None, table: Table) -> list[Candidate]:
    """What a source phrase that names nobody still tells: an office and its holder, or a body and nothing else."""
    if not source or not any(one.isupper() for one in source) or len(source) > 120:
        return []
    office = _of_office(read(source.split(",")[0]).whole, day, table)
    if office and source[:2].casefold() != "a ":
        return office
    words = body_words(source)
    if words is None or names_nobody(words):
        return []
    key = read(words).whole
    exact = [one for one in table.named(key) if one.kind is not ActorKind.PERSON and (len(key) > 3 or words.isupper())]
    body = exact[0] if len(exact) == 1 else body_of(key, table)
    if body is None or key in DOUBLE:
        return []
    return [Candidate(body.id, 0.85, (f"the source “{source.strip()}” is that of {body.name}",))]


def _of_office(words: str, day: date | None, table: Table) -> list[Candidate]:
    """Who held the office that a description names on the day of the report."""
    if day is None:
        return []
    for office, of, whose in described(words):
        owners = [of] if of else _owners(whose, table)
        for owner in owners:
            offices = CHIEFS if office in {"chief", "head", "boss", "leader"} and owner[:6] != "state:" else (office,)
            if owner == "state:us" and office == "foreign minister":
                offices = ("secretary of state",)
            for title in offices:
                holders = sorted({one.actor for one in table.holders(title, owner) if one.on(day)})
                if len(holders) == 1:
                    actor = table.actor(holders[0])
                    if actor is not None:
                        why = f"“{words}” on {whole_day(day)}"
                        return [candidate(actor, 0.9, day, table, why)]
                if holders:
                    return [
                        Candidate(one, 0.5, (f"one of {len(holders)} who held “{words}” that day",)) for one in holders
                    ]
    return []


def _owners(whose: str, table: Table) -> list[str]:
    states = table.states_formed(whose)
    if len(states) == 1:
        return [states[0].id]
    return [one.id for one in table.named(whose) if one.id.split(":")[0] in {"state", "organisation", "group"}][:1]


def _several(key: str, table: Table) -> bool:
    """Whether two actors of the table are named together: "Beijing and Moscow"."""
    first, between, second = key.partition(" and ")
    return bool(
        between
        and (table.named(first) or table.of_surname(first))
        and (table.named(second) or table.of_surname(second))
    )


def _of_nation(key: str, table: Table) -> tuple[Actor, ...]:
    """Bodies of a state that are called without it in the table: "US Centers for Disease Control"."""
    first, _, rest = key.partition(" ")
    states = table.states_formed(first) if rest else ()
    if len(states) != 1:
        return ()
    code = states[0].id.removeprefix("state:")
    return tuple(one for one in table.named(rest) if one.id.startswith(f"organisation:{code}-"))


def _without_nation(reading: Reading, table: Table) -> str:
    """The name without a state's adjective before it: "German newspaper Bild" without "German"."""
    first, _, rest = reading.written.partition(" ")
    return rest if rest and table.states_formed(first) else reading.written
