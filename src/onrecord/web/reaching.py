"""From where pages are reached, decided once when they are started: this computer alone, a desk, or everybody.

The rules, in the order in which they are checked:

- on a loopback address, and nothing else said, everything is as on any computer of one's own: no log-in;
- anywhere else the host names are told, and TLS ends here or at a proxy on this computer;
- anywhere else people log in, and there has to be somebody who can; or all is public, and nothing can be sent.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.desk import Desk
from onrecord.desk.passwords import hasher
from onrecord.desk.people import count_let_in
from onrecord.errors import SettingsError
from onrecord.places import Place
from onrecord.settings import Settings
from onrecord.web.guard import LOCAL_NAMES

_NAME: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*|\[[0-9a-f:.]+\]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for when the pages were started; `certificate` is that file and its key."""

    host: str
    names: Sequence[str] = ()
    public: bool = False
    behind_proxy: bool = False
    certificate: tuple[Path, Path] | None = None

    @property
    def only_here(self) -> bool:
        """Whether nobody but who sits at this computer is meant to reach the pages."""
        return is_loopback(self.host) and not (self.names or self.public or self.behind_proxy or self.certificate)


@dataclass(frozen=True, slots=True)
class Reach:
    """How pages are reached from elsewhere; without a desk they are public. `secure` where all of it comes over TLS."""

    names: tuple[str, ...]
    desk: Desk | None
    secure: bool = True
    behind_proxy: bool = False


def reached(ledger: Place | str, wanted: Wanted, settings: Settings) -> Reach | None:
    """How the pages of a ledger are reached; None on this computer alone. The desk in it is open.

    Raises:
        SettingsError: when it was not said under which names, or how it is kept from being read on the way, or when
            nobody could log in.
        DeskError: when the desk cannot be opened.
    """
    if wanted.only_here:
        return None
    names = tuple(_checked(name) for name in wanted.names)
    if wanted.behind_proxy and wanted.certificate:
        raise SettingsError("TLS ends at the proxy or here, not both; leave out --behind-proxy or the certificate")
    secure = wanted.behind_proxy or wanted.certificate is not None
    open_here = wanted.public and is_loopback(wanted.host)
    if not secure and not open_here:
        raise SettingsError(
            f"on {wanted.host} everybody on the way could read along; give --tls-certificate and --tls-key, or put a "
            "proxy on this computer before it and say --behind-proxy"
        )
    if not names and not open_here:
        raise SettingsError("say under which name these pages are asked for: --host-name desk.example.org")
    if wanted.certificate:
        _loadable(*wanted.certificate)
    desk = None if wanted.public else _staffed(ledger, settings)
    return Reach(names or LOCAL_NAMES, desk, secure, wanted.behind_proxy)


def is_loopback(host: str) -> bool:
    """Whether an address is one that only this computer reaches.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(name: str) -> str:
    found = name.casefold()
    if len(found) > 253 or not _NAME.fullmatch(found):
        raise SettingsError(f"{name!r} is no host name; write it as desk.example.org, without port or https://")
    return found


def _loadable(certificate: Path, key: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:
        raise SettingsError(f"{certificate} and {key} are no certificate with its key: {error}") from error


def _staffed(ledger: Place | str, settings: Settings) -> Desk:
    hasher()
    desk = Desk(ledger, settings)
    if count_let_in(desk):
        return desk
    desk.close()
    raise SettingsError(
        f"nobody has been let in; `onrecord people add NAME --role admin --ledger {ledger}` does, or say --public"
    )


class Arrival:
    """ASGI middleware that knows how a request came here: over TLS or not, and from which address.

    What a proxy says of it counts only when the proxy is on this computer, and only where one was told of; of several
    addresses the last, which the proxy saw itself.
    """

    def __init__(self, app: ASGIApp, reach: Reach) -> None:
        self.app = app
        self.reach = reach

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.reach.behind_proxy:
            scope = {**scope, **self._as_told(scope)}
        if self.reach.secure and scope["scheme"] != "https":
            told = "These pages are sent over https only.\n"
            await PlainTextResponse(told, status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _as_told(self, scope: Scope) -> dict[str, object]:
        client = scope.get("client")
        if not client or not is_loopback(client[0]):
            return {"scheme": "http"}
        headers = Headers(scope=scope)
        scheme = headers.getlist("x-forwarded-proto")
        told: dict[str, object] = {"scheme": "https" if scheme == ["https"] else "http"}
        last = ",".join(headers.getlist("x-forwarded-for")).rsplit(",", 1)[-1].strip()
        try:
            told["client"] = (str(ipaddress.ip_address(last)), 0)
        except ValueError:
            told["client"] = ("behind the proxy", 0)
        return told
