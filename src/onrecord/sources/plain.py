"""Plain text: the text is kept exactly as decoded; a short first line above a blank one is its title."""

from __future__ import annotations

import re

from onrecord.sources.decoding import decoded
from onrecord.sources.furniture import is_furniture
from onrecord.sources.metadata import Extracted, one_line, storable

LONGEST_TITLE = 160

_TITLE = re.compile(r"\s*?(?P<title>[^\s\r\n][^\r\n]*)(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*\S")


def extract_plain(content: bytes, charset: str | None = None) -> Extracted:
    """The text and, when the first line looks like one, the title; the title stays in the text.

    Raises:
        InputError: "binary" or "not text".
    """
    text, remark = decoded(content, charset=charset)
    return Extracted(storable(text), "text", title=title_of(text), remarks=(remark,) if remark else ())


def title_of(text: str) -> str | None:
    """The first line when it is short, ends no sentence and a blank line follows.

    >>> title_of("Talks end in Geneva\\n\\nThe talks ended.")
    'Talks end in Geneva'
    >>> title_of("The talks ended.\\n\\nNobody was surprised.") is None
    True
    """
    match = _TITLE.match(text, 0, 4 * LONGEST_TITLE)
    if not match or len(match["title"]) > LONGEST_TITLE:
        return None
    line = match["title"].strip()
    # "The U.S." may end a headline, but a full stop ends a sentence far more often.
    if line.endswith((".", ",", ";", ":", '."', ".”", ',"', ",”")) or is_furniture(line):
        return None
    return one_line(line)
