"""How well speakers are resolved on GUM: `python -m bench.quality.coreference --corpora DIR`.

GUM (gum/dep) has every mention of every entity, tied by hand. Counted is each subject of a verb of reporting ("said",
"told", "announced", …; the list is `REPORTING`) whose mention GUM ties to an entity. The resolver alone is measured,
not the tagger: it is given the subject as the source, the verb as the cue and the longest other stretch of the
sentence as the content. A subject has a speaker when some mention of its entity is headed by a proper noun; it is
answered when the resolver gives a name; the answer is right when the name stands in a mention of the same entity, as
its head and not as a possessor ("Lenz" in "Lenz's lawyer") or behind a preposition, unless its last word alone is a
mention of the entity too. A name for an entity that the
document never names is a wrong answer.

Forms: "pronoun", "name" (the fullest in the document), "short" (a name, where the entity has a longer one),
"description". News is divided by the hash of the document's name into a half for tuning and a half kept back;
interviews and speeches are printed apart and were not tuned on.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bench.quality.speakers import Tally, print_tallies
from onrecord.domain.spans import Span, trimmed
from onrecord.reading.quotations import kind_of, quoted_regions
from onrecord.reading.speakers import Speakers, Unresolved
from onrecord.reading.windows import paragraphs

FOLDER = "gum/dep"
GENRES = ("news", "interview", "speech")
PARTS = ("news, tuning", "news, kept back", "interview", "speech")
FORMS = ("name", "short", "pronoun", "description", "all")
REPORTING = frozenset(
    """
    say tell announce add report claim state explain argue suggest note believe think ask warn insist confirm deny
    declare express comment write reply respond answer describe call accuse admit acknowledge stress emphasize predict
    estimate hope urge demand criticize praise conclude find agree propose request recommend
    """.split()
)
_BRACKET = re.compile(r"\((\d{1,6})-[^()]*\)?|(\d{1,6})\)")
_PREPOSITION = re.compile(r"\s(?:for|of|from|at|in)\s")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a document: where it stands and how it hangs in its sentence."""

    span: Span
    lemma: str
    part_of_speech: str
    head: int
    relation: str


