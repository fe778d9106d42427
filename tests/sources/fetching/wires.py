"""What the tests of fetching share: clocks that nobody waits for, and servers that answer with given bytes."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from onrecord.sources.fetching import Clock

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


@dataclass
class Hands:
    """The hands of a clock: `slept` are the seconds that somebody wanted to sleep; with `step` each look costs some."""

    step: float = 0.0
    ticks: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(now=lambda: NOON + timedelta(seconds=self.ticks), ticks=self._look, sleep=self._sleep)

    def _look(self) -> float:
        self.ticks += self.step
        return self.ticks

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.ticks += seconds


@dataclass
class Wire:
    """A server that takes one connection after the other and answers each with the next of its messages."""

    root: str
    port: int
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def answering(*messages: bytes, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Wire]:
    """A server at a free port of loopback; the last message is the answer to all further requests as well."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listening:
        port = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        wire = Wire(f"{'https' if tls else 'http'}://{shown}:{port}", port)

        def answer() -> None:
            for number in range(1_000):
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    connection.settimeout(5.0)
                    with tls.wrap_socket(connection, server_side=True) if tls else connection as line:
                        request = b""
                        while b"\r\n\r\n" not in request and (more := line.recv(65_536)):
                            request += more
                        wire.requests.append(request)
                        line.sendall(messages[min(number, len(messages) - 1)])

        serving = threading.Thread(target=answer, daemon=True)
        serving.start()
        try:
            yield wire
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            serving.join(5.0)


def message(body: bytes = b"hello", *fields: str, status: str = "200 OK") -> bytes:
    """An answer with its length."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields, "", ""))
    return head.encode("latin-1") + body
