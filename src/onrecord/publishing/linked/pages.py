"""Pages about one utterance, one actor, one story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.domain.actors import Office
from onrecord.domain.utterances import Link
from onrecord.ledger.linked import ShownActor, ShownRendering, ShownStory, ShownUtterance
from onrecord.ledger.view import ReportHead
from onrecord.publishing.entries import ReportEntry
from onrecord.publishing.linked.entries import (
    ActorLine,
    StoryEntry,
    UtteranceEntry,
    actor_line,
    named,
    story_entry,
    utterance_entry,
)
from onrecord.publishing.linked.marked import Flag, Piece, marked
from onrecord.publishing.linked.sourcing import OriginGroup, Sourcing, origin_groups, sourcings
from onrecord.publishing.linked.spread import Bars, Spread, bars, spread
from onrecord.publishing.passages import ACT_WORDS
from onrecord.publishing.wording import When, day_words, shortened, when

MOST_LINKS = 12
MOST_NAMES = 40
_SPACE = re.compile(r"\s+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


@dataclass(frozen=True, slots=True)
class Carrier:
    """One report that words an utterance in one way, and where in it the words stand."""

    sourcing: Sourcing
    statement: str
    speaker: str
    act: str
    act_words: str
    quoted: bool
    start: int
    end: int

    @property
    def report(self) -> ReportEntry:
        return self.sourcing.report


@dataclass(frozen=True, slots=True)
class WordingEntry:
    """One wording of an utterance with the reports that have it, earliest first.

    `fullest` marks the wording that the others are compared with, `throughout` one that shares too few words with it to
    be compared word by word.
    """

    number: int
    pieces: tuple[Piece, ...]
    flags: tuple[Flag, ...]
    fullest: bool
    throughout: bool
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """Why two wordings are held to be one act of speech, by the numbers of the wordings."""

    a: int
    b: int
    sure: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UtterancePage:
    """One utterance: who said it, in which wordings, where the reports have it from, and how it spread."""

    utterance: UtteranceEntry
    words: str
    wordings: tuple[WordingEntry, ...]
    material: tuple[str, ...]
    origins: tuple[OriginGroup, ...]
    spread: Spread | None
    reports: tuple[Sourcing, ...]
    links: tuple[LinkEntry, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """An office with its days in words; `of` is the id of whose office it is and `of_name` its name, if known."""

    title: str
    of: str | None
    of_name: str | None
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor: what it is called and by whom, its offices, and what it said when."""

    line: ActorLine
    aliases: tuple[str, ...]
    names: tuple[tuple[str, int], ...]
    offices: tuple[OfficeEntry, ...]
    wikidata: str | None
    bars: Bars | None
    utterances: tuple[UtteranceEntry, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a story with the reports of that day; the last one holds those without a date."""

    when: When
    reports: tuple[Sourcing, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story by day, where its reports have it from, and what was said in it."""

    story: StoryEntry
    days: tuple[Day, ...]
    origins: tuple[OriginGroup, ...]
    spread: Spread | None
    utterances: tuple[UtteranceEntry, ...]


def utterance_page(shown: ShownUtterance) -> UtterancePage:
    """The page of an utterance."""
    heads = _heads(shown.renderings)
    known = sourcings(heads, shown.origins, shown.ties)
    wordings, numbers = _wordings(shown, known)
    return UtterancePage(
        utterance=utterance_entry(shown.head),
        words=shown.head.fullest.text,
        wordings=wordings,
        material=tuple(dict.fromkeys(flag.words for wording in wordings for flag in wording.flags)),
        origins=origin_groups(shown.groups, known, shown.ties),
        spread=spread(heads, known),
        reports=tuple(known[head.id] for head in heads),
        links=_links(shown.links, numbers),
        passages=tuple(one.passage for one in shown.renderings),
    )


def actor_page(shown: ShownActor, names: Mapping[str, str] | None = None) -> ActorPage:
    """The page of an actor; `names` are those of the states and organisations whose offices it holds, by id."""
    called = names or {}
    wikidata = shown.wikidata if shown.wikidata and re.fullmatch(r"Q[0-9]{1,12}", shown.wikidata) else None
    return ActorPage(
        line=actor_line(shown.row),
        aliases=tuple(shortened(one, 100) for one in shown.aliases[:MOST_NAMES] if one != shown.row.actor.name),
        names=tuple((shortened(name, 100), number) for name, number in shown.names[:MOST_NAMES]),
        offices=tuple(_office(one, called) for one in sorted(shown.offices, key=_since, reverse=True)),
        wikidata=wikidata,
        bars=bars(shown.by_day),
        utterances=tuple(map(utterance_entry, shown.utterances)),
    )


def story_page(shown: ShownStory) -> StoryPage:
    """The page of a story."""
    known = sourcings(shown.reports, shown.origins, shown.ties)
    days: dict[When, list[Sourcing]] = {}
    for head in shown.reports:
        days.setdefault(when(head.published, is_day=True), []).append(known[head.id])
    in_order = sorted(days, key=lambda day: (day.iso is None, day.iso or ""))
    return StoryPage(
        story=story_entry(shown.head),
        days=tuple(Day(day, tuple(days[day])) for day in in_order),
        origins=origin_groups(shown.groups, known, shown.ties),
        spread=spread(shown.reports, known),
        utterances=tuple(map(utterance_entry, shown.utterances)),
    )


def _heads(renderings: Sequence[ShownRendering]) -> list[ReportHead]:
    return list({one.report.id: one.report for one in renderings}.values())


def _wordings(shown: ShownUtterance, known: Mapping[str, Sourcing]) -> tuple[tuple[WordingEntry, ...], dict[str, int]]:
    """The wordings, the fullest first and the others by their first report; and the number of each passage's."""
    full = shown.head.fullest.text
    gathered: dict[str, list[ShownRendering]] = {"": []}
    for one in shown.renderings:
        same = one.difference is None or not one.difference.edits
        gathered.setdefault("" if same else _plain(one.span.text), []).append(one)
    entries: list[WordingEntry] = []
    numbers: dict[str, int] = {}
    for key, members in gathered.items():
        if not members:
            continue
        shown_as = next((one for one in members if one.difference is None), members[0])
        words = marked(full, shown_as.span.text, shown_as.difference)
        number = len(entries) + 1
        carriers = tuple(_carrier(one, known[one.report.id]) for one in members)
        entries.append(WordingEntry(number, words.pieces, words.flags, key == "", words.throughout, carriers))
        numbers.update({one.passage: number for one in members})
    return tuple(entries), numbers


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words.translate(_PLAIN)).strip(" \"'.,").casefold()


