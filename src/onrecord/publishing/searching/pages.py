"""The page of a search: what was found, why, how many, as a list, through time or by who said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ledger.searched import By, Found, FoundActor, FoundStatement, Place, Why
from onrecord.ledger.searching import Search
from onrecord.ledger.view import ReportHead
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.entries import ReportEntry, StatementEntry, report_entry
from onrecord.publishing.linked.entries import (
    ActorEntry,
    StoryEntry,
    UtteranceEntry,
    actor_entry,
    story_entry,
    utterance_entry,
)
from onrecord.publishing.linked.spread import Bars, bars
from onrecord.publishing.lists import OUTLETS_OFFERED, Paging, with_snippets
from onrecord.publishing.searching.form import SHAPES, SearchForm, Shape
from onrecord.publishing.searching.hits import Excerpt, MarkedSegment, Piece, excerpt, marked, pieces
from onrecord.publishing.wording import When, counted, shortened, when

PAGE_SIZE = 25
ACTORS_SIZE = 6
"""Actors of one page, where each stands with some of what it said."""
OF_EACH = 3
MOST_WORDS = 6
LONGEST_TEXT = 30_000
"""Characters of a report's text that are looked through for words to show."""

NAMES: dict[Place, tuple[str, str]] = {
    Place.STATEMENTS: ("statement", "statements"),
    Place.UTTERANCES: ("utterance", "utterances"),
    Place.REPORTS: ("report", "reports"),
    Place.ACTORS: ("actor", "actors"),
}
"""What things of each kind are called."""


@dataclass(frozen=True, slots=True)
class StatementResult:
    """A statement that was found, in its place in the report, with the words marked."""

    entry: StatementEntry
    segments: tuple[MarkedSegment, ...]
    utterance: UtteranceEntry | None
    why: str


@dataclass(frozen=True, slots=True)
class UtteranceResult:
    """An utterance that was found, in its fullest words."""

    entry: UtteranceEntry
    pieces: tuple[Piece, ...]
    why: str


@dataclass(frozen=True, slots=True)
class ReportResult:
    """A report that was found, with some of its text around the words."""

    entry: ReportEntry
    pieces: tuple[Piece, ...]
    excerpt: Excerpt | None
    why: str


@dataclass(frozen=True, slots=True)
class ActorResult:
    """An actor that was found, with how many of the statements it said; None for those who were not identified."""

    entry: ActorEntry | None
    statements: int
    first: When
    last: When
    why: str


Result = StatementResult | UtteranceResult | ReportResult | ActorResult


