"""Files of a ZIP that is the same, byte for byte, for the same content."""

from __future__ import annotations

import zipfile
from typing import Final

_ANCIENT: Final = (1980, 1, 1, 0, 0, 0)


def entry(path: str, *, packed: bool = True) -> zipfile.ZipInfo:
    """A file of a ZIP; without a time and rights of its own, so that the same content makes the same bytes."""
    made = zipfile.ZipInfo(path, _ANCIENT)
    made.create_system, made.external_attr = 3, 0o644 << 16
    made.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return made
