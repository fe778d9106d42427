"""The cast of a report: the people it names, with the roles it gives them, and everywhere they appear."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.domain.spans import Span
from onrecord.reading.bodies import Bodies
from onrecord.reading.names import Mention, Shape, read_mention
from onrecord.reading.nations import COMPASS, nations
from onrecord.reading.vocabulary import (
    GROUP_NOUNS,
    HE_ROLES,
    HONORIFICS,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    PARTICLES,
    QUALIFIERS,
    ROLE_NOUNS,
    SHE_ROLES,
    first_names,
)

_WORD = r"[^\W\d_][\w'’\-]*\.?"
_RUN = re.compile(rf"(?<![\w’']){_WORD}(?:[ \t]+{_WORD})*")
_GROUPS = GROUP_NOUNS | {"democrats", "republicans"}
_GLUED = frozenset("has had is was said says told to and who in on at for with that".split())
_DESCRIBED = re.compile(r",\s+(?:the|a|an|who|whose|one of)\s|,\s\d{2},")
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_OFFICE_WORDS = ORGANISATION_NOUNS | QUALIFIERS | {"affairs", "relations"}
_HIS = re.compile(r"(?<!\w)(?:(he|his|him|himself)|(she|her|hers|herself))(?!\w)")
_SENTENCE_REST = re.compile(r"[^.!?\n“”\"]{1,200}")


@dataclass(slots=True)
class Person:
    """Somebody the report names: the fullest form, its first place, and what is said of them.

    `likely` is whether more than capital letters speaks for a person: a title, a known first name, a description
    behind it, the surname on its own; `evidence` weighs these. `spoke` is whether the name was the source of a
    statement.
    """

    name: str
    place: Span
    roles: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    gender: str | None = None
    likely: bool = False
    spoke: bool = False
    evidence: int = 0
    places: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name with the particles before it left out, and a "Jr." behind it."""
        words = self.name.split()
        return words[-2] if len(words) > 2 and words[-1].casefold() in _SUFFIXES else words[-1]

    @property
    def known_first(self) -> bool:
        """Whether the name begins with a known given name."""
        words = self.name.split()
        return len(words) > 1 and _key(words[0]) in first_names()


