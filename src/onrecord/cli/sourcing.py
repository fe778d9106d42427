"""The commands of the sources file: what is watched, whether it can be, and lists of subscriptions in and out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.console import Exit, err, in_words, out, print_json, with_progress
from onrecord.cli.options import AsJson
from onrecord.errors import SettingsError

if TYPE_CHECKING:
    from onrecord.sources.checking import Checked
    from onrecord.sources.outlets import Outlet

SourcesPath = Annotated[
    Path, typer.Option("--sources", "-s", help="The sources file: onrecord.toml, or a list of subscriptions (OPML).")
]
USUAL = Path("onrecord.toml")

sources = typer.Typer(
    name="sources",
    help="Choose what is watched: outlets with their feeds and sitemaps, in onrecord.toml.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for name, command in (("list", list_), ("check", check), ("import", import_), ("export", export)):
        sources.command(name=name)(in_words(command))
    app.add_typer(sources)


def list_(sources: SourcesPath = USUAL, as_json: AsJson = False) -> None:
    """List the outlets of the sources file, with who publishes them and where they are found.

        [[outlet]]

        name = "The Eskmouth Courier"

        family = "Tidewater Press Group"     # its publisher: two outlets of one family are not two witnesses

        country = "GB"

        language = "en-GB"

        domains = ["eskmouthcourier.example"]

        feeds = ["https://eskmouthcourier.example/rss.xml"]

        sitemaps = ["https://eskmouthcourier.example/news.xml"]

        per_day = 40                         # about how many reports come a day

    Examples:

        onrecord sources list

        onrecord sources list --sources outlets.toml --json
    """
    from onrecord.cli.linking import print_table

    found = _outlets(sources)
    if as_json:
        print_json({"outlets": [asdict(one) for one in found]})
        return
    cells = (
        (
            one.name,
            "" if one.family == one.name else one.family,
            one.country or "",
            one.language or "",
            str(len(one.feeds) or ""),
            str(len(one.sitemaps) or ""),
            "" if one.per_day is None else f"{one.per_day:g}",
            ", ".join(one.hosts),
        )
        for one in found
    )
    columns = ("outlet", "family", "country", "language", "feeds", "sitemaps", "a day", "domains")
    print_table(columns, cells, ("outlet", "family", "domains"), len(found), "outlets")


def check(
    sources: SourcesPath = USUAL,
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="Let addresses of this machine through, for trying things out.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Try each feed and sitemap and say what is wrong with it: this fetches, politely, and puts nothing on a record.

    Told are addresses that are not found, are no feeds (with the feeds that the page links to), have no items or none
    of this week, items without dates or of other domains, fewer items a day than per_day says, what robots.txt
    forbids, what moved for good, and certificates that do not hold. The exit code is 1 when something is wrong.

    Examples:

        onrecord sources check

        onrecord sources check --sources outlets.toml --json
    """
    from onrecord.publishing.wording import counted
    from onrecord.sources.checking import checked
    from onrecord.sources.fetching import Fetcher

    found = _outlets(sources)
    if not found:
        raise SettingsError(f"{sources}: there are no outlets in it; write each as [[outlet]]")
    total = sum(len(one.feeds) + len(one.sitemaps) + 1 for one in found)
    told: list[Checked] = []
    with Fetcher(allow_loopback=allow_loopback) as fetcher:
        for one in with_progress(checked(found, fetcher.get), total, "trying"):
            told.append(one)
            if not as_json:
                _print_checked(one)
    wrong = sum(len(one.faults) for one in told)
    if as_json:
        print_json({"checked": [_checked_row(one) for one in told], "faults": wrong})
    else:
        tried = sum(one.address is not None for one in told)
        outcome = counted(wrong, "fault", "faults") if wrong else "nothing wrong"
        err.print(f"{counted(len(found), 'outlet', 'outlets')}, {tried} tried: {outcome}", highlight=False)
    if wrong:
        raise typer.Exit(Exit.FAULT)


