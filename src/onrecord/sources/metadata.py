"""What goes with a text: outlet, title, author, address, publication time, language.

`Extracted` is what each format hands over; `Defaults` fill what an input lacks itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

LONGEST_FIELD = 1_000
"""A title, name or address longer than this many characters is cut: it is not one."""

# A lone surrogate cannot be written as UTF-8, and databases refuse U+0000: both become U+FFFD, one for one.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Defaults:
    """Metadata for inputs that do not carry it themselves; `published` must be aware of its time zone."""

    outlet: str | None = None
    published: datetime | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError("a default publication time needs a time zone")


NO_DEFAULTS = Defaults()


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text and metadata found in one capture; `remarks` go into the detail of the input."""

    text: str = field(repr=False)
    extractor: str
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: datetime | None = None
    published_is_day: bool = False
    language: str | None = None
    extra: str | None = None
    remarks: tuple[str, ...] = ()


def storable(text: str) -> str:
    """The text with what no database keeps (U+0000, lone surrogates) as U+FFFD; offsets stay.

    >>> storable("a\\x00b")
    'a\\ufffdb'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(value: object) -> str | None:
    """A metadata value as one line of text, or None when it is no text or blank.

    >>> one_line("  Two\\n words ")
    'Two words'
    """
    if not isinstance(value, str):
        return None
    return storable(" ".join(value[: 4 * LONGEST_FIELD].split()))[:LONGEST_FIELD].strip() or None


def web_address(value: object) -> str | None:
    """An http(s) address, or None: any other scheme would be a trap once it is printed as a link.

    >>> web_address("javascript:alert(1)") is None
    True
    """
    line = one_line(value)
    return line if line and re.match(r"https?://[^\s/]", line, re.IGNORECASE) and " " not in line else None
