"""The pages on a port of this computer, and of no other."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from onrecord.errors import SettingsError
from onrecord.settings import Settings
from onrecord.web.app import create_app

ADDRESS = "127.0.0.1"


def serve(
    ledger_path: Path | str,
    port: int,
    settings: Settings | None = None,
    on_ready: Callable[[str], None] | None = None,
    *,
    by: str | None = None,
) -> None:
    """Serves the pages of a ledger until interrupted; `on_ready` is handed their address once they answer.

    Port 0 takes any free port. What is put on the record from the pages is signed with the name `by`.

    Raises:
        LedgerError: when the ledger cannot be read.
        SettingsError: when the port cannot be had.
    """
    app = create_app(ledger_path, settings, by=by)
    with listening(port) as listener:
        address = f"http://{ADDRESS}:{listener.getsockname()[1]}/"
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            http="h11",
            ws="none",
            loop="asyncio",
            timeout_graceful_shutdown=3,
        )
        server = _Announcing(config, lambda: on_ready(address) if on_ready else None)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            # Uvicorn hands on the signal that stopped it; to be stopped so is the ordinary end.
            return


def listening(port: int) -> socket.socket:
    """A socket bound to a port of this computer.

    Raises:
        SettingsError: when the port is in use, not allowed or not a port.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
        listener.listen(128)
    except OverflowError as error:
        listener.close()
        raise SettingsError(f"port {port} is not a port; choose one from 1024 to 65535") from error
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"port {port} of {ADDRESS} is in use by another program; choose another, such as {_free_port()}"
            ) from error
        raise SettingsError(
            f"port {port} of {ADDRESS} cannot be opened ({error.strerror}); choose one from 1024 to 65535"
        ) from error
    return listener


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
