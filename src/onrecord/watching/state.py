"""The state of watching, in a file beside the ledger: what is due when, and what came and is not on the record yet.

It is no part of the record. Everything that an answer brings is kept in one transaction, before anything is made of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from onrecord.closing import Closing
from onrecord.errors import WatchError
from onrecord.places import Place, beside
from onrecord.sources.fetching import Fetched, Hop
from onrecord.watching.rows import FeedRow, Held, PageRow, Stage, Told

SUFFIX: Final = ".watch"
VERSION: Final = 1
MOST_TROUBLES: Final = 2_000
"""Troubles that are remembered, the newest."""
_SCHEMA: Final = """
CREATE TABLE feed (
    address TEXT PRIMARY KEY, outlet TEXT NOT NULL, due TEXT NOT NULL, etag TEXT, modified TEXT,
    failures INTEGER NOT NULL, looked TEXT, items INTEGER NOT NULL, problem TEXT, named_by TEXT, every REAL
) STRICT;
CREATE TABLE page (
    page TEXT PRIMARY KEY, host TEXT NOT NULL, address TEXT NOT NULL, outlet TEXT, told TEXT NOT NULL, due TEXT,
    stage TEXT NOT NULL, looks INTEGER NOT NULL, tries INTEGER NOT NULL, first TEXT, etag TEXT, modified TEXT,
    sha256 TEXT, problem TEXT
) STRICT;
CREATE INDEX page_due ON page (due) WHERE due IS NOT NULL;
CREATE TABLE held (
    id INTEGER PRIMARY KEY, page TEXT NOT NULL, final TEXT NOT NULL, at TEXT NOT NULL, status INTEGER NOT NULL,
    headers TEXT NOT NULL, archived INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE hop (
    held INTEGER NOT NULL REFERENCES held (id) ON DELETE CASCADE, place INTEGER NOT NULL, address TEXT NOT NULL,
    at TEXT NOT NULL, ip TEXT NOT NULL, request_head BLOB NOT NULL, response_head BLOB NOT NULL,
    raw_body BLOB NOT NULL, PRIMARY KEY (held, place)
) STRICT;
CREATE TABLE trouble (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, address TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE TABLE archive (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
"""


def state_path(ledger: Place | str) -> Path:
    """Where the state of watching is kept for a ledger.

    >>> state_path("news.ledger").name
    'news.ledger.watch'
    """
    return beside(ledger, SUFFIX)


class State(Closing):
    """The state of watching for one ledger; for one thread.

    Without `create` there has to be one.

    Raises:
        WatchError: when it cannot be opened.
    """

    def __init__(self, ledger: Place | str, *, create: bool = True) -> None:
        self.path = state_path(ledger).absolute()
        if not create and not self.path.is_file():
            raise WatchError(
                f"nothing is watched for {ledger}; `onrecord watch --sources FILE --ledger {ledger}` begins"
            )
        with self._translated():
            mode = "rwc" if create else "rw"
            self._connection = sqlite3.connect(
                f"{self.path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=10.0
            )
            try:
                self._begin()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def follow(self, feeds: Iterable[tuple[str, str]], now: datetime) -> None:
        """Sets which feeds are followed: addresses with the names of their outlets; what is new is due at once.

        Feeds that are not named any more are dropped, and with a sitemap's index those that it named.
        """
        wanted = dict(feeds)
        with self._writing() as run:
            for address, named_by in run.execute("SELECT address, named_by FROM feed").fetchall():
                if (named_by or address) not in wanted:
                    run.execute("DELETE FROM feed WHERE address = ?", (address,))
            for address, outlet in wanted.items():
                run.execute(
                    "INSERT INTO feed VALUES (?, ?, ?, NULL, NULL, 0, NULL, 0, NULL, NULL, NULL)"
                    " ON CONFLICT (address) DO UPDATE SET outlet = excluded.outlet",
                    (address, outlet, _text(now)),
                )

    def feeds(self) -> list[FeedRow]:
        """The feeds that are followed, by address."""
        with self._translated():
            return [_feed(row) for row in self._connection.execute("SELECT * FROM feed ORDER BY address")]

    def due_feeds(self, now: datetime, most: int) -> list[FeedRow]:
        """Feeds that are due, the longest overdue first."""
        query = "SELECT * FROM feed WHERE due <= ? ORDER BY due, address LIMIT ?"
        with self._translated():
            return [_feed(row) for row in self._connection.execute(query, (_text(now), most))]

    def due_pages(self, now: datetime, of_host: int) -> list[PageRow]:
        """So many pages of each host that are due, those before others that are to be read for the first time, then
        the longest overdue."""
        query = (
            "SELECT page.* FROM page JOIN (SELECT page, row_number() OVER"
            " (PARTITION BY host ORDER BY stage <> 'waiting', due, page) AS place FROM page"
            " WHERE due <= ? AND page NOT IN (SELECT page FROM held)) AS placed USING (page)"
            " WHERE placed.place <= ? ORDER BY stage <> 'waiting', due, page"
        )
        with self._translated():
            return [_page(row) for row in self._connection.execute(query, (_text(now), of_host))]

    def next_due(self) -> datetime | None:
        """When the next feed or page is due."""
        query = "SELECT min(due) FROM (SELECT min(due) AS due FROM feed UNION ALL SELECT min(due) FROM page)"
        with self._translated():
            (found,) = self._connection.execute(query).fetchone()
        return None if found is None else datetime.fromisoformat(found)

    def page(self, page: str) -> PageRow | None:
        """A page by its comparable address."""
        with self._translated():
            row = self._connection.execute("SELECT * FROM page WHERE page = ?", (page,)).fetchone()
        return None if row is None else _page(row)

    def looked(self, feed: FeedRow, pages: Iterable[PageRow] = (), further: Collection[str] = ()) -> int:
        """Keeps how a look at a feed went and the pages that it names; how many of these are new.

        A page that is known is due at once where its feed says that it was updated since. `further` are the addresses
        of sitemaps that it names, followed in its outlet's name.
        """
        new = 0
        with self._writing() as run:
            self._keep_feed(run, feed)
            for address in further:
                run.execute(
                    "INSERT OR IGNORE INTO feed VALUES (?, ?, ?, NULL, NULL, 0, NULL, 0, NULL, ?, NULL)",
                    (address, feed.outlet, _text(feed.looked or feed.due), feed.named_by or feed.address),
                )
            for one in pages:
                row = run.execute("SELECT * FROM page WHERE page = ?", (one.page,)).fetchone()
                if row is None:
                    new += 1
                    self._keep_page(run, one)
                    continue
                there = _page(row)
                if one.told.updated is None or one.told.updated == there.told.updated:
                    continue
                soon = one.due if there.stage is Stage.READ and there.told.updated is not None else there.due
                self._keep_page(run, replace(there, told=one.told, due=soon))
        return new

    def keep_page(self, page: PageRow) -> None:
        """Keeps how a page stands."""
        with self._writing() as run:
            self._keep_page(run, page)

    def hold(self, page: PageRow, fetched: Fetched) -> None:
        """Keeps an answer to a page until it is on the record."""
        with self._writing() as run:
            self._keep_page(run, page)
            made = run.execute(
                "INSERT INTO held (page, final, at, status, headers, archived, body) VALUES (?, ?, ?, ?, ?, 0, ?)",
                (
                    page.page,
                    fetched.final,
                    _text(fetched.at),
                    fetched.status,
                    json.dumps(fetched.headers, ensure_ascii=False),
                    fetched.body,
                ),
            )
            for place, hop in enumerate(fetched.hops):
                run.execute(
                    "INSERT INTO hop VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        made.lastrowid,
                        place,
                        hop.address,
                        _text(hop.at),
                        hop.ip,
                        hop.request_head,
                        hop.response_head,
                        hop.raw_body,
                    ),
                )

    def holds(self) -> bool:
        """Whether there are answers that are not on the record yet."""
        with self._translated():
            return self._connection.execute("SELECT 1 FROM held LIMIT 1").fetchone() is not None

    def held(self) -> Iterator[Held]:
        """The answers that are not on the record yet, in the order in which they came."""
        with self._translated():
            ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM held ORDER BY id")]
        for id_ in ids:
            with self._translated():
                row = self._connection.execute("SELECT * FROM held WHERE id = ?", (id_,)).fetchone()
                hops = self._connection.execute("SELECT * FROM hop WHERE held = ? ORDER BY place", (id_,)).fetchall()
            if row is not None:
                yield _held(row, hops)

    def archived(self, held: Held, end: tuple[str, int] | None) -> None:
        """Keeps that the archive of captures has an answer, and the file and length at which it ends now."""
        with self._writing() as run:
            run.execute("UPDATE held SET archived = 1 WHERE id = ?", (held.id,))
            run.execute("DELETE FROM archive")
            if end is not None:
                run.execute("INSERT INTO archive VALUES (?, ?)", end)

    def archive_end(self) -> tuple[str, int] | None:
        """Where the archive of captures ended when it was last known to be whole: a file and its length."""
        with self._translated():
            row = self._connection.execute("SELECT file, bytes FROM archive").fetchone()
        return None if row is None else (row[0], row[1])

    def recorded(self, held: Iterable[tuple[Held, PageRow]]) -> None:
        """Lets go of answers that are on the record, and keeps how their pages stand."""
        with self._writing() as run:
            for one, page in held:
                run.execute("DELETE FROM held WHERE id = ?", (one.id,))
                self._keep_page(run, page)

    def trouble(self, at: datetime, address: str, detail: str) -> None:
        """Remembers something that went wrong."""
        with self._writing() as run:
            run.execute("INSERT INTO trouble (at, address, detail) VALUES (?, ?, ?)", (_text(at), address, detail))
            run.execute("DELETE FROM trouble WHERE number <= (SELECT max(number) FROM trouble) - ?", (MOST_TROUBLES,))

    def troubles(self, most: int) -> list[tuple[datetime, str, str]]:
        """What went wrong, the newest first: when, with which address, and what."""
        query = "SELECT at, address, detail FROM trouble ORDER BY number DESC LIMIT ?"
        with self._translated():
            rows = self._connection.execute(query, (most,)).fetchall()
        return [(datetime.fromisoformat(at), address, detail) for at, address, detail in rows]

    def stages(self) -> dict[Stage, int]:
        """How many pages stand how."""
        with self._translated():
            rows = self._connection.execute("SELECT stage, count(*) FROM page GROUP BY stage").fetchall()
        return {Stage(stage): count for stage, count in rows}

    def _begin(self) -> None:
        run = self._connection
        run.execute("PRAGMA foreign_keys = ON")
        run.execute("PRAGMA journal_mode = WAL")
        # An answer that is held must be there after the power fails: it is not fetched again.
        run.execute("PRAGMA synchronous = FULL")
        (found,) = run.execute("PRAGMA user_version").fetchone()
        if found == 0:
            run.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        elif found != VERSION:
            raise WatchError(
                f"{self.path} was written by another onrecord (version {found}, this one knows {VERSION}); "
                "use that one, or move the file away and feeds are looked at anew"
            )

    def _keep_feed(self, run: sqlite3.Connection, one: FeedRow) -> None:
        run.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                one.address,
                one.outlet,
                _text(one.due),
                one.etag,
                one.modified,
                one.failures,
                _text(one.looked),
                one.items,
                one.problem,
                one.named_by,
                one.every,
            ),
        )

    def _keep_page(self, run: sqlite3.Connection, one: PageRow) -> None:
        run.execute(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                one.page,
                one.host,
                one.address,
                one.outlet,
                json.dumps(one.told.row(), ensure_ascii=False),
                _text(one.due),
                one.stage.value,
                one.looks,
                one.tries,
                _text(one.first),
                one.etag,
                one.modified,
                one.sha256,
                one.problem,
            ),
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            advice = {
                sqlite3.SQLITE_BUSY: "another process is watching; stop it first",
                sqlite3.SQLITE_FULL: "the disk is full; make room",
                sqlite3.SQLITE_READONLY: "it may not be written; change who may",
                sqlite3.SQLITE_CANTOPEN: "it cannot be opened; change who may",
            }.get(code, "it is damaged; move it away, and feeds are looked at anew")
            raise WatchError(f"{self.path}: {advice} ({error})") from error


def _text(moment: datetime | None) -> str | None:
    # One width, so that the order of the texts is that of the times.
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _feed(row: tuple[Any, ...]) -> FeedRow:
    address, outlet, due, etag, modified, failures, looked, *last = row
    return FeedRow(address, outlet, datetime.fromisoformat(due), etag, modified, failures, _moment(looked), *last)


def _page(row: tuple[Any, ...]) -> PageRow:
    page, _, address, outlet, told, due, stage, looks, tries, first, *last = row
    return PageRow(
        page,
        address,
        outlet,
        Told.of(json.loads(told)),
        _moment(due),
        Stage(stage),
        looks,
        tries,
        _moment(first),
        *last,
    )


def _held(row: tuple[Any, ...], hops: list[tuple[Any, ...]]) -> Held:
    id_, page, final, at, status, headers, archived, body = row
    exchanges = tuple(
        Hop(address, request, response, raw, datetime.fromisoformat(when), ip)
        for _, _, address, when, ip, request, response, raw in hops
    )
    fields = tuple((name, value) for name, value in json.loads(headers))
    fetched = Fetched(exchanges[0].address, final, exchanges, datetime.fromisoformat(at), status, fields, body)
    return Held(id_, page, fetched, bool(archived))
