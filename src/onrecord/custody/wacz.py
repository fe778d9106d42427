"""A WACZ 1.1.1: a ZIP with WARC files, an index of them, a list of pages, and the hash of each.

Viewers of others open it: ReplayWeb.page and pywb look an address up in the index (CDXJ) and read the record from where
it lies, so WARC files stand in the ZIP as they are. The same content makes the same bytes.

https://specs.webrecorder.net/wacz/1.1.1/ and https://specs.webrecorder.net/cdxj/0.1.0/
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

from onrecord.custody.reading import Response
from onrecord.custody.records import Record, digest_of, software, warcinfo
from onrecord.custody.zips import entry
from onrecord.domain.ids import sha256

WACZ: Final = "1.1.1"
FETCHED: Final = "captured.warc.gz"
FROM_RECORD: Final = "from-record.warc.gz"

WORDS: Final = (
    "Made from the content that a ledger of onrecord holds, without the exchange it came in: files that were handed "
    "in, or pages whose exchange is not beside the ledger. WARC-Date is when each was fetched where that is known, and "
    "otherwise when it came on the record."
)
"""What the WARC with records that are made says of itself."""
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Content:
    """Content without the exchange it came in; `at` is when it was fetched if that is known, else recorded."""

    address: str
    content: bytes
    media_type: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """An entry of the list of pages that a viewer shows."""

    address: str
    at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a bundle says of itself."""

    title: str
    description: str
    made: datetime


@dataclass(frozen=True, slots=True)
class _Line:
    key: str
    stamp: str
    value: dict[str, str]


def write(
    place: Path,
    told: Told,
    fetched: Sequence[Response],
    contents: Iterable[Content],
    pages: Sequence[Page],
) -> None:
    """Writes a bundle into the file `place`, which is not there yet.

    The records of what was fetched are copied byte for byte; those of contents are made.
    """
    lines: list[_Line] = []
    resources: list[dict[str, str | int]] = []
    with zipfile.ZipFile(place, "x", allowZip64=True) as archive:

        def put(path: str, parts: Iterable[bytes], *, packed: bool) -> None:
            hashed, size = hashlib.sha256(), 0
            with archive.open(entry(path, packed=packed), "w", force_zip64=True) as out:
                for part in parts:
                    out.write(part)
                    hashed.update(part)
                    size += len(part)
            name = path.rpartition("/")[2]
            resources.append({"name": name, "path": path, "hash": f"sha256:{hashed.hexdigest()}", "bytes": size})

        if fetched:
            put(f"archive/{FETCHED}", _copied(fetched, told, lines), packed=False)
        made = iter(_made(contents, told, lines))
        first = next(made, None)
        if first is not None:
            put(f"archive/{FROM_RECORD}", _with(first, made), packed=False)
        put("indexes/index.cdx", _index(lines), packed=True)
        put("pages/pages.jsonl", _pages(pages), packed=True)
        package = _package(told, resources, pages)
        digest = {"path": "datapackage.json", "hash": digest_of(package)}
        for name, content in (("datapackage.json", package), ("datapackage-digest.json", _json(digest))):
            with archive.open(entry(name), "w") as out:
                out.write(content)


def _copied(fetched: Sequence[Response], told: Told, lines: list[_Line]) -> Iterator[bytes]:
    head = warcinfo(told.made, FETCHED, {"software": software(), "description": told.description})
    yield head
    offset = len(head)
    for one in fetched:
        with one.path.open("rb") as file:
            response = _read(file, one.offset, one.length)
            request = b"" if one.request is None else _read(file, *one.request)
        value = {"url": one.address, "mime": one.media_type, "status": str(one.status), "digest": one.digest}
        lines.append(_line(one.address, one.at, value, FETCHED, offset, response))
        yield response
        yield request
        offset += len(response) + len(request)


def _made(contents: Iterable[Content], told: Told, lines: list[_Line]) -> Iterator[bytes]:
    offset = 0
    for one in contents:
        if not offset:
            head = warcinfo(told.made, FROM_RECORD, {"software": software(), "description": WORDS})
            yield head
            offset = len(head)
        digest = digest_of(one.content)
        fields = {"WARC-Target-URI": one.address, "WARC-Payload-Digest": digest}
        record = Record("resource", one.at, one.media_type, one.content, fields).packed()
        mime = one.media_type.partition(";")[0].strip()
        value = {"url": one.address, "mime": mime, "status": "200", "digest": digest}
        lines.append(_line(one.address, one.at, value, FROM_RECORD, offset, record))
        yield record
        offset += len(record)


def _line(address: str, at: datetime, value: dict[str, str], file: str, offset: int, record: bytes) -> _Line:
    where = {"length": str(len(record)), "offset": str(offset), "filename": file}
    value = {**value, **where, "recordDigest": f"sha256:{sha256(record)}"}
    return _Line(surt(address), at.astimezone(UTC).strftime("%Y%m%d%H%M%S"), value)


def _index(lines: list[_Line]) -> Iterator[bytes]:
    # Viewers search for a key by halving, so the order is that of the bytes.
    texts = (f"{one.key} {one.stamp} {json.dumps(one.value)}\n".encode() for one in lines)
    yield from sorted(texts)


def _pages(pages: Sequence[Page]) -> Iterator[bytes]:
    yield _json({"format": "json-pages-1.0", "id": "pages", "title": "Reports"})
    for one in pages:
        id_ = sha256(f"{one.address} {_second(one.at)}".encode())[:22]
        yield _json({"id": id_, "url": one.address, "ts": _second(one.at), "title": one.title})


def _package(told: Told, resources: list[dict[str, str | int]], pages: Sequence[Page]) -> bytes:
    package: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": WACZ,
        "title": told.title,
        "description": told.description,
        "created": _second(told.made),
        "modified": _second(told.made),
        "software": software(),
        "resources": resources,
    }
    if pages:
        package |= {"mainPageUrl": pages[0].address, "mainPageDate": _second(pages[0].at)}
    return json.dumps(package, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value: dict[str, str]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


_SEPARATE: Final = re.compile(r"/{2,}")


def surt(address: str) -> str:
    """The key of an address in an index: its host from the back, then its path, without what makes no difference.

    >>> surt("https://www.Courier.example:443/News//A/?b=2&a=1#x")
    'example,courier)/news/a?a=1&b=2'
    >>> surt("http://127.0.0.1:8377"), surt("urn:onrecord:capture:0a")
    ('1,0,0,127:8377)/', 'urn:onrecord:capture:0a')
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return address.lower()
    if parts.scheme not in _PORTS or not host:
        return address.lower()
    host = re.sub(r"^www\d*\.", "", host.rstrip("."))
    key = host if ":" in host else ",".join(reversed(host.split(".")))
    if port is not None and port != _PORTS[parts.scheme]:
        key += f":{port}"
    path = _SEPARATE.sub("/", _plain(parts.path)) or "/"
    query = "&".join(sorted(_plain(parts.query).split("&")))
    return f"{key}){path if path == '/' else path.rstrip('/')}" + (f"?{query}" if query else "")


def _plain(part: str) -> str:
    """A part of an address in lower case, percent-encoded where it has to be and nowhere else."""
    return quote(unquote_to_bytes(part), safe="!$&'()*+,-./:;=?@_~|^`{}[]<>\"").lower()
