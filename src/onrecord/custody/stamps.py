"""Time stamps kept beside a ledger: for each the authority's answer as it came, and what it was asked about.

`0000000392-3f0c…-9ab1….tsr` is the answer (RFC 3161), which other programs check too:

    printf %s HEAD | openssl ts -verify -data /dev/stdin -in FILE.tsr -CAfile ca.pem

`….json` beside it tells the entry of the chain, its hash (the head that was stamped, as hexadecimal digits), and the
authority's address. A stamp never becomes part of the chain, which it would change.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from onrecord.domain.ids import sha256
from onrecord.errors import CapturesUnwritable, StampRefused

LARGEST_ANSWER: Final = 200_000
"""Bytes of an authority's answer; those in use have about six thousand."""
_LARGEST_FACTS: Final = 10_000
_NAME: Final = re.compile(r"[0-9]{1,20}-[0-9a-f]{12}-[0-9a-f]{8}")
_HEAD: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The answer of an authority about the hash of one entry of a chain, its `head` at the time."""

    entry: int
    head: str
    authority: str
    answer: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """What its files are called, without their endings."""
        return f"{self.entry:010}-{self.head[:12]}-{sha256(self.answer)[:8]}"

    @property
    def message(self) -> bytes:
        """What the authority was given the SHA-256 of."""
        return self.head.encode("ascii")


def keep(folder: Path, stamp: Stamp) -> Path:
    """Writes a stamp into the folder, which is made where it is missing; returns the place of the answer.

    Raises:
        CapturesUnwritable: when nothing can be written there.
    """
    facts = {"entry": stamp.entry, "head": stamp.head, "authority": stamp.authority}
    place = folder / f"{stamp.name}.tsr"
    try:
        folder.mkdir(exist_ok=True)
        # The answer comes last: without it the facts claim nothing.
        for path, content in (
            (place.with_suffix(".json"), json.dumps(facts, indent=1).encode("utf-8") + b"\n"),
            (place, stamp.answer),
        ):
            with path.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
    except OSError as error:
        raise CapturesUnwritable(f"{place} cannot be written: {error.strerror or error}") from error
    return place


def kept(folder: Path) -> Iterator[tuple[str, Stamp | StampRefused]]:
    """The stamps in a folder by the names of their files, in the order of the entries; what is none says why."""
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.tsr")):
        try:
            yield path.name, _read(path)
        except StampRefused as error:
            yield path.name, error


def _read(path: Path) -> Stamp:
    if not _NAME.fullmatch(path.stem):
        raise StampRefused("has a name that no stamp of ours has")
    try:
        size = path.stat().st_size
        if size > LARGEST_ANSWER:
            raise StampRefused(f"is larger than any stamp: {size:,} bytes")
        beside = path.with_suffix(".json")
        if not beside.is_file() or beside.stat().st_size > _LARGEST_FACTS:
            raise StampRefused(f"stands alone: {beside.name}, which tells what was stamped, is not there")
        answer, facts = path.read_bytes(), json.loads(beside.read_bytes())
        found = Stamp(facts["entry"], facts["head"], facts["authority"], answer)
        if not (isinstance(found.entry, int) and isinstance(found.authority, str) and _HEAD.fullmatch(found.head)):
            raise ValueError
    except OSError as error:
        raise StampRefused(f"cannot be read: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StampRefused(f"has beside it what no stamp of ours has: {path.with_suffix('.json').name}") from error
    return found