def _carrier(one: ShownRendering, sourcing: Sourcing) -> Carrier:
    return Carrier(
        sourcing=sourcing,
        statement=one.statement,
        speaker=named(one.speaker),
        act=one.act.value,
        act_words=ACT_WORDS[one.act],
        quoted=one.quoted,
        start=one.span.start,
        end=one.span.end,
    )


def _links(links: Sequence[Link], numbers: Mapping[str, int]) -> tuple[LinkEntry, ...]:
    """The surest link between each two wordings, the least sure of them first: that is where to look."""
    best: dict[tuple[int, int], Link] = {}
    for one in links:
        if one.a in numbers and one.b in numbers:
            a, b = sorted((numbers[one.a], numbers[one.b]))
            if (a, b) not in best or one.score > best[a, b].score:
                best[a, b] = one
    ranked = sorted(best.items(), key=lambda item: (item[1].score, item[0]))
    return tuple(
        LinkEntry(a, b, f"{int(100 * one.score)}%", tuple(shortened(reason, 200) for reason in one.reasons[:8]))
        for (a, b), one in ranked[:MOST_LINKS]
    )


def _since(office: Office) -> tuple[date, date]:
    return office.start or date.min, office.end or date.max


def _office(office: Office, names: Mapping[str, str]) -> OfficeEntry:
    return OfficeEntry(
        title=shortened(office.title, 160),
        of=office.of,
        of_name=shortened(names[office.of], 100) if office.of is not None and office.of in names else None,
        start="not stated" if office.start is None else day_words(office.start),
        end="no end stated" if office.end is None else day_words(office.end),
    )
