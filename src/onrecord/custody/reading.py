"""What the WARC files of a folder hold: responses with what is needed to find, index and copy them.

The files are ours, and yet they may be torn by a crash or changed by somebody: sizes are limited, and what is damaged
is told while everything before it is read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from onrecord.custody.contents import content_of
from onrecord.domain.ids import sha256

LARGEST: Final = 64_000_000
"""Bytes of one record, unpacked; an answer is refused long before."""
_PIECE: Final = 1 << 16
_HEAD: Final = 64_000
_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?: |$)")
_MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member of a file: where it lies, the fields of its record and its block."""

    offset: int
    length: int
    fields: Fields
    block: bytes

    def field(self, name: str) -> str:
        return field_in(self.fields, name)


@dataclass(frozen=True, slots=True)
class Response:
    """One response of an archive; `request` is where the request that it answers lies, when it stands behind it."""

    path: Path
    offset: int
    length: int
    id: str
    address: str
    at: datetime
    status: int
    media_type: str
    digest: str
    leads_to: str | None
    content_sha256: str | None
    """Of its content, unpacked; None where it could not be unpacked."""
    request: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """A place from which on a file cannot be read."""

    file: str
    offset: int


def responses(folder: Path) -> Iterator[Response | Damage]:
    """All responses in the WARC files of a folder, file by file in the order of their names."""
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.warc.gz")):
        waiting: Response | None = None
        for one in members(path):
            if waiting is not None:
                yield _with_request(waiting, one)
                waiting = None
            if isinstance(one, Damage):
                yield one
            elif one.field("warc-type") == "response":
                waiting = _response(path, one)
        if waiting is not None:
            yield waiting


def _with_request(response: Response, behind: Member | Damage) -> Response:
    """The response, with the request where that stands behind it."""
    if isinstance(behind, Damage) or behind.field("warc-type") != "request":
        return response
    is_its = behind.field("warc-concurrent-to") == response.id
    return replace(response, request=(behind.offset, behind.length)) if is_its else response


def members(path: Path) -> Iterator[Member | Damage]:
    """The records of a WARC file that has a gzip member for each."""
    with path.open("rb") as file:
        offset, pending = 0, b""
        while pending or (pending := file.read(_PIECE)):
            inflater = zlib.decompressobj(wbits=31)
            parts: list[bytes] = []
            size = taken = 0
            try:
                while not inflater.eof:
                    parts.append(inflater.decompress(pending, LARGEST + 1 - size))
                    size += len(parts[-1])
                    taken += len(pending) - len(inflater.unconsumed_tail) - len(inflater.unused_data)
                    pending = inflater.unused_data if inflater.eof else inflater.unconsumed_tail or file.read(_PIECE)
                    if size > LARGEST or (not inflater.eof and not pending):
                        raise zlib.error("cut off, or too large")
                fields, block = _parted(b"".join(parts))
            except (zlib.error, ValueError):
                yield Damage(path.name, offset)
                return
            yield Member(offset, taken, fields, block)
            offset += taken


def field_in(fields: Fields, name: str) -> str:
    """The first field of that name, which is in lower case; "" where there is none."""
    return next((value for key, value in fields if key == name), "")


def _parted(record: bytes) -> tuple[Fields, bytes]:
    head, between, _ = record[:_HEAD].partition(b"\r\n\r\n")
    if not between or not head.startswith(b"WARC/1."):
        raise ValueError("no record of a WARC")
    fields = _fields(head)
    begin, length = len(head) + len(between), int(field_in(fields, "content-length"))
    if not 0 <= length <= len(record) - begin:
        raise ValueError("a record that is shorter than it says")
    return fields, record[begin : begin + length]


def _fields(head: bytes) -> Fields:
    """The fields of a head, their names in lower case; its first line is none."""
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return [(name.strip().lower(), value.strip()) for name, _, value in lines]


def _response(path: Path, member: Member) -> Response | None:
    """The response in a record; None where it is none of HTTP or has no time."""
    head, between, body = member.block.partition(b"\r\n\r\n")
    status = _STATUS.match(head)
    try:
        at = datetime.fromisoformat(member.field("warc-date")).astimezone(UTC)
    except ValueError:
        return None
    if not between or status is None or len(head) > _HEAD:
        return None
    fields, address = _fields(head), member.field("warc-target-uri")
    further = field_in(fields, "location")
    codings = ",".join(value for name, value in fields if name == "content-encoding").split(",")
    content = content_of(body, field_in(fields, "transfer-encoding"), codings)
    media_type = _MEDIA_TYPE.match(field_in(fields, "content-type"))
    return Response(
        path,
        member.offset,
        member.length,
        member.field("warc-record-id"),
        address,
        at,
        int(status[1]),
        media_type[0].lower() if media_type else "",
        member.field("warc-payload-digest"),
        _joined(address, further) if 300 <= int(status[1]) < 400 and further else None,
        None if content is None else sha256(content),
    )


def _joined(address: str, further: str) -> str | None:
    try:
        return urljoin(address, further)
    except ValueError:
        return None
