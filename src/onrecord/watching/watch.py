"""The loop of watching: what is due is fetched, what came is held, archived, put on the record, linked and weighed."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from onrecord.closing import Closing
from onrecord.domain.ids import sha256
from onrecord.domain.reports import Input, Outcome
from onrecord.domain.versions import gone
from onrecord.errors import FetchRefused, InputError, LedgerError, WatchError
from onrecord.ledger.writer import Writer
from onrecord.pipeline import record
from onrecord.places import Place, place_of
from onrecord.reading.reader import Reader
from onrecord.settings import Settings
from onrecord.sources.feeds import Feed, comparable, feed_in
from onrecord.sources.fetching import Clock, Fetched, Fetcher, Hop, backoff
from onrecord.sources.fetching.pace import max_age
from onrecord.sources.outlets import Outlet, Outlets
from onrecord.watching.alone import Alone
from onrecord.watching.events import Event, What
from onrecord.watching.lanes import LANES, Answer, Job, Lanes
from onrecord.watching.pages import input_of
from onrecord.watching.rhythm import Rhythm
from onrecord.watching.rows import FeedRow, Held, PageRow, Stage, Told
from onrecord.watching.state import State

log = logging.getLogger(__name__)

AT_ONCE: Final = 200
"""Jobs that are given out at a time, of many hosts."""
OF_HOST: Final = 3
"""Pages of one host that are given out at a time: one that has thousands to fetch keeps no other waiting."""
LINKED_AFTER: Final = 60.0
"""Seconds after which what was read is linked, also where there is always something more to fetch."""
PATIENCE: Final = 1.0
"""Seconds that the loop waits for an answer before it looks at the time again."""
MOST_FURTHER: Final = 200
"""Sitemaps that one index is followed to, those that it names last: these are the newest."""
OWN_RHYTHM: Final = Rhythm()
THIS_CLOCK: Final = Clock()
_NO_MORE: Final = frozenset(
    (
        *("bad address", "not http", "credentials in address", "port not allowed", "private address", "robots.txt"),
        "too many redirects",
    )
)
"""Reasons for which a page is not asked for again."""


class Archive(Protocol):
    """Where exchanges are kept for good, as `onrecord.custody.writing.CaptureArchive`."""

    @property
    def end(self) -> tuple[str, int] | None:
        """The file that is written to, and its length."""
        ...

    def append(self, exchanges: Sequence[Hop]) -> object:
        """Keeps the exchanges of one answer; they are on the disk when it returns."""
        ...

    def cut_back(self, file: str, end: int) -> int:
        """Goes on in a file at its known end; what a crash left behind it is put aside."""
        ...


class Watch(Closing):
    """Watches the feeds of some outlets for one ledger; a context manager, for one thread.

    `fetcher` makes what fetches, one for each of `lanes` threads; `reader` is loaded when the first page comes.
    Articles that were published more than `days` ago are passed over. With `linking`, what was read is linked and
    weighed.

    Raises:
        WatchError: when the state cannot be opened, or another watch is at work for the ledger.
    """

    def __init__(
        self,
        ledger: Place | str,
        outlets: Iterable[Outlet],
        fetcher: Callable[[], Fetcher],
        reader: Callable[[], Reader],
        settings: Settings = Settings(),
        *,
        rhythm: Rhythm = OWN_RHYTHM,
        archive: Archive | None = None,
        days: float = 30,
        linking: bool = True,
        lanes: int = LANES,
        clock: Clock = THIS_CLOCK,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.ledger = place_of(ledger)
        self._outlets = {outlet.name: outlet for outlet in outlets}
        self._by_domain = Outlets(outlet for outlet in self._outlets.values() if outlet.domains)
        self._fetcher = fetcher
        self._make_reader = reader
        self._reader: Reader | None = None
        self._settings = settings
        self._rhythm = rhythm
        self._archive = archive
        self._days = days
        self._linking = linking
        self._lanes = lanes
        self._clock = clock
        self._chance = chance
        self._stopped = threading.Event()
        # What an earlier run put on the record and did not come to link.
        self._unlinked = True
        self._linked = clock.ticks()
        self._alone = Alone(self.ledger)
        try:
            self.state = State(self.ledger)
        except BaseException:
            self._alone.close()
            raise

    def close(self) -> None:
        """Closes what it writes to."""
        self.state.close()
        self._alone.close()

    def stop(self) -> None:
        """Ends the loop soon, from whatever thread; what was begun goes on the next time."""
        self._stopped.set()

    def run(self, *, once: bool = False) -> Iterator[Event]:
        """Watches until it is stopped, and tells what happens; with `once` until nothing is due any more.

        A full disk, or a ledger that another process writes to, is told and tried again; with `once` it is raised.

        Raises:
            WatchError, LedgerError: as said.
            OnrecordError: when the reader or the fetcher cannot be made.
        """
        feeds = [
            (address, outlet.name) for outlet in self._outlets.values() for address in (*outlet.feeds, *outlet.sitemaps)
        ]
        self.state.follow(feeds, self._clock.now())
        failures = 0
        end = self.state.archive_end()
        if self._archive is not None and end is not None:
            self._archive.cut_back(*end)
        with Lanes(self._fetcher, self._lanes) as lanes:
            while not self._stopped.is_set():
                try:
                    yield from self._taken_up()
                    busy = self._give_out(lanes)
                    yield from self._answers(lanes, busy)
                    failures = 0
                except (WatchError, LedgerError) as error:
                    if once:
                        raise
                    failures += 1
                    yield Event(self._clock.now(), What.TROUBLE, detail=str(error))
                    wait = backoff(failures, first=2.0, most=self._rhythm.longest, random=self._chance)
                    self._stopped.wait(wait)
                    continue
                idle = not lanes.under_way and not self._is_due()
                if idle or self._clock.ticks() > self._linked + LINKED_AFTER:
                    yield from self._link()
                if idle:
                    if once:
                        return
                    self._rest()

    def _is_due(self) -> bool:
        due = self.state.next_due()
        return due is not None and due <= self._clock.now()

    def _rest(self) -> None:
        due = self.state.next_due()
        wait = 60.0 if due is None else (due - self._clock.now()).total_seconds()
        self._stopped.wait(min(max(wait, 0.0), 60.0))

    def _give_out(self, lanes: Lanes) -> bool:
        """Puts what is due into the lanes; whether anything is under way."""
        now = self._clock.now()
        # What is under way is due as well, and is not put twice.
        due: list[FeedRow | PageRow] = [*self.state.due_feeds(now, AT_ONCE), *self.state.due_pages(now, OF_HOST)]
        for one in due:
            if lanes.under_way >= AT_ONCE:
                break
            lanes.put(Job(one))
        return lanes.under_way > 0

    def _answers(self, lanes: Lanes, busy: bool) -> Iterator[Event]:
        answer = lanes.answer(PATIENCE) if busy else None
        while answer is not None:
            yield from self._taken(answer)
            answer = None if self._stopped.is_set() else lanes.answer(0)

    def _taken(self, answer: Answer) -> Iterator[Event]:
        one, came = answer.job.of, answer.came
        if isinstance(one, FeedRow):
            yield self._looked(one, came)
        elif isinstance(came, FetchRefused):
            yield from self._failed(one, str(came), final=came.reason in _NO_MORE)
        else:
            yield from self._came(one, came)

    # Feeds

    def _looked(self, feed: FeedRow, came: Fetched | FetchRefused) -> Event:
        now = self._clock.now()
        if isinstance(came, FetchRefused):
            return self._feed_failed(feed, now, str(came))
        if came.not_modified:
            every = self._rhythm.every or feed.every or self._every((), feed, came)
            due = now + timedelta(seconds=every)
            self.state.looked(replace(feed, failures=0, looked=now, problem=None, every=every, due=due))
            return Event(now, What.LOOKED, feed.address, feed.outlet, "not modified")
        if came.status != 200:
            return self._feed_failed(feed, now, f"it answers {came.status}", came.retry_after)
        try:
            found = feed_in(came.body, came.final, came.header("content-type"), now=now)
        except InputError as error:
            return self._feed_failed(feed, now, str(error))
        published = [one.published for one in found.items if one.published is not None]
        every = self._every(published, feed, came)
        kept = replace(
            feed,
            due=now + timedelta(seconds=every),
            every=every,
            etag=came.etag,
            modified=came.modified,
            failures=0,
            looked=now,
            items=len(found.items),
            problem="; ".join(found.faults)[:500] or None,
        )
        new = self.state.looked(kept, self._pages(feed, found, now), found.further[-MOST_FURTHER:])
        return Event(now, What.LOOKED, feed.address, feed.outlet, "; ".join(found.faults), new)

    def _pages(self, feed: FeedRow, found: Feed, now: datetime) -> Iterator[PageRow]:
        oldest = now - timedelta(days=self._days)
        for item in reversed(found.items):
            last = max((one for one in (item.published, item.updated) if one is not None), default=None)
            if last is not None and last < oldest:
                continue
            told = Told.by(feed.address, item)
            yield PageRow(comparable(item.address), item.address, feed.outlet, told, now)

    def _feed_failed(self, feed: FeedRow, now: datetime, problem: str, asked: float | None = None) -> Event:
        first, longest = self._rhythm.after_failure()
        wait = backoff(feed.failures + 1, first=first, most=longest, random=self._chance)
        due = now + timedelta(seconds=max(wait, asked or 0.0))
        self.state.looked(replace(feed, due=due, failures=feed.failures + 1, looked=now, problem=problem))
        self.state.trouble(now, feed.address, problem)
        return Event(now, What.TROUBLE, feed.address, feed.outlet, problem)

    def _every(self, published: Sequence[datetime], feed: FeedRow, came: Fetched) -> float:
        """Seconds until a feed is looked at again, by when its items were published."""
        outlet = self._outlets.get(feed.outlet)
        per_day = None if outlet is None else outlet.per_day
        return self._rhythm.of_feed(published, per_day, max_age(came.header("cache-control")))

    # Pages

    def _came(self, page: PageRow, came: Fetched) -> Iterator[Event]:
        now = self._clock.now()
        if came.not_modified or (came.status == 200 and page.sha256 == sha256(came.body)):
            self.state.keep_page(self._looked_at(page))
            yield Event(now, What.SAME, page.address, page.outlet)
        elif came.status == 200:
            self.state.hold(replace(page, etag=came.etag, modified=came.modified), came)
        elif came.status in (404, 410):
            yield from self._gone(page, came)
        else:
            yield from self._failed(page, f"it answers {came.status}", asked=came.retry_after)

    def _looked_at(self, page: PageRow) -> PageRow:
        """The page after a look at it, due for the next."""
        if page.first is None:
            return page
        due, looks = self._rhythm.next_look(page.first, page.looks), page.looks + 1
        # A look that is long overdue stands for those that would follow at once.
        while due is not None and due <= self._clock.now():
            due, looks = self._rhythm.next_look(page.first, looks), looks + 1
        return replace(page, due=due, looks=looks, tries=0, problem=None)

    def _gone(self, page: PageRow, came: Fetched) -> Iterator[Event]:
        now = self._clock.now()
        if page.stage is not Stage.GONE:
            with Writer(self.ledger, self._settings) as writer:
                writer.record_skipped(gone(page.address, came.status, came.at))
        made = self._looked_at(replace(page, stage=Stage.GONE, problem=f"it answers {came.status}"))
        # A page that is gone for good is not asked for again, one that is not there may come back.
        due = None if came.status == 410 or page.first is None else made.due
        self.state.keep_page(replace(made, due=due, problem=f"it answers {came.status}"))
        if page.stage is not Stage.GONE:
            yield Event(now, What.GONE, page.address, page.outlet, f"it answers {came.status}")

    def _failed(
        self, page: PageRow, problem: str, *, final: bool = False, asked: float | None = None
    ) -> Iterator[Event]:
        now = self._clock.now()
        tries = page.tries + 1
        if final or tries >= self._rhythm.tries:
            yield from self._left(page, problem)
            return
        first, longest = self._rhythm.after_failure()
        wait = max(backoff(tries, first=first, most=longest, random=self._chance), asked or 0.0)
        self.state.keep_page(replace(page, tries=tries, due=now + timedelta(seconds=wait), problem=problem))
        self.state.trouble(now, page.address, problem)
        yield Event(now, What.TROUBLE, page.address, page.outlet, problem)

    def _left(self, page: PageRow, problem: str) -> Iterator[Event]:
        """A page that does not come: one that was read is left for the next look, another is on record as skipped."""
        now = self._clock.now()
        if page.stage is not Stage.WAITING:
            self.state.keep_page(replace(self._looked_at(page), problem=problem))
            self.state.trouble(now, page.address, problem)
            yield Event(now, What.TROUBLE, page.address, page.outlet, problem)
            return
        with Writer(self.ledger, self._settings) as writer:
            writer.record_skipped(Input(page.address, page.address, reason="not fetched", detail=problem[:500]))
        self.state.keep_page(replace(page, stage=Stage.LEFT, due=None, problem=problem))
        yield Event(now, What.SKIPPED, page.address, page.outlet, problem)

    # What is held

    def _taken_up(self) -> Iterator[Event]:
        """Archives what is held and puts it on the record."""
        if not self.state.holds():
            return
        done: list[tuple[Held, PageRow]] = []
        events: list[Event] = []
        with Writer(self.ledger, self._settings) as writer:
            for held in self.state.held():
                self._archived(held)
                page = self.state.page(held.page)
                if page is None:
                    raise WatchError(
                        f"{self.state.path} is damaged: it holds an answer to a page that it does not know"
                    )
                event, page = self._recorded(writer, held, page)
                done.append((held, page))
                events.append(event)
        if done:
            # The writer has committed: only now may the answers be let go of.
            self.state.recorded(done)
            self._unlinked = True
            yield from events

    def _archived(self, held: Held) -> None:
        if self._archive is not None and not held.archived:
            self._archive.append(held.fetched.hops)
            self.state.archived(held, self._archive.end)

    def _recorded(self, writer: Writer, held: Held, page: PageRow) -> tuple[Event, PageRow]:
        if self._reader is None:
            self._reader = self._make_reader()
        given = input_of(held.fetched, page, self._by_domain, self._settings)
        (result,) = record([given], self._reader, writer)
        now = self._clock.now()
        first = page.first or held.fetched.at
        kept = replace(page, first=first, sha256=sha256(held.fetched.body))
        outlet = page.outlet if given.report is None else given.report.outlet
        if result.outcome is Outcome.SKIPPED:
            stage = Stage.LEFT if page.stage is Stage.WAITING else page.stage
            detail = ": ".join(one for one in (result.given.reason, result.given.detail) if one)
            due = None if stage is Stage.LEFT else self._looked_at(kept).due
            made = replace(self._looked_at(kept), stage=stage, due=due, problem=detail)
            return Event(now, What.SKIPPED, page.address, outlet, detail), made
        made = replace(self._looked_at(kept), stage=Stage.READ)
        title = "" if given.report is None else given.report.title or ""
        if result.outcome is Outcome.DUPLICATE:
            return Event(now, What.SAME, page.address, outlet, title), made
        what = What.CHANGED if page.stage is Stage.READ else What.READ
        return Event(now, what, page.address, outlet, title, len(result.statements)), made

    def _link(self) -> Iterator[Event]:
        self._linked = self._clock.ticks()
        if not (self._linking and self._unlinked) or (isinstance(self.ledger, Path) and not self.ledger.is_file()):
            return
        from onrecord.assessing import Assessment
        from onrecord.linkage import Linkage

        with Linkage(self.ledger, self._settings) as linkage:
            reports = linkage.waiting()
            linkage.finish()
        if reports:
            with Assessment(self.ledger, self._settings) as assessment:
                assessment.finish()
            yield Event(self._clock.now(), What.LINKED, count=reports)
        self._unlinked = False
