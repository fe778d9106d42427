"""One record of a WARC: what it is, and where it holds a page, the page's bytes with what goes with them.

A page is HTML, plain text or a PDF from an http(s) address: an answer with status 200 or 203, a resource, or a
conversion as in Common Crawl's WET files. Everything else is named in a few plain words, to be counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from fastwarc.warc import WarcRecord

from onrecord.errors import InputError
from onrecord.sources.archives.digests import agrees
from onrecord.sources.archives.framing import HEAD_END, LONGEST_HEAD, Frame
from onrecord.sources.archives.payloads import unchunked, uncoded
from onrecord.sources.formats import media_type_of
from onrecord.sources.metadata import one_line, storable, web_address
from onrecord.sources.streams import HEAD
from onrecord.sources.times import parse_published

MOST_HEADERS = 100
"""Headers of an answer that are kept."""
LONGEST_HEADER = 4_000
OTHER_FILES = "images, scripts and other files"

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_READ = _HTML | {"text/plain", "application/pdf"}
_NOT_READ = {
    "request": "requests",
    "revisit": "revisits of what was captured before",
    "warcinfo": "descriptions of the archive",
    "metadata": "metadata",
    "continuation": "continuations",
}
_RECORD_ID = re.compile(r"<?(urn:uuid:[0-9A-Fa-f-]{36})>?")
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:[;,]|$)")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?!\d)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_NOT_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[%]")
# Plain text that is meant for machines stands at the root of a site.
_FOR_MACHINES = re.compile(r"https?://[^/?#]+/(?:\.well-known/.*|[a-z-]+)\.txt(?:[?#].*)?", re.IGNORECASE)


Fields = tuple[tuple[str, str], ...]
"""Headers in order, with names as they were sent."""


@dataclass(frozen=True, slots=True)
class Page:
    """A record that holds a page; `answer` are the headers of the HTTP answer in it, None where there is no HTTP."""

    url: str
    media_type: str
    """Without parameters, in lower case; "" where none is named."""
    charset: str | None
    frame: Frame = field(repr=False)
    stated: dict[str, str] = field(repr=False)
    """The headers of the record, by name in lower case."""
    answer: Fields | None = field(repr=False)

    @property
    def record_id(self) -> str | None:
        """Its urn:uuid, None where it has none, or one of another form."""
        match = _RECORD_ID.fullmatch(self.stated.get("warc-record-id", "").strip())
        return match[1].lower() if match else None

    @property
    def retrieved(self) -> datetime | None:
        """When it was captured, in UTC."""
        when = parse_published(self.stated.get("warc-date"))
        return when[0] if when else None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer, each name once."""
        kept: dict[str, str] = {}
        for name, value in (self.answer or ())[:MOST_HEADERS]:
            key, text = storable(name)[:LONGEST_HEADER], storable(value)[:LONGEST_HEADER]
            kept[key] = f"{kept[key]}, {text}"[:LONGEST_HEADER] if key in kept else text
        return kept

    def content(self, limit: int) -> tuple[bytes, str, tuple[str, ...]]:
        """The page's bytes without what they were wrapped in, their media type with charset, and remarks.

        Raises:
            InputError: "too large", "unsupported format".
        """
        if self.frame.too_large:
            raise InputError("too large", f"more than {limit} bytes")
        content, remarks = self._unwrapped(limit)
        cut = one_line(self.stated.get("warc-truncated"))
        if cut:
            remarks.append(f"the crawler cut it off ({cut[:40]})")
        media_type = self.media_type
        if not media_type or (media_type == "text/plain" and _NOT_PLAIN.match(content)):
            media_type = media_type_of(content[:HEAD])
            if media_type not in _READ:
                raise InputError("unsupported format", "a page that is JSON")
        return content, f"{media_type}; charset={self.charset}" if self.charset else media_type, tuple(remarks)

    def _unwrapped(self, limit: int) -> tuple[bytes, list[str]]:
        body = unwrapped = content = self.frame.block
        remarks = [self.frame.remark]
        if self.answer is not None:
            unwrapped = body = _parted(self.frame.block)[1]
            sent = _by_name(self.answer)
            if "chunked" in sent.get("transfer-encoding", "").lower():
                unwrapped, remark = unchunked(body)
                remarks.append(remark)
            content, remark = uncoded(unwrapped, sent.get("content-encoding", "").split(","), limit)
            remarks.append(remark)
        # Writers do not agree on whether the payload is what was sent or what was meant.
        for part, candidates in (("block", (self.frame.block,)), ("payload", (body, unwrapped, content))):
            if agrees(self.stated.get(f"warc-{part}-digest"), *candidates) is False:
                remarks.append(f"the digest of its {part} is not the one the archive states")
        return content, [remark for remark in remarks if remark]


def page_in(frame: Frame) -> Page | str:
    """The page in a record, or in a few words what the record is instead."""
    sent_head = _parted(frame.block)[0]
    try:
        record = WarcRecord.from_bytes(_with_line_ends(frame.head) + _with_line_ends(sent_head))
    except OSError:
        return "records whose headers cannot be read"
    stated = _by_name(record.headers.to_tuples())
    kind = stated.get("warc-type", "").strip().lower()
    if kind not in ("response", "resource", "conversion"):
        return _NOT_READ.get(kind, "records of an unknown type")
    url = web_address(stated.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">"))
    if url is None:
        return "records of no web address"
    answer, content_type = None, stated.get("content-type", "")
    if content_type.lower().startswith("application/http"):
        status = _STATUS.match(sent_head)
        if status is None:
            return "answers that are not HTTP"
        if status[1] not in (b"200", b"203"):
            return "redirects" if status[1][0] == b"3"[0] else f"answers with status {status[1].decode()}"
        record.is_http = True
        try:
            record.parse_http(max_header_len=LONGEST_HEAD)
        except OSError:
            return "answers that are not HTTP"
        answer = record.http_headers.to_tuples() if record.http_headers else ()
        content_type = _by_name(answer).get("content-type") or stated.get("warc-identified-payload-type", "")
    elif kind == "response":
        return "answers that are not HTTP"
    media_type = _MEDIA_TYPE.match(content_type)
    name = media_type[1].lower() if media_type else ""
    if name not in ("", *_READ) or (name not in _HTML and _FOR_MACHINES.fullmatch(url)):
        return OTHER_FILES
    charset = _CHARSET.search(content_type)
    return Page(url, name, charset[1] if charset else None, frame, stated, answer)


def _parted(block: bytes) -> tuple[bytes, bytes]:
    """The head of an answer, with its blank line, and the body."""
    end = HEAD_END.search(block, 0, LONGEST_HEAD)
    return (block[: end.end()], block[end.end() :]) if end else (block[:LONGEST_HEAD], b"")


def _with_line_ends(head: bytes) -> bytes:
    """A head with CR LF at the end of each line, as it should have."""
    return head if b"\r\n\r\n" in head else head.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _by_name(fields: Fields) -> dict[str, str]:
    """The headers by name in lower case; values of one name are joined, as RFC 9110, section 5.3, has it."""
    named: dict[str, str] = {}
    for name, value in fields:
        key = name.lower()
        named[key] = f"{named[key]}, {value}" if key in named else value
    return named
