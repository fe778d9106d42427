"""Archives of invented articles, made while they are read, of any length: the same texts as WARC and as JSON Lines."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import time
from base64 import b32encode
from collections.abc import Callable, Iterator

WORDS_EACH = 800
"""About as many as the articles of `bench.speed` have."""
_SUBJECTS = ("The minister", "A spokesman for the port", "The mayor of Calder", "She", "The union", "One of the judges")
_SAID = ("said", "told reporters", "denied", "promised", "warned", "wrote in a letter", "repeated on Friday")
_WHAT = (
    "that the talks about the harbour would go on until the end of the month",
    "that nobody had been hurt when the bridge was closed",
    "that the number of ships had risen to {} since spring",
    "that the council would not pay more than {} million for the new line",
    "that it was too early to say who had ordered the {} barriers",
    "that the agreement of the two towns was still in force",
)


def articles(number: int) -> Iterator[str]:
    """So many invented articles, each another, always the same ones."""
    source = random.Random(20310305)
    for _ in range(number):
        sentences: list[str] = []
        words = 0
        while words < WORDS_EACH:
            what = source.choice(_WHAT).format(source.randrange(900))
            sentence = f"{source.choice(_SUBJECTS)} {source.choice(_SAID)} {what}."
            sentences.append(sentence)
            words += sentence.count(" ") + 1
        yield "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def as_warc(number: int, text: str) -> bytes:
    """A record as crawlers write them, in a gzip member of its own, with both digests."""
    body = text.encode()
    block = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nDate: Wed, 05 Mar 2031 10:20:30 GMT\r\n"
        b"Server: invented\r\nContent-Length: %d\r\n\r\n" % len(body)
    ) + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-03-05T10:20:30Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Target-URI: https://courier.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Block-Digest: {_sha1(block)}\r\nWARC-Payload-Digest: {_sha1(body)}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1, mtime=0)


def as_line(number: int, text: str) -> bytes:
    """The same as a line of JSON Lines, in a gzip member of its own."""
    record = {"url": f"https://courier.example/{number}", "text": text, "language": "en"}
    return gzip.compress(json.dumps(record).encode() + b"\n", 1, mtime=0)


class Made(io.RawIOBase):
    """A readable thing that makes its bytes when they are asked for; `seconds` of the processor went into that."""

    def __init__(self, number: int, form: Callable[[int, str], bytes]) -> None:
        self.seconds = 0.0
        self._parts = (form(at, text) for at, text in enumerate(articles(number)))

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        began = time.process_time()
        made = bytearray()
        while len(made) < size and (part := next(self._parts, b"")):
            made += part
        self.seconds += time.process_time() - began
        return bytes(made)


def _sha1(content: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
