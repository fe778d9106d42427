"""A WARC → its pages, one at a time, and at the end what else it held and what was damaged.

Each page becomes an input. What is no page (requests, redirects, images, …) is counted, and one input says how many
there were of each: a crawl has a hundred of them to a page. One more says where the archive is damaged and what was
read nevertheless. So the record holds an input for each page, and the numbers of records add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.domain.reports import Capture, Input
from onrecord.errors import InputError
from onrecord.sources.archives.exchanges import Page, page_in
from onrecord.sources.archives.framing import Break, Frame, frames
from onrecord.sources.archives.taken import Taken
from onrecord.sources.archives.unpacking import Unpacked

MOST_TOLD = 3
"""Damages that are described; the others are counted."""


@dataclass(slots=True)
class Account:
    """What was met in one WARC: pages, what else by kind, and damage."""

    pages: int = 0
    others: Counter[str] = field(default_factory=Counter)
    damages: int = 0
    told: list[str] = field(default_factory=list)
    before_damage: int = 0

    @property
    def records(self) -> int:
        """Whole records."""
        return self.pages + self.others.total()

    def damaged(self, number: int, offset: int, what: str) -> None:
        """Takes down a damage."""
        if self.damages == 0:
            self.before_damage = self.records
        self.damages += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(f"record {number}, at byte {offset}: {what}")

    def inputs(self, name: str, place: str) -> Iterator[Input]:
        """What is said of the archive as a whole, when all of it was read."""
        if self.records == 0 and self.damages == 0:
            yield Input(name, place, reason="empty")
        if self.others:
            by_number = sorted(self.others.items(), key=lambda one: (-one[1], one[0]))
            kinds = ", ".join(f"{kind} {many}" for kind, many in by_number)
            detail = f"{self.others.total()} of {self.records} records: {kinds}"
            yield Input(name, place, reason="not pages", detail=detail)
        if self.damages:
            more = self.damages - len(self.told)
            where = "; ".join(self.told) + (f"; and {more} more" if more else "")
            whole = f"whole records: {self.before_damage} before it, {self.records - self.before_damage} behind it"
            yield Input(name, place, reason="damaged archive", detail=f"{where}; {whole}")


def pages_counted(chunks: Iterator[bytes]) -> int:
    """How many pages a WARC, or the beginning of one, holds; they are not looked at."""
    found = frames(Unpacked(chunks), 0)
    return sum(isinstance(one, Frame) and isinstance(page_in(one), Page) for one in found)


def pages_in_warc(
    chunks: Iterator[bytes], name: str, place: str, limit: int, *, torn: str = ""
) -> Iterator[Taken | Input]:
    """The pages of a WARC, whose bytes come in chunks as they stand in the file, gzip or not.

    Where `torn` says why the file is not what it should be, only gzip members that begin with a record are looked for.

    The place of a page is that of the archive with the record's id behind it, or else with where it stands in the file,
    and its name is its address. Never raises for what the archive holds.
    """
    account = Account()
    if torn:
        account.damages, account.told = 1, [torn]
    for one in frames(Unpacked(chunks, torn=bool(torn)), limit):
        if isinstance(one, Break):
            account.damaged(one.number, one.offset, one.what)
            continue
        page = page_in(one)
        if not isinstance(page, Page):
            account.others[page] += 1
            continue
        account.pages += 1
        where = f"{place}#{page.record_id or one.offset}"
        try:
            content, media_type, remarks = page.content(limit)
        except InputError as error:
            yield Input(page.url, where, reason=error.reason, detail=error.detail)
        else:
            capture = Capture(content, where, media_type, page.retrieved, page.headers)
            yield Taken(page.url, capture, page.url, remarks)
    yield from account.inputs(name, place)
