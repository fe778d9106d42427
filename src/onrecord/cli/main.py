"""`onrecord`: the application that the commands are added to."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord import __version__

app = typer.Typer(
    name="onrecord",
    help="Who said what, when, as reported by whom: reads news reports, takes out every attributed statement and "
    "keeps a record that anyone can check.",
    epilog="Exit codes: 0 done, 1 a fault was found, 2 wrong usage, 3 the ledger or its desk cannot be used, "
    "4 nothing could be read, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options before the command."""


def main() -> None:
    """The entry point."""
    from onrecord.cli import (
        batching,
        briefing,
        commands,
        copying,
        exporting,
        feeds,
        judging,
        linking,
        news,
        people,
        quoting,
        searching,
        sourcing,
        verifying,
        watching,
        weighing,
    )

    commands.register(app)
    batching.register(app)
    news.register(app)
    searching.register(app)
    verifying.register(app)
    copying.register(app)
    linking.register(app)
    quoting.register(app)
    weighing.register(app)
    watching.register(app)
    judging.register(app)
    briefing.register(app)
    exporting.register(app)
    people.register(app)
    sourcing.register(app)
    feeds.register(app)
    app()