@dataclass(slots=True)
class Document:
    """A document's text with its sentences and, by entity, its mentions as ranges `[first, last]` of tokens."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    mentions: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def words(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].span.start : self.tokens[last].span.end]

    def head(self, first: int, last: int) -> int:
        """The token of a mention that hangs on something outside of it."""
        inside = range(first, last + 1)
        return next((k for k in inside if self.tokens[k].head not in inside), last)

    def is_named(self, first: int, last: int) -> bool:
        """Whether a proper noun heads a mention, or stands beside its head as part of the same name."""
        head = self.head(first, last)
        beside = (
            k
            for k in range(first, last + 1)
            if k == head or (self.tokens[k].head == head and self.tokens[k].relation in ("flat", "appos"))
        )
        return any(self.tokens[k].part_of_speech == "PROPN" for k in beside)


def document(path: Path) -> Document:
    """A document of GUM, put together again from its words; paragraphs are parted by an empty line."""
    found, at = Document(), 0
    parts: list[str] = []
    opened: dict[str, list[int]] = defaultdict(list)
    first, new_paragraph = 0, False
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newpar"):
            new_paragraph = True
        elif not line and len(found.tokens) > first:
            found.sentences.append((first, len(found.tokens) - 1))
            first = len(found.tokens)
        elif line and not line.startswith("#") and line.split("\t", 1)[0].isdigit():
            _, form, lemma, part, _, _, head, relation, _, more = line.split("\t")
            if new_paragraph and parts:
                parts.append("\n\n")
                at += 2
            new_paragraph = False
            parts.append(form)
            k = len(found.tokens)
            hangs_on = first + int(head) - 1 if head != "0" else -1
            found.tokens.append(Token(Span(at, at + len(form)), lemma, part, hangs_on, relation))
            at += len(form)
            if "SpaceAfter=No" not in more:
                parts.append(" ")
                at += 1
            entity = next((item[7:] for item in more.split("|") if item.startswith("Entity=")), "")
            for bracket in _BRACKET.finditer(entity):
                name = bracket.group(1) or bracket.group(2)
                if bracket.group(1):
                    opened[name].append(k)
                if bracket.group().endswith(")") and opened[name]:
                    found.mentions[name].append((opened[name].pop(), k))
    found.text = "".join(parts)
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """A subject of a verb of reporting: its entity, its form, and the statement the resolver is given."""

    entity: str
    form: str
    named: bool
    statement: Unresolved


def cases(found: Document) -> Iterator[Case]:
    """The counted subjects of a document, in order."""
    regions = [r for block in paragraphs(found.text) for r in quoted_regions(found.text, block)]
    for first, last in found.sentences:
        for k in range(first, last + 1):
            token = found.tokens[k]
            if token.relation != "nsubj" or token.head < 0:
                continue
            verb = found.tokens[token.head]
            if verb.part_of_speech != "VERB" or verb.lemma not in REPORTING:
                continue
            holding = [
                (b - a, a, b, name) for name, rows in found.mentions.items() for a, b in rows
                if a <= k <= b and found.head(a, b) == k
            ]  # fmt: skip
            if not holding:
                continue
            _, a, b, entity = min(holding)
            source = Span(found.tokens[a].span.start, found.tokens[b].span.end)
            start, end = found.tokens[first].span.start, found.tokens[last].span.end
            edges = [start, *sorted([source.start, source.end, verb.span.start, verb.span.end]), end]
            gaps = [trimmed(found.text, edges[n], edges[n + 1]) for n in (0, 2, 4) if edges[n] < edges[n + 1]]
            content = max((gap for gap in gaps if gap), key=lambda gap: gap.end - gap.start, default=None)
            if content is None or source.overlaps(verb.span):
                continue
            statement = Unresolved((source,), (verb.span,), (content,), kind_of(found.text, [content], regions))
            named = any(found.is_named(*mention) for mention in found.mentions[entity])
            yield Case(entity, form_of(found, entity, a, b), named, statement)


def form_of(found: Document, entity: str, first: int, last: int) -> str:
    """How a mention refers: pronoun, name, short (where the entity has a longer name) or description."""
    if found.tokens[found.head(first, last)].part_of_speech == "PRON":
        return "pronoun"
    if not found.is_named(first, last):
        return "description"

    def size(a: int, b: int) -> int:
        return sum(found.tokens[k].part_of_speech == "PROPN" for k in range(a, b + 1))

    longest = max(size(a, b) for a, b in found.mentions[entity] if found.is_named(a, b))
    return "short" if size(first, last) < longest else "name"


def is_right(found: Document, entity: str, name: str) -> bool:
    """Whether a name stands in a mention of the entity as what it is called."""
    wanted = name.casefold()
    for first, last in found.mentions[entity]:
        words = found.words(first, last).casefold()
        at = words.find(wanted)
        if at < 0 or words[at + len(wanted) : at + len(wanted) + 2] in ("'s", "’s"):
            continue
        if any(found.words(*mention).casefold() == wanted.split()[-1] for mention in found.mentions[entity]):
            return True
        preposition = _PREPOSITION.search(words)
        if preposition is None or at < preposition.start():
            return True
    return False


def part_of(name: str, tuning: set[str]) -> str:
    """Which part a document belongs to: "news, tuning", "news, kept back" or its genre."""
    genre = name.split("_")[1]
    if genre != "news":
        return genre
    return "news, tuning" if name in tuning else "news, kept back"


def measure(corpora: Path) -> dict[tuple[str, str], Tally]:
    """Tallies by part and form; "all" forms together too."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    paths = {p.stem: p for genre in GENRES for p in sorted((corpora / FOLDER).glob(f"GUM_{genre}_*.conllu"))}
    news = sorted((n for n in paths if "_news_" in n), key=lambda n: sha256(n.encode()).hexdigest())
    tuning = set(news[: len(news) // 2])
    for name, path in paths.items():
        found = document(path)
        counted = sorted(cases(found), key=lambda case: case.statement.content[0])
        blocks = list(paragraphs(found.text))
        speakers = Speakers(found.text, blocks).resolve([case.statement for case in counted])
        for case, speaker in zip(counted, speakers, strict=True):
            for form in (case.form, "all"):
                tally = tallies[part_of(name, tuning), form]
                tally.statements += 1
                tally.named += case.named
                tally.answers += speaker.name is not None
                tally.answered += case.named and speaker.name is not None
                given = speaker.name
                tally.right += given is not None and case.named and is_right(found, case.entity, given)
    return dict(tallies)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds gum/")
    args = parser.parse_args()
    print_tallies(measure(args.corpora), "form of subject", PARTS, FORMS)


if __name__ == "__main__":
    main()
