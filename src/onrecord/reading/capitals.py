"""Runs of capitalised words, and the titles and appositions that stand around a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.domain.spans import Span
from onrecord.reading.nations import nations
from onrecord.reading.people import key, roles
from onrecord.reading.vocabulary import (
    HONORIFICS,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    PARTICLES,
    QUALIFIERS,
    ROLE_NOUNS,
    bare,
    first_names,
)

_WORD = r"[^\W\d_][\w'’\-]*\.?"
_RUN = re.compile(rf"(?<![\w’']){_WORD}(?:[ \t]+{_WORD})*")
OFFICE_WORDS = ORGANISATION_NOUNS | QUALIFIERS | {"affairs", "relations", "staff"}
"""Words that make up offices and bodies and no person's name."""


def capital_runs(text: str, paragraph: Span) -> Iterable[tuple[int, int]]:
    """Runs of capitalised words of a paragraph, lower-case particles inside them included."""
    for line in _RUN.finditer(text, paragraph.start, paragraph.end):
        run: list[tuple[int, int, str]] = []
        for word in re.finditer(_WORD, line.group()):
            token = word.group()
            start = line.start() + word.start()
            lowered = token.rstrip(".").lower()
            # A full stop ends a run except behind an initial or a title.
            stop = token.endswith(".") and len(token) > 3 and lowered not in HONORIFICS
            if token[0].isupper() and lowered not in NOT_NAMES:
                run.append((start, start + len(token) - (1 if stop else 0), token))
            elif run and token in PARTICLES:
                run.append((start, start + len(token), token))
            else:
                yield from _closed(run)
                run = []
            if stop:
                yield from _closed(run)
                run = []
        yield from _closed(run)


def _closed(run: list[tuple[int, int, str]]) -> Iterable[tuple[int, int]]:
    while run and run[-1][2] in PARTICLES:
        run = run[:-1]
    if run:
        yield run[0][0], run[-1][1]


def behind_body(text: str, start: int, end: int) -> int:
    """Where a name begins behind an office or a country: "General of the Army Karl Oder", "of Vellmark Karl Oder"."""
    words = list(re.finditer(_WORD, text[start:end]))
    cut = 0
    while len(words) - cut > 1 + (cut == 0) and words[cut].group().lower() in OFFICE_WORDS:
        cut += 1
    behind = text[max(0, start - 4) : start].endswith((" of ", "for ", "the "))
    if behind or cut:
        while len(words) - cut > 2 and words[cut].group().lower() in nations():
            cut += 1
    if behind and len(words) - cut > 2 and key(words[-2].group()) in first_names():
        # "Director of Communications Karl Oder"
        cut = cut if key(words[cut].group()) in first_names() else len(words) - 2
    return start + words[cut].start()


_BEFORE_A_TITLE = frozenset(
    "said says told and with by that when as to from met but on against after before his her their its who".split()
)
"""Words that no title goes over: "the minister repeated his call on President Ana Lenz" gives her no ministry."""


def leading_words(text: str, paragraph: Span, start: int) -> list[str]:
    """The words of the title before a name, lower-cased: back to a comma, a verb or six words."""
    before = text[max(paragraph.start, start - 80) : start]
    apart = False
    parts = re.split(r"[,;:.!?()“”\"«»—–]\s", before)
    if not parts[-1].strip() and len(parts) > 1 and re.search(r",\s$", before):
        # "NATO's secretary general, Ana Lenz": the title stands before a comma.
        ahead = re.findall(_WORD, parts[-2])
        if ahead and any(roles(w) & ROLE_NOUNS for w in ahead[-7:]):
            parts = parts[-2:-1]
            apart = True
    words = [bare(w).lower() for w in re.findall(_WORD, parts[-1])][-8:]
    out: list[str] = []
    for word in reversed(words):
        if word in _BEFORE_A_TITLE:
            break
        out.append(word)
    # The role stands right before the name, or "the minister of defence, Karl Oder", or "Secretary of State Jon Kerr".
    offices = out if out and out[0] not in ("of", "for", "the") else []
    known = OFFICE_WORDS | nations().keys() | {"the", "and"}
    if any(
        w in ("of", "for") and known.issuperset(out[:k]) and out[k + 1 :] and roles(out[k + 1]) & ROLE_NOUNS
        for k, w in enumerate(offices)
    ):
        return out
    if out and not (roles(out[0]) & ROLE_NOUNS or (apart and any(roles(w) & ROLE_NOUNS for w in out))):
        return []
    return out


def apposition(text: str, paragraph: Span, end: int) -> tuple[list[str], list[str]]:
    """The words of ", the foreign minister of Vellmark," behind a name: up to "of", and the rest."""
    found = re.compile(r"\s*[,(]\s*([^,;:.!?()“”\"«»]{3,90})").match(text, end, paragraph.end)
    if not found:
        return [], []
    words = [bare(w).lower() for w in re.findall(_WORD, found.group(1))]
    if not words or words[0] in ("who", "which", "said", "says", "and", "but", "he", "she", "it", "they", "adding"):
        return [], []
    cut = next((k for k, w in enumerate(words) if w in ("of", "for", "who", "at", "in")), len(words))
    head = words[:cut]
    if not any(roles(w) & ROLE_NOUNS for w in head[-3:]):
        return [], []
    return head, words[cut:]
