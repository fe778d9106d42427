"""The fetcher: one address in, one answer out, by the rules of this package."""

from __future__ import annotations

import ssl
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpx

from onrecord.errors import FetchRefused, SettingsError
from onrecord.sources.fetching.addresses import Target, target
from onrecord.sources.fetching.exchange import Exchange, exchange
from onrecord.sources.fetching.fetched import Fetched
from onrecord.sources.fetching.limits import Deadline, Limits
from onrecord.sources.fetching.lines import Lines, LookUp, look_up
from onrecord.sources.fetching.pace import Clock, Pace, max_age
from onrecord.sources.fetching.robots import KEPT, KEPT_LEAST, Rules, RulesKept, product, rules_in


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "0"


AGENT = f"onrecord/{_version()} (reads news feeds for its user)"
"""Who asks, unless told: the program. Whoever watches does well to say who they are and where they can be reached."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# Where nothing answers at all, robots.txt is not what is wrong.
_OF_THE_HOST = frozenset(("private address", "no such host", "no answer", "bad certificate"))


class Fetcher:
    """Fetches addresses; a context manager, one for a process, used from one thread at a time.

    `agent` says who asks. `allow_loopback` lets 127.0.0.0/8 and ::1 through, for a site on this computer. `pause` are
    the seconds that pass between two requests to one host, more where its robots.txt asks for more. `verify` says which
    authorities certificates are held to, Mozilla's unless told; `look_up` and `clock` take the places of the system's
    resolver and clock.

    Raises:
        SettingsError: for an agent that cannot be sent.
    """

    def __init__(
        self,
        *,
        agent: str = AGENT,
        allow_loopback: bool = False,
        limits: Limits = Limits(),
        pause: float = 1.0,
        verify: ssl.SSLContext | None = None,
        clock: Clock = Clock(),
        look_up: LookUp = look_up,
    ) -> None:
        if not (agent.isascii() and agent.isprintable() and agent.strip() == agent and product(agent)):
            raise SettingsError(
                "a user agent is one line of ASCII letters that begins with a name, such as 'my-desk/1.0 (+https://…)'"
            )
        self._agent = agent
        self._product = product(agent)
        self._allow_loopback = allow_loopback
        self._limits = limits
        self._tls = verify or httpx.create_ssl_context(trust_env=False)
        self._clock = clock
        self._look_up = look_up
        self._pace = Pace(pause, clock)
        self._rules = RulesKept()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rules = RulesKept()

    def get(
        self, address: str, *, etag: str | None = None, modified: str | None = None, robots: bool = True
    ) -> Fetched:
        """The answer to an address, whatever its status.

        `etag` and `modified` are those of an earlier answer; if nothing has changed since, the new one is
        `not_modified` and has no body. Without `robots` robots.txt is not asked for: for an address that its owner
        means for us.

        Raises:
            FetchRefused: when it is not fetched or its answer is not taken; this package's text lists the reasons.
        """
        deadline = Deadline(self._limits.total, self._clock)
        found: list[Exchange] = []
        self._followed(target(address), found, deadline, asking=_conditions(etag, modified), robots=robots)
        return _fetched(address, found)

    def post(self, address: str, content: bytes, media_type: str) -> Fetched:
        """The answer of a service that a person named, such as an authority that stamps times, to some bytes.

        The same rules hold, but no redirect is followed and robots.txt is not asked for.

        Raises:
            FetchRefused: when it is not sent or its answer is not taken.
        """
        deadline, asking = Deadline(self._limits.total, self._clock), [("Content-Type", media_type)]
        return _fetched(address, [self._exchanged(target(address), deadline, asking=asking, sending=content)])

    def wait_for(self, address: str) -> float:
        """Seconds that `get` would wait out of politeness before it asks; another host may be asked meanwhile.

        Raises:
            FetchRefused: for an address that is not fetched at all.
        """
        asked = target(address)
        rules = self._rules.of(asked.origin, self._clock.ticks())
        return self._pace.left(asked.host, self._delay(rules) if rules is not None else 0.0)

    def _followed(
        self,
        asked: Target,
        found: list[Exchange],
        deadline: Deadline,
        *,
        asking: list[tuple[str, str]],
        robots: bool,
        cut: int | None = None,
    ) -> Exchange:
        """The answer to an address; every exchange on the way to it is put to those that are found."""
        while True:
            delay = self._allowed(asked, deadline) if robots else 0.0
            one = self._exchanged(asked, deadline, asking=asking, delay=delay, cut=cut)
            found.append(one)
            further = one.header("location") if one.status in _REDIRECTS else None
            if further is None:
                return one
            most = self._limits.redirects
            if len(found) > most:
                raise FetchRefused("too many redirects", f"more than {most}, the last to {further[:120]!r}")
            asked = target(further, asked)

    def _exchanged(
        self,
        asked: Target,
        deadline: Deadline,
        *,
        asking: list[tuple[str, str]],
        delay: float = 0.0,
        cut: int | None = None,
        sending: bytes | None = None,
    ) -> Exchange:
        deadline.put_off(self._pace.wait(asked.host, delay))
        lines = Lines(self._look_up, self._limits, deadline, allow_loopback=self._allow_loopback)
        try:
            return exchange(
                asked,
                lines,
                agent=self._agent,
                asking=asking,
                limits=self._limits,
                tls=self._tls,
                now=self._clock.now,
                cut=cut,
                sending=sending,
            )
        finally:
            self._pace.asked(asked.host)

    def _allowed(self, asked: Target, deadline: Deadline) -> float:
        """Passes what robots.txt allows; the seconds between two requests that it asks for.

        Raises:
            FetchRefused: when it does not allow it, or cannot be had.
        """
        rules = self._rules.of(asked.origin, self._clock.ticks())
        if rules is None:
            rules = self._rules_of(asked, deadline)
            self._rules.keep(asked.origin, rules)
        rules.check(asked.address, self._product)
        return self._delay(rules)

    def _delay(self, rules: Rules) -> float:
        return rules.delay(self._product, self._limits.crawl_delay)

    def _rules_of(self, asked: Target, deadline: Deadline) -> Rules:
        soon = self._clock.ticks() + KEPT_LEAST
        first, found, cut = target("/robots.txt", asked), list[Exchange](), self._limits.robots
        try:
            answer = self._followed(first, found, deadline, asking=[], robots=False, cut=cut)
        except FetchRefused as error:
            if not found and error.reason in _OF_THE_HOST:
                raise
            return Rules(soon, refused=f"{asked.origin}/robots.txt: {error}")
        if answer.status >= 500 or answer.status == 429 or answer.status in _REDIRECTS:
            return Rules(soon, refused=f"{asked.origin}/robots.txt answers {answer.status}")
        kept = max_age(answer.header("cache-control"))
        until = self._clock.ticks() + min(max(KEPT if kept is None else kept, KEPT_LEAST), KEPT)
        return rules_in(answer.content, self._product, until) if answer.status < 300 else Rules(until)


def _fetched(address: str, found: list[Exchange]) -> Fetched:
    last = found[-1]
    return Fetched(
        address=address,
        final=last.hop.address,
        hops=tuple(one.hop for one in found),
        at=last.hop.at,
        status=last.status,
        headers=last.headers,
        body=last.content,
    )


def _conditions(etag: str | None, modified: str | None) -> list[tuple[str, str]]:
    """The fields of a conditional request; a value that no field can hold is left out."""
    given = (("If-None-Match", etag), ("If-Modified-Since", modified))
    return [(name, value) for name, value in given if value and value.isascii() and value.isprintable()]
