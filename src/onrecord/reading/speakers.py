"""Tells who speaks: names, shortened names, pronouns and descriptions, inside one report.

A resolution is made only where the report leaves one candidate; "a spokesman" stays unnamed rather than wrong.
Statements are resolved in reading order, because what a pronoun means depends on who spoke before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Basis, Kind, Speaker
from onrecord.reading.cast import Cast, Person
from onrecord.reading.names import HE, IT, SHE, THEY, Mention, Shape, read_mentions
from onrecord.reading.names import I as FIRST_PERSON
from onrecord.reading.quotations import quoted_regions
from onrecord.reading.vocabulary import HEADS, ORGANISATION_NOUNS, QUALIFIERS

_SENIOR = frozenset(["chief", "head", "leader", "boss"])
_QUESTIONERS = frozenset(["journalist", "reporter", "correspondent"])


_POSSESSOR = re.compile(r"(\w+)['’]s\b")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What the resolver needs of a statement."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind


class Speakers:
    """Resolves the speakers of one report's statements, in reading order."""

    def __init__(self, text: str, paragraphs: Sequence[Span], author: str | None = None) -> None:
        self.text = text
        self.paragraphs = list(paragraphs)
        self._starts = [p.start for p in self.paragraphs]
        self.author = author
        self.cast = Cast(text, self.paragraphs)
        self._said: list[tuple[int, Unresolved, Speaker]] = []

    def resolve(self, statements: Sequence[Unresolved]) -> list[Speaker]:
        """The speakers of all statements of the report, which must come in order of their contents."""
        for statement in statements:
            paragraph = self._paragraph_of(statement.content[0].start)
            self._said.append((paragraph, statement, self._resolve(statement, paragraph)))
        return [self._looking_ahead(k) for k in range(len(self._said))]

    def _looking_ahead(self, k: int) -> Speaker:
        """The speaker of a statement; "Noting that …, Lenz said …" has its own only in the statement after it."""
        _, statement, speaker = self._said[k]
        if speaker.name is None and not statement.source and statement.cue and k + 1 < len(self._said):
            _, following, after = self._said[k + 1]
            cue = statement.cue[0].of(self.text)
            between = self.text[statement.content[-1].end : following.source[0].start] if following.source else "."
            if after.name and cue[:1].isupper() and cue.lower().endswith("ing") and not re.search(r"[.!?]\s", between):
                return Speaker(after.name, Basis.CONTINUED, after.mention)
        return speaker

    def _paragraph_of(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _resolve(self, statement: Unresolved, paragraph: int) -> Speaker:
        if not statement.source:
            return self._without_source(statement, paragraph)
        mentions = [m for span in statement.source for m in read_mentions(self.text, span)]
        if len(mentions) > 1:
            speakers = [self._named(m) for m in mentions if m.name]
            if len(speakers) > 1:
                return Speaker(" and ".join(s.name or "" for s in speakers), Basis.NAMED, speakers[0].mention)
        mention = next((m for m in mentions if m.name), mentions[0] if mentions else None)
        if mention is None or self._is_common(mention):
            return UNNAMED
        if mention.name:
            return self._named(mention)
        at = statement.source[0].start
        if mention.shape is Shape.PRONOUN:
            return self._pronoun(mention, at, paragraph)
        if mention.shape is Shape.DESCRIPTION and mention.definite:
            return self._description(mention, statement.source[0], paragraph)
        return UNNAMED

    def _is_common(self, mention: Mention) -> bool:
        """Whether a single capital word is an ordinary one at the start of a sentence.

        It is when it stands elsewhere without the capital, and never with it in the middle of a sentence.
        """
        name, place = mention.name, mention.place
        if name is None or place is None or not name.isalpha() or name.isupper() or self.cast.named(name):
            return False
        before = self.text[: place.start].rstrip()
        starts = not before or before[-1] in '.!?:\n"”’' or "\n" in self.text[len(before) : place.start]
        if not starts or re.search(rf"[a-z,] {name}(?!\w)", self.text):
            return False
        return re.search(rf"(?<!\w){name.lower().removesuffix('s')}s?(?!\w)", self.text) is not None

    def _named(self, mention: Mention) -> Speaker:
        assert mention.name is not None
        if mention.shape is Shape.ORGANISATION and mention.definite and " " not in mention.name:
            # "the Bureau" of one "Bureau of State Protection"
            body = self.cast.body(mention.name)
            if body is not None:
                return Speaker(body.of(self.text), Basis.SHORTENED, body)
        name, place = mention.name, mention.place
        if place is not None:
            place = Span(place.start, self.cast.unglued(place.start, place.end))
            name = name[: len(name) - (mention.place.end - place.end)] if mention.place else name
        known = self.cast.named(name)
        known = [p for p in known if p.likely or p.name == name or p.spoke]
        if len(known) > 1 and place is not None:
            known = self._nearest(known, place.start)
        if len(known) == 1:
            known[0].spoke = True
        if len(known) == 1 and known[0].name != name:
            return Speaker(known[0].name, Basis.SHORTENED, known[0].place)
        return Speaker(name, Basis.NAMED, place)

    def _nearest(self, people: list[Person], at: int) -> list[Person]:
        """Of several people of one surname, the one best known as a person, or else named in full last before.

        All of them where two were last named in full in one paragraph: that is not told apart safely.
        """
        best = max(p.evidence for p in people)
        places = {p.name: self.text.rfind(p.name, 0, at) for p in people if p.evidence == best}
        last = max(places, key=lambda name: places[name])
        paragraphs_of = [self._paragraph_of(k) for k in places.values() if k >= 0]
        alone = paragraphs_of.count(self._paragraph_of(places[last])) == 1
        chosen = [p for p in people if p.name == last and " " in last]
        return chosen if places[last] >= 0 and alone and chosen else people

    def _without_source(self, statement: Unresolved, paragraph: int) -> Speaker:
        """A quotation that goes on, or a participle ("adding that …") without a source of its own."""
        if not self._said:
            return UNNAMED
        before_paragraph, before, speaker = self._said[-1]
        if speaker.name is None:
            return UNNAMED
        same = before_paragraph == paragraph
        participle = bool(statement.cue) and statement.cue[0].of(self.text).lower().endswith("ing")
        if same and (participle or statement.kind is Kind.DIRECT):
            return Speaker(speaker.name, Basis.CONTINUED, speaker.mention)
        end = self.paragraphs[before_paragraph].end
        runs_on = before.kind is not Kind.INDIRECT and not re.search(r"\w", self.text[before.content[-1].end : end])
        if before_paragraph == paragraph - 1 and statement.kind is Kind.DIRECT and not statement.cue and runs_on:
            return Speaker(speaker.name, Basis.CONTINUED, speaker.mention)
        return UNNAMED

    def _pronoun(self, mention: Mention, at: int, paragraph: int) -> Speaker:
        word = mention.pronoun or ""
        if word in FIRST_PERSON and self.author and not re.search(r",|;|&|\band\b", self.author):
            return Speaker(self.author, Basis.PRONOUN, None)
        if word in HE or word in SHE:
            person = self._person_before(at, paragraph, "he" if word in HE else "she")
            if person is not None:
                person.gender = person.gender or ("he" if word in HE else "she")
                return Speaker(person.name, Basis.PRONOUN, person.place)
        if word in IT or word in THEY:
            for before_paragraph, _, speaker in reversed(self._said[-2:]):
                if before_paragraph < paragraph - 1 or speaker.name is None:
                    break
                people = [p for p in self.cast.people if p.name == speaker.name]
                joint = " and " in speaker.name
                if not people and (word in IT) != joint:
                    return Speaker(speaker.name, Basis.PRONOUN, speaker.mention)
        return UNNAMED

    def _person_before(self, at: int, paragraph: int, gender: str) -> Person | None:
        """Whom "he" or "she" means: somebody of this paragraph's narration, else the last to speak before it."""
        fitting = [p for p in self.cast.people if p.likely and p.gender in (None, gender)]
        start = self.paragraphs[paragraph].start
        quoted = quoted_regions(self.text, self.paragraphs[paragraph])

        def narrated(person: Person) -> list[int]:
            places = [k for k in person.places if start <= k < at]
            return [k for k in places if not any(q.start <= k < q.end for q in quoted)]

        here = [(places[-1], places[0], p) for p in fitting if (places := narrated(p))]
        spoke = [p for n, _, s in self._said if n == paragraph for p in fitting if p.name == s.name]
        if spoke:
            return spoke[-1]
        if len(here) == 1:
            return here[0][2]
        if not here and any(narrated(p) for p in self.cast.people if p.gender in (None, gender)):
            # A name that may or may not be a person's stands closer than anybody else.
            return None
        if here:
            # The subject comes first in its paragraph; two people in one breath are not told apart safely.
            first = min(here, key=lambda row: row[1])
            sure = [row for row in here if row[2].gender == gender]
            if len(sure) == 1:
                return sure[0][2]
            return first[2] if self._is_subject(first[1], start) else None
        for before_paragraph, said, speaker in reversed(self._said):
            if before_paragraph < paragraph - 2:
                break
            for person in fitting:
                if person.name == speaker.name:
                    return person
            if speaker.basis is Basis.UNNAMED and said.source and before_paragraph >= paragraph - 1:
                # Somebody unnamed spoke last; "he" may well be that one.
                return None
        if paragraph == 0:
            return None
        previous = self.paragraphs[paragraph - 1]
        near = [p for p in fitting if any(previous.start <= k < previous.end for k in p.places)]
        subject = len(near) == 1 and self._is_subject(
            min(k for k in near[0].places if k >= previous.start), previous.start
        )
        return near[0] if subject else None

    def _is_subject(self, at: int, start: int) -> bool:
        """Whether a name stands near the start of its paragraph, where the subject is."""
        return len(re.findall(r"\w+", self.text[start:at])) <= 8

    def _description(self, mention: Mention, source: Span, paragraph: int) -> Speaker:
        """ "the secretary general", "the ministry": the one of that role whom the report names."""
        words = [re.sub(r"['’]s?$", "", w) for w in re.findall(r"[\w'’\-]+", source.of(self.text))]
        lowered = {w.lower() for w in words}
        roles = set(mention.roles)
        if roles & _QUESTIONERS:
            return UNNAMED
        if roles <= _SENIOR:
            # "the alliance's chief" heads the alliance, not whatever else somebody heads.
            of = {w.lower() for w in _POSSESSOR.findall(source.of(self.text))}
            fitting = [p for p in self.cast.people if p.roles & HEADS and of <= p.context]
        else:
            wanted = roles | (lowered & QUALIFIERS)
            fitting = [p for p in self.cast.people if wanted <= p.roles]
        capitals = {w.lower()[:4] for w in words[1:] if w[0].isupper() and w.lower() not in roles}
        if capitals and len(roles) < 2:
            agreeing = [p for p in fitting if capitals & {w[:4] for w in p.context}]
            fitting = agreeing
        before = [p for p in fitting if p.place.start < self.paragraphs[paragraph].end]
        if len(before) == 1:
            return Speaker(before[0].name, Basis.DESCRIPTION, before[0].place)
        if len(before) > 1:
            # Several of that role: only the one who is speaking in this very passage is safe.
            recent = [s.name for n, _, s in self._said if n >= paragraph - 1 and s.name]
            last = [p for p in before if recent and p.name == recent[-1]]
            if len(last) == 1:
                return Speaker(last[0].name, Basis.DESCRIPTION, last[0].place)
            return UNNAMED
        return self._only_speaker(source) if roles - ORGANISATION_NOUNS else self._organisation(mention)

    def _only_speaker(self, source: Span) -> Speaker:
        """The only person the report has named so far, when it has said of nobody which office they hold."""
        before = [p for p in self.cast.people if p.likely and p.place.start < source.start]
        if len(before) != 1 or before[0].roles or all(s.name != before[0].name for _, _, s in self._said):
            return UNNAMED
        return Speaker(before[0].name, Basis.DESCRIPTION, before[0].place)

    def _organisation(self, mention: Mention) -> Speaker:
        """ "the ministry" after "the Vellmark defence ministry": the only body of that noun that spoke."""
        noun = next(iter(mention.roles), "")
        named = {s.name: s for _, _, s in self._said if s.name and noun in s.name.lower().split()}
        if noun and len(named) == 1:
            speaker = next(iter(named.values()))
            return Speaker(speaker.name, Basis.DESCRIPTION, speaker.mention)
        body = self.cast.body(noun) if noun and not named else None
        return Speaker(body.of(self.text), Basis.DESCRIPTION, body) if body else UNNAMED
