"""The words of a source phrase: whether they go with the name that was found for them, and what body they name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.domain.actors import ActorKind
from onrecord.linking.actors.naming import UNNAMED_MANY, UNNAMED_ONE
from onrecord.linking.actors.spelling import folded

_CUT: Final = re.compile(
    r",|\s(?:in|at|of|from|for|with|on|by|near|who|whom|which|that|familiar|close|including|inside|outside|across|among"
    r"|against|involved|briefed|speaking|working|loyal|opposed)\s",
    re.IGNORECASE,
)
_ONE_PERSON: Final = frozenset({"he", "she", "him", "her", "i", "who"})
_ONE_BODY: Final = frozenset({"it", "which"})
_BODIES: Final = frozenset({ActorKind.ORGANISATION, ActorKind.STATE, ActorKind.GROUP})
_GOVERNMENT: Final = frozenset(
    "government authorities administration leadership presidency state republic kingdom".split()
)
_SEVERAL: Final = frozenset({"they", "we", "them", "both"})
_THING: Final = (
    r"(?:official |joint |new |recent |latest |own |preliminary |internal )?"
    r"(?:analysis|announcement|article|data|document|estimate|figures|investigation|list|message|news agency"
    r"|news website|newspaper|poll|press office|press release|press service|projections?|ranking|reports?|research"
    r"|review|site|statements?|statistics|story|study|survey|telegram channel|tweet|twitter account|website)"
)
_WHEN: Final = r"(?: (?:this|last|in|on|released|published|conducted|taken|out) .{1,80})?"
_BY: Final = re.compile(
    rf"(?:an? |the |its |new )?{_THING} (?:from|by|of|released by|published by) (?P<body>\S.{{1,80}})", re.IGNORECASE
)
_OF: Final = re.compile(rf"(?:an? |the )?(?P<body>\S.{{1,80}}?)(?:['’]s?)? {_THING}{_WHEN}", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def body_words(source: str) -> str | None:
    """The words for a body in a phrase that is nothing but that body or something that it puts out; None for others.

    >>> body_words("the Kremlin's official message"), body_words("Data from MarineTraffic"), body_words("The Pentagon")
    ('Kremlin', 'MarineTraffic', 'Pentagon')
    >>> body_words("a Pentagon spokesman") is None
    True
    """
    text = " ".join(source.split(",")[0].split())
    found = _BY.fullmatch(text) or _OF.fullmatch(text)
    if found:
        text = found["body"]
    elif text[:2].casefold() == "a " or text[:3].casefold() == "an ":
        return None
    text = re.sub(r"^the ", "", text, count=1, flags=re.IGNORECASE)
    return text if text[:1].isupper() or text[1:2].isupper() else None


@lru_cache(maxsize=50_000)
def disagreement(source: str, name: str, kind: ActorKind | None) -> str | None:
    """Why the words of a source cannot mean an actor of that kind, or None where they can.

    >>> disagreement("Protesters in Columbus", "Ohio", ActorKind.STATE)
    'the source “Protesters in Columbus” names nobody'
    >>> disagreement("it", "Ida Holm", ActorKind.PERSON)
    'the source “it” is no person'
    """
    words = " ".join(source.split())
    plain = folded(words)
    if not plain:
        return None
    if plain in _ONE_PERSON and kind in _BODIES:
        return f"the source “{words}” is a person"
    if plain in _ONE_BODY and kind is ActorKind.PERSON:
        return f"the source “{words}” is no person"
    if plain in _SEVERAL:
        return f"the source “{words}” is more than one" if kind is ActorKind.PERSON else None
    if kind in {ActorKind.PERSON, None} and folded(name).rpartition(" ")[2] in plain.split(" "):
        return None
    head = folded(_CUT.split(words, maxsplit=1)[0])
    noun, last = head.rpartition(" ")[2], folded(name).rpartition(" ")[2]
    if noun in UNNAMED_MANY and not folded(name).endswith(noun):
        return f"the source “{words[:80]}” names nobody"
    if noun in UNNAMED_ONE and kind in _BODIES:
        return f"the source “{words[:80]}” is a person whom it does not name"
    far = plain.find(folded(name)) > len(head) or (
        last in plain.split(" ") and folded(name) not in plain and head != plain
    )
    if kind in _BODIES and far and last not in head.split(" ") and noun not in _GOVERNMENT and not _BY.match(words):
        return f"the source “{words[:80]}” only has to do with it"
    return None
