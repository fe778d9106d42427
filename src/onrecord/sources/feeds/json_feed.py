"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from onrecord.errors import InputError
from onrecord.sources.feeds.addresses import resolved
from onrecord.sources.feeds.fields import each_once, identifier, language_tag, moment, plain
from onrecord.sources.feeds.items import (
    LONGEST_NAME,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_AUTHORS,
    MOST_CATEGORIES,
    MOST_ITEMS,
    Draft,
    Drafted,
    Kind,
)

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.[0-9]+)?/?", re.IGNORECASE)

_OF_ITEMS = frozenset(("id", "url", "external_url", "content_text", "content_html"))


def json_feed(text: str, address: str, now: datetime) -> Drafted:
    """What a JSON Feed holds; an object with a list of items counts as one even where it names no version.

    Raises:
        InputError: "bad JSON", "nested too deep", "not a feed".
    """
    try:
        # Numbers stand for nothing here but ids: as text none is too long to read.
        feed = json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        raise InputError("nested too deep", "lists and objects inside each other") from None
    except ValueError as error:
        raise InputError("bad JSON", str(error)) from error
    if not isinstance(feed, dict) or not isinstance(items := feed.get("items"), list):
        raise InputError("not a feed", "this JSON has no list of items")
    version = feed.get("version")
    named = isinstance(version, str) and _VERSION.fullmatch(version.strip())
    if not named and not any(isinstance(one, dict) and not _OF_ITEMS.isdisjoint(one) for one in items):
        raise InputError("not a feed", "this JSON names no version of JSON Feed")
    found = Drafted(Kind.JSON, plain(feed.get("title"), LONGEST_TITLE))
    if not named:
        found.faults.tell("no version of JSON Feed is named")
    if len(items) > MOST_ITEMS:
        found.faults.tell(f"more than {MOST_ITEMS:,} items; those beyond were left out")
    language = language_tag(feed.get("language"))
    for one in items[:MOST_ITEMS]:
        if isinstance(one, dict):
            found.drafts.append(_draft(one, address, _author(feed), language, found, now))
        else:
            found.faults.tell("an item is no object")
    return found


def _draft(
    item: dict[str, Any], address: str, author: str | None, language: str | None, found: Drafted, now: datetime
) -> Draft:
    guid = identifier(item.get("id"))
    link = resolved(item.get("url"), address)
    if link is None and guid and re.match(r"https?://", guid, re.IGNORECASE):
        link = resolved(guid, address)
    external = resolved(item.get("external_url"), address)
    html = plain(item.get("content_html"), LONGEST_SUMMARY, markup=True)
    tags = item.get("tags")
    names = [plain(one, LONGEST_NAME) for one in tags[:MOST_CATEGORIES]] if isinstance(tags, list) else []
    return Draft(
        address=link or external,
        guid=guid,
        title=plain(item.get("title"), LONGEST_TITLE),
        published=moment(item.get("date_published"), None, found.faults, now),
        updated=moment(item.get("date_modified"), None, found.faults, now),
        author=_author(item) or author,
        summary=plain(item.get("summary"), LONGEST_SUMMARY) or plain(item.get("content_text"), LONGEST_SUMMARY) or html,
        source_address=external if link else None,
        categories=each_once(names),
        language=language_tag(item.get("language")) or language,
    )


def _author(thing: dict[str, Any]) -> str | None:
    """The names of the authors; version 1.0 has one `author`, 1.1 a list of `authors`."""
    several = thing.get("authors")
    rows = several if isinstance(several, list) else [thing.get("author")]
    names = [plain(row.get("name"), LONGEST_NAME) for row in rows[:MOST_AUTHORS] if isinstance(row, dict)]
    return plain(", ".join(each_once(names)), LONGEST_NAME)
