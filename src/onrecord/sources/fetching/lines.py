"""Lines to servers: a name is looked up once, its addresses are checked, and what was checked is connected to.

A `Line` writes down every byte that goes over it, under TLS if there is any, and holds the limits where they cannot be
missed: at each reading of the socket.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import httpcore

from onrecord.errors import FetchRefused
from onrecord.sources.fetching.addresses import literal, refusal
from onrecord.sources.fetching.limits import Deadline, Limits

MOST_TRIED = 4
"""Addresses of one name that are tried, one after the other."""

LookUp = Callable[[str, int], Sequence[str]]
"""The IP addresses of a name; raises OSError where it has none."""

_END_OF_HEAD = re.compile(rb"\n\r?\n")


def look_up(host: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a name as this computer knows them, the best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(slots=True)
class Tape:
    """What went over one line, and to which address."""

    ip: str = ""
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    head_ended: bool = False

    def head(self) -> tuple[int, int] | None:
        """Where the head of the answer begins and ends, behind interim answers (1xx); None while it has not ended."""
        start = 0
        for end in _END_OF_HEAD.finditer(self.received):
            status = self.received[start : start + 32].lstrip().split(b" ")[1:2]
            if not (status and status[0].startswith(b"1")):
                return start, end.end()
            start = end.end()
        return None


class Lines(httpcore.NetworkBackend):
    """Connects to public addresses only, and leaves what went over the line on its tape."""

    def __init__(self, look_up: LookUp, limits: Limits, deadline: Deadline, *, allow_loopback: bool) -> None:
        self._look_up = look_up
        self._limits = limits
        self._deadline = deadline
        self._allow_loopback = allow_loopback
        self.tape = Tape()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A line to the first address of the host that is public and takes it.

        Raises:
            FetchRefused: "no such host", "private address", "no answer" or "too slow".
        """
        why = ""
        for ip in self._public(host, port)[:MOST_TRIED]:
            try:
                # The address is a number by now, so nothing is looked up again.
                connected = socket.create_connection((ip, port), min(self._limits.connect, self._deadline.left()))
            except OSError as error:
                why = f"{ip}, port {port}: {error.strerror or error}"
                continue
            self.tape.ip = ip
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return Line(connected, self.tape, self._limits, self._deadline)
        raise FetchRefused("no answer", why)

    def _public(self, host: str, port: int) -> list[str]:
        number = literal(host)
        ips = (number,) if number is not None else self._looked_up(host, port)
        refusals = {ip: refusal(ip, allow_loopback=self._allow_loopback) for ip in ips}
        public = [ip for ip, why in refusals.items() if why is None]
        if not public:
            ip, why = next(iter(refusals.items()))
            lead = f"{host} is" if host == ip else f"{host} leads to {ip}, which is"
            hint = "; --allow-loopback lets it through" if why == "loopback" else ""
            raise FetchRefused("private address", f"{lead} {why}{hint}")
        return public

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        """The system's resolver knows no deadline, so it is asked in a thread that nobody has to wait for."""
        found: list[Sequence[str]] = []
        failed: list[str] = []

        def ask() -> None:
            try:
                found.append(self._look_up(host, port))
            except (OSError, UnicodeError) as error:
                failed.append(getattr(error, "strerror", None) or str(error))

        asking = threading.Thread(target=ask, name="look-up", daemon=True)
        asking.start()
        asking.join(min(self._limits.lookup, self._deadline.left()))
        if found and found[0]:
            return found[0]
        if failed or found:
            raise FetchRefused("no such host", f"{host}: {failed[0] if failed else 'it has no address'}")
        raise FetchRefused("too slow", f"the name {host} could not be looked up in time")


class Line(httpcore.NetworkStream):
    """One connection, with a tape and limits."""

    def __init__(self, connected: socket.socket, tape: Tape, limits: Limits, deadline: Deadline) -> None:
        self._socket = connected
        self._tape = tape
        self._limits = limits
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, b"" at the end.

        Raises:
            FetchRefused: "too slow", "too large" or "broken answer".
        """
        try:
            self._socket.settimeout(min(self._limits.silence, self._deadline.left()))
            content = self._socket.recv(max_bytes)
        except TimeoutError as error:
            self._deadline.left()
            raise FetchRefused("too slow", f"nothing came for {self._limits.silence:g} seconds") from error
        except OSError as error:
            raise FetchRefused("broken answer", f"the connection broke: {error.strerror or error}") from error
        tape = self._tape
        tape.received += content
        if len(tape.received) > self._limits.wire:
            raise FetchRefused("too large", f"more than {self._limits.wire} bytes came")
        if not tape.head_ended:
            head = tape.head()
            tape.head_ended = head is not None
            if (len(tape.received) if head is None else head[1]) > self._limits.head:
                raise FetchRefused("too large", f"the head of the answer has more than {self._limits.head} bytes")
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of it.

        Raises:
            FetchRefused: "too slow".
            httpcore.WriteError: where the server has hung up; it may have answered before it did.
        """
        if not buffer:
            return
        try:
            self._socket.settimeout(min(self._limits.silence, self._deadline.left()))
            self._socket.sendall(buffer)
        except TimeoutError as error:
            raise FetchRefused("too slow", "the server does not take what is asked") from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error
        self._tape.sent += buffer

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same line under TLS.

        Raises:
            FetchRefused: "bad certificate", "too slow" or "no answer".
        """
        try:
            self._socket.settimeout(min(self._limits.connect, self._deadline.left()))
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except BaseException as error:
            self._socket.close()
            if isinstance(error, ssl.SSLCertVerificationError | ssl.CertificateError):
                raise FetchRefused("bad certificate", f"{server_hostname}: {error.verify_message}") from error
            if isinstance(error, TimeoutError):
                raise FetchRefused("too slow", "TLS did not stand in time") from error
            if isinstance(error, OSError | ValueError):
                raise FetchRefused("no answer", f"no TLS with {server_hostname}: {error}") from error
            raise
        return Line(secured, self._tape, self._limits, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return None
