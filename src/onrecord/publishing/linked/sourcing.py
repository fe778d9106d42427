"""Where reports have something from, in words: which copies, which cites, which tells of its own, and what ties them.

Copies are not witnesses: a group of reports that are not shown to be independent is one origin, told under its first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.addresses import canonical
from onrecord.domain.origins import Independence, Origin, OriginKind, Tie
from onrecord.ledger.view import ReportHead
from onrecord.publishing.entries import ReportEntry, report_entry
from onrecord.publishing.wording import shortened

MOST_REASONS = 4
DEEPEST = 12


class Standing(StrEnum):
    """How a report came by what it tells."""

    OWN = "own"
    EVENT = "event"
    WIRE = "wire"
    CITES = "cites"
    COPY = "copy"
    VERSION = "another text of the page"
    UNKNOWN = "not shown"

    @property
    def first_hand(self) -> bool:
        """Whether it tells what its own people saw or heard, as far as it shows; what shows nothing does not."""
        return self in (Standing.OWN, Standing.EVENT)


STANDING_WORDS: dict[Standing, str] = {
    Standing.OWN: "own reporting",
    Standing.EVENT: "from a shared event",
    Standing.WIRE: "from a wire",
    Standing.CITES: "cites another outlet",
    Standing.COPY: "copy",
    Standing.VERSION: "another text of the same page",
    Standing.UNKNOWN: "origin not shown",
}

TIE_WORDS: dict[Tie, str] = {
    Tie.VERSION: "they are texts of one page",
    Tie.COPY: "one copies the other",
    Tie.CITES: "one cites the other",
    Tie.CREDIT: "they credit the same source",
    Tie.BYLINE: "they share a byline",
    Tie.FAMILY: "their outlets belong to one publisher",
    Tie.INFORMANT: "they have it from the same informant",
    Tie.UNKNOWN: "the outlet of one is not known",
}


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Where one report has its content from.

    `behind` is the id of the report that it copies or cites where that is among those shown, `outside` where it is not.
    """

    report: ReportEntry
    standing: Standing
    words: str
    behind: str | None
    reasons: tuple[str, ...]
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A report in the chain of reporting, with those that have it from there."""

    sourcing: Sourcing
    followers: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """One independent origin: the chains of its reports, and in words what ties them together."""

    number: int
    chains: tuple[Link, ...]
    reports: int
    ties: tuple[str, ...]


def sourcings(
    reports: Sequence[ReportHead], origins: Sequence[Origin], ties: Sequence[Independence]
) -> dict[str, Sourcing]:
    """Where each report has its content from, by its id; `reports` are earliest first."""
    entries = {head.id: report_entry(head) for head in reports}
    by_report: dict[str, list[Origin]] = {head.id: [] for head in reports}
    for origin in origins:
        by_report.setdefault(origin.report, []).append(origin)
    order = {head.id: place for place, head in enumerate(reports)}
    pages: dict[str, str] = {}
    first_of = {head.id: pages.setdefault(canonical(head.url) or head.id, head.id) for head in reports}
    return {
        head.id: _sourcing(entries[head.id], by_report[head.id], _earlier(head.id, ties, order), entries)
        if first_of[head.id] == head.id
        else _other_text(entries[head.id], first_of[head.id])
        for head in reports
    }


def _other_text(entry: ReportEntry, first: str) -> Sourcing:
    return Sourcing(entry, Standing.VERSION, STANDING_WORDS[Standing.VERSION], first, (), outside=first)


def _earlier(report: str, ties: Sequence[Independence], order: Mapping[str, int]) -> dict[Tie, list[str]]:
    """The earlier reports that this one is tied to as a copy or by a citation, the latest of them first."""
    found: dict[Tie, list[str]] = {Tie.COPY: [], Tie.CITES: []}
    for one in ties:
        other = one.b if one.a == report else one.a if one.b == report else None
        if other is not None and other in order and order[other] < order[report]:
            for kind in found:
                if kind in one.ties:
                    found[kind].append(other)
    return {kind: sorted(others, key=order.__getitem__, reverse=True) for kind, others in found.items()}


def _sourcing(
    entry: ReportEntry,
    origins: Sequence[Origin],
    earlier: Mapping[Tie, Sequence[str]],
    entries: Mapping[str, ReportEntry],
) -> Sourcing:
    reasons = tuple(dict.fromkeys(shortened(one, 200) for origin in origins for one in origin.reasons))[:MOST_REASONS]
    copied = next((origin.copied for origin in origins if origin.copied and origin.copied != entry.id), None)
    if copied is None and earlier[Tie.COPY]:
        copied = earlier[Tie.COPY][-1]
    if copied is not None:
        kinds = {origin.kind for origin in origins if origin.copied == copied}
        # An outlet that says whom it has it from cites it, even where the text is much the same.
        standing = Standing.CITES if kinds == {OriginKind.OUTLET} and _named(origins, copied) else Standing.COPY
        if copied in entries:
            return Sourcing(entry, standing, f"{_verb(standing)} {_called(entries[copied])}", copied, reasons)
        named = next((origin.name for origin in origins if origin.copied == copied and origin.name), None)
        words = f"{_verb(standing)} {shortened(named, 80) if named else 'another report'}"
        return Sourcing(entry, standing, words, None, reasons, outside=copied)
    told = []
    standing = Standing.UNKNOWN
    for kind, standing_of_kind, words in _ORIGINS:
        found = [origin for origin in origins if origin.kind is kind]
        if found:
            names = list(dict.fromkeys(shortened(origin.name, 80) for origin in found if origin.name))
            told.append(f"{words} {', '.join(names[:3])}" if names and words else STANDING_WORDS[standing_of_kind])
            standing = standing_of_kind if standing is Standing.UNKNOWN else standing
    words = ", and ".join(told) or STANDING_WORDS[standing]
    return Sourcing(entry, standing, words, _cited(origins, earlier[Tie.CITES], entries), reasons)


_OTHERS = (OriginKind.OUTLET, OriginKind.WIRE)


def _cited(origins: Sequence[Origin], earlier: Sequence[str], entries: Mapping[str, ReportEntry]) -> str | None:
    """The latest earlier report of an outlet that is named as the origin; a tie alone does not tell who cites whom."""
    for other in earlier:
        outlet = (entries[other].outlet or "").casefold()
        if outlet and any(outlet in (one.name or "").casefold() for one in origins if one.kind in _OTHERS):
            return other
    return None


_ORIGINS = (
    (OriginKind.WIRE, Standing.WIRE, "from the wire"),
    (OriginKind.OWN, Standing.OWN, ""),
    (OriginKind.EVENT, Standing.EVENT, "from a shared event:"),
    (OriginKind.OUTLET, Standing.CITES, "cites"),
)
"""What a report says of where it has it from. The first that it has decides how it stands: who was there and cites
another as well tells it first hand, who credits a wire does not, whatever else the text says."""


def _named(origins: Sequence[Origin], copied: str) -> bool:
    return any(origin.copied == copied and origin.evidence is not None for origin in origins)


def _verb(standing: Standing) -> str:
    return "cites" if standing is Standing.CITES else "copies"


def _called(entry: ReportEntry) -> str:
    return f"{entry.outlet or 'a report'}, “{shortened(entry.title, 80)}”"


def origin_groups(
    groups: Sequence[Sequence[str]], known: Mapping[str, Sourcing], ties: Sequence[Independence]
) -> tuple[OriginGroup, ...]:
    """The independent origins with the chains of their reports and what ties those together."""
    found = []
    for number, group in enumerate(groups, 1):
        members = [report for report in group if report in known]
        inside = set(members)
        followers: dict[str | None, list[str]] = {}
        for report in members:
            behind = known[report].behind
            followers.setdefault(behind if behind in inside else None, []).append(report)
        chains = _chains(None, followers, known, set(), 0)
        # Two reports that are held to copy each other would hang from nothing: they are told side by side.
        missing = tuple(Link(known[report]) for report in members if report not in _told(chains))
        reasons = [
            shortened(reason, 220)
            for tie in ties
            if tie.ties and tie.a in inside and tie.b in inside
            for reason in (tie.reasons or [TIE_WORDS[kind] for kind in tie.ties])
        ]
        found.append(OriginGroup(number, chains + missing, len(members), tuple(dict.fromkeys(reasons))[:MOST_REASONS]))
    return tuple(found)


def _chains(
    behind: str | None,
    followers: Mapping[str | None, list[str]],
    known: Mapping[str, Sourcing],
    seen: set[str],
    deep: int,
) -> tuple[Link, ...]:
    links = []
    for report in followers.get(behind, ()):
        if report not in seen and deep < DEEPEST:
            seen.add(report)
            links.append(Link(known[report], _chains(report, followers, known, seen, deep + 1)))
    return tuple(links)


def _told(chains: Sequence[Link]) -> set[str]:
    told: set[str] = set()
    for link in chains:
        told.add(link.sourcing.report.id)
        told |= _told(link.followers)
    return told
