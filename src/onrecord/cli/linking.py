"""The commands that link a record and show what was linked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.console import err, in_words, out, print_json, print_text, with_progress
from onrecord.cli.options import AsJson, AsOf, ClusterAddress, LedgerPath, Limit, Workers, linked_view
from onrecord.places import Place
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.linkage import Linkage
    from onrecord.linkage.engines import Engine

IN_A_TABLE = 50
"""Rows of a table, unless told otherwise."""


class ListFormat(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSONL = "jsonl"


Printed = Annotated[ListFormat, typer.Option(help="How to print.")]


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for command in (link, utterances, utterance, actors, stories):
        app.command(name=command.__name__, no_args_is_help=True)(in_words(command))


def link(
    ledger: LedgerPath,
    again: Annotated[bool, typer.Option("--again", help="Forget what was linked and link everything anew.")] = False,
    workers: Workers = 1,
    cluster: ClusterAddress = None,
    as_json: AsJson = False,
) -> None:
    """Find who is who, what was said once and told often, which reports tell one story, and where they have it from.

    Only what is new on the record is linked; `read` does so too, unless told --no-link. What a person judged stands.
    Workers compare passages and reports ahead of the process that decides and writes; the result is the same with any
    number of them.

    Examples:

        onrecord link --ledger news.ledger

        onrecord link --ledger news.ledger --again --json

        onrecord link --ledger news.ledger --workers 4

        onrecord link --ledger news.ledger --cluster tcp://scheduler:8786
    """
    from onrecord.linkage.engines import engine_for

    if cluster is not None and workers > 1:
        raise typer.BadParameter("choose workers on this machine or a cluster, not both", param_hint="--workers")
    with engine_for(workers, cluster) as engine:
        result = link_all(ledger, Settings.load(), again=again, engine=engine).result()
    print_json(result.as_json()) if as_json else typer.echo(str(result))


def link_all(ledger: Place, settings: Settings, *, again: bool = False, engine: Engine | None = None) -> Linkage:
    """Links what waits, or everything anew, with a bar on a terminal; the linkage is closed and tells its result."""
    from onrecord.linkage import Linkage
    from onrecord.linkage.engines import HERE

    with Linkage(ledger, settings, engine or HERE) as linkage:
        if again:
            linkage.forget()
        for _ in with_progress(linkage.run(), linkage.waiting() if err.is_terminal else None, "linking"):
            pass
    return linkage


def utterances(
    ledger: LedgerPath,
    actor: Annotated[str | None, typer.Option(help="Said by this actor: an id or a name.")] = None,
    text: Annotated[str | None, typer.Option(help="Words that stand in one of the renderings.")] = None,
    reports: Annotated[int, typer.Option(min=1, help="In at least so many reports.")] = 1,
    origins: Annotated[int, typer.Option(min=1, help="From at least so many independent origins.")] = 1,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List utterances, those with the most independent origins first.

    Copies do not count: reports that are not shown to be independent of each other are one origin. Each line of JSON is
    {"id", "actor", "said", "passages": [spans with outlet and published time], "origins", "differences", …}.

    Examples:

        onrecord utterances --ledger news.ledger --origins 2

        onrecord utterances --ledger news.ledger --actor "Joren Halvik" --text withdraw

        onrecord utterances --ledger news.ledger --format jsonl > utterances.jsonl
    """
    from onrecord.ledger.linked_view import LinkedView
    from onrecord.publishing import linked_exports as exports

    with LinkedView(ledger, Settings.load()) as view:
        who = None if actor is None else view.actor_id(actor)
        if format is ListFormat.TABLE:
            shown = limit or IN_A_TABLE
            heads = view.utterances(actor=who, text=text, reports=reports, origins=origins, limit=shown)
            total = view.count_utterances(actor=who, text=text, reports=reports, origins=origins)
            print_table(exports.UTTERANCE_COLUMNS, map(exports.utterance_cells, heads), "words", total, "utterances")
            return
        heads = view.utterances(actor=who, text=text, reports=reports, origins=origins, limit=limit)
        print_lines(map(exports.utterance_row, view.whole_utterances(heads)))


def utterance(
    id: Annotated[str, typer.Argument(help="Of the utterance, or of a passage or statement of it.")],  # noqa: A002
    ledger: LedgerPath,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show one utterance: all its renderings, how each differs from the fullest, and why they are held to be one.

    The beginning of an id will do, six digits or more.

    Examples:

        onrecord utterance 3f09c2 --ledger news.ledger

        onrecord utterance 3f09c2 --ledger news.ledger --json

        onrecord utterance 3f09c2 --as-of 2031-03-05 --ledger news.ledger
    """
    from onrecord.publishing import linked_exports as exports

    with linked_view(ledger, as_of) as view:
        shown = view.utterance(id)
        if as_json:
            print_json(exports.utterance_row(shown))
            return
        print_text(exports.utterance_lines(shown))


def actors(
    ledger: LedgerPath,
    text: Annotated[str | None, typer.Option(help="Part of a name.")] = None,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List who speaks on the record, those with the most statements first.

    An actor whose id begins with "local:" is in no table: it was made for a name that reports give.

    Examples:

        onrecord actors --ledger news.ledger

        onrecord actors --ledger news.ledger --text minister --format jsonl
    """
    from onrecord.ledger.linked_view import LinkedView
    from onrecord.publishing import linked_exports as exports

    with LinkedView(ledger, Settings.load()) as view:
        if format is ListFormat.TABLE:
            rows = view.actors(text=text, limit=limit or IN_A_TABLE)
            total = view.count_actors(text=text)
            print_table(exports.ACTOR_COLUMNS, map(exports.actor_cells, rows), "actor", total, "actors")
            return
        print_lines(map(exports.actor_row, view.actors(text=text, limit=limit)))


def stories(
    ledger: LedgerPath,
    text: Annotated[str | None, typer.Option(help="Words of the title.")] = None,
    reports: Annotated[int, typer.Option(min=1, help="With at least so many reports.")] = 1,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List stories, the newest first: reports of one happening.

    Each line of JSON is {"id", "title", "reports": [{"report", "input", "outlet", "published"}], …}.

    Examples:

        onrecord stories --ledger news.ledger --reports 2

        onrecord stories --ledger news.ledger --format jsonl
    """
    from onrecord.ledger.linked_view import LinkedView
    from onrecord.publishing import linked_exports as exports

    with LinkedView(ledger, Settings.load()) as view:
        if format is ListFormat.TABLE:
            heads = view.stories(text=text, reports=reports, limit=limit or IN_A_TABLE)
            total = view.count_stories(text=text, reports=reports)
            print_table(exports.STORY_COLUMNS, map(exports.story_cells, heads), "title", total, "stories")
            return
        heads = view.stories(text=text, reports=reports, limit=limit)
        print_lines(map(exports.story_row, view.whole_stories(heads)))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], wide: str | tuple[str, ...], total: int, things: str
) -> None:
    """Prints a table for people, and how many things there are; the columns in `wide` share what is left."""
    from onrecord.cli.tables import plain_table

    table = plain_table(columns, rows, (wide,) if isinstance(wide, str) else wide)
    out.print(table)
    err.print(f"{table.row_count} of {total} {things}", highlight=False)


def print_lines(rows: Iterable[dict[str, object]]) -> None:
    """Prints one object of JSON a line."""
    from onrecord.publishing.exports import json_lines

    sys.stdout.writelines(json_lines(rows))
