"""Bodies that every state has, named after it: "the Russian Defence Ministry", "Ukraine's government".

They need no row in the table: the state and the kind of body make the actor.
"""

from __future__ import annotations

from typing import Final

from onrecord.domain.actors import Actor, ActorKind
from onrecord.linking.actors.naming import read
from onrecord.linking.actors.table import Table

_MINISTRIES: Final = {
    "defence": "Defence", "foreign": "Foreign", "foreign affairs": "Foreign", "interior": "Interior",
    "internal affairs": "Interior", "finance": "Finance", "health": "Health", "justice": "Justice",
    "energy": "Energy", "economy": "Economy", "agriculture": "Agriculture", "education": "Education",
    "culture": "Culture", "transport": "Transport", "trade": "Trade", "commerce": "Commerce",
    "environment": "Environment", "national defence": "Defence",
}  # fmt: skip
_OTHERS: Final = {
    "armed forces": "Armed Forces", "military": "Armed Forces", "army": "Armed Forces", "forces": "Armed Forces",
    "navy": "Navy",
    "air force": "Air Force", "parliament": "Parliament", "central bank": "Central Bank",
    "supreme court": "Supreme Court", "general staff": "General Staff", "coast guard": "Coast Guard",
    "presidency": "Presidency",
}  # fmt: skip
_GOVERNMENT: Final = frozenset({"government", "administration", "regime", "cabinet", "federal government", "state"})
_KNOWN_AS: Final = {
    "us": {
        "Foreign Ministry": "organisation:us-state-department",
        "Justice Ministry": "organisation:us-justice-department",
        "Finance Ministry": "organisation:us-treasury",
        "Health Ministry": "organisation:us-health-department",
        "Parliament": "organisation:us-congress",
    },
}


def body_of(key: str, table: Table) -> Actor | None:
    """The body of a state that a folded name means, or the state itself where it is its government."""
    state, rest = _state_before(key, table)
    if state is None:
        rest, _, whose = key.rpartition(" of ")
        whose = whose.removeprefix("the ")
        states = table.states_formed(whose) if rest else ()
        if len(states) != 1:
            return None
        state = states[0]
    if rest in _GOVERNMENT:
        return state
    kind = _kind(rest)
    return None if kind is None else _body(state, kind, table)


def body_words_of(key: str) -> tuple[str, str] | None:
    """Whose body a folded name means and which kind of body, where no table has the state.

    >>> body_words_of("harvenia foreign ministry"), body_words_of("ministry of foreign affairs of harvenia")
    (('harvenia', 'Foreign Ministry'), ('harvenia', 'Foreign Ministry'))
    """
    words = key.split(" ")
    for size in range(1, min(4, len(words))):
        kind = _kind(" ".join(words[size:]))
        if kind:
            return " ".join(words[:size]), kind
    rest, _, whose = key.rpartition(" of ")
    kind = _kind(rest)
    return (whose.removeprefix("the "), kind) if kind and whose else None


def government_of(key: str, table: Table) -> Actor | None:
    """The state whose government is called by who leads it: "the Macron government"."""
    first, _, last = key.rpartition(" ")
    if last not in _GOVERNMENT or not first:
        return None
    leader = read(first).name
    owners = {
        office.of
        for one in table.named(leader) or table.of_surname(leader)
        if table.known_by_surname(one)
        for office in one.offices
        if office.of and office.title in {"president", "prime minister", "chancellor"}
    }
    return table.actor(owners.pop()) if len(owners) == 1 else None


def made(identifier: str, table: Table) -> Actor | None:
    """The actor of an id that `body_of` makes, "organisation:md-interior-ministry"."""
    code, _, slug = identifier.removeprefix("organisation:").partition("-")
    state = table.actor(f"state:{code}")
    kinds = {f"{one} Ministry" for one in _MINISTRIES.values()} | set(_OTHERS.values())
    kind = next((one for one in sorted(kinds) if _slug(one) == slug), None)
    return None if state is None or kind is None else _body(state, kind, table)


def _state_before(key: str, table: Table) -> tuple[Actor | None, str]:
    words = key.split(" ")
    for size in (1, 2, 3):
        if len(words) > size:
            states = table.states_formed(" ".join(words[:size]))
            if len(states) == 1:
                return states[0], " ".join(words[size:])
    return None, key


def _kind(words: str) -> str | None:
    if words in _OTHERS:
        return _OTHERS[words]
    for before, after in (("ministry of ", ""), ("department of ", ""), ("", " ministry"), ("", " department")):
        inner = words.removeprefix(before).removesuffix(after)
        if inner in _MINISTRIES and words == f"{before}{inner}{after}":
            return f"{_MINISTRIES[inner]} Ministry"
    return None


def _slug(kind: str) -> str:
    return kind.lower().replace(" ", "-")


def _body(state: Actor, kind: str, table: Table) -> Actor:
    code = state.id.removeprefix("state:")
    identifier = _KNOWN_AS.get(code, {}).get(kind) or f"organisation:{code}-{_slug(kind)}"
    known = table.actor(identifier)
    if known is not None:
        return known
    adjectives = [form.title() for form in table.adjectives(state.id)]
    long = f"Ministry of {kind.removesuffix(' Ministry')}" if kind.endswith(" Ministry") else kind
    long = "Ministry of Foreign Affairs" if long == "Ministry of Foreign" else long
    names = [f"{kind} of {state.name}", f"{long} of {state.name}", f"{state.name} {long}"]
    names += [f"{adjective} {one}" for adjective in adjectives for one in dict.fromkeys((kind, long))]
    return Actor(identifier, f"{state.name}'s {kind}", ActorKind.ORGANISATION, tuple(dict.fromkeys(names)))
