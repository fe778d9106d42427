"""The command that sets quotations beside transcripts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from onrecord.cli.console import err, in_words, out, print_json
from onrecord.cli.options import AsJson, LedgerPath
from onrecord.domain.paging import page_words
from onrecord.domain.spans import Span
from onrecord.publishing.wording import counted, iso_time, printable, when
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.linking.quotations import Piece
    from onrecord.quoting import Checked

_STYLES = {"verbatim": "green", "cut": "cyan", "joined": "yellow", "changed": "red", "not found": "dim"}
_QUOTED = {"changed": "bold red", "added": "bold red"}
_SPOKEN = {"changed": "bold green", "cut": "cyan"}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="check-quotes", no_args_is_help=True)(in_words(check_quotes))


def check_quotes(
    ledger: LedgerPath,
    transcript: Annotated[
        list[str] | None,
        typer.Option(help="A report on the record, by id or input's name, or a file; all on the record unless told."),
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(help="Only what this report (id or input's name) quotes, of any day."),
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Who says all of the transcript: for a speech.")] = None,
    as_json: AsJson = False,
) -> None:
    """Set what reports quote beside what transcripts have, and show how the words differ.

    Each quotation of the same speaker in a report of the ten days after is verbatim (apart from punctuation, case,
    quotation marks and spelling), cut (words left out), joined (two places in one quotation), changed (which words is
    shown), or not found. What is told without quotation marks is not checked. That words are found says nothing about
    whether what they say is so.

    Examples:

        onrecord check-quotes --ledger news.ledger

        onrecord check-quotes --ledger news.ledger --transcript briefing.pdf --json

        onrecord check-quotes --ledger news.ledger --transcript speech.txt --speaker "Ida Holm" --report 3f09c2
    """
    from onrecord.ledger.linked_view import LinkedView
    from onrecord.quoting import check_quotes as check
    from onrecord.quoting import transcript_file, transcript_on_record, transcripts_on_record

    if speaker is not None and not transcript:
        raise typer.BadParameter("--speaker says who speaks in a transcript; name that by --transcript")
    settings = Settings.load()
    with LinkedView(ledger, settings) as view:
        known = (
            [
                transcript_file(Path(one), settings, speaker)
                if Path(one).is_file()
                else transcript_on_record(view, one, speaker)
                for one in transcript
            ]
            if transcript
            else transcripts_on_record(view)
        )
        reports = [view.report(one).head.id for one in report or ()]
        checked = list(check(view, known, reports))
        if as_json:
            print_json({"transcripts": len(known), "quotations": [quotation_row(one) for one in checked]})
            return
        if not known:
            err.print("no report on this record was read as a transcript; name a file by --transcript", highlight=False)
            return
        if checked:
            out.print(_table(checked))
        times = Counter(one.beside.fidelity.value for one in checked)
        marked = ", ".join(f"{mark} {times[mark]}" for mark in _STYLES if times[mark])
        err.print(
            f"{counted(len(checked), 'quotation', 'quotations')}, {counted(len(known), 'transcript', 'transcripts')}"
            + (f": {marked}" if marked else ""),
            highlight=False,
        )


def quotation_row(one: Checked) -> dict[str, object]:
    """A checked quotation as an object for JSON; spans are `[start, end]` in the report's and the transcript's text."""
    text = one.transcript.report.text
    head = one.statement.report
    return {
        "mark": one.beside.fidelity.value,
        "also": [mark.value for mark in one.beside.also],
        "said_by": one.said_by,
        "speaker": one.speaker,
        "statement": one.statement.statement.id,
        "report": head.id,
        "input": head.input,
        "outlet": head.outlet,
        "published": iso_time(head.published, head.published_is_day),
        "quoted": {"start": one.quoted.start, "end": one.quoted.end, "text": one.quoted.text},
        "transcript": {"report": one.transcript.id, "name": one.transcript.name},
        "spoken": [_place(one, span) for span in one.beside.spoken],
        "pieces": [
            {
                "kind": piece.kind.value,
                "quoted": None if piece.quoted is None else piece.quoted.of(one.quoted.text),
                "spoken": None if piece.spoken is None else piece.spoken.of(text),
            }
            for piece in one.beside.pieces
        ],
    }


def _place(one: Checked, span: Span) -> dict[str, object]:
    page = page_words(one.transcript.starts, span.start, span.end) or None
    return {"start": span.start, "end": span.end, "page": page, "text": span.of(one.transcript.report.text)}


def _table(checked: list[Checked]) -> Table:
    table = Table(header_style="bold", show_lines=True, expand=True)
    table.add_column("words", no_wrap=True)
    table.add_column("reported", ratio=2)
    table.add_column("quoted, and as the transcript has it", ratio=7)
    for one in checked:
        mark = one.beside.fidelity.value
        marks = Text(mark, _STYLES[mark])
        for further in one.beside.also:
            marks.append(f"\n{further.value}", _STYLES[further.value])
        head = one.statement.report
        day = when(head.published, True, unknown="no date").words
        reported = Text(
            printable(f"{one.speaker}, in {head.outlet or head.input}, {day} ({one.statement.statement.id[:12]})")
        )
        table.add_row(marks, reported, _words(one))
    return table


def _words(one: Checked) -> Text:
    quoted, text = one.quoted.text, one.transcript.report.text
    shown = Text("quoted  ")
    own = [(piece.quoted, piece.kind.value) for piece in one.beside.pieces if piece.quoted is not None]
    shown.append_text(_coloured(quoted, Span(0, len(quoted)), own, _QUOTED))
    if not one.beside.pieces:
        said = f"said by {one.said_by} there" if one.said_by else "not there"
        return shown.append("\nsaid    ").append(printable(f"these words are {said} ({one.transcript.name})"), "dim")
    theirs = [(piece.spoken, piece.kind.value) for piece in one.beside.pieces if piece.spoken is not None]
    for span in one.beside.spoken:
        page = page_words(one.transcript.starts, span.start, span.end)
        place = f"{page}, characters" if page else "characters"
        shown.append("\nsaid    ")
        shown.append_text(_coloured(text, span, theirs, _SPOKEN))
        shown.append(printable(f"  ({one.transcript.name}, {place} {span.start} to {span.end})"), "dim")
    told = [_difference(piece, quoted, text) for piece in one.beside.pieces if piece.kind.value != "same"]
    return shown.append("\n        ").append(printable("; ".join(told))) if told else shown


def _difference(piece: Piece, quoted: str, text: str) -> str:
    here = "" if piece.quoted is None else f"“{piece.quoted.of(quoted)}”"
    there = "" if piece.spoken is None else f"“{piece.spoken.of(text)}”"
    return {
        "changed": f"{here} stands for {there}",
        "added": f"{here} is added",
        "cut": f"{there} is left out",
        "joined": "here another place is joined on",
    }[piece.kind.value]


def _coloured(text: str, whole: Span, parts: list[tuple[Span, str]], styles: dict[str, str]) -> Text:
    """A stretch of text in one line, with the parts of it that differ coloured."""
    shown = Text()
    at = whole.start
    for part, kind in sorted(parts):
        if not whole.covers(part) or part.start < at:
            continue
        shown.append(_line(text[at : part.start])).append(_line(part.of(text)), styles.get(kind))
        at = part.end
    return shown.append(_line(text[at : whole.end]))


def _line(text: str) -> str:
    return printable(text.replace("\r", " ").replace("\n", " "))
