"""Ids are hashes of what a thing says and where: same input, same ids, in any order and on any machine.

Fields are length-prefixed before hashing, so that no two lists of fields encode alike, and each field carries its
type, so that None, "" and 0 differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

Field = str | int | bytes | None | tuple["Field", ...]


def encoded(field: Field) -> bytes:
    """An unambiguous encoding of one field: a type letter, the length in bytes, a colon, the bytes.

    >>> encoded("né")
    b's3:n\\xc3\\xa9'
    >>> encoded(("a", None, 7))
    b't11:s1:an0:i1:7'
    """
    match field:
        case None:
            letter, body = b"n", b""
        case str():
            letter, body = b"s", field.encode("utf-8", "surrogatepass")
        case bytes():
            letter, body = b"b", field
        case int():
            letter, body = b"i", str(int(field)).encode("ascii")
        case tuple():
            letter, body = b"t", b"".join(encoded(part) for part in field)
    return letter + str(len(body)).encode("ascii") + b":" + body


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes in lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def content_id(kind: str, *fields: Field) -> str:
    """The id of a thing: the first 32 hexadecimal digits of the SHA-256 of its kind and fields.

    128 bits keep the chance of any two of 10^12 things sharing an id below 10^-14.
    """
    return sha256(encoded((kind, *fields)))[:32]


def digest(ids: Iterable[str]) -> str:
    """One line for a whole set of ids: the SHA-256 over the sorted ids, one a line; the order given is no matter."""
    return sha256("".join(f"{one}\n" for one in sorted(ids)).encode("utf-8"))
