"""Tells who speaks: names, shortened names, pronouns and descriptions, inside one report.

A resolution is made only where the report leaves one candidate; "a spokesman" stays unnamed rather than wrong.
Statements are resolved in reading order, because what a pronoun means depends on who spoke before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Basis, Kind, Speaker
from onrecord.reading.antecedents import Antecedents
from onrecord.reading.cast import Cast, Person
from onrecord.reading.descriptions import Descriptions
from onrecord.reading.names import HE, IT, SHE, THEY, Mention, Shape, read_mention, read_mentions
from onrecord.reading.names import I as FIRST_PERSON
from onrecord.reading.people import gender
from onrecord.reading.turns import Turn, Unresolved
from onrecord.reading.vocabulary import names_a_questioner

__all__ = ["Speakers", "Unresolved"]

_RELATIVE = frozenset(["who", "which", "that"])
_REST_WORDS = 25
_STOP_INSIDE = re.compile(r"[.!?…][\"”’]?\s+\S")
_OF_SOMEBODY = re.compile(r"((?:[\w.\-]+ ){0,4}[\w\-]+)['’]s?(?: [a-z]+){0,2} (administration|campaign|government)")
_NAME_BEFORE = re.compile(r"((?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*\s){1,5})\s*\Z|((?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*\s?){1,5}),\s\Z")
_APPOSITION_BEFORE = re.compile(r"((?:[A-ZÀ-ÖØ-Þ][\w’'.\-]*\s?|of\s|for\s){1,7}),\san?\s(?:[a-z\-]+\s){1,4}\Z")


class Speakers:
    """Resolves the speakers of one report's statements, in reading order."""

    def __init__(self, text: str, paragraphs: Sequence[Span], author: str | None = None) -> None:
        self.text = text
        self.paragraphs = list(paragraphs)
        self._starts = [p.start for p in self.paragraphs]
        self.author = author
        self.cast = Cast(text, self.paragraphs)
        self._antecedents = Antecedents(text, self.paragraphs, self.cast)
        self._descriptions = Descriptions(text, self.paragraphs, self.cast)
        self._turns: list[Turn] = []

    def resolve(self, statements: Sequence[Unresolved]) -> list[Speaker]:
        """The speakers of all statements of the report, which must come in order of their contents."""
        for statement in statements:
            paragraph = self._paragraph_of(statement.content[0].start)
            self._turns.append(Turn(paragraph, statement, self._resolve(statement, paragraph)))
        return [self._looking_ahead(k) for k in range(len(self._turns))]

    def _looking_ahead(self, k: int) -> Speaker:
        """The speaker of a statement; "Noting that …, Lenz said …" has its own only in the statement after it."""
        statement, speaker = self._turns[k].statement, self._turns[k].speaker
        if speaker.name is None and not statement.source and statement.cue and k + 1 < len(self._turns):
            following, after = self._turns[k + 1].statement, self._turns[k + 1].speaker
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
        if mention is None or self._is_common(mention) or self._is_people(mention):
            return UNNAMED
        if mention.name:
            return self._named(mention)
        at = statement.source[0].start
        if mention.shape is Shape.PRONOUN:
            return self._pronoun(mention, at, paragraph)
        if mention.shape is Shape.DESCRIPTION and mention.definite:
            return self._descriptions.speaker(mention, statement.source[0], paragraph, self._turns)
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

    def _is_people(self, mention: Mention) -> bool:
        """Whether a name is that of the people of a place ("New Harveners"), or of police whom nothing tells apart."""
        name = mention.name or ""
        if name.casefold() == "police":
            return self.cast.body("police") is None
        return (
            name.endswith("ers")
            and len(name) > 6
            and re.search(rf"(?<!\w){re.escape(name[:-3])}(?!\w)", self.text) is not None
        )

    def _of_somebody(self, mention: Mention) -> Speaker | None:
        """ "President Ana Lenz’s administration", under the name that the report has for it: "Lenz administration"."""
        found = _OF_SOMEBODY.fullmatch(mention.name or "")
        if found is None:
            return None
        owner, noun = found.group(1).split()[-1], found.group(2)
        at = self.text.find(f"{owner} {noun}")
        if at < 0:
            return None
        place = Span(at, at + len(owner) + 1 + len(noun))
        return Speaker(place.of(self.text), Basis.SHORTENED, place)

    def _named(self, mention: Mention) -> Speaker:
        assert mention.name is not None
        if mention.shape is Shape.ORGANISATION and " " not in mention.name:
            # "the Bureau" of one "Bureau of State Protection", "HTB" of "Harven Trade Board (HTB)"
            body = self.cast.body(mention.name) if mention.definite else None
            body = body or self.cast.abbreviated(mention.name)
            if body is not None:
                return Speaker(body.of(self.text), Basis.SHORTENED, body)
        if (of_somebody := self._of_somebody(mention)) is not None:
            return of_somebody
        name, place = mention.name, mention.place
        if place is not None:
            place = Span(place.start, self.cast.unglued(place.start, place.end))
            name = name[: len(name) - (mention.place.end - place.end)] if mention.place else name
            own = self.cast.behind_another(name, place)
            name, place = (own.of(self.text), own) if own != place else (name, place)
        known = [p for p in self.cast.named(name) if p.likely or p.name == name]
        known = self._of_that_gender(known, mention)
        if len(known) > 1 and place is not None:
            known = self._nearest(known, place.start)
        if not known and mention.shape is Shape.ORGANISATION and not mention.definite and place is not None:
            likely = self.cast.misspelt(name)
            known = [likely] if likely is not None and likely.place.start < place.start else []
        if len(known) == 1:
            known[0].spoke = True
            if known[0].name != name and not (mention.definite and mention.shape is Shape.ORGANISATION):
                return Speaker(known[0].name, Basis.SHORTENED, known[0].place)
        if not known and place is not None:
            inner = self._name_inside(name, place)
            if inner is not None:
                return Speaker(inner.name, Basis.NAMED, inner.place)
        return Speaker(name, Basis.NAMED, place)

    def _name_inside(self, name: str, place: Span) -> Person | None:
        """The person whose name stands behind a country's or a chief's: "Vellmark Karl Oder" in a translation."""
        words = name.split()
        if len(words) != 3:
            return None
        known = self.cast.named(" ".join(words[1:]))
        return known[0] if len(known) == 1 and place.start <= known[0].place.start else None

    def _of_that_gender(self, people: list[Person], mention: Mention) -> list[Person]:
        """Those whom "Mr." or "Mrs." may go with."""
        wanted = gender([mention.honorific or "", *mention.roles])
        return [p for p in people if wanted is None or p.gender in (None, wanted)] or people

    def _nearest(self, people: list[Person], at: int) -> list[Person]:
        """Of several people of one surname, the one who speaks here, or else was named in full last before.

        All of them where two were last named in full in one paragraph: that is not told apart safely.
        """
        places = {p.name: self.text.rfind(p.name, 0, at) for p in people}
        named = [p for p in people if places[p.name] >= 0 and " " in p.name]
        if len(named) < 2:
            return named or people
        here = self._paragraph_of(at)
        for turn in reversed(self._turns[-3:]):
            spoke = [p for p in named if p.name == turn.speaker.name]
            between = any(turn.statement.content[0].start < places[p.name] for p in named if p not in spoke)
            if spoke and turn.paragraph >= here - 2 and not between:
                return spoke
        best = max(p.evidence for p in named)
        named = [p for p in named if p.evidence >= best - 1] if best >= 2 else named
        last = max(named, key=lambda p: places[p.name])
        home = self._paragraph_of(places[last.name])
        alone = all(self._paragraph_of(places[p.name]) != home for p in named if p is not last)
        return [last] if alone else people

    def _without_source(self, statement: Unresolved, paragraph: int) -> Speaker:
        """A quotation that goes on, or a participle ("adding that …") without a source of its own."""
        if not self._turns:
            return UNNAMED
        turn = self._turns[-1]
        before, speaker = turn.statement, turn.speaker
        same = turn.paragraph == paragraph
        if same and before.source and names_a_questioner(before.source[0].of(self.text)):
            return self._answering(statement)
        if speaker.name is None:
            return UNNAMED
        goes_on = Speaker(speaker.name, Basis.CONTINUED, speaker.mention)
        participle = bool(statement.cue) and statement.cue[0].of(self.text).lower().endswith("ing")
        if same and (participle or statement.kind is Kind.DIRECT):
            return goes_on
        if turn.paragraph != paragraph - 1 or statement.kind is not Kind.DIRECT or statement.cue:
            return UNNAMED
        return goes_on if self._runs_on(turn, statement, paragraph) else UNNAMED

    def _runs_on(self, turn: Turn, statement: Unresolved, paragraph: int) -> bool:
        """Whether a paragraph that is one quotation follows on a paragraph that the statement before it ends."""
        before, end = turn.statement, self.paragraphs[turn.paragraph].end
        spans = (*before.source, *before.cue, *before.content)
        rest = self.text[max(span.end for span in spans) : end]
        left = self.paragraphs[paragraph]
        around = self.text[left.start : statement.content[0].start] + self.text[statement.content[-1].end : left.end]
        # A heading in quotation marks has no full stop.
        stop = re.search(r"[.!?…,][\"”’'»]{0,3}\s*\Z", statement.content[-1].of(self.text)) is not None
        whole = stop and not re.search(r"\w", around)
        if before.kind is not Kind.INDIRECT and not re.search(r"\w", self.text[before.content[-1].end : end]):
            return True
        words = len(re.findall(r"\w+", rest))
        # ", the harbour's chairwoman, in a statement." ends the sentence that attributes the quotation.
        ends_sentence = before.kind is Kind.DIRECT and words <= _REST_WORDS and not _STOP_INSIDE.search(rest)
        return whole and (words <= 2 or ends_sentence)

    def _answering(self, statement: Unresolved) -> Speaker:
        """Who answers a journalist's question: the one who alone has spoken so far, if only one has."""
        named = {t.speaker.name: t.speaker for t in self._turns if t.speaker.name}
        if statement.kind is Kind.INDIRECT or len(named) != 1:
            return UNNAMED
        speaker = next(iter(named.values()))
        return Speaker(speaker.name, Basis.CONTINUED, speaker.mention)

    def _pronoun(self, mention: Mention, at: int, paragraph: int) -> Speaker:
        word = mention.pronoun or ""
        if word in FIRST_PERSON and self.author and not re.search(r",|;|&|\band\b", self.author):
            return Speaker(self.author, Basis.PRONOUN, None)
        if word in _RELATIVE:
            return self._relative(word, at, paragraph)
        if word in HE or word in SHE:
            called = "he" if word in HE else "she"
            person = self._antecedents.person(at, paragraph, called, self._turns)
            if person is not None:
                person.gender = person.gender or called
                return Speaker(person.name, Basis.PRONOUN, person.place)
        if word in IT or word in THEY:
            for turn in reversed(self._turns[-2:]):
                speaker = turn.speaker
                if turn.paragraph < paragraph - 1 or speaker.name is None:
                    break
                people = [p for p in self.cast.people if p.name == speaker.name]
                plural = " and " in speaker.name or (word in THEY and _is_plural(speaker.name))
                if not people and (word in IT) != plural:
                    return Speaker(speaker.name, Basis.PRONOUN, speaker.mention)
        return UNNAMED

    def _relative(self, word: str, at: int, paragraph: int) -> Speaker:
        """ "Ana Lenz, who says …": whoever stands right before the pronoun, if by name."""
        start = max(self.paragraphs[paragraph].start, at - 120)
        before = self.text[start:at]
        found = _NAME_BEFORE.search(before) or (_APPOSITION_BEFORE.search(before) if word == "that" else None)
        if found is None:
            return UNNAMED
        group = next(k for k in range(1, (found.lastindex or 1) + 1) if found.group(k))
        span = Span(start + found.start(group), start + found.end(group))
        mention = read_mention(self.text, Span(span.start, span.start + len(span.of(self.text).rstrip())))
        if mention.name is None or mention.place is None:
            return UNNAMED
        named = self._named(mention)
        person = any(p.name == named.name and p.likely for p in self.cast.people)
        if person != (word == "who") and not (word == "who" and _is_plural(named.name or "")):
            return UNNAMED
        return Speaker(named.name, Basis.PRONOUN, named.mention)


def _is_plural(name: str) -> bool:
    """Whether one word names many: "Democrats"."""
    return " " not in name and len(name) > 4 and name.endswith("s") and not name.endswith(("ss", "us", "is"))
