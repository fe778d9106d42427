"""Bytes of a PDF → its pages as lines with their places, within limits that no file can talk its way out of.

pypdf reads nothing but these bytes: no address in them is asked, no program is started, no script runs. Streams are
not unpacked beyond `STREAM`, pages and forms are counted, and the clock is looked at for each piece that is read from
the file and for each operator of a page. A PDF that takes too long is refused as a whole, so that the same bytes never
give half a text. What no clock reaches is one stream that pypdf takes apart in one go, which its size and the number of
its operators bound.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from onrecord.errors import ExtraMissing, InputError

MOST_PAGES: Final = 2_000
SECONDS: Final = 60.0
"""Longer than any press release takes; a hostile file takes as long as it is let."""
STREAM: Final = 10_000_000
"""Bytes that one stream may unpack to."""
OPERATORS: Final = 500_000
"""Operators and operands of one page at most."""
LONGEST: Final = 5_000_000
"""Characters of all pages at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it begins, in points from the left and from the bottom, and the size of its letters."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Document:
    """The pages of a PDF in order, what it says of itself, and whether pages hold pictures."""

    pages: tuple[tuple[Line, ...], ...]
    title: str | None
    author: str | None
    created: str | None
    pictured: bool
    library: str


class _OutOfTime(Exception):
    """The clock has run out."""


class _Clock:
    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def look(self) -> None:
        if time.monotonic() > self._end:
            raise _OutOfTime


class _Watched(io.BytesIO):
    """Bytes that look at the clock each time they are read."""

    def __init__(self, content: bytes, clock: _Clock) -> None:
        super().__init__(content)
        self._clock = clock

    def read(self, size: int | None = -1, /) -> bytes:
        self._clock.look()
        return super().read(size)


def opened(content: bytes, seconds: float = SECONDS) -> Document:
    """The pages of a PDF.

    Raises:
        InputError: "encrypted", "damaged PDF", "too many pages", "too slow", "too large", "too long".
    """
    pypdf = _pypdf()
    clock = _Clock(seconds)
    limits = pypdf.Configuration(
        maximum_declared_stream_length=STREAM,
        array_based_stream_maximum_output_length=STREAM,
        lzw_maximum_output_length=STREAM,
        run_length_maximum_output_length=STREAM,
        zlib_maximum_output_length=STREAM,
        brotli_maximum_output_length=STREAM,
        jbig2_maximum_output_length=STREAM,
        image_maximum_buffer_size=STREAM,
        zlib_maximum_recovery_input_length=1_000_000,
        stream_decoding_work_maximum_length=4 * STREAM,
        stream_parsing_work_maximum_count=OPERATORS,
        page_tree_maximum_entries=2 * MOST_PAGES,
        page_tree_maximum_page_entries=50 * MOST_PAGES,
        xform_maximum_invocations_per_extraction=500,
        jbig2dec_binary=None,
        disable_legacy_handling=True,
    )
    try:
        with pypdf.apply_configuration(limits):
            return _read(pypdf, _Watched(content, clock), clock)
    except InputError:
        raise
    except _OutOfTime:
        raise InputError("too slow", f"reading this PDF takes more than {seconds:g} seconds") from None
    except pypdf.errors.LimitReachedError as error:
        raise InputError("too large", "a page or a stream of this PDF unpacks beyond what is allowed") from error
    except pypdf.errors.DependencyError as error:
        needed = ExtraMissing("a PDF that is encrypted with AES", "cryptography", "documents")
        raise InputError("encrypted", str(needed)) from error
    except pypdf.errors.FileNotDecryptedError as error:
        raise InputError("encrypted", "it opens with a password only") from error
    except Exception as error:  # The parser meets every kind of damage; whatever it raises, it is the file's fault.
        try:
            clock.look()
        except _OutOfTime:
            raise InputError("too slow", f"reading this PDF takes more than {seconds:g} seconds") from None
        raise InputError("damaged PDF", f"it cannot be parsed ({type(error).__name__})") from error


@lru_cache(maxsize=1)
def _pypdf() -> Any:
    # Imported when the first PDF comes: most runs see none.
    import pypdf
    import pypdf.errors

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    return pypdf


def _read(pypdf: Any, raw: io.BytesIO, clock: _Clock) -> Document:
    reader = pypdf.PdfReader(raw, strict=False, root_object_recovery_limit=1_000, xref_stream_maximum_entries=200_000)
    if reader.is_encrypted and reader.decrypt("") == pypdf.PasswordType.NOT_DECRYPTED:
        raise InputError("encrypted", "it opens with a password only")
    number = len(reader.pages)
    if number > MOST_PAGES:
        raise InputError("too many pages", f"{number} pages, {MOST_PAGES} are allowed")
    if number == 0:
        raise InputError("damaged PDF", "it has no pages")
    pages: list[tuple[Line, ...]] = []
    size = 0
    pictured = False
    for page in reader.pages:
        clock.look()
        lines = tuple(_lines(pypdf, page, clock))
        size += sum(len(line.text) for line in lines)
        if size > LONGEST:
            raise InputError("too long", f"more than {LONGEST} characters")
        pictured = pictured or (not lines and _has_picture(page))
        pages.append(lines)
    told = reader.metadata or {}
    return Document(
        tuple(pages),
        _told(told, "/Title"),
        _told(told, "/Author"),
        _told(told, "/CreationDate"),
        pictured,
        f"pypdf {pypdf.__version__}",
    )


def _lines(pypdf: Any, page: Any, clock: _Clock) -> Iterator[Line]:
    found: list[Line] = []
    pending: list[str] = []
    place: tuple[float, float, float] | None = None

    def shown(text: str, area: Any, matrix: Any, _font: Any, size: Any) -> None:
        nonlocal place
        for piece in text.splitlines(keepends=True):
            words = piece.rstrip("\r\n")
            if words.strip() and place is None:
                at = pypdf.mult(matrix, area)
                place = (float(at[4]), float(at[5]), abs(float(size or 0)) * (abs(at[3]) or abs(at[1]) or 1.0))
            pending.append(words)
            if words != piece:
                ended()

    def ended() -> None:
        nonlocal place
        if place is not None:
            found.append(Line("".join(pending), *place))
        pending.clear()
        place = None

    def before(_operator: Any, _operands: Any, _area: Any, _matrix: Any) -> None:
        clock.look()

    page.extract_text(visitor_text=shown, visitor_operand_before=before)
    # pypdf goes on past what a form on the page raises, the clock's word included.
    clock.look()
    ended()
    yield from found


def _has_picture(page: Any) -> bool:
    try:
        parts = page["/Resources"]["/XObject"]
        return any(parts[name].get("/Subtype") == "/Image" for name in list(parts)[:20])
    except Exception:  # Of a page without text it is only told whether it holds a picture.
        return False


def _told(told: Any, name: str) -> str | None:
    try:
        value = told.get(name)
    except Exception:  # A name that points nowhere is none.
        return None
    return str(value) if value is not None else None
