"""What comes out of an archive: captures that are still to become reports, among inputs that ended here."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.domain.reports import Capture


@dataclass(frozen=True, slots=True)
class Taken:
    """The capture of one page or row; `url` is what the archive says of it, and `remarks` what was not clean."""

    name: str
    capture: Capture
    url: str | None = None
    remarks: tuple[str, ...] = ()
