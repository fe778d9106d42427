"""A WARC cut into its records, each whole or not given: ISO 28500, sections 4 and 5.

What is no whole record becomes a `Break`, and reading goes on at the next record there is. fastwarc reads what is
within a record; where records begin and end is told here, since it gives one that is cut off for a whole one, and
stops at the first damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.sources.archives.digests import agrees
from onrecord.sources.archives.unpacking import Unpacked, find_record
from onrecord.sources.metadata import storable

LONGEST_HEAD = 65_536
"""Bytes that the headers of a record may have, and those of the answer in it."""
LONGEST_SPILL = 65_536
"""Bytes behind a record, as long as it says it is, that are looked at for its true end."""
MOST_BLANK = 64
"""Line ends that may stand between two records; there should be four."""

HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_BLOCK_DIGEST = re.compile(rb"\nwarc-block-digest:[ \t]*(\S{1,200})", re.IGNORECASE)
_TARGET = re.compile(rb"\nwarc-target-uri:[ \t]*<?([^\s>]{1,200})", re.IGNORECASE)
_BLANK = re.compile(rb"[\r\n]*")


@dataclass(frozen=True, slots=True)
class Frame:
    """One record: `head` with its blank line, and `block`; of one that is `too_large` only the beginning.

    `offset` is where it stands in the file, or the gzip member that holds it; `remark` says what was mended.
    """

    number: int
    offset: int
    head: bytes = field(repr=False)
    block: bytes = field(repr=False)
    too_large: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where no whole record could be read: `number` is that of the record that should stand there."""

    number: int
    offset: int
    what: str


def frames(unpacked: Unpacked, limit: int) -> Iterator[Frame | Break]:
    """Every record in order, numbered from 1; blocks of more than `limit` bytes are passed over."""
    number = 1
    while True:
        unpacked.fill(1)
        unpacked.drop(_blank(unpacked, 0))
        if unpacked.data or unpacked.fill(1):
            if unpacked.data[0] in b"\r\n":
                continue
            unpacked.begin_record()
            found, in_step = _record(unpacked, number, limit)
        elif unpacked.failure is None:
            return
        else:
            found, in_step = Break(number, unpacked.failed_at, unpacked.failure), False
        yield found
        number += 1
        if in_step:
            continue
        known = unpacked.failure
        if not unpacked.resynchronise():
            if unpacked.failure != known and unpacked.failure is not None:
                yield Break(number, unpacked.failed_at, unpacked.failure)
            return


def _record(unpacked: Unpacked, number: int, limit: int) -> tuple[Frame | Break, bool]:
    """What stands at the front, and whether the next record, or the end, has come to the front.

    Where it is not sure that the block is the one that was written, it is taken only if its digest shows it.
    """
    offset = unpacked.offset
    head = _head(unpacked)
    if isinstance(head, str):
        return Break(number, offset, head), False
    length = _LENGTH.search(head)
    if length is None:
        return Break(number, offset, f"the record{_of(head)} does not say, or not credibly, how long it is"), False
    says = f"the record{_of(head)} says {int(length[1])} bytes"
    start, end = len(head), len(head) + int(length[1])
    if end - start > limit:
        unpacked.fill(start + LONGEST_HEAD)
        beginning = bytes(unpacked.data[start : start + LONGEST_HEAD])
        return _passed_over(unpacked, Frame(number, offset, head, beginning, too_large=True), end, says)
    whole = unpacked.fill(end)
    inner = unpacked.next_member(1, end)
    if inner is not None:
        unpacked.drop(inner)
        return Break(number, offset, f"{says}, but the next begins after {max(0, inner - start)}"), True
    if not whole:
        held = len(unpacked.data) - start
        at_swallowed = _to_swallowed(unpacked, start, len(unpacked.data))
        return Break(number, offset, f"{says}, but {unpacked.failure or 'the file ends'} after {held}"), at_swallowed
    block = bytes(memoryview(unpacked.data)[start:end])
    unpacked.fill(end + MOST_BLANK + 5)
    following = end + _blank(unpacked, end)
    at_end = following >= len(unpacked.data)
    if at_end or unpacked.data.startswith(b"WARC/", following):
        # A gzip member shows only at its end that it is damaged, and what lies before that may be, too.
        sure = unpacked.is_whole(end) or not (at_end or unpacked.record_a_member)
        if sure or agrees(_digest(head), block):
            unpacked.drop(end)
            return Frame(number, offset, head, block), True
        unpacked.drop(end)
        return Break(number, offset, f"{says}, but it is not sure that they are whole: {unpacked.failure}"), False
    if agrees(_digest(head), block):
        unpacked.drop(end)
        return Frame(number, offset, head, block), True
    if _to_swallowed(unpacked, start, end):
        return Break(number, offset, f"{says}, and another begins within"), True
    unpacked.fill(end + LONGEST_SPILL)
    next_one = unpacked.next_record(end)
    longer = bytes(memoryview(unpacked.data)[start : next_one or end]).removesuffix(b"\r\n\r\n")
    unpacked.drop(next_one or end)
    if agrees(_digest(head), longer):
        remark = f"its record says {end - start} bytes, but has {len(longer)}, as its digest shows"
        return Frame(number, offset, head, longer, remark=remark), True
    return Break(number, offset, f"{says}, but no record follows after them"), next_one is not None


