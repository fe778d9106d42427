"""Cuts a report's text into windows that the encoder reads in one go.

Whole paragraphs are packed, joined by `[SEP]`, into windows of at most `WIDTH` word pieces; more than 99 % of
attributions lie within one paragraph, so nothing is lost at the seams. A paragraph longer than a window is cut at
sentence ends. Training and reading share this code: the weights only ever see text cut in this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from onrecord.domain.spans import Span, trimmed

WIDTH = 192
"""Word pieces in a window, `[CLS]` and `[SEP]` included."""

_BREAK = re.compile(r"\s*\n\s*")
_BLANK = re.compile(r"\s*\n[ \t\r\f\v]*\n\s*")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*\s+(?=["'“‘«(\[]?[^\W\d_a-z])""")
_TERMINAL = re.compile(r"""[.!?…:;]["'”’»)\]]*\s*$""")


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces of one window, all arrays of the window's length in pieces.

    `pieces` are vocabulary ids, `starts` and `ends` character offsets into the report's text (-1 for `[CLS]` and
    `[SEP]`), `heads` is true at the first piece of each word: the labels are read there.
    """

    pieces: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    heads: np.ndarray


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks only wrap lines (wire copy, e-mail) and blank lines part the paragraphs."""
    if not _BLANK.search(text):
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    inner = [a for a, b in zip(text.split("\n"), text.split("\n")[1:], strict=False) if a.strip() and b.strip()]
    if len(inner) < 4 or len(inner) < len(lines) / 3:
        return False
    unfinished = sum(1 for line in inner if not _TERMINAL.search(line) and 40 <= len(line) <= 100)
    return unfinished > 0.6 * len(inner)


def paragraphs(text: str, skip: Sequence[Span] = ()) -> Iterator[Span]:
    """The paragraphs of a text in order, without white space at their edges and without the spans of `skip`."""
    pattern = _BLANK if is_hard_wrapped(text) else _BREAK
    cuts = [(m.start(), m.end()) for m in pattern.finditer(text)]
    cuts += [(s.start, s.end) for s in skip]
    at = 0
    for start, end in [*sorted(cuts), (len(text), len(text))]:
        paragraph = trimmed(text, at, start)
        if paragraph is not None:
            yield paragraph
        at = max(at, end)


def sentences(text: str, within: Span) -> list[Span]:
    """Rough sentences of a span: good enough to cut at and to look around in, not a segmentation to publish."""
    out, at = [], within.start
    for found in _SENTENCE_END.finditer(text, within.start, within.end):
        if found.end() < within.end:
            out.append(Span(at, found.end()))
            at = found.end()
    out.append(Span(at, within.end))
    return out


class Windower:
    """Cuts texts into `Window`s with one tokenizer; safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer, width: int = WIDTH) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        self.width = width
        self._cls = tokenizer.token_to_id("[CLS]")
        self._sep = tokenizer.token_to_id("[SEP]")

    def windows(self, text: str, skip: Sequence[Span] = ()) -> Iterator[Window]:
        """The windows of a text in order; every character of a paragraph is in exactly one of them."""
        yield from self.packed(text, list(paragraphs(text, skip)))

    def packed(self, text: str, spans: Sequence[Span]) -> Iterator[Window]:
        """The windows of these stretches of a text alone, each read as a paragraph of its own."""
        room = self.width - 2
        pending: list[list[tuple[int, int, int, bool]]] = []
        used = 1
        for span, encoding in zip(spans, self._encode(text, spans), strict=True):
            for part in self._fitting(text, span, encoding, room):
                if pending and used + len(part) + 1 > self.width:
                    yield self._window(pending)
                    pending, used = [], 1
                pending.append(part)
                used += len(part) + 1
        if pending:
            yield self._window(pending)

    def _encode(self, text: str, spans: Sequence[Span]) -> list[list[tuple[int, int, int, bool]]]:
        batch = self.tokenizer.encode_batch([span.of(text) for span in spans], add_special_tokens=False)
        out = []
        for span, encoding in zip(spans, batch, strict=True):
            rows, last = [], None
            for piece, (start, end), word in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
                rows.append((piece, span.start + start, span.start + end, word != last))
                last = word
            out.append(rows)
        return out

    def _fitting(
        self, text: str, span: Span, rows: list[tuple[int, int, int, bool]], room: int
    ) -> Iterator[list[tuple[int, int, int, bool]]]:
        if len(rows) <= room:
            if rows:
                yield rows
            return
        ends = {s.end for s in sentences(text, span)}
        breaks = [k for k in range(1, len(rows)) if any(e in ends for e in range(rows[k - 1][2], rows[k][1] + 1))]
        at = 0
        while at < len(rows):
            limit = at + room
            if limit >= len(rows):
                cut = len(rows)
            else:
                fitting = [k for k in breaks if at < k <= limit]
                cut = (
                    fitting[-1] if fitting else max((k for k in range(at + 1, limit + 1) if rows[k][3]), default=limit)
                )
            yield rows[at:cut]
            at = cut

    def _window(self, parts: list[list[tuple[int, int, int, bool]]]) -> Window:
        rows = [(self._cls, -1, -1, False)]
        for part in parts:
            rows.extend(part)
            rows.append((self._sep, -1, -1, False))
        pieces, starts, ends, heads = zip(*rows, strict=True)
        return Window(
            np.asarray(pieces, np.int64),
            np.asarray(starts, np.int64),
            np.asarray(ends, np.int64),
            np.asarray(heads, bool),
        )
