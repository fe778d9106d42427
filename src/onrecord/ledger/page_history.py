"""What a view shows of the texts of one page: its versions in order, when it read so, and when it was gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.domain.versions import Changed
from onrecord.ledger.shown import RecordedReport, ReportHead


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a page was found with the text of a report; `known` tells that its capture says when.

    Otherwise `at` is when the report came on the record, which is all that is known.
    """

    report: str
    at: datetime
    known: bool
    seq: int

    @property
    def place(self) -> tuple[datetime, int, str]:
        """What sightings are put in order by; those of one moment by their reports, where the captures say when."""
        return self.at, 0 if self.known else self.seq, self.report


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a page, numbered from 1 in the order in which they were first seen.

    `reports` are all that have it, earliest seen first: they differ in furniture at most, or were taken out of one
    capture in different ways.
    """

    number: int
    reports: tuple[ReportHead, ...]
    first: Sighting
    last: Sighting

    @property
    def head(self) -> ReportHead:
        return self.reports[0]


@dataclass(frozen=True, slots=True)
class Step:
    """From when on a page read as a version, by its number; one that it went back to has more than one."""

    version: int
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Gone:
    """That a page was not there any more at a time; `detail` is what it answered."""

    at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The texts of one page; `left_out` counts its reports beyond those that are looked at."""

    page: str
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    gone: tuple[Gone, ...]
    left_out: int = 0

    @property
    def current(self) -> Version:
        """The version that was seen last."""
        return self.versions[self.steps[-1].version - 1]

    def version_of(self, report: str) -> Version | None:
        """The version that a report has."""
        return next((one for one in self.versions if any(head.id == report for head in one.reports)), None)

    def changed_after(self, report: str) -> Step | None:
        """From when on the page read otherwise than in a report, for the last time; None where it still reads so."""
        own = self.version_of(report)
        if own is None or own is self.current:
            return None
        later = next(place for place in range(len(self.steps), 0, -1) if self.steps[place - 1].version == own.number)
        return self.steps[later]

    @property
    def gone_now(self) -> Gone | None:
        """That the page is gone, where it was not seen since."""
        last = self.gone[-1] if self.gone else None
        return last if last is not None and last.at >= self.steps[-1].sighting.at else None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a page: the reports before and after it, when the later was first seen, and what it says of it."""

    old: RecordedReport
    new: RecordedReport
    sighting: Sighting
    changed: Changed


def page_history(
    page: str,
    heads: Sequence[ReportHead],
    wordings: Sequence[tuple[str, str, str]],
    sightings: Iterable[Sighting],
    gone: Iterable[Gone],
    left_out: int = 0,
) -> PageHistory:
    """The history of a page from its reports, the (report, wording, capture) of each, and when each was seen.

    Each report has a sighting at least.
    """
    group_of = _groups(wordings)
    in_order = sorted(sightings, key=lambda one: one.place)
    members: dict[str, list[str]] = {}
    seen: dict[str, list[Sighting]] = {}
    for one in in_order:
        its = members.setdefault(group_of[one.report], [])
        seen.setdefault(group_of[one.report], []).append(one)
        if one.report not in its:
            its.append(one.report)
    known = {head.id: head for head in heads}
    versions = tuple(
        Version(number, tuple(known[one] for one in its), seen[group][0], seen[group][-1])
        for number, (group, its) in enumerate(members.items(), 1)
    )
    numbers = {group: number for number, group in enumerate(members, 1)}
    steps: list[Step] = []
    for one in in_order:
        number = numbers[group_of[one.report]]
        if not steps or steps[-1].version != number:
            steps.append(Step(number, one))
    return PageHistory(page, versions, tuple(steps), tuple(sorted(gone, key=lambda one: one.at)), left_out)


def _groups(wordings: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """A name for the version of each report: those of one wording, or out of one capture, have the same."""
    leader: dict[str, str] = {}

    def led(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for report, wording, capture in wordings:
        for key in (f"wording {wording}", f"capture {capture}"):
            leader[led(key)] = led(f"report {report}")
    return {report: led(f"report {report}") for report, _, _ in wordings}
