"""Mentions of speakers → who they mean.

Each mention is looked at alone, with the day of its report: the same mention means the same actor whatever else is on
the record and in whatever order it came. Looked up in turn: the name in full, the name without its title, another
transliteration, a surname that news uses alone, a state's body, an outlet, an office and who held it that day. What
no table has becomes an actor of its own, made from the name; what names nobody stays without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from onrecord.domain.actors import Actor, ActorKind, Candidate, Identification, Mention
from onrecord.linking.actors.bodies import body_of, government_of
from onrecord.linking.actors.local import local_actor, ordinary
from onrecord.linking.actors.naming import Reading, is_body, names_nobody, plain, read
from onrecord.linking.actors.offices import CHIEFS, described
from onrecord.linking.actors.outlets import outlet_of
from onrecord.linking.actors.reasons import office_words, whole_day
from onrecord.linking.actors.sources import body_words, disagreement
from onrecord.linking.actors.spelling import folded
from onrecord.linking.actors.table import Table, in_office, leads, load
from onrecord.linking.words import rarity, stem

SAFE = 0.8
"""The score from which on an actor is held to be meant."""

_DECISIVE = 0.15
_COMMON = 5.0
"""Up to this rarity a surname is one that many people have."""
_YEARS = 5
# Names of states that are as often those of somebody or something else.
# Names of outlets that are first of all plain words.
_WORDS = frozenset(
    """people stuff nine today focus metro science nature state i forward local insider vanguard heavy medium others
    standard star""".split()
)
_DOUBLE = frozenset({"georgia", "chad", "jordan", "guinea", "dominica", "jersey", "victoria"})


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
    if exact and not (reading.whole in _WORDS and mention.source == name):
        return _weighed(exact, reading, mention, day, table, f"the table has the name “{reading.written}”", 0.97)
    if reading.words and reading.whole not in _WORDS:
        outlet = outlet_of(reading.written) or outlet_of(_without_nation(reading, table))
        if outlet is not None:
            return [Candidate(outlet.id, 0.93, (f"“{reading.written}” is the outlet {outlet.name}",))]
    if names_nobody(name):
        return _of_office(reading.whole, day, table)
    office = _of_office(reading.whole, day, table)
    if office:
        return office
    body = body_of(reading.whole, table) or government_of(reading.whole, table)
    if body is not None:
        return [Candidate(body.id, 0.93, (f"“{reading.written}” is {body.name}",))]
    if len(reading.words) > 1 and not is_body(reading.words):
        shorter = plain(reading.name)
        spelled = table.named(shorter) or table.sounding(shorter)
        if spelled:
            words = f"“{reading.written}” is another spelling of a name in the table"
            return _weighed(spelled, reading, mention, day, table, words, 0.9)
    if 1 <= len(reading.words) <= 2:
        alone = _by_surname(reading, mention, day, table)
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
    if body is None or key in _DOUBLE:
        return []
    return [Candidate(body.id, 0.85, (f"the source “{source.strip()}” is that of {body.name}",))]


def _weighed(
    actors: tuple[Actor, ...],
    reading: Reading,
    mention: Mention,
    day: date | None,
    table: Table,
    why: str,
    score: float,
) -> list[Candidate]:
    """Actors of one name, those whose office fits the day and the words before the name ahead of the others."""
    if len(actors) == 1 and not (actors[0].id.startswith("state:") and reading.whole in _DOUBLE):
        if _distant(actors[0], day, table):
            against = "whose offices are years from then, and the surname is a common one"
            return [_candidate(actors[0], 0.6, day, table, why, against)]
        return [_candidate(actors[0], score, day, table, why)]
    if len(actors) == 1:
        return [_candidate(actors[0], 0.6, day, table, why, f"“{reading.written}” is also the name of others")]
    hints = _hints(reading, mention)
    points = {one.id: _fit(one, hints, day) for one in actors}
    best = max(points.values())
    alone = sum(value == best for value in points.values()) == 1
    found = []
    for one in actors:
        first = points[one.id] == best
        value = score - 0.08 if first and alone else 0.5 if first else 0.3
        found.append(_candidate(one, value, day, table, why, f"{len(actors)} in the table have that name"))
    return found


def _by_surname(reading: Reading, mention: Mention, day: date | None, table: Table) -> list[Candidate]:
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
    titled = [one for one in people if hints and _titled(one, hints, day)]
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
            _candidate(one, 0.4, day, table, f"one of {len(famous)} whom “{reading.written}” may mean")
            for one in famous
        ]
    else:
        return []
    others = [one for one in famous if one not in chosen]
    return [_candidate(one, score, day, table, why) for one in chosen] + [
        _candidate(one, 0.3, day, table, f"has the surname “{reading.written}” too") for one in others
    ]


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
                        return [_candidate(actor, 0.9, day, table, why)]
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


def _hints(reading: Reading, mention: Mention) -> frozenset[str]:
    """The words before the name, in the name given and in the source."""
    before: list[str] = list(reading.title)
    source = folded(mention.source)
    last = reading.words[-1] if reading.words else ""
    if last and last in source:
        before += source.partition(last)[0].split()
    return frozenset(_LONG.get(word, word) for word in before) & _TELLING


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


def _titled(actor: Actor, hints: frozenset[str], day: date | None) -> bool:
    return any(hints & set(one.title.split()) for one in in_office(actor, day))


def _titled_before(actor: Actor, hints: frozenset[str], day: date | None) -> bool:
    """Whether the office was held by the day: people keep the title of a high one."""
    return any(
        hints & set(one.title.split()) and (day is None or one.start is None or one.start <= day)
        for one in actor.offices
    )


def _fit(actor: Actor, hints: frozenset[str], day: date | None) -> int:
    held = in_office(actor, day)
    title = any(hints & set(one.title.split()) for one in held)
    return 2 * title + bool(held)


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


def _candidate(actor: Actor, score: float, day: date | None, table: Table, *why: str) -> Candidate:
    return Candidate(actor.id, score, (*why, *office_words(actor, day, table)))


def _several(key: str, table: Table) -> bool:
    """Whether two actors of the table are named together: "Beijing and Moscow"."""
    first, between, second = key.partition(" and ")
    return bool(
        between
        and (table.named(first) or table.of_surname(first))
        and (table.named(second) or table.of_surname(second))
    )


def _without_nation(reading: Reading, table: Table) -> str:
    """The name without a state's adjective before it: "German newspaper Bild" without "German"."""
    first, _, rest = reading.written.partition(" ")
    return rest if rest and table.states_formed(first) else reading.written
