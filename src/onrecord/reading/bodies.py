"""The bodies of a report: organisations named in full, by the nouns in their names and by their abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.domain.spans import Span
from onrecord.reading.vocabulary import ORGANISATION_NOUNS, ROLE_NOUNS

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w\-]*"
_BODY = re.compile(
    rf"(?<!\w){_CAPITAL}(?: {_CAPITAL}){{0,9}}(?: (?:of|for)(?: the)? {_CAPITAL}(?:(?: and)? {_CAPITAL}){{0,9}}){{0,3}}"
)
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]{0,2}[A-Z]{1,6})\)")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_OFFICES = ROLE_NOUNS - {"justice", "general", "press", "deputy", "attorney", "nurse", "student", "king", "prince"}
_LITTLE = frozenset("of for the The and on in to de".split())


class Bodies:
    """Finds the organisations that one report names."""

    def __init__(self, text: str, paragraphs: Iterable[Span]) -> None:
        self.text = text
        self._by_noun: dict[str, dict[str, Span]] = {}
        self._by_abbreviation: dict[str, Span] = {}
        for paragraph in paragraphs:
            self._collect(paragraph)

    def of_noun(self, noun: str) -> Span | None:
        """Where the only body with that noun in its name is named: "the mission" of one "… Observation Mission"."""
        known = self._by_noun.get(noun.casefold(), {})
        longest = [name for name in known if not any(name != other and name in other for other in known)]
        return known[longest[0]] if len(longest) == 1 else None

    def abbreviated(self, abbreviation: str) -> Span | None:
        """Where the body is named in full that the report abbreviates so: "the Harven Trade Board (HTB)".

        Without the brackets, the only body with those initials.
        """
        known = self._by_abbreviation.get(abbreviation)
        if known is not None or not abbreviation.isupper() or not 3 <= len(abbreviation) <= 6:
            return known
        spelled = {
            name: place
            for names in self._by_noun.values()
            for name, place in names.items()
            if abbreviation in _initials(name)
        }
        return next(iter(spelled.values())) if len(spelled) == 1 else None

    def _collect(self, paragraph: Span) -> None:
        for found in _BODY.finditer(self.text, paragraph.start, paragraph.end):
            for start, end in self._without_offices(found.start(), found.end()):
                words = [w.casefold() for w in _NAME_WORD.findall(self.text, start, end)]
                for noun in ORGANISATION_NOUNS.intersection(words) if len(words) > 1 else ():
                    names = self._by_noun.setdefault(noun, {})
                    names.setdefault(self.text[start:end], Span(start, end))
        for found in _ABBREVIATION.finditer(self.text, paragraph.start, paragraph.end):
            full = self._spelled_out(found.group(1), max(paragraph.start, found.start() - 120), found.start())
            if full is not None:
                self._by_abbreviation.setdefault(found.group(1), full)

    def _without_offices(self, start: int, end: int) -> list[tuple[int, int]]:
        """A run of capitals cut at the offices in it: "Harven Trade Board Director Ana Lenz" names the board."""
        parts: list[list[re.Match[str]]] = [[]]
        for word in _NAME_WORD.finditer(self.text, start, end):
            lowered = word.group().casefold()
            if lowered in _OFFICES:
                parts.append([])
            elif parts[-1] or not (lowered in _LITTLE or (len(parts) > 1 and lowered == "state")):
                parts[-1].append(word)
        trimmed = []
        for part in parts:
            while part and part[-1].group() in _LITTLE:
                part.pop()
            if part:
                trimmed.append((part[0].start(), part[-1].end()))
        return trimmed

    def _spelled_out(self, abbreviation: str, start: int, end: int) -> Span | None:
        """The words right before an abbreviation whose initials it is, little words counted or not."""
        if self.text[start:end].rstrip()[-1:] in ",.;:":
            return None
        words = list(_NAME_WORD.finditer(self.text, start, end))
        letters = abbreviation.upper()
        for little in (frozenset[str](), _LITTLE):
            at, k = len(letters) - 1, len(words) - 1
            while at >= 0 and k >= 0:
                word = words[k].group()
                if word in little:
                    k -= 1
                    continue
                if word[0].upper() != letters[at]:
                    break
                at, k = at - 1, k - 1
            if at < 0 and words[k + 1].group()[0].isupper():
                return Span(words[k + 1].start(), words[-1].end())
        return None


def _initials(name: str) -> set[str]:
    """The capital initials of a name, its little words counted and not."""
    words = _NAME_WORD.findall(name)
    return {"".join(w[0] for w in words if w not in left_out).upper() for left_out in (_LITTLE, frozenset[str]())}