def _digest(head: bytes) -> str | None:
    stated = _BLOCK_DIGEST.search(head)
    return stated[1].decode("ascii", "replace") if stated else None


def _of(head: bytes) -> str:
    """ " of https://…" for a record that says what it holds."""
    target = _TARGET.search(head)
    return f" of {storable(target[1].decode('utf-8', 'replace'))}" if target else ""


def _head(unpacked: Unpacked) -> bytes | str:
    """The headers of the record at the front with the blank line behind them, or what is wrong with them."""
    unpacked.fill(5)
    if not unpacked.data.startswith(b"WARC/"):
        return "there is no record where one should begin"
    seen = 0
    while (end := HEAD_END.search(unpacked.data, max(0, seen - 4), LONGEST_HEAD)) is None:
        seen = len(unpacked.data)
        if seen >= LONGEST_HEAD:
            return f"its headers have more than {LONGEST_HEAD} bytes"
        if not unpacked.fill(seen + 1):
            return f"{unpacked.failure or 'the file ends'} within its headers"
    return bytes(unpacked.data[: end.end()])


def _blank(unpacked: Unpacked, start: int) -> int:
    """How many line ends stand in `data` from `start` on."""
    blank = _BLANK.match(unpacked.data, start)
    return blank.end() - start if blank else 0


def _to_swallowed(unpacked: Unpacked, start: int, end: int) -> bool:
    """Goes to the record that seems to begin in the block from `start` to `end`, if there is one."""
    # Where each record has a gzip member, a page may hold whatever looks like a record.
    at = None if unpacked.record_a_member else find_record(unpacked.data, start, end, b"\n")
    if at is None:
        return False
    unpacked.drop(at)
    return True


def _passed_over(unpacked: Unpacked, frame: Frame, end: int, says: str) -> tuple[Frame | Break, bool]:
    """Goes through a block that is too large to keep."""
    left, first = end, 1
    while left > 0:
        if not unpacked.fill(1):
            held = max(0, end - left - len(frame.head))
            what = f"{says}, but {unpacked.failure or 'the file ends'} after {held}"
            return Break(frame.number, frame.offset, what), False
        part = min(left, len(unpacked.data))
        inner = unpacked.next_member(first, part)
        if inner is not None:
            held = max(0, end - left + inner - len(frame.head))
            unpacked.drop(inner)
            return Break(frame.number, frame.offset, f"{says}, but the next begins after {held}"), True
        unpacked.drop(part)
        left, first = left - part, 0
    return frame, True
