"""Cursors: where the next part of a list begins, as a text that only makes sense for the question it was given for.

A cursor is 22 characters of base64url: the offset in eight bytes and a keyless checksum over it and the question. The
checksum is no secret; it refuses what was mistyped, cut, or taken from another list or another choice of values.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

LENGTH: Final = 22
_BYTES: Final = 8


def cursor(question: str, offset: int) -> str:
    """The cursor for the part of a list that begins at `offset`, from 0; `question` says which list it is.

    >>> cursor("/reports {}", 50)
    'AAAAAAAAADIDSZHP9toqGA'
    """
    where = offset.to_bytes(_BYTES, "big")
    return base64.urlsafe_b64encode(where + _sum(question, where)).rstrip(b"=").decode("ascii")


def offset_of(question: str, given: str) -> int:
    """The offset that a cursor of this question holds.

    Raises:
        ValueError: when it is none of this question.
    """
    try:
        found = base64.b64decode(given.encode("ascii") + b"==", altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("no cursor") from error
    where = found[:_BYTES]
    # Compared as text: the last character has bits to spare, and each cursor is written in one way only.
    if len(found) != 2 * _BYTES or cursor(question, int.from_bytes(where, "big")) != given:
        raise ValueError("no cursor of this question")
    return int.from_bytes(where, "big")


def _sum(question: str, where: bytes) -> bytes:
    return hashlib.blake2b(question.encode("utf-8", "replace") + where, digest_size=_BYTES).digest()
