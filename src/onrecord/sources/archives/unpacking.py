"""The bytes of a WARC without their gzip, read forward, with where each stands in the file; damage is not the end.

A WARC is plain, one gzip member, or (as nearly all are) a gzip member for each record. What is damaged is said in
`failure`; behind it reading goes on at the next gzip member that begins with a record.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.sources.streams import FREE_EXPANSION, GZIP, MOST_EXPANSION

PIECE = 16_384
"""Compressed bytes that are inflated at a time."""
MOST_AT_ONCE = 262_144
"""Bytes that one piece may give at a time."""
BEHIND = 65_536
"""Compressed bytes before a damage that are searched for the member that was run over."""
MOST_CANDIDATES = 10_000
"""Places that look like a gzip member and are none, in one file, before the search is given up."""
LONGEST_VERSION = 64

_MEMBER = GZIP + b"\x08"
"""What each gzip member begins with."""
_RECORD_ID = re.compile(rb"\nwarc-record-id:", re.IGNORECASE)
_RECORD = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n[A-Za-z][A-Za-z-]*:")


class Unpacked:
    """The unpacked bytes of a WARC: `data` holds those that were filled in and not yet dropped.

    `failure` says why no more can be filled in; None at the true end of the file. `offset` is where the first byte of
    `data` stands in the file, or the gzip member that holds it. Of what is `torn` only gzip members that begin with a
    record are taken. Memory is what `fill` was asked for, and a little more.
    """

    def __init__(self, chunks: Iterator[bytes], *, torn: bool = False) -> None:
        self.data = bytearray()
        self.failure: str | None = None
        self._chunks = chunks
        self._front = 0
        """The position in all unpacked bytes at which `data` begins."""
        self._chunk, self._at = b"", 0
        """The bytes of the file that are at hand, and how many of them are done with."""
        self._taken = 0
        """Bytes of the file that are done with."""
        self._behind = bytearray()
        self._inflater: zlib._Decompress | None = None
        self._member_taken = self._member_given = 0
        self._starts: deque[tuple[int, int]] = deque()
        """Of the members from the one at `_front` on: the position of the first byte and its place in the file."""
        self._whole_members = 0
        self._candidates = 0
        self._torn = torn
        self._packed = False
        try:
            while len(self._chunk) < 2 and self._pull():
                pass
            self._packed = torn or self._chunk.startswith(GZIP) or self._seems_packed()
        except InputError as error:
            self.failure = error.detail

    @property
    def offset(self) -> int:
        if not self._packed:
            return self._front
        return self._starts[0][1] if self._starts else self._taken

    @property
    def record_a_member(self) -> bool:
        """Whether each record has a gzip member of its own, as far as was seen."""
        return self._whole_members > 1

    @property
    def failed_at(self) -> int:
        """Where in the file the failure was met."""
        return self._taken

    def fill(self, wanted: int) -> bool:
        """Whether `data` has so many bytes; takes them in as far as the file and its damage allow."""
        while len(self.data) < wanted:
            if self.failure is not None:
                return False
            try:
                piece = self._inflated() if self._packed else self._plain()
            except InputError as error:
                self.failure = error.detail or error.reason
                return False
            if piece is None:
                return False
            self.data += piece
        return True

    def drop(self, number: int) -> None:
        """Lets go of so many bytes at the front."""
        del self.data[:number]
        self._front += number
        self._forget_members()

    def begin_record(self) -> None:
        """To be told when a record begins at the front, so that it is known whether each has a member of its own."""
        if self._starts and self._starts[0][0] == self._front:
            self._whole_members += 1

    def next_member(self, start: int, end: int) -> int | None:
        """Where in `data` from `start` to before `end` a gzip member begins that begins with a record."""
        for position, _ in self._starts:
            at = position - self._front
            if start <= at < end and self.data.startswith(b"WARC/", at):
                return at
        return None

    def next_record(self, start: int) -> int | None:
        """Where in `data`, from `start` on, a record seems to begin.

        Where each record has a gzip member of its own, only the beginning of a member counts: what a page holds can
        look like a record.
        """
        member = self.next_member(start, len(self.data))
        if self.record_a_member:
            return member
        places = [at for at in (member, find_record(self.data, start, len(self.data), b"\n\x00")) if at is not None]
        return min(places, default=None)

    def is_whole(self, end: int) -> bool:
        """Whether what stands in `data` before `end` lies in gzip members that came to their end without damage."""
        return self.failure is None or self._inflater is None or self._starts[-1][0] - self._front >= end

    def resynchronise(self) -> bool:
        """Goes on at the next record behind the front; False where there is none."""
        while True:
            at = self.next_record(1)
            if at is not None:
                self.drop(at)
                return True
            if self.failure is not None:
                self.drop(len(self.data))
                return self._packed and self._next_whole_member()
            # What may be the beginning of a version line stays.
            self.drop(max(0, len(self.data) - LONGEST_VERSION))
            if not self.fill(len(self.data) + 1) and self.failure is None:
                return False

    def _seems_packed(self) -> bool:
        """Whether a file whose first bytes are damaged was gzip: what is not packed shows the id of a record."""
        return _MEMBER in self._chunk and _RECORD_ID.search(self._chunk) is None

    def _pull(self) -> bool:
        """Takes in another chunk of the file behind what is at hand."""
        chunk = next(self._chunks, b"")
        self._chunk, self._at = self._chunk[self._at :] + chunk, 0
        return bool(chunk)

    def _done_with(self, number: int) -> None:
        self._at += number
        self._taken += number

    def _plain(self) -> bytes | None:
        if self._at == len(self._chunk) and not self._pull():
            return None
        piece = self._chunk[self._at :]
        self._done_with(len(piece))
        return piece

    def _inflated(self) -> bytes | None:
        """Some more bytes, not none; None at the end."""
        while True:
            if self._inflater is None and not self._begin_member():
                return None
            at_end = self._at == len(self._chunk) and not self._pull()
            out = self._inflate()
            if out:
                return out
            if at_end and self._inflater is not None:
                raise InputError("damaged gzip", "the file ends within a gzip member")

    def _begin_member(self) -> bool:
        """Begins the next member; False where there is none. Zero bytes between members are padding."""
        while True:
            piece = self._chunk[self._at : self._at + PIECE]
            self._done_with(len(piece) - len(piece.lstrip(b"\x00")))
            left = len(self._chunk) - self._at
            if left and not self._chunk[self._at]:
                continue
            if left > 1:
                break
            if not self._pull():
                if not left:
                    return False
                break
        self._behind.clear()
        if not self._chunk.startswith(GZIP, self._at):
            if self._torn:
                return self._next_whole_member()
            raise InputError("damaged gzip", "there is no gzip member where one should begin")
        self._inflater = zlib.decompressobj(wbits=31)
        self._member_taken = self._member_given = 0
        self._starts.append((self._front + len(self.data), self._taken))
        self._forget_members()
        return True

    def _forget_members(self) -> None:
        while len(self._starts) > 1 and self._starts[1][0] <= self._front:
            self._starts.popleft()

    def _inflate(self) -> bytes:
        assert self._inflater is not None
        piece = self._chunk[self._at : self._at + PIECE]
        # A member whose bytes are all at hand can be begun again; a longer one has a past that must be kept.
        before = self._inflater.copy() if self._member_taken > len(self._behind) else None
        try:
            out = self._inflater.decompress(piece, MOST_AT_ONCE)
        except zlib.error as error:
            if before is None:
                before = zlib.decompressobj(wbits=31)
                before.decompress(self._behind)
            self.data += _up_to_damage(before, piece)
            why = str(error).rpartition(": ")[2]
            raise InputError("damaged gzip", f"the gzip is damaged ({why})") from error
        ended = self._inflater.eof
        left = self._inflater.unused_data if ended else self._inflater.unconsumed_tail
        used = len(piece) - len(left)
        self._behind += piece[:used]
        del self._behind[:-BEHIND]
        self._done_with(used)
        self._member_taken += used
        self._member_given += len(out)
        if ended:
            self._inflater = None
        if self._member_given > FREE_EXPANSION and self._member_given > MOST_EXPANSION * self._member_taken:
            raise InputError("too large", f"its gzip expands more than {MOST_EXPANSION} times")
        return out

    def _next_whole_member(self) -> bool:
        """Begins the next member that begins with a record, after a damage; False where there is none."""
        # The byte at which the damaged member begins is left out, so that the search always gets on.
        data = (bytes(self._behind) + self._chunk[self._at :])[1:]
        place = self._taken - len(self._behind) + 1
        at = 0
        while self._candidates < MOST_CANDIDATES:
            at = data.find(_MEMBER, at)
            if at < 0 or len(data) - at < PIECE:
                chunk = self._next_chunk()
                if at < 0 and not chunk:
                    return False
                keep = len(data) - 2 if at < 0 else at
                keep = max(0, keep)
                data, place, at = data[keep:] + chunk, place + keep, 0
                if chunk:
                    continue
            if _begins_with_record(data[at : at + PIECE]):
                self._chunk, self._at, self._taken = data[at:], 0, place + at
                self.failure = self._inflater = None
                return self._begin_member()
            self._candidates += 1
            at += 1
        return False

    def _next_chunk(self) -> bytes:
        try:
            return next(self._chunks, b"")
        except InputError:
            return b""


def find_record(data: bytearray, start: int, end: int, before: bytes) -> int | None:
    """Where from `start` to before `end` a record seems to begin behind one of the bytes `before`."""
    at = data.find(b"WARC/", start, end)
    while at >= 0:
        if at > 0 and data[at - 1] in before and _RECORD.match(data, at):
            return at
        at = data.find(b"WARC/", at + 1, end)
    return None


def _up_to_damage(inflater: zlib._Decompress, piece: bytes) -> bytes:
    """What comes out of a piece before the damage in it."""
    out = bytearray()
    try:
        for at in range(len(piece)):
            out += inflater.decompress(piece[at : at + 1])
    except zlib.error:
        pass
    return bytes(out)


def _begins_with_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False
