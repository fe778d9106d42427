"""The command that searches the whole record."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.console import err, in_words, out
from onrecord.cli.linking import IN_A_TABLE
from onrecord.cli.options import PORT, LedgerPath, Limit
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.ledger.searched import Order, Place
from onrecord.settings import Settings

SITE = f"http://127.0.0.1:{PORT}"
"""Where the links of a feed lead: the address under which `onrecord serve` shows the record."""


class SearchFormat(StrEnum):
    """How what is found is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    ATOM = "atom"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="search", no_args_is_help=True)(in_words(search))


def search(
    words: Annotated[
        list[str] | None, typer.Argument(help='Words, "a phrase", begin*; put -- before the first -without.')
    ] = None,
    *,
    ledger: LedgerPath,
    place: Annotated[Place, typer.Option("--in", help="Among which things.")] = Place.STATEMENTS,
    exact: Annotated[bool, typer.Option("--exact", help="Only these words, not what means the same.")] = False,
    actor: Annotated[str | None, typer.Option(help="Who said it: an id, or a part of a name.")] = None,
    country: Annotated[str | None, typer.Option(help="Of who said it: a state's name or two letters.")] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet that reported it.")] = None,
    act: Annotated[Act | None, typer.Option(help="What is done by saying it.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="How the words are rendered.")] = None,
    story: Annotated[str | None, typer.Option(help="Told in this story: its id, or that of a report in it.")] = None,
    origins: Annotated[int, typer.Option(min=1, help="From at least so many independent origins.")] = 1,
    said_since: Annotated[str | None, typer.Option(help="First told on this day or later.")] = None,
    said_until: Annotated[str | None, typer.Option(help="First told on this day or earlier.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Published on this day or earlier.")] = None,
    order: Annotated[Order, typer.Option(help="The best first, or by publication.")] = Order.BEST,
    format: Annotated[SearchFormat, typer.Option(help="How to print.")] = SearchFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """Search statements, utterances, reports and actors, by words, by meaning and by filters.

    What has all the words comes first, then what is near to them in meaning; each tells why it was found. Each line of
    JSON is that of the export of its kind with "found" behind it: {"by", "words", "nearness"}.

    Examples:

        onrecord search troops pulled back --ledger news.ledger

        onrecord search '"heavy price"' --in utterances --origins 2 --ledger news.ledger

        onrecord search withdraw --actor Halvik --since 2031-03-05 --format jsonl --ledger news.ledger

        onrecord search ceasefire --format atom --ledger news.ledger > ceasefire.xml
    """
    from onrecord.cli.tables import plain_table
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing.exports import json_lines
    from onrecord.publishing.searching import rows
    from onrecord.publishing.searching.feed import atom
    from onrecord.publishing.searching.form import read_search

    values = {
        "q": " ".join(words or ()),
        "in": place.value,
        "order": order.value,
        "exact": "1" if exact else "",
        "actor": actor,
        "country": country,
        "outlet": outlet,
        "act": act,
        "kind": kind,
        "story": story,
        "origins": str(origins),
        "said_since": said_since,
        "said_until": said_until,
        "since": since,
        "until": until,
    }
    with WeighedView(ledger, Settings.load()) as view:
        form = read_search({name: value or "" for name, value in values.items()}, view.story_id)
        if form.problems:
            name, problem = next(iter(form.problems.items()))
            raise typer.BadParameter(f"{name.replace('_', '-')}: {problem}")
        found = view.search(form.sought)
        match format:
            case SearchFormat.TABLE:
                cells = rows.found_cells(found, place, limit or IN_A_TABLE, form.order)
                table = plain_table(rows.TERMINAL_COLUMNS[place], cells, rows.WIDE[place])
                out.print(table)
                near = found.by_meaning(place)
                by = f", {near} by meaning" if near else ""
                err.print(f"{table.row_count} of {found.count(place)} {place.value}{by}", highlight=False)
            case SearchFormat.JSONL:
                sys.stdout.writelines(json_lines(rows.found_rows(found, place, limit=limit, order=form.order)))
            case SearchFormat.CSV:
                every = rows.found_rows(found, place, limit=limit, order=form.order)
                sys.stdout.writelines(rows.found_csv(every, place))
            case SearchFormat.ATOM:
                sys.stdout.write(atom(found, form, SITE))
