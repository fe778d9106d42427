"""Which format some bytes are in, told by the name's suffix and by what they begin with."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from onrecord.errors import InputError


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    """One object, an array of objects, or lines after all."""
    JSON_LINES = "json lines"
    WARC = "warc"
    WACZ = "wacz"
    PARQUET = "parquet"
    PDF = "PDF"


MEDIA_TYPES = {
    Format.TEXT: "text/plain",
    Format.HTML: "text/html",
    Format.JSON: "application/json",
    Format.JSON_LINES: "application/json",
    Format.PDF: "application/pdf",
}

_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".warc": Format.WARC,
    ".wet": Format.WARC,
    ".wat": Format.WARC,
    ".wacz": Format.WACZ,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
    ".pdf": Format.PDF,
}
# Files that lie beside saved pages and data sets: their text is not a report.
# fmt: off
_NOT_REPORTS = frozenset((
    ".css", ".js", ".mjs", ".py", ".xml", ".rss", ".atom", ".csv", ".tsv", ".toml", ".yaml", ".yml", ".ini", ".cfg",
    ".svg", ".rtf", ".tex", ".log", ".sql", ".map", ".ics", ".vtt", ".srt", ".db", ".sqlite", ".sqlite3",
    ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ppt", ".pptx", ".epub", ".zip", ".tar", ".tgz",
    ".bz2", ".xz", ".7z", ".rar", ".zst", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif",
    ".tiff", ".ico", ".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".mov", ".avi", ".woff", ".woff2", ".ttf",
    ".eml", ".mbox", ".arc",
))
# fmt: on
PDF = b"%PDF-"
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or sound"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x1f\x8b", "gzip inside gzip"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
)
ARCHIVES = frozenset((Format.WARC, Format.WACZ, Format.PARQUET))
# What was taken of one blank stretch or comment is not given back: there are too many ways to part a thousand of them.
_BEFORE_MARKUP = rb"(?:\xef\xbb\xbf)?(?:\s++|(?><\?xml(?:-stylesheet)?[^>]{0,200}\?>)|(?><!--.{0,2000}?-->)){0,8}"
_HTML = re.compile(_BEFORE_MARKUP + rb"<(?:!doctype\s+html|html|head|body|article|main|meta|div|p)\b", re.I | re.S)
_FEED = re.compile(_BEFORE_MARKUP + rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg|\?xml)\b", re.I | re.S)
_TAG = re.compile(rb"<(?:!doctype|[a-z][a-z0-9]{0,10})[\s>/]", re.I)
_JSON_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*(?:\"|\})")
_JSON_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\])")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def archive_named(name: str) -> Format | None:
    """The kind of archive that a name is that of, with or without .gz; None for anything else.

    >>> archive_named("CC-NEWS-20310305.WARC.gz"), archive_named("story.html")
    (<Format.WARC: 'warc'>, None)
    """
    kind = _BY_SUFFIX.get(PurePath(name.lower().removesuffix(".gz")).suffix)
    return kind if kind in ARCHIVES else None


def media_type_of(head: bytes) -> str:
    """The media type of a page that comes without a name, told by what it begins with.

    Raises:
        InputError: "unsupported format", with what it seems to be.
    """
    kind = format_of("", head)
    if kind in ARCHIVES:
        raise InputError("unsupported format", "an archive")
    return MEDIA_TYPES[kind]


def format_of(name: str, head: bytes) -> Format:
    """The format of a file called `name` (without any .gz) that begins with `head`.

    Raises:
        InputError: "unsupported format", with what it seems to be.
    """
    suffix = PurePath(name).suffix.lower()
    known = _BY_SUFFIX.get(suffix)
    # An archive is read as far as it can be, so its name counts where its beginning is damaged.
    if known in ARCHIVES:
        return known
    if head.startswith(b"WARC/"):
        return Format.WARC
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    # The header may stand behind a few bytes that a mail program or a server left (ISO 32000, annex H).
    if head.startswith(PDF) or (PDF in head[:1024] and suffix == ".pdf"):
        return Format.PDF
    for magic, meaning in _MAGIC:
        if head.startswith(magic):
            raise InputError("unsupported format", meaning)
    if head[4:8] == b"ftyp":
        raise InputError("unsupported format", "a video, sound or image")
    if _FEED.match(head):
        raise InputError("unsupported format", "a feed, a sitemap or other XML")
    if suffix in _NOT_REPORTS:
        raise InputError("unsupported format", f"{suffix} files are not read")
    if known is Format.PDF:
        raise InputError("damaged PDF", "it does not begin like one")
    if known in {Format.JSON, Format.JSON_LINES}:
        if head.startswith(_WIDE_MARKS):
            raise InputError("unsupported format", "JSON must be UTF-8, this is UTF-16 or UTF-32")
        return known
    if known is Format.HTML:
        # A page in UTF-16 shows no tag to a search for bytes.
        return Format.HTML if _TAG.search(head) or head.startswith(_WIDE_MARKS) else Format.TEXT
    if _HTML.match(head):
        return Format.HTML
    if known is None and (_JSON_OBJECT.match(head) or _JSON_ARRAY.match(head)):
        return Format.JSON
    return Format.TEXT
