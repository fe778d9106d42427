"""Small archives that tests write themselves, byte by byte, so that they can be wrong in every way."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from base64 import b32encode

ENGLISH = "The minister said that the talks with the union had failed, and that he would not return to the table.\n"
PAGE = f"<html><head><title>Talks fail</title></head><body><article><p>{ENGLISH}</p></article></body></html>".encode()
UUID = "urn:uuid:00000000-0000-4000-8000-{:012d}"


def sha1(content: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(content).digest()).decode()


def answer(
    body: bytes = PAGE, status: str = "HTTP/1.1 200 OK", content_type: str | None = "text/html", **headers: str
) -> bytes:
    """An HTTP answer; `content_encoding="br"` becomes Content-Encoding: br."""
    named = {"Content-Type": content_type} if content_type is not None else {}
    named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    return "".join((status, "\r\n", *(f"{name}: {value}\r\n" for name, value in named.items()), "\r\n")).encode() + body


def record(
    block: bytes,
    *,
    number: int = 1,
    kind: str = "response",
    uri: str | None = "https://courier.example/{}",
    content_type: str = "application/http; msgtype=response",
    length: int | str | None = None,
    **headers: str,
) -> bytes:
    """One record of a WARC with the line ends behind it; `length` other than None is a lie."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{UUID.format(number)}>",
        "WARC-Date": "2031-03-05T10:20:30Z",
        "WARC-Target-URI": None if uri is None else uri.format(number),
        "Content-Type": content_type,
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(block) if length is None else length),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def page(number: int = 1, text: str | None = None, **more: str) -> bytes:
    """A record with a page whose digests are right."""
    body = PAGE if text is None else PAGE.replace(ENGLISH.encode(), text.encode())
    block = answer(body)
    return record(block, number=number, WARC_Block_Digest=sha1(block), WARC_Payload_Digest=sha1(body), **more)


def request(number: int = 1) -> bytes:
    return record(
        b"GET / HTTP/1.1\r\n\r\n", number=number, kind="request", content_type="application/http; msgtype=request"
    )


def packed(*records: bytes) -> bytes:
    """A gzip member for each record, as crawlers write."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def wacz(files: dict[str, bytes], *, package: dict[str, object] | bytes | None = None, deflated: bool = False) -> bytes:
    """A WACZ with these files in archive/, and their hashes in datapackage.json unless another `package` is given."""
    if package is None:
        stated = [
            {"name": name, "path": f"archive/{name}", "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
            for name, content in files.items()
        ]
        package = {"profile": "data-package", "wacz_version": "1.1.1", "resources": stated}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(f"archive/{name}", content)
        if package != b"":
            archive.writestr("datapackage.json", package if isinstance(package, bytes) else json.dumps(package))
    return out.getvalue()
