"""Actors for names that no table has, made from the name alone: the same name gives the same actor everywhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.domain.actors import Actor, ActorKind, local_actor_id
from onrecord.language.words import rarity, stem
from onrecord.linking.actors.bodies import body_words_of
from onrecord.linking.actors.naming import SUFFIXES, is_body, names_nobody, plain, read

_RARE: Final = 8.0
"""From this rarity on, a surname alone is taken to be one person's."""

_LETTER: Final = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=100_000)
def local_actor(name: str) -> Actor | None:
    """The actor that a name makes which no table has, or None where it names nobody.

    Title, middle initials and suffix are no part of it: "Defence minister Tomas R. Belvedy" is Tomas Belvedy. What the
    report writes is kept as another name.

    >>> local_actor("Mayor Ida K. Holm").id == local_actor("Ida Holm").id
    True
    >>> local_actor("the officials") is None
    True
    """
    if names_nobody(name) or not _LETTER.search(name):
        return None
    reading = read(name)
    words = reading.words
    if not words or not _LETTER.search(reading.written):
        return None
    body = body_words_of(reading.whole)
    if body is not None:
        return Actor(local_actor_id(" ".join(body)), reading.written, ActorKind.ORGANISATION, local=True)
    if is_body(words):
        return Actor(local_actor_id(reading.name), reading.written, ActorKind.ORGANISATION, local=True)
    kind = ActorKind.PERSON if len(words) > 1 or reading.title else None
    shown = _shown(reading.written)
    others = () if shown == reading.written else (reading.written,)
    return Actor(local_actor_id(plain(reading.name)), shown, kind, others, local=True)


def ordinary(name: str) -> bool:
    """Whether a name is one word that news uses often: a common surname, or no name at all.

    >>> ordinary("Smith"), ordinary("Sabalenka"), ordinary("Ida Holm")
    (True, False, False)
    """
    words = read(name).words
    return len(words) == 1 and rarity(stem(words[0])) < _RARE


def _shown(written: str) -> str:
    """The name as it is shown: without initials within it and without suffix."""
    words = written.split()
    while len(words) > 2 and words[-1].strip(".,").casefold() in SUFFIXES:
        words.pop()
    if len(words) > 2 and len(words[0].strip(".")) > 1:
        words = [words[0], *(word for word in words[1:-1] if len(word.strip(".")) > 1), words[-1]]
    return " ".join(words).strip(" .,;:")