class Cast:
    """Finds the people of one report.

    A person enters by a name of two to four words, or by one word behind a title; later, shorter forms of the same
    name are the same person when only one person of the report bears it.
    """

    def __init__(self, text: str, paragraphs: Iterable[Span]) -> None:
        self.text = text
        self.people: list[Person] = []
        self._by_name: dict[str, Person] = {}
        self._capitals = Counter(re.findall(r"(?<![^\W_])[^\W\d_][^\W\d_]{3,}(?![^\W_])", text))
        self._blocks = list(paragraphs)
        self._bodies = Bodies(text, self._blocks)
        for paragraph in self._blocks:
            self._scan(paragraph)
        self._locate()

    def named(self, name: str) -> list[Person]:
        """The people whom a name may mean: by full name, else by surname, else by first name."""
        exact = self._by_name.get(_key(name))
        if exact:
            return [exact]
        words = [_key(w) for w in name.split()]
        if len(words) == 2 and len(words[0]) == 1:
            # "G. Oder"
            return [p for p in self.people if _key(p.surname) == words[1] and _key(p.name)[0] == words[0]]
        if len(words) == 1:
            return [p for p in self.people if _key(p.surname) == words[0]] or [
                p for p in self.people if _key(p.name.split()[0]) == words[0]
            ]
        return [p for p in self.people if _key(p.surname) == words[-1] and _key(p.name.split()[0]) == words[0]]

    def body(self, noun: str) -> Span | None:
        """Where the only body with that noun in its name is named: "the mission" of one "… Observation Mission"."""
        return self._bodies.of_noun(noun)

    def abbreviated(self, abbreviation: str) -> Span | None:
        """Where the body is named in full that the report abbreviates so."""
        return self._bodies.abbreviated(abbreviation)

    def misspelt(self, name: str) -> Person | None:
        """The only person whose surname is one letter away from a single word: "Lennz", as translations leave it."""
        wanted = _key(name)
        if len(wanted) < 6 or not wanted.isalpha() or wanted.endswith("s"):
            return None
        near = [p for p in self.people if p.likely and " " in p.name and _one_letter_apart(wanted, _key(p.surname))]
        return near[0] if len(near) == 1 else None

    def _scan(self, paragraph: Span) -> None:
        for start, end in _capital_runs(self.text, paragraph):
            mention = read_mention(self.text, Span(_behind_body(self.text, start, end), self.unglued(start, end)))
            if mention.name is None or mention.place is None:
                continue
            words = mention.name.split()
            lead = _leading_words(self.text, paragraph, mention.place.start)
            roles = {part for w in lead for part in _roles(w)} & ROLE_NOUNS
            titled = bool(roles) or mention.honorific is not None
            if len(words) == 1 and not titled:
                self._describe(paragraph, mention)
                continue
            if mention.shape is not Shape.PERSON and not titled:
                continue
            if len(words) > 4 or _key(words[0]) in _GROUPS | COMPASS or _key(words[-1]) in _GROUPS:
                continue
            if all(_key(word) in _OFFICE_WORDS for word in words):
                continue
            if self.text[mention.place.end : mention.place.end + 2] in ("’s", "'s") and not titled:
                continue
            after, beyond = _apposition(self.text, paragraph, mention.place.end)
            person = self._enter(mention, words, roles)
            person.roles |= roles | {w for w in (*lead, *after) if w in QUALIFIERS} if roles else roles
            person.roles |= {part for w in after for part in _roles(w)} & (ROLE_NOUNS | QUALIFIERS)
            person.context |= {*lead, *after, *beyond}
            first = first_names().get(_key(words[0])) if len(words) > 1 else None
            person.gender = person.gender or _gender(roles | {mention.honorific or ""} | set(after)) or first
            described = _DESCRIBED.match(self.text, mention.place.end) is not None
            person.likely = person.likely or titled or bool(after) or first is not None or described
            person.evidence = max(person.evidence, 2 * titled + 2 * (first is not None) + (bool(after) or described))

    def _describe(self, paragraph: Span, mention: Mention) -> None:
        """ "said Lenz, the chairwoman of the Harbour Board": a role that comes with a later, shorter mention."""
        if mention.name is None or mention.place is None:
            return
        after, beyond = _apposition(self.text, paragraph, mention.place.end)
        known = self.named(mention.name) if after else []
        if len(known) == 1:
            known[0].roles |= {part for w in after for part in _roles(w)} & (ROLE_NOUNS | QUALIFIERS)
            known[0].context |= {*after, *beyond}
            known[0].gender = known[0].gender or _gender(after)

    def unglued(self, start: int, end: int) -> int:
        """Where a name ends whose last word has the next one glued to it: "Ana Lenzaccusing" where "Lenz" also stands.

        Only when the longer word stands once, and the shorter one at least twice; once is enough where the rest is a
        little word that often follows a name.
        """
        last = re.search(r"[^\W\d_]+$", self.text[start:end])
        if last is None or self._capitals[last.group()] > 1:
            return end
        word = last.group()
        hump = re.search(r"(?<=[a-z]{2})[A-Z]", word)
        if hump and self._capitals[word[: hump.start()]]:
            # "Ana LenzHarold": the next link's text.
            return end - len(word) + hump.start()
        for size in range(len(word) - 2, 3, -1):
            alone, rest = self._capitals[word[:size]], word[size:]
            if rest.islower() and ((alone >= 2 and len(rest) > 4) or (alone and rest in _GLUED)):
                return end - len(word) + size
        return end

    def _enter(self, mention: Mention, words: list[str], roles: set[str]) -> Person:
        assert mention.name is not None
        assert mention.place is not None
        known = self.named(mention.name)
        same = len(words) == 1 or len(_key(words[0])) == 1
        if len(known) == 1 and (same or _key(known[0].name) == _key(mention.name)):
            return known[0]
        if len(words) > 1:
            # "Mr Oder" first, "Karl Oder" later: the fuller form takes over, unless it may be a relative's.
            short = [p for p in self.people if len(p.name.split()) == 1 and _key(p.name) == _key(words[-1])]
            known_first = _key(words[0]) in first_names() and len(self.named(words[-1])) == 1
            if len(short) == 1 and (roles & short[0].roles or known_first or not short[0].roles):
                short[0].name, short[0].place = mention.name, mention.place
                self._by_name[_key(mention.name)] = short[0]
                return short[0]
        person = Person(mention.name, mention.place)
        self.people.append(person)
        self._by_name[_key(mention.name)] = person
        return person

    def _stands_alone(self, at: int) -> bool:
        """Whether the word at an offset has neither a capitalised word nor "the" right before it."""
        before = re.search(r"(\S+)[ \t]+$", self.text[max(0, at - 40) : at])
        if before is None:
            # At the start of a line; a headline leaves out every "the".
            return bool(self.text[:at].strip())
        word = before.group(1).lstrip("\"“‘'(")
        return not word[:1].isupper() and word.lower() not in ("the", "a", "an") and not word.endswith("-")

    def _locate(self) -> None:
        for person in self.people:
            pattern = re.compile(rf"(?<!\w){re.escape(person.surname)}(?!\w)")
            person.places = [
                m.start() for block in self._blocks for m in pattern.finditer(self.text, block.start, block.end)
            ]
            if len(person.name.split()) == 1:
                continue
            alone = [at for at in person.places if self._stands_alone(at)]
            # People are called by their surname alone; bodies and places are not, or with "the" before it.
            if alone:
                person.likely = True
            if alone and alone[0] < person.place.start and not person.evidence:
                # The full name comes first; "… Trump says. Libra Trump …" is two link texts run together.
                person.likely = False
        taken = sorted(at for person in self.people for at in person.places)
        for person in self.people:
            if person.gender is None and person.likely:
                person.gender = self._gender_beside(person, taken)

    def _gender_beside(self, person: Person, taken: list[int]) -> str | None:
        """The gender of the pronouns that follow a name in its own sentence, where nobody else is named in it."""
        votes = set()
        for at in person.places:
            rest = _SENTENCE_REST.match(self.text, at)
            found = _HIS.search(self.text, at, rest.end()) if rest else None
            if found and bisect_right(taken, found.start()) == bisect_right(taken, at):
                votes.add("he" if found.group(1) else "she")
        return votes.pop() if len(votes) == 1 else None


