"""Labels: what stands at the start of a line and before a colon when somebody takes a turn.

"Ned Oder, spokesman:", "MR. ODER:", "President of Vellmark Ana Lenz (through interpreter):", "Q:", "Question:". A label
looks like a name, a role, or a sign of question and answer; a sentence that ends in a colon does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from onrecord.domain.spans import Span, trimmed
from onrecord.reading.names import Shape, read_mentions
from onrecord.reading.people import key
from onrecord.reading.transcripts.label_words import ASKED, NEVER
from onrecord.reading.vocabulary import ORGANISATION_NOUNS, first_names

LONGEST: Final = 100
"""Characters of a label at most."""
MOST_WORDS: Final = 12
LONGEST_NAME: Final = 3
"""Words of a name at most that is told by its given name."""


class Sort(StrEnum):
    """What a label says of the one who speaks."""

    ASKED = "asked"
    """A question, an answer or a voice: somebody without a name."""
    NAMED = "named"
    """A name of two words or more, or one behind a title."""
    SHORT = "short"
    """One word that may be a surname."""
    ROLE = "role"
    """A role without a name: "The President"."""
    BODY = "body"
    """What may be an organisation: "Eskmouth Courier"."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a turn: its characters without the colon, where the words begin, and the name in it."""

    span: Span
    behind: int
    sort: Sort
    name: str | None = None
    stopped: bool = False
    """Whether a full stop ends it, as in the public papers of presidents: "The President. We will not leave." """

    def key(self, text: str) -> str:
        """What labels are compared by: "MR. ODER" and "Mr. Oder:" are one."""
        return key(" ".join(re.findall(r"\w+", self.span.of(text))))


_LABEL = re.compile(
    rf"(?P<open>[*_]{{0,3}})(?P<label>[^\W\d_][^:\n]{{0,{LONGEST - 1}}}?)[*_]{{0,3}}\s?[:：][*_]{{0,3}}(?=\s|$|[“\"])"
)
_LETTER = re.compile(
    r"[*_]{0,3}(?P<label>[QA])[*_]{0,3}(?::[*_]{0,3}|[.)][*_]{0,3}(?=\s|$|[“\"])|(?<=Q)[^\S\n]+(?=[A-Z“\"]))"
)
_TITLE = (
    r"(?:Vice |Prime |Foreign |Deputy |Acting )*"
    r"(?:President|Premier|Minister|Chancellor|Secretary|Chairman|Senator|Governor|Ambassador|King|Queen|General|M[rs]s?\.?)"
)
_STOPPED = re.compile(rf"(?P<label>The {_TITLE}|{_TITLE} [A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+)?)\.\s+(?=[A-Z“\"\[(])")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*\.?")
_BREAK = re.compile(r"[?!;\"“”«»…|/=<>{}]|\.\s+(?=[a-z])")
_TELLS = re.compile(
    r"\b(?:said|says|told|tells|asked|asks|wrote|writes|added|adds|predicted|asserted|put|tweeted|stated|replied|is|was"
    r"|are|were|has|have|had|this|that|it|he|she|we|they|you|i)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(?:no\.?\s*)?#?\d{1,2}$", re.IGNORECASE)
_SHORT_WORDS = frozenset(
    """
    of the for and to in on at de da di do del della der den des van von al bin ibn el la le du dos y e & with from by
    """.split()
)


def label_at(text: str, at: int, end: int) -> Label | None:
    """The label that stands at a place where a line or paragraph begins and that ends at `end` at the latest."""
    letter = _LETTER.match(text, at, end)
    if letter:
        return Label(Span(*letter.span("label")), letter.end(), Sort.ASKED)
    found = _LABEL.match(text, at, min(end, at + LONGEST + 12))
    span = trimmed(text, *found.span("label")) if found else None
    if found is None or span is None:
        stopped = _STOPPED.match(text, at, end)
        if stopped is None:
            return None
        span = Span(*stopped.span("label"))
        return Label(span, stopped.end(), *_read(text, span, span.of(text)), stopped=True)
    whole = span.of(text)
    bare = _BRACKETS.sub(" ", whole).strip()
    head, _, behind = bare.partition(",")
    folded = _NUMBERED.sub("", head.strip().casefold())
    words = _WORD.findall(head)
    if not words or folded in NEVER or _BREAK.search(bare) or len(words) + len(behind.split()) > MOST_WORDS:
        return None
    if folded in ASKED:
        return Label(span, found.end(), Sort.ASKED)
    if not all(word[0].isupper() or word.casefold() in _SHORT_WORDS for word in words) or not words[0][0].isupper():
        return None
    if (words[0].casefold() in _SHORT_WORDS and folded[:4] != "the ") or _TELLS.search(bare):
        return None
    if any(word.endswith(".") and len(word) > 5 for word in words[:-1]):
        # A full stop behind a long word ends a sentence.
        return None
    sort, name = _read(text, span, head)
    if folded[:4] == "the " and sort is not Sort.ROLE:
        return None
    return Label(span, found.end(), sort, name)


def _read(text: str, span: Span, head: str) -> tuple[Sort, str | None]:
    """What a label is, and the name in it as it stands there."""
    head = head.strip()
    start = text.find(head, span.start, span.end)
    part = span if start < 0 else Span(start, start + len(head))
    words = part.of(text).split()
    given = next((k for k in range(len(words) - 2, 0, -1) if key(words[k]) in first_names()), 0)
    if given and len(words) - given <= LONGEST_NAME and key(words[given - 1]) not in first_names():
        # "Head of the Trade Service Ana Lenz": what stands before a given name is what its bearer is.
        return Sort.NAMED, once(words[given:])
    mentions = read_mentions(text, part)
    best = next((one for one in mentions if one.shape is Shape.PERSON), mentions[0] if mentions else None)
    if best is None:
        return Sort.BODY, None
    if best.shape is Shape.PERSON and best.name:
        return Sort.NAMED, once(best.name.split())
    if best.roles and best.name is None:
        return Sort.ROLE, None
    if len(words) == 1:
        return Sort.SHORT, words[0]
    if in_capitals(part.of(text)) and len(words) < 5 and not {key(word) for word in words} & ORGANISATION_NOUNS:
        return Sort.NAMED, once(words)
    return Sort.BODY, best.name


def in_capitals(name: str) -> bool:
    """Whether a name is written in capitals, as "NED McCALL" is.

    >>> in_capitals("NED McCALL"), in_capitals("Ned McCall")
    (True, False)
    """
    return name.replace("Mc", "MC").isupper()


def once(words: list[str]) -> str:
    """A name without the surname that pages with links put behind it once more: "Ana Lenz Lenz"."""
    return " ".join(word for place, word in enumerate(words) if not place or word != words[place - 1])
