"""Records of WARC 1.1 (ISO 28500:2017), each a gzip member of its own; the same content makes the same bytes.

Digests are "sha256:" with hexadecimal digits, as they stand in the record and in a WACZ; warcio, pywb and fastwarc read
this form. A payload is what stands behind the head of an answer as it came, in chunks where it came in chunks: that is
what the tools of others compute it over.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Protocol
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from onrecord.domain.ids import content_id, sha256

_PRINTABLE: Final = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>\\^`{|}')


class Exchange(Protocol):
    """One request and its answer as they went over the wire; the heads end with their blank line."""

    @property
    def address(self) -> str:
        """What was asked for."""

    @property
    def request_head(self) -> bytes:
        """The request, which had no body."""

    @property
    def response_head(self) -> bytes:
        """The status line and the fields of the answer."""

    @property
    def raw_body(self) -> bytes:
        """What came behind the head, still encoded."""

    @property
    def at(self) -> datetime:
        """When the answer's head came; any time zone."""

    @property
    def ip(self) -> str:
        """The address that was connected to."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `fields` are those that only its type has."""

    type: str
    at: datetime
    content_type: str
    block: bytes = field(repr=False)
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A URI made of all that the record says, so that the same record has it again."""
        told = tuple(f"{name}: {value}" for name, value in self.fields.items())
        made_of = content_id("warc", self.type, warc_date(self.at), self.content_type, told, self.block)
        return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'urn:onrecord:warc:{made_of}')}>"

    def packed(self, **more: str) -> bytes:
        """The record as a gzip member; `more` are fields that take no part in its id, "_" standing for "-"."""
        head = {
            "WARC-Type": self.type,
            "WARC-Record-ID": self.id,
            "WARC-Date": warc_date(self.at),
            **self.fields,
            **{name.replace("_", "-"): value for name, value in more.items()},
            "WARC-Block-Digest": digest_of(self.block),
            "Content-Type": self.content_type,
            "Content-Length": str(len(self.block)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        whole = b"".join((b"WARC/1.1\r\n", lines.encode("utf-8"), b"\r\n", self.block, b"\r\n\r\n"))
        return gzip.compress(whole, compresslevel=6, mtime=0)


def exchange_records(exchange: Exchange) -> tuple[bytes, bytes]:
    """The response and the request of an exchange, each naming the other."""
    shared = {"WARC-Target-URI": target_uri(exchange.address), "WARC-IP-Address": exchange.ip}
    body = exchange.raw_body
    response = Record(
        "response",
        exchange.at,
        "application/http; msgtype=response",
        exchange.response_head + body,
        {**shared, "WARC-Payload-Digest": digest_of(body)},
    )
    request = Record("request", exchange.at, "application/http; msgtype=request", exchange.request_head, shared)
    return response.packed(WARC_Concurrent_To=request.id), request.packed(WARC_Concurrent_To=response.id)


def warcinfo(at: datetime, filename: str, told: Mapping[str, str]) -> bytes:
    """The record at the head of a file, which says what wrote it."""
    lines = {**told, "format": "WARC File Format 1.1", "conformsTo": WARC_1_1}
    block = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode("utf-8")
    return Record("warcinfo", at, "application/warc-fields", block, {"WARC-Filename": filename}).packed()


WARC_1_1: Final = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def software() -> str:
    """What wrote a record: the name of the program and its version."""
    try:
        return f"onrecord/{version('onrecord')}"
    except PackageNotFoundError:
        return "onrecord"


def warc_date(at: datetime) -> str:
    """A time in UTC to the microsecond.

    >>> warc_date(datetime(2031, 3, 5, 8, 0, tzinfo=UTC))
    '2031-03-05T08:00:00.000000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest_of(content: bytes) -> str:
    """The digest as WARC and WACZ name it."""
    return f"sha256:{sha256(content)}"


def target_uri(address: str) -> str:
    """An address that can stand in a line of a head: what no URI may hold is percent-encoded.

    >>> target_uri("https://a.example/x?y=1%20&z")
    'https://a.example/x?y=1%20&z'
    >>> target_uri("https://a.example/\\r\\nWARC-Type: é")
    'https://a.example/%0D%0AWARC-Type:%20%C3%A9'
    """
    return quote(address, safe=_PRINTABLE, errors="replace")
