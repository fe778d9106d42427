"""A small client of `/api/v1`: lists as iterators, things by their ids, nothing sent again that has not changed.

>>> from onrecord.client import Client
>>> client = Client("http://127.0.0.1:8377")                                    # where `onrecord serve` says
>>> for one in client.statements(speaker="Joren Halvik", act="denial"):         # doctest: +SKIP
...     print(one["outlet"], one["published"], one["content"][0]["text"])
>>> brief = next(client.briefs(), None)                                         # doctest: +SKIP
>>> client.actor("Joren Halvik")["statements"] > 0                              # doctest: +SKIP
True

It needs nothing but Python, and of onrecord only this module and `errors`.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException
from typing import Any, Final, NoReturn
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from onrecord.errors import NotOnRecord, SettingsError, Unanswered

__all__ = ["Answer", "Client", "Row"]

Row = dict[str, Any]
"""An item of a list, or a thing alone, with the keys that docs/reference/api.md tells."""

ROOT: Final = "/api/v1"
AT_ONCE: Final = 200
"""Items asked for at a time."""
KEPT: Final = 32_000_000
"""Bytes of answers that are kept, so that they need not be sent again."""
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers; the names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


Ask = Callable[[str, Mapping[str, str]], Answer]
"""Asks an address with some headers."""


class Client:
    """The record that a server shows, from a program.

    Lists are asked for a part at a time, as they are walked. While somebody writes to the record, a walk can miss an
    item or meet one twice. Every answer is kept with its ETag, and asked for again only if something was written since.
    `token` is one of a person at a desk that others reach. `ask` takes the place of the network.

    Every call, and every step of a walk, raises `NotOnRecord` for a thing that is not there or an id that may mean more
    than one, and `Unanswered` when the server cannot be reached, refuses a value or is no server of onrecord.
    """

    def __init__(self, url: str, *, token: str | None = None, timeout: float = 30.0, ask: Ask | None = None) -> None:
        self.url = _root(url)
        self._signed = {} if token is None else {"Authorization": f"Bearer {_sound(token)}"}
        self._ask = ask or _Web(self.url, timeout).ask
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._size = 0

    def search(
        self,
        q: str | None = None,
        *,
        place: str | None = None,
        order: str | None = None,
        exact: bool | None = None,
        actor: str | None = None,
        country: str | None = None,
        outlet: str | None = None,
        act: str | None = None,
        kind: str | None = None,
        story: str | None = None,
        origins: int | None = None,
        said_since: date | str | None = None,
        said_until: date | str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> Iterator[Row]:
        """What has the words or means the same, the best first, each with how it was `found`.

        `place` is what is looked for: statements (unless told), utterances, reports or actors; `exact` leaves out what
        only means the same. Days are taken in.
        """
        days = {"said_since": said_since, "said_until": said_until, "since": since, "until": until}
        return self._walked(
            "search",
            q=q,
            order=order,
            exact=None if exact is None else str(exact).lower(),
            actor=actor,
            country=country,
            outlet=outlet,
            act=act,
            kind=kind,
            story=story,
            origins=origins,
            **{"in": place},
            **{name: _day(day) for name, day in days.items()},
        )

    def reports(
        self, *, text: str | None = None, outlet: str | None = None, speaker: str | None = None
    ) -> Iterator[Row]:
        """Reports, newest published first, without their texts."""
        return self._walked("reports", text=text, outlet=outlet, speaker=speaker)

    def report(self, id: str) -> Row:  # noqa: A002
        """One report with its text, by its id or an input's name."""
        return self._one("reports", id)

    def versions(self, id: str, *, against: str | None = None) -> Row:  # noqa: A002
        """The texts of the page that a report is of, and what was changed between it and another of them."""
        return self._one("reports", id, "/versions" + (f"?{urlencode({'against': against})}" if against else ""))

    def statements(
        self,
        *,
        text: str | None = None,
        speaker: str | None = None,
        outlet: str | None = None,
        act: str | None = None,
        kind: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> Iterator[Row]:
        """Statements, newest report first; days are taken in."""
        return self._walked(
            "statements",
            text=text,
            speaker=speaker,
            outlet=outlet,
            act=act,
            kind=kind,
            since=_day(since),
            until=_day(until),
        )

    def statement(self, id: str) -> Row:  # noqa: A002
        """One statement."""
        return self._one("statements", id)

    def utterances(
        self,
        *,
        actor: str | None = None,
        text: str | None = None,
        story: str | None = None,
        origins: int | None = None,
        reports: int | None = None,
    ) -> Iterator[Row]:
        """Utterances, most independent origins first; `origins` and `reports` are the fewest."""
        return self._walked("utterances", actor=actor, text=text, story=story, origins=origins, reports=reports)

    def utterance(self, id: str) -> Row:  # noqa: A002
        """One utterance, by its id or that of a passage or statement of it."""
        return self._one("utterances", id)

    def actors(self, *, text: str | None = None) -> Iterator[Row]:
        """Actors, most statements first."""
        return self._walked("actors", text=text)

    def actor(self, id: str) -> Row:  # noqa: A002
        """One actor, by its id or name."""
        return self._one("actors", id)

    def stories(self, *, text: str | None = None, reports: int | None = None) -> Iterator[Row]:
        """Stories, newest first; `reports` is the fewest."""
        return self._walked("stories", text=text, reports=reports)

    def story(self, id: str) -> Row:  # noqa: A002
        """One story, by its id or that of a report in it."""
        return self._one("stories", id)

    def relations(
        self,
        *,
        kind: str | None = None,
        actor: str | None = None,
        utterance: str | None = None,
        text: str | None = None,
    ) -> Iterator[Row]:
        """How passages stand to each other, the newest first."""
        return self._walked("relations", kind=kind, actor=actor, utterance=utterance, text=text)

    def relation(self, id: str) -> Row:  # noqa: A002
        """One relation."""
        return self._one("relations", id)

    def figures(self, *, text: str | None = None, figures: int | None = None) -> Iterator[Row]:
        """Figures followed through time, those with disputes first; `figures` is the fewest of one lineage."""
        return self._walked("figures", text=text, figures=figures)

    def figure(self, id: str) -> Row:  # noqa: A002
        """One lineage, by its id or that of a figure in it."""
        return self._one("figures", id)

    def docket(
        self,
        *,
        act: str | None = None,
        actor: str | None = None,
        text: str | None = None,
        due: date | str | None = None,
    ) -> Iterator[Row]:
        """Docket entries, by the day on which they fall due; `due` is the last day that counts."""
        return self._walked("docket", act=act, actor=actor, text=text, due=_day(due))

    def entry(self, id: str) -> Row:  # noqa: A002
        """One docket entry, by the id of its utterance or of a passage of it."""
        return self._one("docket", id)

    def briefs(self) -> Iterator[Row]:
        """Briefs, the newest first, each with what has changed under it since."""
        return self._walked("briefs")

    def brief(self, id: str) -> Row:  # noqa: A002
        """One brief, whole."""
        return self._one("briefs", id)

    def record(self) -> Row:
        """How much is on the record, its head and its digest."""
        return self._got("record")

    def _one(self, of: str, id_: str, rest: str = "") -> Row:
        # An empty id would ask for the list, and a point alone for the folder it is in.
        if not id_.strip("."):
            raise NotOnRecord(f"nothing has the id {id_!r}")
        return self._got(f"{of}/{quote(id_, safe='')}{rest}")

    def _walked(self, of: str, **values: str | int | None) -> Iterator[Row]:
        asked = {"limit": AT_ONCE, **{name: value for name, value in values.items() if value is not None}}
        cursor: object = None
        while True:
            part = self._got(f"{of}?{urlencode(asked if cursor is None else {**asked, 'cursor': cursor})}")
            try:
                items, following = part["items"], part["next"]
                yield from items
            except (KeyError, TypeError) as error:
                raise self._no_record() from error
            if following is None:
                return
            if following == cursor:
                raise self._no_record()
            cursor = following

    def _got(self, what: str) -> Row:
        address = f"{self.url}/{what}"
        kept = self._kept.get(address)
        known = {} if kept is None else {"If-None-Match": kept.headers["etag"]}
        answer = self._ask(address, {"Accept": "application/json", **self._signed, **known})
        if answer.status == 304 and kept is not None:
            self._kept.move_to_end(address)
            answer = kept
        elif answer.status == 200:
            self._keep(address, answer)
        else:
            self._refused(answer)
        try:
            found = json.loads(answer.body)
        except ValueError as error:
            raise self._no_record() from error
        if not isinstance(found, dict):
            raise self._no_record()
        return found

    def _keep(self, address: str, answer: Answer) -> None:
        before = self._kept.pop(address, None)
        self._size -= 0 if before is None else len(before.body)
        if "etag" not in answer.headers or len(answer.body) > KEPT:
            return
        self._kept[address] = answer
        self._size += len(answer.body)
        while self._size > KEPT:
            self._size -= len(self._kept.popitem(last=False)[1].body)

    def _refused(self, answer: Answer) -> NoReturn:
        try:
            problem = json.loads(answer.body)
            faults = [f"{one['parameter']}: {one['detail']}" for one in problem.get("errors", ())]
            told = "; ".join(faults) or str(problem["detail"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._no_record(answer.status) from None
        if answer.status == 404:
            raise NotOnRecord(told)
        raise Unanswered(told, answer.status)

    def _no_record(self, status: int | None = None) -> Unanswered:
        said = "" if status is None else f" (status {status})"
        return Unanswered(f"what answers at {self.url} is no record of onrecord{said}; check the address", status)


class _Web:
    """Asks over HTTP, and follows nothing to another address."""

    def __init__(self, url: str, timeout: float) -> None:
        # A proxy of this network has no way to a server on this computer.
        here = urlsplit(url).hostname in _HERE
        self._opener: OpenerDirector = build_opener(_AsAnswered(), *([ProxyHandler({})] if here else []))
        self._timeout = timeout

    def ask(self, address: str, headers: Mapping[str, str]) -> Answer:
        try:
            with self._opener.open(Request(address, headers=dict(headers)), timeout=self._timeout) as answer:
                told = {name.lower(): value for name, value in answer.headers.items()}
                return Answer(answer.status, told, answer.read())
        except (URLError, HTTPException, OSError) as error:
            why = error.reason if isinstance(error, URLError) else error
            raise Unanswered(f"{address} cannot be reached ({why}); is `onrecord serve` running there?") from error


class _AsAnswered(HTTPErrorProcessor):
    """Takes every status for an answer: none is an error here, and none leads to another address."""

    def http_response(self, request: Request, response: Any) -> Any:  # noqa: ARG002
        return response

    https_response = http_response


def _root(url: str) -> str:
    """The address of the interface on a server, of which the address of the pages will do.

    >>> _root("http://127.0.0.1:8377/"), _root("https://desk.example/api/v1")
    ('http://127.0.0.1:8377/api/v1', 'https://desk.example/api/v1')
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment:
        raise SettingsError(f"{url!r} is no address of a server; give one such as http://127.0.0.1:8377")
    return f"{url.rstrip('/').removesuffix(ROOT)}{ROOT}"


def _sound(token: str) -> str:
    """The token without the white space that a file of it ends with."""
    plain = token.strip()
    if not plain.isascii() or not plain.isprintable():
        raise SettingsError("the token holds characters that no token has; copy it again")
    return plain


def _day(given: date | str | None) -> str | None:
    return given.isoformat() if isinstance(given, date) else given
