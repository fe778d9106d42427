"""Digests as archives state them, "sha1:B32…" or "sha256:hex…", set beside those of the bytes."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode, b64encode

_MADE_BY = {"md5": hashlib.md5, "sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
_STATED = re.compile(r"\s*(md5|sha-?1|sha-?256|sha-?512):\s*([A-Za-z0-9+/_=-]{16,200})\s*", re.IGNORECASE)


def agrees(stated: str | None, *candidates: bytes) -> bool | None:
    """Whether a stated digest is that of one of the candidates; None where none is stated, or in no known form.

    Base 32, hexadecimal and base 64 are in use, and WARC does not say which.

    >>> agrees("sha1:VKZ7AYJCSRSCMNQOWW77RVJ5BAVAJBLS", b"abc"), agrees("sha1:2222222222222222", b"abc")
    (False, False)
    >>> agrees("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", b"abc"), agrees("crc:12345678901234567", b"abc")
    (True, None)
    """
    match = _STATED.fullmatch(stated or "")
    if match is None:
        return None
    name, value = match[1].lower().replace("-", ""), match[2]
    for candidate in candidates:
        digest = _MADE_BY[name](candidate, usedforsecurity=False).digest()
        if len(value) == 2 * len(digest):
            same = value.lower() == digest.hex()
        elif len(value.rstrip("=")) == -(-8 * len(digest) // 5):
            same = value.upper() == b32encode(digest).decode()
        else:
            same = value.replace("-", "+").replace("_", "/").rstrip("=") == b64encode(digest).decode().rstrip("=")
        if same:
            return True
    return False
