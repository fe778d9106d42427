"""The commands that write briefs and list those on the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from onrecord.cli.console import in_words
from onrecord.cli.linking import ListFormat, Printed, print_lines, print_table
from onrecord.cli.options import By, LedgerPath, Since, Until, day_of, signer
from onrecord.domain.briefs import BriefFormat
from onrecord.errors import SettingsError
from onrecord.settings import Settings

Written = Annotated[BriefFormat, typer.Option(help="How to write it; docx and pdf need the extra onrecord\\[brief].")]


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for command in (brief, briefs):
        app.command(name=command.__name__, no_args_is_help=True)(in_words(command))


def brief(
    ledger: LedgerPath,
    id: Annotated[str | None, typer.Argument(help="Of a brief that is on the record, to write it again.")] = None,  # noqa: A002
    story: Annotated[str | None, typer.Option(help="About this story: its id, or that of a report in it.")] = None,
    actor: Annotated[str | None, typer.Option(help="About what this actor said: an id or a name.")] = None,
    text: Annotated[str | None, typer.Option(help="About what has these words in it.")] = None,
    since: Since = None,
    until: Until = None,
    format: Written = BriefFormat.MD,  # noqa: A002
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write.")] = None,
    by: By = None,
) -> None:
    """Write a brief: what is reported, what stands against what, figures, the docket, what is missing.

    Every sentence cites the characters it rests on, and what cannot be cited is not written. The brief is kept on the
    record; `onrecord briefs` says when something under it has changed since.

    Examples:

        onrecord brief --story 4ad1e0 --ledger news.ledger

        onrecord brief --text withdraw --since 2031-03-03 --format html -o withdrawal.html --ledger news.ledger

        onrecord brief 1f9c20 --format json --ledger news.ledger

        onrecord brief 1f9c20 --format docx -o withdrawal.docx --ledger news.ledger
    """
    from onrecord.ledger import schema
    from onrecord.ledger.brief_rows import brief_row
    from onrecord.ledger.rows import storable
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.ledger.writer import Writer, utc_now
    from onrecord.publishing.briefs import Asked, composed
    from onrecord.publishing.briefs.formats import written

    if format in (BriefFormat.DOCX, BriefFormat.PDF) and output is None:
        raise typer.BadParameter(f"a brief as {format.value} is no text: name the file to write, with -o")
    if output is not None and not output.parent.is_dir():
        raise SettingsError(f"{output} cannot be written: {output.parent} is no folder")
    settings = Settings.load()
    with WeighedView(ledger, settings) as view:
        if id is not None:
            named, made = view.brief(id)
        else:
            asked = Asked(story, actor, text, day_of(since), day_of(until))
            made = composed(view, asked, by=signer(by), made=utc_now())
            named = str(storable(schema.brief, brief_row(made), "brief")["id"])
    content = written(made, named, format)
    if id is None:
        if output is not None:
            # What is on the record stays there. To append nothing fails where writing would, and harms no file.
            _write(output, b"", "ab")
        with Writer(ledger, settings) as writer:
            writer.record_brief(made)
    if output is None:
        typer.echo(content.decode("utf-8"), nl=False)
        return
    _write(output, content)
    typer.echo(f"brief {named} with {len(made.citations)} sources: {output}")


def _write(place: Path, content: bytes, mode: Literal["wb", "ab"] = "wb") -> None:
    try:
        with place.open(mode) as file:
            file.write(content)
    except OSError as error:
        raise SettingsError(f"{place} cannot be written: {error.strerror or error}") from error


def briefs(ledger: LedgerPath, format: Printed = ListFormat.TABLE) -> None:  # noqa: A002
    """List the briefs on the record, the newest first, and what has changed under each since it was made.

    Examples:

        onrecord briefs --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing.briefs.changes import changes

    with WeighedView(ledger, Settings.load()) as view:
        found = [(id_, one, changes(view, one)) for id_, one in view.briefs()]
    if format is ListFormat.TABLE:
        cells = (
            (
                one.made.date().isoformat(),
                one.title,
                one.by,
                str(len(one.citations)),
                "; ".join(changed) or "no",
                id_[:12],
            )
            for id_, one, changed in found
        )
        print_table(("made", "title", "by", "sources", "changed since", "id"), cells, "title", len(found), "briefs")
        return
    print_lines(
        {"id": id_, "title": one.title, "made": one.made.isoformat(), "by": one.by, "changed": list(changed)}
        for id_, one, changed in found
    )
