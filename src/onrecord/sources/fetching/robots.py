"""robots.txt: what a site asks of programs that read it, after RFC 9309.

Protego reads the rules. Asked of it is only what concerns us: the groups of other agents are taken out first, because
it compares every rule with every agent that a file names, and a file of 500 kB can name enough for minutes of work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

from onrecord.errors import FetchRefused

KEPT = 86_400.0
"""Seconds for which rules are kept at most."""
KEPT_LEAST = 300.0
"""Seconds for which they are kept even where the server would have us ask each time, and after a failure."""
MOST_KEPT = 1_000
"""Sites whose rules are kept at a time."""
MOST_BYTES_KEPT = 4_000_000
"""Of the robots.txt that they come from: in memory a hostile one is sixty times as large."""

_AGENT_LINE = re.compile(r"\s*user[-\s]*agent\b[\s:]*(?P<name>[^#]*)", re.IGNORECASE)
_NOBODY = "User-agent: //nobody"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows until `until` (by the clock's ticks); without `protego` it allows everything."""

    until: float
    protego: Protego | None = None
    refused: str = ""
    """Why nothing may be fetched for now."""
    size: int = 0
    """Bytes of the robots.txt."""

    def check(self, address: str, agent: str) -> None:
        """Passes what is allowed.

        Raises:
            FetchRefused: "robots.txt" or "robots.txt unreachable".
        """
        if self.refused:
            raise FetchRefused("robots.txt unreachable", self.refused)
        if self.protego is None:
            return
        try:
            allowed = self.protego.can_fetch(address, agent)
        except ValueError:
            # An address that the rules cannot be compared with is one that they may well forbid.
            allowed = False
        if not allowed:
            raise FetchRefused("robots.txt", f"the site's robots.txt asks that {address[:200]} not be fetched")

    def delay(self, agent: str, most: float) -> float:
        """Seconds between two requests that the site asks for, `most` at most."""
        delay = self.protego.crawl_delay(agent) if self.protego is not None else None
        # Not a number compares as neither, and is no wish.
        return min(delay, most) if delay is not None and delay > 0 else 0.0


def rules_in(content: bytes, agent: str, until: float) -> Rules:
    """The rules of a robots.txt for an agent, named by its product token."""
    lines = (_for_us(line, agent) for line in content.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
    return Rules(until, Protego.parse("\n".join(lines)), size=len(content))


class RulesKept:
    """Rules by their sites; the oldest make room, since there may be no end of names below one domain."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}
        self._size = 0

    def of(self, origin: str, ticks: float) -> Rules | None:
        """The rules of a site, None where there are none or they hold no longer."""
        rules = self._rules.get(origin)
        return rules if rules is not None and ticks < rules.until else None

    def keep(self, origin: str, rules: Rules) -> None:
        """Keeps the rules of a site in place of those that it had."""
        self._forget(origin)
        self._rules[origin] = rules
        self._size += rules.size
        while len(self._rules) > MOST_KEPT or self._size > MOST_BYTES_KEPT:
            self._forget(next(iter(self._rules)))

    def _forget(self, origin: str) -> None:
        gone = self._rules.pop(origin, None)
        self._size -= gone.size if gone is not None else 0


def _for_us(line: str, agent: str) -> str:
    named = _AGENT_LINE.match(line)
    if named is None:
        return line
    name = named["name"].strip().lower().partition("/")[0].rstrip("*") or "*"
    return f"User-agent: {name}" if name in {"*", agent.lower()} else _NOBODY


def product(agent: str) -> str:
    """The token of a user agent that robots.txt names it by.

    >>> product("onrecord/0.1.0 (+https://onrecord.example)")
    'onrecord'
    """
    return re.split(r"[/\s]", agent.strip(), maxsplit=1)[0]
