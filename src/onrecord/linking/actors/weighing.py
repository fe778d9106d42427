"""Actors of one name weighed against each other: by their offices on the day, and by the words beside the name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from onrecord.domain.actors import Actor, ActorKind, Candidate, Mention, Office
from onrecord.language.words import rarity, stem
from onrecord.linking.actors.naming import Reading
from onrecord.linking.actors.reasons import office_words
from onrecord.linking.actors.spelling import folded
from onrecord.linking.actors.table import Table, in_office, leads

SAFE = 0.8
"""The score from which on an actor is held to be meant."""

DOUBLE = frozenset({"georgia", "chad", "jordan", "guinea", "dominica", "jersey", "victoria"})
"""Names of states that are as often those of somebody or something else."""

_COMMON = 5.0
"""Up to this rarity a surname is one that many people have."""
_YEARS = 5


def weighed(
    actors: tuple[Actor, ...],
    reading: Reading,
    mention: Mention,
    day: date | None,
    table: Table,
    why: str,
    score: float,
) -> list[Candidate]:
    """Actors of one name, those whose office fits the day and the words before the name ahead of the others."""
    if len(actors) == 1 and not (actors[0].id.startswith("state:") and reading.whole in DOUBLE):
        if _distant(actors[0], day, table):
            against = "whose offices are years from then, and the surname is a common one"
            return [candidate(actors[0], 0.6, day, table, why, against)]
        return [candidate(actors[0], score, day, table, why)]
    if len(actors) == 1:
        return [candidate(actors[0], 0.6, day, table, why, f"“{reading.written}” is also the name of others")]
    hints = _hints(reading, mention)
    points = {one.id: _fit(one, hints, day) for one in actors}
    best = max(points.values())
    alone = sum(value == best for value in points.values()) == 1
    found = []
    for one in actors:
        first = points[one.id] == best
        value = score - 0.08 if first and alone else 0.5 if first else 0.3
        found.append(candidate(one, value, day, table, why, f"{len(actors)} in the table have that name"))
    return found


def by_surname(reading: Reading, mention: Mention, day: date | None, table: Table) -> list[Candidate]:
    """A surname alone: safe for one whom news calls so, or whose office the words beside it name."""
    people = table.of_surname(reading.name) or table.surname_sounding(reading.name)
    if not _PRIVATE.isdisjoint(reading.title):
        people = tuple(
            one for one in people if not leads(one, day) and not _POLITICAL.intersection(o.title for o in one.offices)
        )
    if not people:
        return []
    hints = _hints(reading, mention)
    famous = [one for one in people if table.known_by_surname(one) or leads(one, day)]
    current = [one for one in famous if in_office(one, day)]
    titled = [one for one in people if hints and _titled(in_office(one, day), hints)]
    if not titled and hints & _HIGH:
        once = [one for one in people if _titled_before(one, hints & _HIGH, day)]
        titled = [one for one in once if table.known_by_surname(one)] if len(once) > 1 else once
    if len(titled) == 1:
        chosen, score, why = titled, 0.9, "the only one of that surname who held the office that stands by the name"
    elif len(famous) == 1 and not (hints and titled):
        chosen, score, why = famous, 0.9, f"news calls nobody else in the table “{reading.written}” alone"
    elif len(current) == 1:
        chosen, score, why = current, 0.87, "the only one of that surname who was in such an office that day"
    elif famous:
        return [
            candidate(one, 0.4, day, table, f"one of {len(famous)} whom “{reading.written}” may mean") for one in famous
        ]
    else:
        return []
    others = [one for one in famous if one not in chosen]
    return [candidate(one, score, day, table, why) for one in chosen] + [
        candidate(one, 0.3, day, table, f"has the surname “{reading.written}” too") for one in others
    ]


def _hints(reading: Reading, mention: Mention) -> frozenset[str]:
    """The words before the name, in the name given and in the source."""
    before: list[str] = list(reading.title)
    source = folded(mention.source)
    last = reading.words[-1] if reading.words else ""
    if last and last in source:
        before += source.partition(last)[0].split()
    return frozenset(_LONG.get(word, word) for word in before) & _TELLING


def is_personal(reading: Reading, mention: Mention) -> bool:
    """Whether a title of a person stands before the name, there or in the source: "Mr. Stern" is no magazine."""
    words = folded(mention.source).split(" ")
    before = [one for one, name in pairwise(words) if reading.words and name == reading.words[0]]
    return not _PERSONAL.isdisjoint(reading.title) or not _PERSONAL.isdisjoint(before)


_PERSONAL = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady rev gen lt col maj capt sgt cpl adm sen rep senator
    representative congressman congresswoman judge justice officer detective coach""".split()
)
_LONG = {"sen": "senator", "rep": "representative", "gov": "governor", "congressman": "representative",
         "congresswoman": "representative", "premier": "prime", "secy": "secretary"}  # fmt: skip
# Titles of people who hold no political office: "Officer Johnson" is no prime minister.
_PRIVATE = frozenset(
    """dr prof professor officer sheriff detective sgt sergeant cpl corporal lt capt captain inspector trooper coach
    pastor rev reverend fr father sister judge magistrate actor actress singer author historian analyst economist host
    comedian researcher anchor correspondent reporter columnist""".split()
)
_POLITICAL = frozenset(
    {"president", "prime minister", "vice president", "senator", "representative", "chancellor", "leader"}
)
_HIGH = frozenset({"president", "chancellor", "governor", "senator", "secretary"})
_TELLING = frozenset(
    """senator representative governor president vice prime minister chancellor secretary foreign defence mayor speaker
    ambassador justice attorney general spokesman spokeswoman king queen pope director finance interior treasury
    """.split()
)


def _titled(offices: Iterable[Office], hints: frozenset[str]) -> bool:
    return any(hints & set(one.title.split()) for one in offices)


def _titled_before(actor: Actor, hints: frozenset[str], day: date | None) -> bool:
    """Whether the office was held by the day: people keep the title of a high one."""
    return _titled((one for one in actor.offices if day is None or one.start is None or one.start <= day), hints)


def _fit(actor: Actor, hints: frozenset[str], day: date | None) -> int:
    held = in_office(actor, day)
    return 2 * _titled(held, hints) + bool(held)


def _distant(actor: Actor, day: date | None, table: Table) -> bool:
    """Whether a person of a common surname is known only for offices that begin or end years away from the day."""
    if day is None or not actor.offices or actor.kind is not ActorKind.PERSON or table.known_by_surname(actor):
        return False
    if rarity(stem(folded(actor.name).rpartition(" ")[2])) > _COMMON:
        return False
    return all(
        (one.start is not None and one.start.year - day.year > _YEARS)
        or (one.end is not None and day.year - one.end.year > 3 * _YEARS)
        for one in actor.offices
    )


def candidate(actor: Actor, score: float, day: date | None, table: Table, *why: str) -> Candidate:
    return Candidate(actor.id, score, (*why, *office_words(actor, day, table)))
