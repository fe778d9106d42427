"""Writes a bundle of captures that viewers of others replay: exchanges from beside the ledger, else what it holds.

A capture of the ledger is one of an exchange when it was asked for at one of its addresses and has the SHA-256 of its
content. With the exchange of a chosen report come the others of its address, so that other versions and "gone" are
there too, and the redirects that led to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from onrecord.custody.places import captures_folder
from onrecord.custody.reading import Damage, Response, responses
from onrecord.custody.records import target_uri
from onrecord.custody.wacz import Content, Page, Told, write
from onrecord.errors import NotOnRecord
from onrecord.ledger.shown import ReportHead
from onrecord.ledger.snapshot import HeldCapture, Snapshot, State
from onrecord.places import Place
from onrecord.publishing.placing import beside
from onrecord.publishing.wording import printable, web_address
from onrecord.settings import Settings

_AS_SERVED = frozenset(("text/html", "application/xhtml+xml", "application/pdf"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which reports: those of a story or a brief, those published since a day, those named; all where none is set."""

    story: str | None = None
    brief: str | None = None
    since: date | None = None
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle holds: exchanges as they were fetched and contents out of the ledger; and what was damaged."""

    reports: int
    fetched: int
    contents: int
    damages: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a capture of a chosen report, without its bytes."""

    report: ReportHead
    sha256: str
    address: str
    """Under which a record that is made of it stands."""
    asked: frozenset[str]
    """Where it may have been asked for."""
    at: datetime
    media_type: str


def bundle(ledger: Place, place: Path, chosen: Chosen = Chosen(), settings: Settings = Settings()) -> Bundled:
    """Writes the captures of the chosen reports into the file `place`, in place of any that is there.

    Raises:
        NotOnRecord: when nothing of the kind is on the record.
        SettingsError: when nothing can be written there.
    """
    with Snapshot(ledger, settings) as view:
        title, heads = _chosen(view, chosen)
        state = view.state()
        if not heads or state is None:
            raise NotOnRecord(f"there is nothing to export: {title[0].lower()}{title[1:]}, and there is none")
        by_id = {one.id: one for one in heads}
        known = [_known(one, by_id[one.report]) for one in view.captures_of(by_id)]
        asked = None if chosen == Chosen() else frozenset[str]().union(*(one.asked for one in known))
        found, damages = _found(captures_folder(ledger), asked)
        matched = _matched(known, found)
        missing = {one.sha256: one for one in known if one not in matched}
        contents = (
            Content(made.address, one.capture.content, made.media_type, made.at)
            for one in view.captures_of({one.report.id for one in missing.values()})
            if (made := missing.pop(one.capture.sha256, None)) is not None
        )
        many = len(missing)
        order = {id_: place for place, id_ in enumerate(by_id)}
        pages = [
            Page(*matched.get(one, (one.address, one.at)), _titled(one.report))
            for one in sorted(known, key=lambda one: (order[one.report.id], one.at))
        ]
        with beside(place) as unfinished:
            write(unfinished, _told(title, len(heads), state), found, contents, list(dict.fromkeys(pages)))
            unfinished.replace(place)
    return Bundled(len(heads), len(found), many, tuple(damages))


def _known(one: HeldCapture, report: ReportHead) -> _Known:
    capture = one.capture
    sha = capture.sha256
    is_as_served = capture.media_type.partition(";")[0].strip().lower() in _AS_SERVED
    # A line of JSON or a text that names an address is not what stood there: it gets a name of its own.
    made = web_address(report.url) if is_as_served else None
    address = target_uri(made or f"urn:onrecord:capture:{sha}")
    asked = frozenset(target_uri(one) for one in (report.url, capture.place) if one is not None)
    return _Known(report, sha, address, asked, capture.retrieved or one.recorded, capture.media_type)


def _found(folder: Path, asked: frozenset[str] | None) -> tuple[list[Response], list[Damage]]:
    """The responses to what was asked, or all of them, with the redirects that lead to them, and what is damaged."""
    found: list[Response] = []
    redirects: list[Response] = []
    damages: list[Damage] = []
    for one in responses(folder):
        if isinstance(one, Damage):
            damages.append(one)
        elif asked is None or one.address in asked:
            found.append(one)
        elif one.leads_to is not None:
            redirects.append(one)
    leading = {one.address for one in found}
    while more := [one for one in redirects if one.leads_to in leading and one.address not in leading]:
        found += more
        leading |= {one.address for one in more}
    return sorted(found, key=lambda one: (one.path, one.offset)), damages


def _matched(known: Sequence[_Known], found: Sequence[Response]) -> dict[_Known, tuple[str, datetime]]:
    """For each capture that came in an exchange the address and time of it: of the one at its time, else the first."""
    by_content: dict[str | None, list[Response]] = {}
    for response in found:
        by_content.setdefault(response.content_sha256, []).append(response)
    matched: dict[_Known, tuple[str, datetime]] = {}
    for one in known:
        those = [it for it in by_content.get(one.sha256, ()) if it.address in one.asked]
        if those:
            first = min(those, key=lambda it: (abs(it.at - one.at), it.at))
            matched[one] = (first.address, first.at)
    return matched


def _titled(report: ReportHead) -> str:
    title = printable(report.title or report.input)
    return f"{title} ({printable(report.outlet)})" if report.outlet else title


def _chosen(view: Snapshot, chosen: Chosen) -> tuple[str, list[ReportHead]]:
    if chosen.story is not None:
        story = view.story(chosen.story)
        return f"Story: {printable(story.head.title or story.head.id)}", list(story.reports)
    if chosen.brief is not None:
        _, found = view.brief(chosen.brief)
        cited = {one.report: None for one in found.citations}
        return f"Brief: {printable(found.title)}", [view.report(one).head for one in cited]
    if chosen.reports:
        named = {one.id: one for one in (view.report(name).head for name in chosen.reports)}
        return "Reports that were named", list(named.values())
    heads = [one.recorded.head for one in view.every_report()]
    if chosen.since is None:
        return "All reports of a record", heads
    since = datetime(chosen.since.year, chosen.since.month, chosen.since.day, tzinfo=UTC)
    recent = [one for one in heads if one.published is not None and one.published >= since]
    return f"Reports published since {chosen.since.isoformat()}", recent


def _told(title: str, reports: int, state: State) -> Told:
    description = (
        f"Captures of {reports:,} reports on a record of onrecord, as it stood at entry {state.entries} of its chain, "
        f"recorded {state.recorded.isoformat()}, with the hash {state.head}"
    )
    return Told(title, description, state.recorded)
