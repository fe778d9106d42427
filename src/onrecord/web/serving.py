"""The pages on a port: of this computer alone, or of an address that others reach, as `reaching` decides."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext

import uvicorn
from fastapi import FastAPI

from onrecord.errors import SettingsError
from onrecord.places import Place
from onrecord.settings import Settings
from onrecord.web.app import create_app
from onrecord.web.guard import LOCAL_NAMES
from onrecord.web.reaching import Reach, Wanted, reached

ADDRESS = "127.0.0.1"
TURN = 0.001
"""Seconds for which one page is made before another may have its turn."""


def serve(
    ledger_path: Place | str,
    port: int,
    settings: Settings | None = None,
    on_ready: Callable[[str], None] | None = None,
    *,
    by: str | None = None,
    wanted: Wanted | None = None,
) -> None:
    """Serves the pages of a ledger until interrupted; `on_ready` is handed their address once they answer.

    Port 0 takes any free port. What is put on the record from the pages of this computer is signed with the name `by`.

    Raises:
        LedgerError: when the ledger cannot be read.
        DeskError: when the desk cannot be opened.
        SettingsError: when the port cannot be had, or they cannot be reached as is wanted.
    """
    settings = settings or Settings()
    wanted = wanted or Wanted(ADDRESS)
    reach = reached(ledger_path, wanted, settings)
    with closing(reach.desk) if reach and reach.desk else nullcontext(), _turns():
        _serve(create_app(ledger_path, settings, by=by, reach=reach, apart=True), port, wanted, reach, on_ready)


@contextmanager
def _turns() -> Iterator[None]:
    """Lets pages that are made at once take turns quickly.

    After each question to the ledger a page waits for its turn, and in Python's five milliseconds a page that asks
    little would wait for one that asks much.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _serve(
    app: FastAPI, port: int, wanted: Wanted, reach: Reach | None, on_ready: Callable[[str], None] | None
) -> None:
    with listening(port, wanted.host) as listener:
        address = _address(listener, reach)
        certificate, key = wanted.certificate or (None, None)
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            http="h11",
            ws="none",
            loop="asyncio",
            # Whose word on where a request comes from counts, `reaching.Arrival` decides.
            proxy_headers=False,
            ssl_certfile=certificate,
            ssl_keyfile=key,
            timeout_graceful_shutdown=3,
        )
        server = _Announcing(config, lambda: on_ready(address) if on_ready else None)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            # Uvicorn hands on the signal that stopped it; to be stopped so is the ordinary end.
            return


def listening(port: int, host: str = ADDRESS) -> socket.socket:
    """A socket bound to a port of this computer, on one of its addresses.

    Raises:
        SettingsError: when the port is in use, not allowed or not a port, or the address is none of this computer.
    """
    family = _family(host)
    # Only where the protocol is named does asyncio send at once what is written; else the second part of each answer
    # waits, by Nagle's algorithm, some forty milliseconds for a word that the first has come.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OverflowError as error:
        listener.close()
        raise SettingsError(f"port {port} is not a port; choose one from 1024 to 65535") from error
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"port {port} of {host} is in use by another program; choose another, such as {_free_port()}"
            ) from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise SettingsError(f"{host} is no address of this computer; 0.0.0.0 stands for all of them") from error
        raise SettingsError(
            f"port {port} of {host} cannot be opened ({error.strerror}); choose one from 1024 to 65535"
        ) from error
    return listener


def _family(host: str) -> socket.AddressFamily:
    try:
        return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0][0]
    except (OSError, UnicodeError) as error:
        if host.casefold() == "localhost":
            return socket.AF_INET
        raise SettingsError(f"{host!r} is no address; give one in numbers, such as 127.0.0.1 or 0.0.0.0") from error


def _address(listener: socket.socket, reach: Reach | None) -> str:
    """The address to open: the port that is listened on, or, behind a proxy, whatever the proxy listens on."""
    host, port = listener.getsockname()[:2]
    if reach is None or reach.names == LOCAL_NAMES:
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    if reach.behind_proxy:
        return f"https://{reach.names[0]}/"
    return f"{'https' if reach.secure else 'http'}://{reach.names[0]}:{port}/"


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self.ready()
