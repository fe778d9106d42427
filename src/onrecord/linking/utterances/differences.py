"""How the renderings of one utterance differ: the fullest one, and what each other drops, adds and changes.

Spelling makes no difference (case, accents, marks, "per cent", "95 thousand", "defence"). What is left is cut into
stretches that can be read, and a stretch is flagged as material where a figure, a negation, a condition, a modal or an
actor differs. Negations and modals count only where what they governed is still there: what is dropped with all that
belongs to it makes a rendering shorter, not other. Moods and tenses that follow from reported speech ("will" as
"would") are no changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from onrecord.domain.spans import Span
from onrecord.domain.utterances import Change, Difference, Edit, Material, Rendering, ordered
from onrecord.linking.utterances.differences_alignment import Stretch, stretches
from onrecord.linking.utterances.differences_marks import Wording, wording
from onrecord.linking.utterances.differences_material import found_material
from onrecord.linking.utterances.differences_words import Word, whole, words

PARAPHRASE: Final = 0.34
"""Wordings that share less of the shorter one's content than this are not laid word by word."""
PARAPHRASE_OF_ALL: Final = 0.42
"""The same for all words, so that short sentences of one build are shown word by word."""
LONGEST: Final = 6_000
"""Passages of more characters are no sentences; of those it is only told whether they differ."""
_ORDER: Final = {kind: place for place, kind in enumerate(Material)}


def fullest(renderings: Iterable[Rendering]) -> Rendering:
    """The rendering with most words that carry content, of several the earliest published, then the lesser id.

    Raises:
        ValueError: when there are none.
    """
    known = ordered(renderings)
    if not known:
        raise ValueError("no renderings to choose from")
    # max() keeps the first of equals, and `ordered` has put the earliest first.
    return max(known, key=lambda one: sum(word.content for word in words(one.words[:LONGEST])))


def difference(fullest: Rendering, other: Rendering) -> Difference:
    """How the wording of `other` differs from that of `fullest`; no edits where only the spelling does."""
    if max(len(fullest.words), len(other.words)) > LONGEST:
        return Difference(fullest.passage, other.passage, _unread(fullest.words, other.words))
    a, b = wording(fullest), wording(other)
    parts = stretches(a.words, b.words)
    if parts and is_paraphrase(a, b, parts):
        parts = [Stretch(0, len(a.words), 0, len(b.words))]
    material = found_material(a, b, parts)
    edits = tuple(_edit(a, b, part, material.get(place, set())) for place, part in enumerate(parts))
    return Difference(fullest.passage, other.passage, edits)


def is_paraphrase(a: Wording, b: Wording, parts: list[Stretch]) -> bool:
    """Whether the two share too few words, in too scattered places, to be shown word by word."""
    size = min(sum(word.content for word in a.words), sum(word.content for word in b.words))
    parted = [word for part in parts for word in a.words[part.a_start : part.a_end]]
    content = sum(word.content for word in a.words) - sum(word.content for word in parted)
    every = len(a.words) - len(parted)
    return content < PARAPHRASE * size and every < PARAPHRASE_OF_ALL * min(len(a.words), len(b.words))


def _edit(a: Wording, b: Wording, part: Stretch, material: set[Material]) -> Edit:
    mine = _span(a.rendering.words, a.words[part.a_start : part.a_end])
    other = _span(b.rendering.words, b.words[part.b_start : part.b_end])
    return Edit(_change(mine, other), mine, other, tuple(sorted(material, key=_ORDER.__getitem__)))


def _unread(fullest: str, other: str) -> tuple[Edit, ...]:
    if fullest == other:
        return ()
    mine, theirs = (Span(0, len(text)) if text else None for text in (fullest, other))
    return (Edit(_change(mine, theirs), mine, theirs),)


def _change(mine: Span | None, other: Span | None) -> Change:
    return Change.CHANGED if mine and other else Change.DROPPED if mine else Change.ADDED


def _span(text: str, part: tuple[Word, ...]) -> Span | None:
    return whole(text, Span(part[0].start, part[-1].end)) if part else None
