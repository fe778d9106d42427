"""The command that watches: feeds and pages onto the record as they are published."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from onrecord.cli.console import err, in_words, out, print_json
from onrecord.cli.options import AsJson, LedgerPath
from onrecord.cli.sourcing import USUAL, SourcesPath
from onrecord.errors import SettingsError
from onrecord.places import Place
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.watching import Event, Watch

TROUBLES = 20
"""Troubles that --status tells of."""
_STYLES = {"read": "green", "changed": "yellow", "gone": "yellow", "skipped": "dim", "trouble": "red"}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="watch", no_args_is_help=True)(in_words(watch))


def watch(
    ledger: LedgerPath,
    sources: SourcesPath = USUAL,
    once: Annotated[
        bool, typer.Option("--once", help="Do everything that is due now and end: for cron or a timer.")
    ] = False,
    every: Annotated[
        str | None, typer.Option(help="Look at each feed this often, as 10m or 1h; in its own rhythm unless told.")
    ] = None,
    again: Annotated[str, typer.Option(help="Look at a page again so long after it was first read.")] = "1h,1d,7d",
    days: Annotated[
        float, typer.Option(min=0.01, help="Pass over articles published longer ago than so many days.")
    ] = 30,
    link: Annotated[bool, typer.Option("--link/--no-link", help="Link and weigh what was read.")] = True,
    agent: Annotated[
        str | None, typer.Option(help="How to call ourselves, as 'my-desk/1.0 (+https://…)'.", envvar="ONRECORD_AGENT")
    ] = None,
    pause: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host, at least.")] = 1.0,
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="Let addresses of this machine through, for trying things out.")
    ] = False,
    status: Annotated[bool, typer.Option("--status", help="Tell how the watch stands, and fetch nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Watch feeds, and put what they publish on the record as it comes: this fetches, politely.

    The sources file names the outlets (`onrecord sources list --help` shows how). Each new article is fetched, read,
    linked and weighed; each page is looked at again after an hour, a day and a week, and another text is put beside the
    first one. Every answer is kept, with its request, in an archive beside the ledger.

    Stop it at any time and start it again: it goes on where it was, and fetches nothing twice. One line tells of each
    thing that happens, with --json one object.

    Examples:

        onrecord watch --sources onrecord.toml --ledger news.ledger

        onrecord watch --once --ledger news.ledger

        onrecord watch --status --ledger news.ledger

        python examples/newsroom --sources newsroom.toml && python examples/newsroom &

        onrecord watch --sources newsroom.toml --allow-loopback --every 5s --again 3s,1m,7m --ledger try.ledger
    """
    if status:
        _print_status(ledger, as_json=as_json)
        return
    from onrecord.custody.places import captures_folder
    from onrecord.custody.writing import CaptureArchive
    from onrecord.reading.readers import load_reader
    from onrecord.sources.fetching import AGENT, Fetcher
    from onrecord.sources.outlets import outlets_in
    from onrecord.watching import Rhythm, Watch
    from onrecord.watching.rhythm import length

    outlets = outlets_in(sources)
    if not any(outlet.feeds or outlet.sitemaps for outlet in outlets):
        raise SettingsError(f"{sources} names no feed and no sitemap; see `onrecord sources list --help`")
    rhythm = Rhythm(
        every=None if every is None else length(every),
        again=tuple(sorted(length(one) for one in again.split(","))) if again.strip() else (),
    )
    settings = replace(Settings.load(), families={outlet.name: outlet.family for outlet in outlets})

    def fetcher() -> Fetcher:
        return Fetcher(agent=agent or AGENT, allow_loopback=allow_loopback, pause=pause)

    with Watch(
        ledger,
        outlets,
        fetcher,
        lambda: load_reader(threads=settings.threads),
        settings,
        rhythm=rhythm,
        archive=CaptureArchive(captures_folder(ledger)),
        days=days,
        linking=link,
    ) as watched:
        if not as_json:
            feeds = sum(len(outlet.feeds) + len(outlet.sitemaps) for outlet in outlets)
            err.print(f"watching {feeds} feeds of {len(outlets)} outlets; Ctrl+C ends it", highlight=False)
        with _stopping(watched):
            for event in watched.run(once=once):
                _print_event(event, as_json=as_json)


@contextmanager
def _stopping(watched: Watch) -> Iterator[None]:
    """Lets the first Ctrl-C or TERM end the loop where nothing is half done, and the second end it at once."""

    def end(_number: int, _frame: object) -> None:
        watched.stop()
        err.print("ending; once more ends it at once", highlight=False)
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        restore()


def _print_event(event: Event, *, as_json: bool) -> None:
    if as_json:
        print_json(event.row())
        sys.stdout.flush()
        return
    what = event.what.value
    words = _words(event)
    if words is not None:
        line = Text.assemble((f"{event.at:%H:%M:%S} ", "dim"), (f"{what:<8}", _STYLES.get(what, "")), words)
        out.print(line, highlight=False, soft_wrap=True)


def _words(event: Event) -> str | None:
    """What is told of an event; None where a person would not want to know."""
    from onrecord.publishing.wording import counted, printable, shortened

    outlet, detail = event.outlet or "", shortened(event.detail, 200)
    match event.what.value:
        case "looked" if event.count:
            return printable(f"{outlet}: {counted(event.count, 'new address', 'new addresses')} in {event.address}")
        case "looked" | "same":
            return None
        case "read" | "changed":
            return printable(f"{outlet}: “{detail}”, {counted(event.count, 'statement', 'statements')}")
        case "linked":
            return f"and weighed {counted(event.count, 'report', 'reports')}"
        case _:
            told = f"{event.address} ({outlet}): {detail}" if outlet else f"{event.address} {detail}".strip()
            return printable(told)


def _print_status(ledger: Place, *, as_json: bool) -> None:
    from onrecord.cli.linking import print_table
    from onrecord.publishing.wording import printable, shortened
    from onrecord.watching import State

    with State(ledger, create=False) as state:
        feeds, stages, troubles = state.feeds(), state.stages(), state.troubles(TROUBLES)
    if as_json:
        print_json(
            {
                "feeds": [
                    {
                        "address": one.address,
                        "outlet": one.outlet,
                        "looked": None if one.looked is None else one.looked.isoformat(timespec="seconds"),
                        "due": one.due.isoformat(timespec="seconds"),
                        "items": one.items,
                        "failures": one.failures,
                        "problem": one.problem,
                    }
                    for one in feeds
                ],
                "pages": {stage.value: count for stage, count in stages.items()},
                "troubles": [
                    {"at": at.isoformat(timespec="seconds"), "address": address, "detail": detail}
                    for at, address, detail in troubles
                ],
            }
        )
        return
    cells = (
        (
            printable(one.outlet),
            printable(one.address),
            "" if one.looked is None else f"{one.looked:%d %b %H:%M}",
            f"{one.due:%d %b %H:%M}",
            str(one.items),
            printable(shortened(one.problem or "", 120)),
        )
        for one in feeds
    )
    columns = ("outlet", "feed", "looked at", "due", "items", "problem")
    print_table(columns, cells, ("feed", "problem"), len(feeds), "feeds")
    pages = ", ".join(f"{count} {stage.value}" for stage, count in sorted(stages.items()))
    out.print(f"pages: {pages or 'none'}", highlight=False)
    for at, address, detail in troubles:
        out.print(printable(f"{at:%d %b %H:%M:%S}  {address}  {shortened(detail, 160)}"), markup=False, soft_wrap=True)
