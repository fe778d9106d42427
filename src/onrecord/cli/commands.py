"""The commands of `onrecord`, each a thin layer over the pipeline, the view and the exports."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from onrecord.cli.batching import Cluster, KeepWork, RetryQuarantine, Spread, Work, Workers, read_spread
from onrecord.cli.console import (
    Exit,
    err,
    in_words,
    note_skipped,
    out,
    print_json,
    since_day,
    until_day,
    with_progress,
)
from onrecord.cli.linking import link_all
from onrecord.cli.options import PORT, AsJson, By, LedgerPath, Limit, Place, placed
from onrecord.cli.weighing import weigh_all
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.errors import SettingsError
from onrecord.ledger.view import RecordedStatement, StatementFilter, View
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.pipeline import Tally

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, glob patterns, or - for standard input: text, HTML, PDF, JSONL, WARC, also gzipped; "
        "WACZ, Parquet."
    ),
]
ReaderName = Annotated[
    str, typer.Option("--reader", help="Which reader: auto, tagger, transcript, rules, or an installed one.")
]
Outlet = Annotated[str | None, typer.Option(help="Outlet of inputs that do not name theirs.")]
Published = Annotated[str | None, typer.Option(help="Day or time published, for inputs that do not say.")]


class Format(StrEnum):
    """How statements are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class ExtractFormat(StrEnum):
    """How `extract` prints."""

    JSONL = "jsonl"
    TABLE = "table"


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for command in (demo, read, extract, statements, serve):
        app.command(name=command.__name__, no_args_is_help=command is not demo)(in_words(command))


def read(
    inputs: Inputs,
    ledger: LedgerPath,
    outlet: Outlet = None,
    published: Published = None,
    reader: ReaderName = "auto",
    threads: Annotated[int | None, typer.Option(min=1, max=64, help="Threads of the reader.")] = None,
    link: Annotated[
        bool, typer.Option("--link/--no-link", help="Link what was read with what is there, and weigh it.")
    ] = True,
    workers: Workers = None,
    cluster: Cluster = None,
    work: Work = None,
    keep_work: KeepWork = False,
    retry_quarantine: RetryQuarantine = False,
    as_json: AsJson = False,
) -> None:
    """Read reports and put their statements on the record.

    What was read is then linked with what was there: who is who, what was said once and told many times, which reports
    tell one story and where they have it from; and weighed: what contradicts what, which figures moved, what was
    promised. --no-link leaves that to `onrecord link` and `onrecord weigh`.

    Every input ends as read, as a duplicate, or skipped with a reason; the last line counts them and adds up.
    Run it again at any time: what is on the record is not read twice.

    With --workers or --cluster the inputs are cut into shards, which many read at once. What they read is kept in a
    folder beside the ledger and loaded in the end; the record is the same. docs/how-to/read-in-batches.md says more.

    Examples:

        onrecord read reports/ --ledger news.ledger

        onrecord read archive.jsonl.gz page.html --ledger news.ledger --json

        onrecord read CC-NEWS-20310305101500-00042.warc.gz crawl.wacz texts.parquet --ledger news.ledger

        onrecord read warcs/*.warc.gz --ledger news.ledger --workers 8

        cat story.txt | onrecord read - --ledger news.ledger --outlet "The Courier" --published 2031-03-07
    """
    settings = Settings.load(threads=threads)
    moment = since_day(published)
    spread = Spread(workers, cluster, work, keep_work, retry_quarantine)
    if spread.is_asked_for():
        if threads not in (None, 1):
            raise SettingsError("--threads is for one process; each of several workers has one thread")
        tally = read_spread(
            inputs, ledger, settings, spread, reader=reader, outlet=outlet, published=moment, quiet=as_json
        )
    else:
        tally = _record(inputs, ledger, settings, reader=reader, outlet=outlet, published=moment, quiet=as_json)
    if link:
        _link(ledger, settings, quiet=as_json)
    print_json(tally.as_json()) if as_json else typer.echo(str(tally))
    if tally.read + tally.duplicate == 0:
        raise typer.Exit(Exit.NOTHING_READ)


