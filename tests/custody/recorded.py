"""A small ledger whose reports were fetched, with the exchanges beside it, and one report that was handed in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from onrecord.custody.places import captures_folder
from onrecord.custody.writing import CaptureArchive
from onrecord.domain.reports import Capture, Input, Report
from tests.custody.exchanges import PAGE, START, Exchanged, chunked, exchanged, gzipped
from tests.read_example import put

HOUR = timedelta(hours=1)
BRIDGE = "https://courier.example/bridge"
PLAIN = b"The ferry sails again, said Joren Halvik."


def exchanges() -> list[list[Exchanged]]:
    """As a watcher hands them over: the exchanges of one fetch together."""
    redirect = "Content-Length: 0\r\nLocation: /bridge\r\n"
    return [
        [exchanged("https://courier.example/old", b"", status="301 Moved", fields=redirect), exchanged(BRIDGE)],
        [gzipped(PAGE + b"packed")],
        [chunked(PAGE + b"chunks")],
        [exchanged("https://courier.example/feed.xml", b"<rss/>", fields="Content-Type: application/rss+xml\r\n")],
        [exchanged(BRIDGE, b"gone", status="404 Not Found", after=HOUR)],
    ]


def recorded(folder: Path) -> Path:
    """The ledger."""
    ledger = folder / "news.ledger"
    archive = CaptureArchive(captures_folder(ledger))
    for some in exchanges():
        archive.append(some)
    contents = {"bridge": PAGE, "packed": PAGE + b"packed", "chunks": PAGE + b"chunks"}
    read = [_fetched(f"https://courier.example/{name}", content) for name, content in contents.items()]
    page = Capture(PAGE + b"saved", "saved/page.html", "text/html")
    words = Capture(PLAIN, "ferry.txt", "text/plain")
    read += [
        _given("page.html", page, "https://ferryman.example/page"),
        _given("ferry.txt", words, "https://ferryman.example/ferry"),
    ]
    return put(ledger, [(one, ()) for one in read])


def _fetched(address: str, content: bytes) -> Input:
    return _given(address, Capture(content, address, "text/html; charset=utf-8", START), address)


def _given(name: str, capture: Capture, url: str) -> Input:
    text = f"Words of {url}"
    report = Report(capture.sha256, text, "The Courier", f"<b>{name}</b>", url=url, published=START, language="en")
    return Input(name, capture.place, capture, report)