def import_(
    opml: Annotated[Path, typer.Argument(help="A list of subscriptions (OPML), as feed readers export it.")],
    sources: SourcesPath = USUAL,
    folders: Annotated[
        bool,
        typer.Option("--folders/--no-folders", help="Whether a folder is the publisher of what lies in it."),
    ] = True,
) -> None:
    """Add the outlets of a list of subscriptions to the sources file; what stands there stays as it is.

    A folder becomes the family, the publisher, of the outlets in it. Where folders are topics say --no-folders: two
    outlets of one family are not two witnesses.

    Examples:

        onrecord sources import subscriptions.opml

        onrecord sources import subscriptions.opml --no-folders --sources outlets.toml
    """
    from onrecord.publishing.wording import counted
    from onrecord.sources.opml import outlets_of_opml
    from onrecord.sources.outlets import added, file_content, file_text, in_toml, outlets

    read = outlets_of_opml(file_content(opml), str(opml), folders=folders)
    text = file_text(sources) if sources.exists() else ""
    there = outlets(text, str(sources))
    new, kept = added(there, read.outlets)
    for line in (*read.faults, *kept):
        err.print(line, markup=False, highlight=False, soft_wrap=True)
    if new:
        between = "\n" if text.endswith("\n") else "\n\n" if text else ""
        whole = f"{text}{between}{in_toml(new)}"
        # Nothing is written that could not be read again.
        outlets(whole, str(sources))
        _write(sources, whole.encode("utf-8"))
    typer.echo(f"{counted(len(new), 'outlet', 'outlets')} added to {sources}, {len(there)} stood there")


def export(
    sources: SourcesPath = USUAL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; standard output else.")] = None,
) -> None:
    """Write the outlets as a list of subscriptions (OPML 2.0) for feed readers.

    It holds names, feeds, languages, a domain, and families as folders; not countries, sitemaps and what is expected a
    day.

    Examples:

        onrecord sources export -o subscriptions.opml
    """
    from onrecord.sources.opml import in_opml

    found = _outlets(sources)
    written = in_opml(found)
    if output is None:
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        _write(output, written)
    without = [one.name for one in found if not one.feeds]
    if without:
        names = ", ".join(without[:5]) + (f" and {len(without) - 5} more" if len(without) > 5 else "")
        err.print(f"left out, since they have no feed: {names}", markup=False, highlight=False, soft_wrap=True)


def _outlets(sources: Path) -> tuple[Outlet, ...]:
    """The outlets of a sources file; what of a list of subscriptions was left out is told on standard error."""
    from onrecord.sources.outlets import told_in

    found, faults = told_in(sources)
    for line in faults:
        err.print(line, markup=False, highlight=False, soft_wrap=True)
    return found


def _checked_row(one: Checked) -> dict[str, Any]:
    newest = None if one.newest is None else one.newest.isoformat()
    per_day = None if one.per_day is None else round(one.per_day, 2)
    return {**asdict(one), "newest": newest, "per_day": per_day}


def _print_checked(one: Checked) -> None:
    """A line for what was tried, and one below it for each thing that is wrong or worth knowing."""
    from onrecord.publishing.wording import counted

    if one.address is None and not one.faults and not one.remarks:
        return
    told = [counted(one.items, "item", "items")] if one.items is not None else []
    told += [f"the newest of {one.newest:%Y-%m-%d %H:%M}"] if one.newest else []
    told += [f"about {one.per_day:.1f} a day"] if one.per_day is not None else []
    mark = ("wrong  ", "bold red") if one.faults else ("good   ", "green")
    what = one.outlet if one.address is None else f"{one.outlet}: {one.address}"
    told_of = f"  {', '.join(told)}" if told and one.address else ""
    out.print(Text.assemble(mark, what, (told_of, "dim")), soft_wrap=True, highlight=False)
    for line in one.faults:
        out.print(Text.assemble("       - ", (line, "red")), soft_wrap=True, highlight=False)
    for line in one.remarks:
        out.print(Text.assemble("       . ", (line, "dim")), soft_wrap=True, highlight=False)


def _write(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all; one that is there keeps who may read it."""
    from onrecord.publishing.placing import beside

    with beside(path) as unfinished:
        unfinished.write_bytes(content)
        if path.exists():
            unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
