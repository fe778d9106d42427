"""The cast of a report: the people it names, with the roles it gives them, and everywhere they appear."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from onrecord.domain.spans import Span
from onrecord.reading.bodies import Bodies
from onrecord.reading.capitals import OFFICE_WORDS, apposition, behind_body, capital_runs, leading_words
from onrecord.reading.names import Mention, Shape, read_mention
from onrecord.reading.nations import COMPASS
from onrecord.reading.people import Person, gender, key, one_letter_apart, roles_in, whole_words
from onrecord.reading.vocabulary import GROUP_NOUNS, QUALIFIERS, ROLE_NOUNS, first_names

__all__ = ["Cast", "Person"]

_GROUPS = GROUP_NOUNS | {"democrats", "republicans"}
_NO_FIRST_NAMES = _GROUPS | COMPASS
_TITLE_WORDS = ROLE_NOUNS | QUALIFIERS
_GLUED = frozenset("has had is was said says told to and who in on at for with that".split())
_DESCRIBED = re.compile(r",\s+(?:the|a|an|who|whose|one of)\s|,\s\d{2},")
_NICKNAMED = re.compile(
    r"(?<![\w’'])([A-ZÀ-ÖØ-Þ][^\W\d_]{1,20})(?: [A-Z]\.)?"
    r" [“\"‘][A-Z][^\W\d_]{1,15}[”\"’] ([A-ZÀ-ÖØ-Þ][^\W\d_]{2,20})(?!\w)"
)
_GLUED_WORD = re.compile(r"(?<![^\W_])([^\W\d_]{4,30}?)(?=[A-Z][a-z])[^\W\d_]{2,30}")
_HIS = re.compile(r"(?<!\w)(?:(he|his|him|himself)|(she|her|hers|herself))(?!\w)")
_SENTENCE_REST = re.compile(r"[^.!?\n“”\"]{1,200}")


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
        exact = self._by_name.get(key(name))
        if exact and (exact.likely or len(name.split()) != 2):
            return [exact]
        words = [key(w) for w in name.split()]
        if len(words) == 1 and name.isupper() and 2 < len(name) < 6:
            # "ALO" for Ana Lenz Oder; a surname in capitals is looked for below.
            initials = [p for p in self.people if p.likely and "".join(w[0] for w in p.name.split()) == name]
            if initials:
                return initials
        if len(words) > 1:
            # A double surname: "Lenz Oder" of Ana Maria Lenz Oder, not "Karl Oder" of "Vellmark Karl Oder".
            given = words[0] in first_names()
            longer = [p for p in self.people if p.known_first or (p.evidence >= 2 and not given)]
            longer = [p for p in longer if _ends_with(p.name, words)]
            if longer:
                return longer
        if len(words) == 2 and len(words[0]) == 1:
            # "G. Oder"
            return [p for p in self.people if key(p.surname) == words[1] and key(p.name)[0] == words[0]]
        if len(words) == 1:
            return [p for p in self.people if key(p.surname) == words[0]] or [
                p for p in self.people if key(p.name.split()[0]) == words[0]
            ]
        return [p for p in self.people if key(p.surname) == words[-1] and key(p.name.split()[0]) == words[0]]

    def body(self, noun: str) -> Span | None:
        """Where the only body with that noun in its name is named: "the mission" of one "… Observation Mission"."""
        return self._bodies.of_noun(noun)

    def abbreviated(self, abbreviation: str) -> Span | None:
        """Where the body is named in full that the report abbreviates so."""
        return self._bodies.abbreviated(abbreviation)

    def misspelt(self, name: str) -> Person | None:
        """The only person whose surname is one letter away from a single word: "Lennz", as translations leave it."""
        wanted = key(name)
        if len(wanted) < 6 or not wanted.isalpha() or wanted.endswith("s"):
            return None
        near = [p for p in self.people if p.likely and " " in p.name and one_letter_apart(wanted, key(p.surname))]
        return near[0] if len(near) == 1 else None

    def _nicknames(self, paragraph: Span) -> None:
        """Enters "Ana “Tex” Lenz", a name that quotation marks part."""
        for found in _NICKNAMED.finditer(self.text, paragraph.start, paragraph.end):
            first, surname = key(found.group(1)), found.group(2)
            if first not in first_names() and self._capitals[surname] < 2:
                continue
            name = found.group()
            if key(name) not in self._by_name:
                gender_of = first_names().get(first)
                person = Person(name, Span(found.start(), found.end()), gender=gender_of, likely=True, evidence=2)
                self.people.append(person)
                self._by_name[key(name)] = person

    def _scan(self, paragraph: Span) -> None:
        self._nicknames(paragraph)
        for start, stop in capital_runs(self.text, paragraph):
            end = self._first_glue(start, stop)
            mention = read_mention(self.text, Span(behind_body(self.text, start, end), self.unglued(start, end)))
            if mention.name is None or mention.place is None:
                continue
            own = self.behind_another(mention.name, mention.place)
            if own != mention.place:
                mention = replace(mention, name=own.of(self.text), place=own)
            words = own.of(self.text).split()
            lead = leading_words(self.text, paragraph, own.start)
            held = roles_in(lead) & ROLE_NOUNS
            titled = bool(held) or mention.honorific is not None
            if len(words) == 1 and not titled:
                self._describe(paragraph, mention)
                continue
            if mention.shape is not Shape.PERSON and not titled:
                continue
            if len(words) > 4 or key(words[0]) in _NO_FIRST_NAMES or key(words[-1]) in _GROUPS:
                continue
            if all(key(word) in OFFICE_WORDS for word in words):
                continue
            possessive = self.text[own.end : own.end + 2] in ("’s", "'s")
            if possessive and not titled and key(words[0]) not in first_names():
                continue
            after, beyond = apposition(self.text, paragraph, own.end)
            person = self._enter(mention, words, held)
            person.roles |= held | {w for w in (*lead, *after) if w in QUALIFIERS} if held else held
            person.roles |= roles_in(after) & _TITLE_WORDS
            person.context |= {*lead, *after, *beyond}
            first = first_names().get(key(words[0])) if len(words) > 1 else None
            person.gender = person.gender or gender(held | {mention.honorific or ""} | set(after)) or first
            described = _DESCRIBED.match(self.text, own.end) is not None
            person.likely = person.likely or titled or bool(after) or first is not None or described
            person.evidence = max(person.evidence, 2 * titled + 2 * (first is not None) + (bool(after) or described))

    def _describe(self, paragraph: Span, mention: Mention) -> None:
        """ "said Lenz, the chairwoman of the Harbour Board": a role that comes with a later, shorter mention."""
        if mention.name is None or mention.place is None:
            return
        after, beyond = apposition(self.text, paragraph, mention.place.end)
        known = self.named(mention.name) if after else []
        if len(known) == 1:
            known[0].roles |= roles_in(after) & _TITLE_WORDS
            known[0].context |= {*after, *beyond}
            known[0].gender = known[0].gender or gender(after)

    def behind_another(self, name: str, place: Span) -> Span:
        """Where a name begins behind somebody else's, as translations put it: "spokesman Oder Karl Lenz".

        The first word is no given name but the second one is, and the first stands without it elsewhere.
        """
        words = name.split()
        last = " ".join(words[1:])
        if len(words) != 3 or key(words[0]) in first_names() or key(words[1]) not in first_names():
            return place
        alone = re.search(rf"(?<!\w){re.escape(words[0])}(?!\w)(?! {re.escape(words[1])})", self.text)
        whole = self.text[place.end - len(last) : place.end] == last
        return Span(place.end - len(last), place.end) if alone and whole else place

    def _first_glue(self, start: int, end: int) -> int:
        """Where a run of capitals ends before words glued to it: "Ana LenzHolm Calls for Vote" where "Lenz" stands."""
        for word in _GLUED_WORD.finditer(self.text, start, end):
            if self._capitals[word.group(1)] and self._capitals[word.group()] <= 1:
                return word.end(1)
        return end

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

    def _enter(self, mention: Mention, words: list[str], held: set[str]) -> Person:
        assert mention.name is not None
        assert mention.place is not None
        known = self.named(mention.name)
        same = (
            len(words) == 1
            or len(key(words[0])) == 1
            or any(_ends_with(p.name, [key(w) for w in words]) for p in known)
        )
        if len(known) == 1 and (same or key(known[0].name) == key(mention.name)):
            return known[0]
        if len(words) > 1:
            # "Mr Oder" first, "Karl Oder" later: the fuller form takes over, unless it may be a relative's.
            short = [p for p in self.people if len(p.name.split()) == 1 and key(p.name) == key(words[-1])]
            known_first = key(words[0]) in first_names() and len(self.named(words[-1])) == 1
            if len(short) == 1 and (held & short[0].roles or known_first or not short[0].roles):
                short[0].name, short[0].place = mention.name, mention.place
                self._by_name[key(mention.name)] = short[0]
                return short[0]
        person = Person(mention.name, mention.place)
        self.people.append(person)
        self._by_name[key(mention.name)] = person
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
            surname = person.surname
            person.places = [at for block in self._blocks for at in whole_words(self.text, surname, block)]
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


def _ends_with(name: str, words: list[str]) -> bool:
    """Whether those words are the last ones of a longer name."""
    own = [key(w) for w in name.split()]
    return len(own) > len(words) and own[-len(words) :] == words
