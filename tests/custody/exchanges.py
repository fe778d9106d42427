"""Exchanges for the tests, as a fetcher would hand them over."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2031, 3, 5, 8, 0, 0, 123_456, tzinfo=UTC)
PAGE = b"<!doctype html><title>The bridge</title><p>\xe2\x80\x9cWe will not leave,\xe2\x80\x9d said Ida Holm.</p>"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Has the fields of the fetcher's own."""

    address: str
    request_head: bytes
    response_head: bytes
    raw_body: bytes
    at: datetime
    ip: str


def exchanged(
    address: str = "https://courier.example/bridge",
    body: bytes = PAGE,
    *,
    status: str = "200 OK",
    fields: str = "Content-Type: text/html; charset=utf-8\r\n",
    after: timedelta = timedelta(),
    ip: str = "192.0.2.7",
) -> Exchanged:
    path = "/" + address.partition("://")[2].partition("/")[2]
    return Exchanged(
        address,
        f"GET {path} HTTP/1.1\r\nHost: courier.example\r\nConnection: close\r\n\r\n".encode(),
        f"HTTP/1.1 {status}\r\n{fields}\r\n".encode("latin-1"),
        body,
        START + after,
        ip,
    )


def gzipped(body: bytes = PAGE) -> Exchanged:
    packer = zlib.compressobj(wbits=31)
    fields = "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
    return exchanged("https://courier.example/packed", packer.compress(body) + packer.flush(), fields=fields)


def chunked(body: bytes = PAGE) -> Exchanged:
    wire = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])
    fields = "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
    return exchanged("https://courier.example/chunks", wire, fields=fields)
