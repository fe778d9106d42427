"""One file read, and set beside what its collection says."""

from __future__ import annotations

import json
import re
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any
from xml.parsers import expat

from bench.feeds.expected import Wanted
from onrecord.errors import InputError
from onrecord.sources.feeds.items import Drafted
from onrecord.sources.feeds.telling import drafts_in

NOW = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


@dataclass(slots=True)
class Tally:
    """What came out of one collection."""

    counted: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[str, str, str, str]] = field(default_factory=list)
    """File, field, what is expected, what came out."""


def compare(wanted: Wanted, tally: Tally) -> None:
    """Reads one file and counts; a traceback counts as no answer."""
    well_formed = is_well_formed(wanted.content)
    tally.counted["files"] += 1
    tally.counted["well-formed" if well_formed else "broken"] += 1
    try:
        found = drafts_in(wanted.content, wanted.address, None, now=NOW)
        found.finished()
    except InputError as error:
        tally.counted["answered"] += not well_formed
        if well_formed and wanted.items:
            tally.counted["items expected"] += wanted.items
            tally.differences.append((wanted.name, "items", str(wanted.items), str(error)))
        return
    except Exception:
        tally.differences.append((wanted.name, "items", "an answer", traceback.format_exc(limit=-1)))
        return
    tally.counted["answered"] += not well_formed
    if not well_formed:
        return
    _items(wanted, found, tally)
    for number, name, expected in wanted.values:
        if number < len(found.drafts):
            _value(wanted, tally, name, expected, found.drafts[number])


def _items(wanted: Wanted, found: Drafted, tally: Tally) -> None:
    drafts = len(found.drafts)
    # Where a collection says nothing of how many there are, its elements are counted.
    least = max(wanted.items or 0, 0 if wanted.exactly else items_in(wanted.content))
    tally.counted["items expected"] += least
    tally.counted["items found"] += min(drafts, least)
    tally.counted["with an address"] += sum(one.address is not None for one in found.drafts[:least])
    if drafts != least:
        tally.differences.append((wanted.name, "items", str(least), str(drafts)))


def _value(wanted: Wanted, tally: Tally, name: str, expected: Any, draft: Any) -> None:
    got = draft.address if name == "link" else getattr(draft, name)
    group = {"title": "titles", "link": "links", "guid": "ids"}.get(name, "dates")
    tally.counted[group] += 1
    same = got == expected or (isinstance(expected, str) and _same_words(name, expected, got))
    tally.counted[f"{group} equal"] += same
    if not same:
        tally.differences.append((wanted.name, name, str(expected), str(got)))


def _same_words(name: str, expected: str, got: str | None) -> bool:
    """A title is the same where only its markup is gone; nothing is the same as blank."""
    if name != "title":
        return expected.strip() == (got or "")
    without = unescape(re.sub(r"<[^<>]*>", "", expected))
    return (got or "") in (" ".join(expected.split()), " ".join(unescape(expected).split()), " ".join(without.split()))


def items_in(content: bytes) -> int:
    """How many elements are items by their name, or items of a JSON Feed."""
    if content.lstrip()[:1] in (b"{", b"["):
        feed = json.loads(content)
        return len(feed["items"]) if isinstance(feed, dict) and isinstance(feed.get("items"), list) else 0
    counted: Counter[str] = Counter()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: counted.update([name.rpartition(" ")[2].lower()])
    parser.Parse(content, True)
    return counted["item"] + counted["entry"] + counted["url"] * (counted["urlset"] > 0)


def is_well_formed(content: bytes) -> bool:
    """Whether a parser of XML or of JSON takes it as it is."""
    if content.lstrip()[:1] in (b"{", b"["):
        try:
            json.loads(content)
        except ValueError:
            return False
        return True
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True
