"""Bytes of XML to characters that a strict parser takes: one encoding, no DOCTYPE, no entities, no stray signs.

A document type with entities is refused where they are external, parameters, long, or made of other entities; short
plain ones and the names that HTML gives are replaced by what they stand for.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from html.entities import html5
from typing import Final

from onrecord.errors import InputError
from onrecord.sources.feeds.items import MOST_BYTES, Faults

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# Labels reach Python's codec registry only through this list: it holds codecs that are not character sets.
_KNOWN_LABEL = re.compile(
    r"utf[-_]?8|us-ascii|ascii|latin-?[1-9]|utf-?(?:16|32)(?:[-_]?[bl]e)?"
    r"|(?:iso|windows|cp|ibm|koi8|euc|gb|big5|shift|mac|tis|viscii|johab|ks_c)[a-z0-9_-]{0,18}|gbk|hz",
    re.IGNORECASE,
)
_STATEFUL = re.compile(r"iso-?2022.*|hz.*", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_DECLARATION = re.compile(r"<\?xml\s+version\b")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = re.compile(r"<!--|<!DOCTYPE\b|<\?|<[A-Za-z_]", re.IGNORECASE)
_KNOWN_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b([^>]{0,2000})>", re.IGNORECASE)
_PLAIN_ENTITY = re.compile(r"\s+([\w.-]{1,60})\s+(?:\"([^\"&%<]{0,32}|&#\w{1,8};)\"|'([^'&%<]{0,32}|&#\w{1,8};)')\s*")
_REFERENCE = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:#([0-9]{1,8}|[xX][0-9A-Fa-f]{1,8});|([A-Za-z_][\w.-]{0,60});)?"
)
_NAMESPACE = re.compile(r"(\bxmlns(?::[\w.-]{1,60})?\s?=\s?[\"'])([^\"'<>]{1,601}+)([\"'])")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_LONGEST_DOCTYPE: Final = 50_000
_MOST_REFERENCES: Final = 1_000_000
"""References in one stretch of text, those apart that XML itself defines."""
_FARTHEST_START: Final = 65_536
"""Characters before the document that are passed over, such as warnings of a broken server."""


def characters(content: bytes, charset: str | None, faults: Faults) -> str:
    """The characters of a document of XML, without a mark of byte order.

    A mark decides, then the shape of wide characters, then valid UTF-8, then what is declared inside or in a header.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding, faults)
    for begin, encoding in _WIDE:
        if content.startswith(begin):
            return _decoded(content, encoding, faults)
    inside = _DECLARED.match(content)
    labels = [label for label in (charset, inside[1].decode("ascii") if inside else None) if label]
    labels = [label for label in labels if _KNOWN_LABEL.fullmatch(label)]
    # Bytes of these look like ASCII until their escapes are read.
    for label in labels:
        if _STATEFUL.fullmatch(label) and (text := _strictly(content, label)) is not None:
            return text
    for label in ("utf-8", *labels):
        if (text := _strictly(content, label)) is not None:
            return text
    first = next((label for label in labels if "utf" not in label.lower()), None)
    if first is None and re.search(rb"[\xc3-\xf4][\x80-\xbf]", content):
        first = "utf-8"
    return _decoded(content, first or "windows-1252", faults)


def _strictly(content: bytes, label: str) -> str | None:
    # Browsers read these labels as Windows-1252, and feeds are written beside pages.
    if label.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"}:
        label = "windows-1252"
    try:
        return content.decode("gb18030" if label.lower() == "gb2312" else label)
    except (LookupError, UnicodeError, ValueError):
        return None


def _decoded(content: bytes, label: str, faults: Faults) -> str:
    text = _strictly(content, label)
    if text is None:
        faults.tell(f"some bytes cannot be read as {label.upper()} and stand as U+FFFD")
        try:
            return content.decode(label, "replace")
        except (LookupError, UnicodeError, ValueError):
            return content.decode("windows-1252", "replace")
    return text