def _roles(word: str) -> set[str]:
    """A word and the parts of a hyphenated one: "secretary-general" is a secretary and a general."""
    return {word.lower(), *word.lower().split("-")}


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter more, less or changed makes one word of the other; the first letter has to be the same."""
    if a == b or abs(len(a) - len(b)) > 1 or a[:1] != b[:1]:
        return False
    k = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[k:] == b[k + 1 :] or a[k + 1 :] == b[k:] or a[k + 1 :] == b[k + 1 :]


def _key(name: str) -> str:
    return re.sub(r"['’]s?$", "", name).rstrip(".").casefold()


def _gender(words: Iterable[str]) -> str | None:
    found = set(words)
    if found & HE_ROLES:
        return "he"
    return "she" if found & SHE_ROLES else None


def _capital_runs(text: str, paragraph: Span) -> Iterable[tuple[int, int]]:
    """Runs of capitalised words of a paragraph, lower-case particles inside them included."""
    for line in _RUN.finditer(text, paragraph.start, paragraph.end):
        run: list[tuple[int, int, str]] = []
        for word in re.finditer(_WORD, line.group()):
            token = word.group()
            start = line.start() + word.start()
            # A full stop ends a run except behind an initial or a title.
            stop = token.endswith(".") and len(token) > 3 and token.rstrip(".").lower() not in HONORIFICS
            capital = token[0].isupper() and (run or token.rstrip(".").lower() not in NOT_NAMES)
            if capital and token.rstrip(".").lower() not in NOT_NAMES:
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


def _behind_body(text: str, start: int, end: int) -> int:
    """Where a name begins behind an office or a country: "General of the Army Karl Oder", "of Vellmark Karl Oder"."""
    words = list(re.finditer(_WORD, text[start:end]))
    cut = 0
    while len(words) - cut > 1 + (cut == 0) and words[cut].group().lower() in _OFFICE_WORDS:
        cut += 1
    behind = text[max(0, start - 4) : start].endswith((" of ", "for ", "the "))
    if behind or cut:
        while len(words) - cut > 2 and words[cut].group().lower() in nations():
            cut += 1
    if behind and len(words) - cut > 2 and _key(words[-2].group()) in first_names():
        # "Director of Communications Karl Oder"
        cut = cut if _key(words[cut].group()) in first_names() else len(words) - 2
    return start + words[cut].start()


def _leading_words(text: str, paragraph: Span, start: int) -> list[str]:
    """The words of the title before a name, lower-cased: back to a comma, a verb or six words."""
    before = text[max(paragraph.start, start - 80) : start]
    apart = False
    parts = re.split(r"[,;:.!?()“”\"«»—–]\s", before)
    if not parts[-1].strip() and len(parts) > 1 and re.search(r",\s$", before):
        # "NATO's secretary general, Ana Lenz": the title stands before a comma.
        ahead = re.findall(_WORD, parts[-2])
        if ahead and any(_roles(w) & ROLE_NOUNS for w in ahead[-7:]):
            parts = parts[-2:-1]
            apart = True
    words = [re.sub(r"['’]s?$", "", w).rstrip(".").lower() for w in re.findall(_WORD, parts[-1])][-8:]
    out: list[str] = []
    for word in reversed(words):
        if word in ("said", "says", "told", "and", "with", "by", "that", "when", "as", "to", "from", "met", "but"):
            break
        out.append(word)
    # The role stands right before the name, or "the minister of defence, Karl Oder", or "Secretary of State Jon Kerr".
    offices = out if out and out[0] not in ("of", "for", "the") else []
    known = _OFFICE_WORDS | nations().keys() | {"the", "and"}
    if any(
        w in ("of", "for") and known.issuperset(out[:k]) and out[k + 1 :] and _roles(out[k + 1]) & ROLE_NOUNS
        for k, w in enumerate(offices)
    ):
        return out
    if out and not (_roles(out[0]) & ROLE_NOUNS or (apart and any(_roles(w) & ROLE_NOUNS for w in out))):
        return []
    return out


def _apposition(text: str, paragraph: Span, end: int) -> tuple[list[str], list[str]]:
    """The words of ", the foreign minister of Vellmark," behind a name: up to "of", and the rest."""
    found = re.compile(r"\s*[,(]\s*([^,;:.!?()“”\"«»]{3,90})").match(text, end, paragraph.end)
    if not found:
        return [], []
    words = [re.sub(r"['’]s?$", "", w).rstrip(".").lower() for w in re.findall(_WORD, found.group(1))]
    if not words or words[0] in ("who", "which", "said", "says", "and", "but", "he", "she", "it", "they", "adding"):
        return [], []
    cut = next((k for k, w in enumerate(words) if w in ("of", "for", "who", "at", "in")), len(words))
    head = words[:cut]
    if not any(_roles(w) & ROLE_NOUNS for w in head[-3:]):
        return [], []
    return head, words[cut:]
