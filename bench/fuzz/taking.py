"""What is done with a case of a kind, and what it is held to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onrecord.domain.reports import Input, Report
from onrecord.errors import InputError, SettingsError
from onrecord.settings import Settings
from onrecord.sources import gather, text_of
from onrecord.sources.feeds import feed_in
from onrecord.sources.metadata import LONGEST_FIELD, web_address
from onrecord.sources.outlets import outlets
from onrecord.weighing.hypotheses import definitions as matrices
from onrecord.weighing.indicators.definitions import definitions as indicators

REASONS = frozenset({
    *("empty", "no words", "no text", "no article text", "bad JSON", "not an object", "binary", "not text"),
    *("too large", "too long", "damaged gzip", "unreadable", "unsupported format", "damaged PDF", "too many pages"),
    *("too slow", "encrypted", "not pages", "damaged archive", "wrong digest", "unverified package"),
})  # fmt: skip
"""What `gather` documents, apart from "language: xx" and what only places have."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of input; `suffix` is that of the files that failing cases are written to."""

    suffix: str
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]
    take: Callable[[bytes, Path], None]


def gathered(suffix: str) -> Callable[[bytes, Path], None]:
    """Takes a case as `onrecord read` takes a file, and holds what comes out to what is promised."""

    def take(content: bytes, folder: Path) -> None:
        path = folder / f"case{suffix}"
        path.write_bytes(content)
        given = 0
        for one in gather([path], Settings()):
            _hold(one)
            given += 1
        assert given, "the input was lost: neither a report nor a reason"

    return take


def _hold(given: Input) -> None:
    assert (given.report is None) is (given.reason is not None), "neither or both of report and reason"
    for told in (given.name, given.place, given.detail):
        assert "\0" not in told, "a zero character is handed on"
        told.encode("utf-8")
    # What runs out of memory inside a parser comes out as damage of the page.
    assert "MemoryError" not in given.detail, given.detail
    if given.reason is not None:
        assert given.reason in REASONS or given.reason.startswith("language: "), f"no documented reason: {given.reason}"
    if given.report is not None:
        _hold_report(given.report)
        assert given.capture is not None
        # The text is taken out twice for one case in sixteen only: it is what takes longest.
        if given.capture.sha256[0] == "0":
            again = text_of(given.capture.content, given.capture.media_type)
            assert again == given.report.text, "the text is another one when it is taken out again"


def _hold_report(report: Report) -> None:
    for told in (report.text, report.title, report.author, report.outlet, report.url, report.language, report.extra):
        if told is not None:
            assert "\0" not in told, "a zero character is handed on"
            told.encode("utf-8")
    for told in (report.title, report.author, report.outlet, report.url):
        assert told is None or 0 < len(told) <= LONGEST_FIELD, "a field is blank or too long"
        assert told is None or told == " ".join(told.split()), "a field is not one line"
    assert report.url is None or web_address(report.url) == report.url, "an address that is none of the web"
    assert report.published is None or report.published.utcoffset() is not None, "a time without a zone"
    end = 0
    for mark in report.marks:
        assert end <= mark.span.start < mark.span.end <= len(report.text), "marks that overlap or lie outside"
        end = mark.span.end


def settings_file(content: bytes, folder: Path) -> None:
    """Takes a case as each of the files in TOML; SettingsError is what they may raise."""
    path = folder / "onrecord.toml"
    path.write_bytes(content)
    with suppress(SettingsError):
        Settings.load(folder, {})
    text = content.decode("utf-8", "replace")
    for definitions in (indicators, matrices):
        with suppress(SettingsError):
            definitions(text, "case.toml")


def feed(content: bytes, folder: Path) -> None:
    """Takes a case as the answer of a feed's address; InputError is what it may raise."""
    with suppress(InputError):
        found = feed_in(content, "https://courier.example/feeds/all.xml", None)
        for item in found.items:
            assert web_address(item.address) is not None, "an item's address is none of the web"
            for told in (item.title, item.author, item.summary, item.source):
                assert told is None or told == " ".join(told.split()), "a field is not one line"
            for when in (item.published, item.updated):
                assert when is None or when.utcoffset() is not None, "a time without a zone"


def sources_file(content: bytes, folder: Path) -> None:
    """Takes a case as a sources file; SettingsError is what it may raise."""
    with suppress(SettingsError):
        outlets(content.decode("utf-8", "replace"), "case.toml")