@dataclass(frozen=True, slots=True)
class Group:
    """An actor with some of what it said; `total` counts all of it, `query` asks for it."""

    actor: ActorEntry | None
    total: int
    results: tuple[Result, ...]
    query: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what a search finds; nothing is looked up while the form has problems or asks nothing.

    `told` says how many there are, `total`, and by what they were found; `shapes` are the ways to show them.
    """

    form: SearchForm
    paging: Paging
    shapes: tuple[Shape, ...]
    outlets: tuple[tuple[str, int], ...]
    total: int = 0
    told: str = ""
    results: tuple[Result, ...] = ()
    groups: tuple[Group, ...] = ()
    bars: Bars | None = None
    story: StoryEntry | None = None
    actor: ActorEntry | None = None
    tips: tuple[str, ...] = ()


def search_page(view: WeighedView, form: SearchForm, page: int = 1) -> SearchPage:
    """One page of the search that a form asks for."""
    outlets = tuple(view.outlets()[:OUTLETS_OFFERED])
    shapes = SHAPES[form.place]
    if form.problems or not form.asks:
        return SearchPage(form, Paging(page, 0), shapes, outlets)
    search = view.search(form.sought)
    story = None if form.sought.story is None else story_entry(view.story(form.sought.story, utterances=0).head)
    total = search.count(form.place)
    by_actor = form.shape is Shape.ACTORS
    paging = Paging(page, search.count_speakers() if by_actor else total, ACTORS_SIZE if by_actor else PAGE_SIZE)
    groups: tuple[Group, ...] = ()
    results: tuple[Result, ...] = ()
    if paging.exists and by_actor:
        groups = tuple(
            _group(view, search, form, one) for one in search.speakers(limit=ACTORS_SIZE, offset=paging.offset)
        )
    elif paging.exists:
        results = found_results(view, search, form, PAGE_SIZE, paging.offset)
    drawn = bars(search.days(form.place), *NAMES[form.place]) if form.shape is Shape.TIMELINE and total else None
    return SearchPage(
        form,
        paging,
        shapes,
        outlets,
        total=total,
        told=_told(search, form, total),
        results=results,
        groups=groups,
        bars=drawn,
        story=story,
        actor=_named(view, form),
        tips=() if total else _tips(form),
    )


def found_results(
    view: WeighedView, search: Search, form: SearchForm, limit: int, offset: int = 0
) -> tuple[Result, ...]:
    """A part of what a search finds among the things that the form asks for."""
    match form.place:
        case Place.STATEMENTS:
            return _statements(view, search.statements(limit=limit, offset=offset, order=form.order))
        case Place.UTTERANCES:
            heads = search.utterances(limit=limit, offset=offset, order=form.order)
            return tuple(
                UtteranceResult(
                    entry := utterance_entry(one.what), pieces(entry.words, one.why.marks), why_words(one.why)
                )
                for one in heads
            )
        case Place.REPORTS:
            reports = search.reports(limit=limit, offset=offset, order=form.order)
            texts = view.texts({one.what.id for one in reports})
            return tuple(_report(one, texts[one.what.id]) for one in reports)
        case Place.ACTORS:
            return tuple(_actor(one.what, one.why) for one in search.actors(limit=limit, offset=offset))


def why_words(why: Why) -> str:
    """Why something was found, in words.

    >>> why_words(Why(By.MEANING, ("withdrawal", "soldiers"), 0.7))
    'by meaning: withdrawal, soldiers'
    """
    words = ", ".join(shortened(one, 40) for one in why.words[:MOST_WORDS])
    match why.by:
        case By.WORDS:
            return "by its words"
        case By.MEANING:
            return f"by meaning: {words}" if words else "by words or meaning"
        case By.NAME:
            return "by name"
        case By.FILTERS:
            return ""


def _statements(view: WeighedView, found: Sequence[Found[FoundStatement]]) -> tuple[StatementResult, ...]:
    entries = with_snippets(view, [one.what.recorded for one in found])
    return tuple(
        StatementResult(
            entry,
            () if entry.snippet is None else marked(entry.snippet, one.why.marks),
            utterance_entry(one.what.utterances[0]) if one.what.utterances else None,
            why_words(one.why),
        )
        for entry, one in zip(entries, found, strict=True)
    )


def _report(one: Found[ReportHead], text: str) -> ReportResult:
    entry = report_entry(one.what)
    shown = excerpt(text[:LONGEST_TEXT], one.why.marks)
    return ReportResult(entry, pieces(entry.title, one.why.marks), shown, why_words(one.why))


def _actor(one: FoundActor, why: Why) -> ActorResult:
    entry = None if one.actor is None else actor_entry(one.actor)
    return ActorResult(entry, one.statements, when(one.first, is_day=True), when(one.last, is_day=True), why_words(why))


def _group(view: WeighedView, search: Search, form: SearchForm, one: FoundActor) -> Group:
    head = one.actor
    results = found_results(view, search.of(None if head is None else head.id), form, OF_EACH)
    query = "" if head is None else form.query(actor=head.id, as_=None)
    return Group(None if head is None else actor_entry(head), one.statements, results, query)


def _named(view: WeighedView, form: SearchForm) -> ActorEntry | None:
    """The actor whose id was given in the place of a name."""
    asked = form.sought.actor or ""
    if ":" not in asked or asked not in view.actor_names([asked]):
        return None
    return actor_entry(view.actor(asked, utterances=0).row.actor)


def _told(search: Search, form: SearchForm, total: int) -> str:
    told = counted(total, *NAMES[form.place])
    looked_at = search.looked_at(form.place)
    if looked_at is not None:
        told += f", of the {looked_at:,} with these words that came on the record last"
    near = search.by_meaning(form.place)
    if not near:
        return told
    if near == total:
        return f"{told}, by meaning alone: none has all the words"
    return f"{told}: {total - near:,} by the words, {near:,} by meaning"


def _tips(form: SearchForm) -> tuple[str, ...]:
    """What to try where nothing was found."""
    tips: list[str] = []
    words = form["q"]
    if form.filtered:
        tips.append("Take a filter away.")
    if form["exact"] and words:
        tips.append("Search by meaning, too.")
    if any(mark in words for mark in '"“”„'):
        tips.append("Leave the quotation marks away, so that the words need not stand next to each other.")
    elif len(words.split()) > 1:
        tips.append("Use fewer words.")
    if words:
        tips.append("Search for the beginning of a word: withdr*.")
    if form.place is not Place.REPORTS and words:
        tips.append("Look in reports, where the words may stand outside of what was said.")
    return tuple(tips)
