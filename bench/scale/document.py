"""Writes what was measured into docs/scale.md: each table between its markers, and the pictures beside it.

Between the markers nothing is written by hand, and outside of them stands no number that was measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "scale.md"
PICTURES = DOCUMENT.parent / "pictures"
_BLOCK = re.compile(r"(<!-- measured: (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(text: str, blocks: Mapping[str, str]) -> str:
    """The document with each block in its place.

    Raises:
        ValueError: when a block has no place, a place no block, or a name stands twice.
    """
    places = [found["name"] for found in _BLOCK.finditer(text)]
    if sorted(places) != sorted(blocks):
        wrong = sorted(set(places) ^ set(blocks)) or sorted({name for name in places if places.count(name) > 1})
        raise ValueError(f"the document and what is measured do not fit: {', '.join(wrong)}")
    return _BLOCK.sub(lambda found: f"{found[1]}{blocks[found['name']]}\n{found[3]}", text)
