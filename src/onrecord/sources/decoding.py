"""Bytes to characters, and a remark where that was not clean.

A byte-order mark decides first, then valid UTF-8, then the character set that was declared, then two repairs: UTF-8
with less than one character in a hundred damaged is read with U+FFFD in place of the damage, and text that can only be
Windows-1252 (curly quotation marks and accents where they make sense, no valid UTF-8 sequence) is read as that.
"""

from __future__ import annotations

import codecs
import re

from onrecord.errors import InputError

MOST_DAMAGE = 0.01
"""The share of characters that may be damaged in a text that is still read."""
MOST_CONTROLS = 0.02
"""The share of control characters from which on bytes are not taken for text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels reach Python's codec registry only through this list: it holds codecs that are not character sets.
_KNOWN_LABEL = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|(?:iso|windows|cp|ibm|koi8|euc|gb|big5|shift|mac)[a-z0-9_-]{0,14}|gbk",
    re.IGNORECASE,
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WINDOWS_1252 = re.compile(
    rb"""(?:[\x00-\x7f]
    |[\x80\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbd]  # signs that English text uses
    |(?<=[A-Za-z\xc0-\xfe])[\xdf-\xf6\xf8-\xfe]                       # an accented small letter inside a word
    |(?<![a-z\xdf-\xfe])[\xc0-\xd6\xd8-\xde](?=[A-Za-z\xc0-\xfe])     # an accented capital at a word's start
    |(?<![A-Za-z])[\xdf-\xf6\xf8-\xfe](?=[a-z\xdf-\xfe]))++""",
    re.VERBOSE,
)


def decoded(content: bytes, *, charset: str | None = None, html: bool = False) -> tuple[str, str]:
    """The characters without a byte-order mark, and a remark ("" when the bytes were clean).

    `charset` is what a header declared; with `html` the page's own declaration counts too.

    Raises:
        InputError: "binary" or "not text".
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            return _not_binary(text, html=html), _damage_remark(text, content, encoding)
    if b"\x00" in content and not (html and content.count(0) <= len(content) / 1000):
        raise InputError("binary", "there are zero bytes in it")
    try:
        return _not_binary(content.decode("utf-8"), html=html), ""
    except UnicodeDecodeError as error:
        cut_off = error.end == len(content) and error.reason == "unexpected end of data"
    declared = charset or (_declared(content) if html else None)
    text_and_remark = _as_declared(content, declared) if declared else None
    if text_and_remark is None and not cut_off and not _UTF8_SEQUENCE.search(content):
        text_and_remark = _as_windows_1252(content)
    if text_and_remark is None:
        text = content.decode("utf-8", "replace")
        text_and_remark = text, _damage_remark(text, content, "utf-8")
    return _not_binary(text_and_remark[0], html=html), text_and_remark[1]


def _not_binary(text: str, *, html: bool) -> str:
    if len(_CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise InputError("binary", "many control characters")
    if "\x00" in text and not html:
        raise InputError("binary", "there are zero characters in it")
    return text


def _damage_remark(text: str, content: bytes, encoding: str) -> str:
    if "\ufffd" not in text:
        return ""
    damaged = text.count("\ufffd") - content.count("\ufffd".encode(encoding))
    if damaged <= 0:
        return ""
    if damaged >= MOST_DAMAGE * len(text):
        raise InputError("not text", f"{damaged} of {len(text)} characters cannot be read as {encoding.upper()}")
    return f"{damaged} of {len(text)} characters were damaged and stand as U+FFFD"


def _declared(content: bytes) -> str | None:
    match = _META_CHARSET.search(content, 0, 4096)
    return match[1].decode("ascii") if match else None


def _as_declared(content: bytes, label: str) -> tuple[str, str] | None:
    if not _KNOWN_LABEL.fullmatch(label):
        return None
    # Browsers read these labels as Windows-1252, and pages are written for browsers.
    if label.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"}:
        label = "windows-1252"
    try:
        if codecs.lookup(label).name == "utf-8":
            return None
        return content.decode(label), ""
    except (LookupError, UnicodeError, ValueError):
        return None


def _as_windows_1252(content: bytes) -> tuple[str, str] | None:
    return (content.decode("windows-1252"), "read as Windows-1252") if _WINDOWS_1252.fullmatch(content) else None