def _record(
    inputs: Sequence[str | Path],
    ledger: Place,
    settings: Settings,
    *,
    reader: str = "auto",
    outlet: str | None = None,
    published: datetime | None = None,
    label: str = "reading",
    quiet: bool = False,
) -> Tally:
    from onrecord import pipeline
    from onrecord.ledger.writer import Writer
    from onrecord.reading.readers import load_reader
    from onrecord.sources import Defaults, count, gather

    tally = pipeline.Tally()
    defaults = Defaults(outlet=outlet, published=published)
    with Writer(ledger, settings) as writer:
        chosen = load_reader(reader, threads=settings.threads)
        stdin = sys.stdin.buffer if "-" in inputs else None
        given = gather(inputs, settings, defaults=defaults, stdin=stdin)
        results = pipeline.tallied(pipeline.record(given, chosen, writer), tally)
        for result in with_progress(results, count(inputs) if err.is_terminal else None, label):
            if result.given.reason and not quiet:
                note_skipped(result.given)
    return tally


def _link(ledger: Place, settings: Settings, *, quiet: bool = False) -> None:
    for done in (link_all(ledger, settings), weigh_all(ledger, settings)):
        if not quiet:
            err.print(str(done.result()), highlight=False, soft_wrap=True)


def extract(
    inputs: Inputs,
    format: Annotated[ExtractFormat, typer.Option(help="jsonl: one line a report; table: for people.")] = (  # noqa: A002
        ExtractFormat.JSONL
    ),
    reader: ReaderName = "auto",
    threads: Annotated[int | None, typer.Option(min=1, max=64, help="Threads of the reader.")] = None,
) -> None:
    """Print the statements of reports without keeping a record.

    Each line is {"doc": …, "attributions": [{"source": [[start, end]…], "cue": …, "content": …, "kind": …,
    "speaker": …, "nested_in": its place in this list or null, "passages": [{"span": [start, end], "act": …, "figures":
    …, "times": …}]}]}, offsets in characters of the report's text.

    Examples:

        onrecord extract story.txt

        onrecord extract reports/ > statements.jsonl

        onrecord extract story.html --format table
    """
    from onrecord import pipeline
    from onrecord.cli.tables import extracted_table
    from onrecord.publishing.exports import extracted_rows
    from onrecord.reading.readers import load_reader
    from onrecord.sources import count, gather

    settings = Settings.load(threads=threads)
    chosen = load_reader(reader, threads=settings.threads)
    stdin = sys.stdin.buffer if "-" in inputs else None
    tally = pipeline.Tally()
    results = pipeline.tallied(pipeline.extract(gather(inputs, settings, stdin=stdin), chosen), tally)
    for result in with_progress(results, count(inputs) if err.is_terminal else None, "reading"):
        given = result.given
        if given.report is None:
            note_skipped(given)
        elif format is ExtractFormat.TABLE:
            out.print(extracted_table(given.report, result.statements))
        else:
            print_json({"doc": _document(given.name, given.place), "attributions": extracted_rows(result.statements)})
    if tally.read == 0:
        raise typer.Exit(Exit.NOTHING_READ)


def _document(name: str, place: str) -> str:
    """A file's name without what says its format; the id or address of what stands in a file as it is."""
    if "#" in name or not place.endswith(name):
        return name
    path = Path(name)
    path = path.with_suffix("") if path.suffix == ".gz" else path
    return path.stem


