"""A search as an Atom feed (RFC 4287): what came on the record last of what it finds, for any feed reader.

An entry's id is made of what it is about and stays; its time is that of the entry on the record. Text is plain text,
escaped; characters that XML 1.0 cannot hold are replaced.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from onrecord.ledger.searched import Found, FoundStatement, Place
from onrecord.ledger.searching import Search
from onrecord.ledger.view import ReportHead
from onrecord.publishing.exports import joined
from onrecord.publishing.searching.form import SearchForm
from onrecord.publishing.searching.pages import why_words
from onrecord.publishing.wording import for_xml, iso_time, shortened, speaker_words, when

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
ENTRIES: Final = 50
_ATOM: Final = "http://www.w3.org/2005/Atom"
_LONGEST_TITLE: Final = 160
# What turns the direction of writing would reach beyond its entry in a reader's list.
_TURNS: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def atom(search: Search, form: SearchForm, site: str) -> str:
    """The feed of a search; `site` is the address under which the pages stand, without a slash at its end.

    Statements, or reports where reports are looked for, the last to come on the record first.
    """
    query = form.query(as_=None, order=None)
    feed = ET.Element("feed", {"xmlns": _ATOM})
    _put(feed, "id", _id(f"search?{query}"))
    _put(feed, "title", f"On record: {search_title(form)}")
    _put(feed, "subtitle", "That something was said is shown; that it is true is not.")
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{site}/search.atom?{query}"})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{site}/search?{query}"})
    _put(feed, "generator", "onrecord")
    author = ET.SubElement(feed, "author")
    _put(author, "name", "onrecord")
    updated = ET.SubElement(feed, "updated")
    latest: list[datetime] = []
    if form.place is Place.REPORTS:
        for found, recorded in search.recorded_reports(ENTRIES):
            _report(feed, found, recorded, site)
            latest.append(recorded)
    else:
        for one in search.recorded(ENTRIES):
            _statement(feed, one, site)
            latest.append(one.what.recorded.recorded)
    updated.text = iso_time(max(latest, default=None) or search.newest())
    ET.indent(feed, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def search_title(form: SearchForm) -> str:
    """What a search asks for, in a few words."""
    parts = [form["q"], *(f"{name.replace('_', ' ')} {value}" for name, value in form.given.items() if name in _TOLD)]
    return _plain(shortened(", ".join(part for part in parts if part), _LONGEST_TITLE)) or "everything"


_TOLD: Final = ("actor", "country", "outlet", "act", "kind", "origins", "said_since", "said_until", "since", "until")


def _statement(feed: ET.Element, found: Found[FoundStatement], site: str) -> None:
    recorded = found.what.recorded
    statement, report = recorded.statement, recorded.report
    speaker = speaker_words(statement.speaker, joined(recorded.source))
    words = joined(recorded.content)
    entry = ET.SubElement(feed, "entry")
    _put(entry, "id", _id(f"statement:{statement.id}"))
    _put(entry, "title", shortened(f"{speaker}: {words}", _LONGEST_TITLE))
    _put(entry, "updated", iso_time(recorded.recorded) or "")
    if report.published is not None:
        _put(entry, "published", iso_time(report.published) or "")
    author = ET.SubElement(entry, "author")
    _put(author, "name", speaker)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{site}/statements/{statement.id}"})
    for act in statement.acts:
        ET.SubElement(entry, "category", {"term": act.value})
    _put(entry, "content", _paragraphs(words, _where(report), why_words(found.why)), type="text")


def _report(feed: ET.Element, found: Found[ReportHead], recorded: datetime, site: str) -> None:
    report = found.what
    entry = ET.SubElement(feed, "entry")
    _put(entry, "id", _id(f"report:{report.id}"))
    _put(entry, "title", shortened(report.title or report.input, _LONGEST_TITLE))
    _put(entry, "updated", iso_time(recorded) or "")
    if report.published is not None:
        _put(entry, "published", iso_time(report.published) or "")
    author = ET.SubElement(entry, "author")
    _put(author, "name", report.author or report.outlet or "author not stated")
    address = f"{site}/reports/{quote(report.id, safe='')}"
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _put(entry, "summary", _paragraphs(_where(report), why_words(found.why)), type="text")


def _where(report: ReportHead) -> str:
    outlet = shortened(report.outlet, 100) if report.outlet else "outlet not stated"
    title = shortened(report.title or report.input, _LONGEST_TITLE)
    return f"{outlet}, {when(report.published, report.published_is_day).words}: {title}"


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _put(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _plain(text)


def _plain(text: str) -> str:
    return _TURNS.sub("", for_xml(text))


def _id(about: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'onrecord:{about}')}"
