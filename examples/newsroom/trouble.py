"""Addresses that misbehave, each in a way that servers on the web do, by accident or on purpose.

Every one ends when whoever asked closes the connection; none sleeps.
"""

from __future__ import annotations

import random
import select
import socket
import zlib
from collections.abc import Callable, Iterator

Say = Callable[[bytes], object]
"""Sends bytes as they are; raises OSError once nobody listens."""

_PATIENCE = 120.0
_FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Trouble</title>'
_MEGABYTE = 1 << 20


def slow(say: Say, connection: socket.socket) -> None:
    """Takes the request and says nothing for two minutes."""
    if not _left(connection, _PATIENCE):
        say(_head(b"200 OK", b"Content-Length: 5") + b"late\n")


def drip(say: Say, connection: socket.socket) -> None:
    """A byte every tenth of a second, for ever."""
    say(_head(b"200 OK", b"Content-Type: application/rss+xml"))
    for byte in _endlessly(_FEED):
        say(byte)
        if _left(connection, 0.1):
            return


def endless(say: Say, connection: socket.socket) -> None:
    """A feed without an end, as fast as it goes."""
    say(_head(b"200 OK", b"Content-Type: application/rss+xml") + _FEED)
    item = b"<item><title>Again</title></item>\n" * 2_000
    while not _left(connection, 0.0):
        say(item)


def bomb(say: Say, connection: socket.socket) -> None:
    """A gigabyte of blanks in a megabyte of gzip."""
    packer = zlib.compressobj(9, wbits=31)
    member = packer.compress(_FEED + b" " * (16 * _MEGABYTE)) + packer.flush()
    say(_head(b"200 OK", b"Content-Type: application/rss+xml", b"Content-Encoding: gzip"))
    for _ in range(64):
        say(member)


def garbage(say: Say, connection: socket.socket) -> None:
    """Fifty thousand bytes of nothing that call themselves a feed."""
    noise = random.Random(2031).randbytes(50_000)
    say(_head(b"200 OK", b"Content-Type: application/rss+xml", b"Content-Length: 50000") + noise)


def no_http(say: Say, connection: socket.socket) -> None:
    """Another protocol answers."""
    say(b"220 newsroom ESMTP ready\r\n\r\n")


def failing(say: Say, connection: socket.socket) -> None:
    """500."""
    say(_head(b"500 Internal Server Error", b"Content-Type: text/plain", b"Content-Length: 6") + b"sorry\n")


def busy(say: Say, connection: socket.socket) -> None:
    """429, and come back in two minutes."""
    say(_head(b"429 Too Many Requests", b"Retry-After: 120", b"Content-Length: 5") + b"slow\n")


def loop(say: Say, connection: socket.socket) -> None:
    """Leads to itself."""
    say(_head(b"302 Found", b"Location: /loop", b"Content-Length: 0"))


def redirect_private(say: Say, connection: socket.socket) -> None:
    """Leads to where clouds keep their keys."""
    say(_head(b"302 Found", b"Location: http://169.254.169.254/latest/meta-data/", b"Content-Length: 0"))


def redirect_file(say: Say, connection: socket.socket) -> None:
    """Leads to a file."""
    say(_head(b"302 Found", b"Location: file:///etc/passwd", b"Content-Length: 0"))


def huge_headers(say: Say, connection: socket.socket) -> None:
    """Three thousand fields."""
    say(_head(b"200 OK", *(b"X-Field-%d: %s" % (number, b"x" * 90) for number in range(3_000))) + b"hello\n")


def short(say: Say, connection: socket.socket) -> None:
    """Says a thousand bytes, sends a few, and hangs up."""
    say(_head(b"200 OK", b"Content-Type: application/rss+xml", b"Content-Length: 1000") + _FEED)


def chunks(say: Say, connection: socket.socket) -> None:
    """A chunk, and then one whose size is no number."""
    say(_head(b"200 OK", b"Transfer-Encoding: chunked") + b"5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n")


TROUBLE: dict[str, Callable[[Say, socket.socket], None]] = {
    "/slow": slow,
    "/drip": drip,
    "/endless": endless,
    "/bomb": bomb,
    "/garbage": garbage,
    "/no-http": no_http,
    "/500": failing,
    "/429": busy,
    "/loop": loop,
    "/redirect-private": redirect_private,
    "/redirect-file": redirect_file,
    "/huge-headers": huge_headers,
    "/short": short,
    "/chunks": chunks,
}


def _head(status: bytes, *fields: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 " + status, b"Connection: close", *fields, b"", b""))


def _endlessly(beginning: bytes) -> Iterator[bytes]:
    yield from (beginning[at : at + 1] for at in range(len(beginning)))
    while True:
        yield b" "


def _left(connection: socket.socket, seconds: float) -> bool:
    """Whether whoever asked has closed the connection, or does within so many seconds."""
    readable, _, _ = select.select([connection], [], [], seconds)
    return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""
