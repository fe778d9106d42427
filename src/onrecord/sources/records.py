"""JSON records: one object with a text and its metadata; keys that have no field here are kept as JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError
from onrecord.sources.decoding import decoded
from onrecord.sources.metadata import Extracted, one_line, storable, web_address
from onrecord.sources.times import parse_published

# Keys in order of preference, compared without case, "-" as "_". The first is onrecord's own; the others are those of
# NewsAPI, news-please, schema.org's NewsArticle and common data sets.
_KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uuid", "guid", "article_id"),
    "outlet": (
        "outlet",
        "source",
        "publisher",
        "publication",
        "site_name",
        "sitename",
        "source_name",
        "newspaper",
        "source_domain",
        "domain",
    ),
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "creator"),
    "url": ("url", "link", "permalink", "canonical_url"),
    "published": (
        "published",
        "published_at",
        "publishedat",
        "date_published",
        "datepublished",
        "publish_date",
        "date_publish",
        "publication_date",
        "pub_date",
        "pubdate",
        "date",
    ),
    "language": ("language", "lang", "inlanguage"),
    "text": (
        "text",
        "body",
        "content",
        "article",
        "maintext",
        "full_text",
        "fulltext",
        "article_text",
        "article_body",
        "articlebody",
        "content_original",
    ),
}


_FIELDS = {name: field for field, names in _KEYS.items() for name in names}


def field_of(key: str) -> str | None:
    """What a key of a record, or a column of a table, means to a report; None where it means nothing.

    >>> field_of("Date-Publish"), field_of("MainText"), field_of("score")
    ('published', 'text', None)
    """
    return _FIELDS.get(key.lower().replace("-", "_"))


def load_record(content: bytes) -> tuple[dict[str, Any], str]:
    """The object in some bytes and a remark on its decoding.

    Raises:
        InputError: "bad JSON", "not an object", "not text", "binary".
    """
    text, remark = decoded(content)
    value = _loaded(text)
    if not isinstance(value, dict):
        raise InputError("not an object", f"the JSON holds {_kind(value)}")
    return value, remark


def record_name(content: bytes) -> str | None:
    """The id a record carries, or None; never raises for bad records."""
    try:
        record, _ = load_record(content)
    except InputError:
        return None
    value = _take(record, "id")[1]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**100 else None
    return one_line(value)


def elements(content: bytes) -> Iterator[bytes]:
    """The bytes of each element of a JSON array, exactly as they stand in it.

    Raises:
        InputError: "not text" for what is not UTF-8; "bad JSON" after the elements before the damage.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not text", f"a JSON array must be UTF-8: {error.reason}") from error
    decoder = json.JSONDecoder(parse_constant=_refuse)
    at = _skip_space(text, text.index("[") + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise InputError("bad JSON", _brief(error)) from error
        yield text[at:end].encode("utf-8")
        at = _skip_space(text, end)
        if text[at : at + 1] == "]":
            return
        if text[at : at + 1] != ",":
            raise InputError("bad JSON", f"no comma and no end of the array at character {at}")
        at = _skip_space(text, at + 1)


def is_array(content: bytes) -> bool:
    """Whether the bytes begin like an array of objects, whole or not; an array of numbers is no data set."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\[\s*[{\]]", content) is not None


def shape(content: bytes) -> type | None:
    """`dict`, `list`, or None for bytes that are not one whole JSON object or array."""
    try:
        value = _loaded(content.decode("utf-8-sig", "replace"))
    except InputError:
        return None
    return dict if isinstance(value, dict) else list if isinstance(value, list) else None


def extract_record(content: bytes) -> Extracted:
    """The text and metadata of one record.

    A publication time that is not understood, an address that is not http(s) and all unknown keys go to `extra`.

    Raises:
        InputError: "bad JSON", "not an object", "no text", "not text", "binary".
    """
    record, remark = load_record(content)
    remarks = [remark] if remark else []
    left = dict(record)

    def take(field: str) -> Any:
        key, value = _take(record, field)
        if key is not None:
            left.pop(key, None)
        return value

    text_key, text = _take_text(record)
    if text_key is None or not isinstance(text, str) or not text.strip():
        raise InputError("no text", "" if text_key is None else f"{text_key!r} holds {_kind(text)}")
    left.pop(text_key)
    take("id")
    outlet, title, author = _names(take("outlet")), one_line(take("title")), _names(take("author"))
    language = one_line(take("language"))
    url_key, given_url = _take(record, "url")
    url = web_address(given_url)
    if url_key is not None and (url is not None or given_url in (None, "")):
        left.pop(url_key, None)
    published_key, given_time = _take(record, "published")
    when = parse_published(given_time)
    if published_key is not None and (when is not None or given_time in (None, "")):
        left.pop(published_key, None)
    elif published_key is not None:
        remarks.append(f"publication time not understood: {_brief(given_time)}")
    return Extracted(
        storable(text),
        "json",
        outlet=outlet,
        title=title,
        author=author,
        url=url,
        published=when[0] if when else None,
        published_is_day=when[1] if when else False,
        language=language,
        extra=storable(json.dumps(left, ensure_ascii=False, sort_keys=True)) if left else None,
        remarks=tuple(remarks),
    )


def _take(record: dict[str, Any], field: str) -> tuple[str | None, Any]:
    """The first key for a field that holds something, with its value."""
    by_name = {key.lower().replace("-", "_"): key for key in reversed(list(record))}
    empty: str | None = None
    for name in _KEYS[field]:
        key = by_name.get(name)
        if key is None:
            continue
        if record[key] not in (None, "", [], {}):
            return key, record[key]
        empty = empty or key
    return empty, None


def _take_text(record: dict[str, Any]) -> tuple[str | None, Any]:
    key, value = _take(record, "text")
    # {"article": {"body": …}} and the like: only what is plainly a text counts.
    if isinstance(value, str) or key is None:
        return key, value
    by_name = {name.lower().replace("-", "_"): name for name in reversed(list(record))}
    for name in _KEYS["text"]:
        other = by_name.get(name)
        if other is not None and isinstance(record[other], str) and record[other].strip():
            return other, record[other]
    return key, value


def _names(value: object) -> str | None:
    """A name out of a string, an object with a name, or a list of those, joined by "; "."""
    if isinstance(value, dict):
        return one_line(value.get("name"))
    if isinstance(value, list):
        return one_line("; ".join(name for name in map(_names, value[:50]) if name))
    return one_line(value)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise InputError("bad JSON", _brief(error)) from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _skip_space(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at


def _kind(value: object) -> str:
    kinds = {str: "a blank text", list: "an array", dict: "an object", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), "a number")


def _brief(value: object) -> str:
    if isinstance(value, RecursionError):
        return "nested too deeply"
    text = storable(" ".join(str(value)[:400].split()))
    return text if len(text) <= 120 else text[:119] + "…"
