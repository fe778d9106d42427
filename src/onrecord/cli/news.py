"""The commands that tell what is new, what a page read before, and how to cite what is there."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.console import in_words, out, print_json, print_text
from onrecord.cli.options import AsJson, LedgerPath
from onrecord.settings import Settings


class CitationFormat(StrEnum):
    """How a reference is printed."""

    TEXT = "text"
    BIBTEX = "bibtex"
    CSL = "csl"


_STYLES = {"": "", "removed": "red strike", "added": "green underline"}
MOMENTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (today, versions, cite):
        app.command(name=command.__name__, no_args_is_help=True)(in_words(command))


def today(
    ledger: LedgerPath,
    since: Annotated[
        datetime | None,
        typer.Option(formats=MOMENTS, help="A day or a time in UTC; a day before the newest entry unless told."),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="At most so many of each.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Tell what came on the record since you looked, what stands against what in it, what outlets changed without a
    word, and what falls due in a week.

    Examples:

        onrecord today --ledger news.ledger

        onrecord today --since 2022-02-17T08:00 --ledger news.ledger --json
    """
    from onrecord.ledger.news_view import NewsView
    from onrecord.publishing.news_exports import news_lines, news_row
    from onrecord.publishing.today import AHEAD, since_when
    from onrecord.publishing.versions.edits import edit_list

    with NewsView(ledger, Settings.load()) as view:
        now = view.today()
        begin = since_when(view, None if since is None else since.replace(tzinfo=UTC))
        news = view.news(begin, due=(now, now + AHEAD), most=most)
        edits = edit_list(view, begin, most)
        if as_json:
            print_json(news_row(view, news, now, edits))
        else:
            print_text(news_lines(news, now, most, edits))


def versions(
    report: Annotated[str, typer.Argument(help="A report: its id, the beginning of it, or an input's name.")],
    ledger: LedgerPath,
    against: Annotated[
        str | None, typer.Option(help="Another text of the same page; what the page reads now unless told.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the versions of the page that a report is of, and what was changed in its words.

    What was taken out stands in [-…-], what was put in in {+…+}. Then follows what became of the statements.

    Examples:

        onrecord versions weir.html --ledger news.ledger

        onrecord versions f84be07e --against 35ef109a --ledger news.ledger --json
    """
    from rich.text import Text

    from onrecord.ledger.versions_view import VersionsView
    from onrecord.publishing.versions.exports import versions_lines, versions_row

    with VersionsView(ledger, Settings.load()) as view:
        if as_json:
            print_json(versions_row(view, report, against))
            return
        for line in versions_lines(view, report, against):
            out.print(Text.assemble(*((words, _STYLES[style]) for words, style in line)), soft_wrap=True)


def cite(
    what: Annotated[
        str, typer.Argument(help="A statement or a report: its id, the beginning of it, or an input's name.")
    ],
    ledger: LedgerPath,
    format: Annotated[CitationFormat, typer.Option(help="How to print.")] = CitationFormat.TEXT,  # noqa: A002
) -> None:
    """Print how to cite a statement or a report, with what lets anybody find the words again.

    Examples:

        onrecord cite 9b27440590f4 --ledger news.ledger

        onrecord cite weir.html --format bibtex --ledger news.ledger >> sources.bib
    """
    from onrecord.errors import NotOnRecord
    from onrecord.ledger.view import View
    from onrecord.publishing.references import report_reference, statement_reference

    with View(ledger, Settings.load()) as view:
        try:
            found = statement_reference(view, what)
        except NotOnRecord:
            found = report_reference(view, what)
    match format:
        case CitationFormat.TEXT:
            print_text([found.plain])
        case CitationFormat.BIBTEX:
            print_text(found.bibtex.splitlines())
        case CitationFormat.CSL:
            print_json(found.csl)