def statements(
    ledger: LedgerPath,
    speaker: Annotated[str | None, typer.Option(help="Whole name or whole words of it.")] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet that reported it.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Published on this day or earlier.")] = None,
    act: Annotated[Act | None, typer.Option(help="What is done by saying it.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="How the words are rendered.")] = None,
    text: Annotated[str | None, typer.Option(help='Words to search for; "a phrase", prefix*, -not.')] = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List statements on the record, newest report first.

    Examples:

        onrecord statements --ledger news.ledger --speaker "Ida Holm" --since 2031-03-05

        onrecord statements --ledger news.ledger --text "withdraw*" --format jsonl

        onrecord statements --ledger news.ledger --act commitment --outlet "The Courier"

        onrecord statements --ledger news.ledger --outlet "The Courier" --kind direct --format csv > quotes.csv
    """
    from onrecord.publishing import exports

    wanted = StatementFilter(
        speaker=speaker,
        outlet=outlet,
        since=since_day(since),
        until=until_day(until),
        act=act,
        kind=kind,
        text=text,
    )
    with View(ledger, Settings.load()) as view:
        if format is Format.TABLE:
            from onrecord.cli.tables import statement_table

            shown = limit or 200
            out.print(statement_table(view.statements(wanted, limit=shown), out.width))
            total = view.count(wanted)
            err.print(f"{min(total, shown)} of {total} statements", highlight=False)
            return
        rows = view.statements(wanted, limit=limit)
        lines: Iterator[str] = exports.jsonl(rows) if format is Format.JSONL else exports.csv_lines(rows)
        for line in lines:
            sys.stdout.write(line)


def serve(
    ledger: LedgerPath,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = PORT,
    by: By = None,
    host: Annotated[str, typer.Option(help="Address of this machine to listen on.")] = "127.0.0.1",
    host_name: Annotated[
        list[str] | None, typer.Option(help="Name under which others ask for the pages; may be given again.")
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Let everybody read, and nobody send or log in.")] = False,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy on this machine stands before it, and TLS ends there.")
    ] = False,
    tls_certificate: Annotated[Path | None, typer.Option(help="File with the certificate and its chain.")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="File with the key of the certificate.")] = None,
) -> None:
    """Show the record in a browser: on this machine only, or at a desk for people who log in, or to everybody.

    On this machine nobody logs in. To be reached from others it takes TLS, and people who were let in by
    `onrecord people add`, or --public; docs/how-to/run-a-desk.md says how.

    Examples:

        onrecord serve --ledger news.ledger

        onrecord serve --ledger news.ledger --port 9000

        onrecord serve --ledger news.ledger --behind-proxy --host-name desk.example.org

        onrecord serve --ledger news.ledger --public --behind-proxy --host-name record.example.org
    """
    from onrecord.web.reaching import Wanted
    from onrecord.web.serving import serve as run

    if (tls_certificate is None) != (tls_key is None):
        raise SettingsError("--tls-certificate and --tls-key go together; give both")
    certificate = (tls_certificate, tls_key) if tls_certificate and tls_key else None
    wanted = Wanted(host, tuple(host_name or ()), public, behind_proxy, certificate)
    run(ledger, port, Settings.load(), on_ready=_announce, by=by, wanted=wanted)


def _announce(address: str) -> None:
    err.print(
        Text.assemble("the record is at ", (address, "bold"), "  (Ctrl-C stops)"), highlight=False, soft_wrap=True
    )


def demo(
    ledger: Annotated[
        Place | None,
        typer.Option("--ledger", "-l", help="Keep the record here.", parser=placed, metavar="LEDGER"),
    ] = None,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Show it in a browser afterwards.")] = True,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help=f"Port on 127.0.0.1; {PORT}, or a free one where that is taken."),
    ] = None,
) -> None:
    """Read an example crisis, print who said what, and show it in a browser.

    Sixteen invented reports by six invented outlets over nine days. Without --ledger the record is thrown away
    at the end.

    Examples:

        onrecord demo

        onrecord demo --ledger crisis.ledger --no-serve
    """
    if ledger is not None:
        _demo(ledger, serve_it, port)
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        _demo(Path(folder) / "demo.ledger", serve_it, port)


def _telling(view: View) -> list[RecordedStatement]:
    """The two surest statements of a named speaker from each report, in order of publication."""
    chosen: list[RecordedStatement] = []
    for head in reversed(view.reports(limit=None)):
        named = [s for s in view.statements(StatementFilter(report=head.id)) if s.statement.speaker.name]
        chosen += sorted(named, key=lambda s: -s.statement.confidence)[:2]
    return chosen


def _demo(ledger: Place, serve_it: bool, port: int | None) -> None:
    from onrecord.settings import families_in
    from onrecord.sources.example import hypotheses_file, indicators_file, outlets_file

    with outlets_file() as outlets, indicators_file() as signs, hypotheses_file() as matrices:
        settings = Settings.load(indicators=signs, hypotheses=matrices)
        settings = replace(settings, families=families_in(outlets))
        _show_example(ledger, settings, serve_it, port)


def _show_example(ledger: Place, settings: Settings, serve_it: bool, port: int | None) -> None:
    from onrecord.cli.tables import statement_table
    from onrecord.sources.example import reports_folder

    with reports_folder() as folder:
        tally = _record([folder], ledger, settings, label="reading the example")
    _link(ledger, settings)
    with View(ledger, settings) as view:
        out.print(statement_table(_telling(view), out.width))
    typer.echo(str(tally))
    if serve_it:
        from onrecord.web.serving import serve as run

        try:
            run(ledger, PORT if port is None else port, settings, on_ready=_announce)
        except SettingsError:
            if port is not None:
                raise
            run(ledger, 0, settings, on_ready=_announce)