def cleaned(text: str, faults: Faults) -> str:
    """A document without declaration, DOCTYPE, named entities and characters that XML does not allow.

    Raises:
        InputError: "entities", "not a feed" (no element at all), "too large".
    """
    if len(text) != len(text := _ILLEGAL.sub("", text)):
        faults.tell("characters that XML does not allow were removed")
    text, declared = _without_prolog(text, faults)
    pieces, at = [], 0
    while at < len(text):
        begin = text.find("<![CDATA[", at)
        end = len(text) if begin < 0 else begin
        pieces.append(_with_references(text[at:end], declared, faults))
        if begin < 0:
            break
        close = text.find("]]>", begin)
        at = len(text) if close < 0 else close + 3
        pieces.append(text[begin:at])
        if close < 0:
            pieces.append("]]>")
            faults.tell("a CDATA section is not closed")
    # A blank in the name of a namespace is a slip, and Python's parser divides names at blanks.
    whole = _NAMESPACE.sub(lambda found: found[1] + "".join(found[2].split()) + found[3], "".join(pieces))
    if len(whole) > 2 * MOST_BYTES:
        raise InputError("too large", "its entities stand for too much")
    return whole


def _without_prolog(text: str, faults: Faults) -> tuple[str, dict[str, str]]:
    """The document from its first element on, and the short entities that its DOCTYPE declares."""
    start = _START.search(text, 0, _FARTHEST_START)
    declaration = _DECLARATION.search(text, 0, _FARTHEST_START)
    known = _KNOWN_ROOT.search(text, 0, _FARTHEST_START)
    # Servers put their warnings before a document, markup and all: it begins where it says so.
    if declaration and (known is None or declaration.start() < known.start()):
        start = declaration
    if start is None:
        raise InputError("not a feed", "there is no XML in it")
    if text[: start.start()].strip():
        faults.tell("something stands before the document; it was passed over")
    at, declared = start.start(), dict[str, str]()
    while True:
        at = _past_blanks(text, at)
        if text.startswith("<!--", at):
            at = _past(text, "-->", at + 4)
        elif text.startswith("<?", at):
            at = _past(text, "?>", at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            at = _past_doctype(text, at, declared)
        else:
            return text[at:], declared


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _past(text: str, close: str, at: int) -> int:
    end = text.find(close, at)
    if end < 0:
        raise InputError("not a feed", "there is no element in it")
    return end + len(close)


def _past_doctype(text: str, at: int, declared: dict[str, str]) -> int:
    end, inner = text.find(">", at), text.find("[", at)
    if inner < 0 or -1 < end < inner:
        return _past(text, ">", at)
    farthest = at + _LONGEST_DOCTYPE
    close = text.find("]", inner, farthest)
    # A "]" in the text of an entity: what counts is the one that a ">" follows.
    while close >= 0 and not text[close + 1 : close + 200].lstrip().startswith(">"):
        close = text.find("]", close + 1, farthest)
    if close < 0:
        raise InputError("not a feed", "its document type does not end, or is too long")
    for entity in _ENTITY.finditer(subset := text[inner:close]):
        found = _PLAIN_ENTITY.fullmatch(entity[1])
        if found is None:
            raise InputError("entities", "it defines entities that are external, long or made of others")
        declared[found[1]] = found[2] if found[2] is not None else found[3]
    if len(_ENTITY.findall(subset)) != subset.upper().count("<!ENTITY"):
        raise InputError("entities", "it defines entities that cannot be read")
    return _past(text, ">", close)


def _with_references(text: str, declared: Mapping[str, str], faults: Faults) -> str:
    if "&" not in text:
        return text

    def stands_for(found: re.Match[str]) -> str:
        number, name = found[1], found[2]
        if number is not None:
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            legal = code <= 0x10FFFF and not _ILLEGAL.match(chr(code))
            return found[0] if legal else "\ufffd"
        if name in declared:
            value = declared[name]
            return value if value.startswith("&#") else "".join(_ESCAPES.get(one, one) for one in value)
        if name is not None and f"{name};" in html5:
            return "".join(_ESCAPES.get(one, one) for one in html5[f"{name};"])
        faults.tell("an & stands for nothing; it was taken as itself")
        return "&amp;" + found[0][1:]

    mended, times = _REFERENCE.subn(stands_for, text, count=_MOST_REFERENCES)
    if times == _MOST_REFERENCES:
        raise InputError("too large", f"more than {_MOST_REFERENCES:,} references")
    return mended
