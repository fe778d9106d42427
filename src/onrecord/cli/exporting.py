"""`onrecord export`: the record as files that others can check or work with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from onrecord.cli.console import err, in_words, with_progress
from onrecord.cli.options import LedgerPath, Since, day_of
from onrecord.places import Place
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ledger.snapshot import Snapshot

Folder = Annotated[Path, typer.Option("--output", "-o", help="The folder; it is made where it is missing.")]
File = Annotated[Path, typer.Option("--output", "-o", help="The file; what is there under this name is replaced.")]

_MOST_MISSING: Final = 10
"""Places that a map does not have, told by name."""


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    exports = typer.Typer(no_args_is_help=True, help="Write what others can check or work with.")
    for name, command in _COMMANDS.items():
        exports.command(name=name, no_args_is_help=True)(in_words(command))
    app.add_typer(exports, name="export")


def proof(
    brief: Annotated[str, typer.Argument(help="The brief, by its id or the beginning of it.")],
    ledger: LedgerPath,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder, or the zip where the name ends so.")
    ] = None,
) -> None:
    """Write a brief with all that anybody needs to check it: captures, texts, rows of the record, the chain.

    `onrecord verify FOLDER` checks it on any machine, without the ledger and without a network.

    Examples:

        onrecord export proof 1f9c20 --ledger news.ledger

        onrecord export proof 1f9c20 -o withdrawal.zip --ledger news.ledger
    """
    from onrecord.proof import write

    written = write(ledger, brief, output or Path(f"proof-{brief[:12]}"), Settings.load())
    typer.echo(f"{written.place}: {written.files} files; check it with: onrecord verify {written.place}")
    typer.echo(f"seal {written.seal}")


def wacz(
    ledger: LedgerPath,
    output: File,
    reports: Annotated[list[str] | None, typer.Argument(help="Reports, by id or name; all unless told.")] = None,
    story: Annotated[str | None, typer.Option(help="Those of this story: its id, or that of a report in it.")] = None,
    brief: Annotated[str | None, typer.Option(help="Those that this brief cites.")] = None,
    since: Since = None,
) -> None:
    """Write the captures of reports as a WACZ, which ReplayWeb.page and other viewers of web archives open.

    What was fetched for the ledger is in it as it came over the wire, with the request; later versions and redirects of
    its address too. For reports that were read from files records are made of what the ledger holds, and it says so.

    Examples:

        onrecord export wacz -o bridge.wacz --story 4ad1e0 --ledger news.ledger

        onrecord export wacz -o march.wacz --since 2031-03-01 --ledger news.ledger
    """
    from onrecord.proof.bundling import Chosen, bundle

    chosen = Chosen(story, brief, day_of(since), tuple(reports or ()))
    if sum(one not in (None, ()) for one in (chosen.story, chosen.brief, chosen.since, chosen.reports)) > 1:
        raise typer.BadParameter("choose by one of: reports, --story, --brief, --since")
    done = bundle(ledger, output, chosen, Settings.load())
    made = f"{done.contents:,} made of what the ledger holds" if done.contents else "none had to be made"
    typer.echo(f"{output}: {done.reports:,} reports; exchanges as they were fetched {done.fetched:,}; records {made}")
    typer.echo("open it with a viewer of web archives, such as https://replayweb.page, which runs in the browser")
    for one in done.damages:
        told = f"{one.file} is damaged from byte {one.offset:,} on; what stands before it was taken"
        err.print(told, markup=False, highlight=False, soft_wrap=True)


def corrections(
    ledger: LedgerPath,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; standard output unless told.")
    ] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="With the texts of the reports.")] = False,
) -> None:
    """Write what people corrected and confirmed as training data: each statement before and after, as lines of JSON.

    A line is {"report", "text_sha256", …, "before": {"statement", "speaker", "kind", "source", "cue", "content"},
    "after": the same, "judgements": who said so, when and why}; a span is two offsets in the report's text.

    Examples:

        onrecord export corrections -o corrections.jsonl --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing.corrections import correction_rows
    from onrecord.publishing.exports import json_lines
    from onrecord.publishing.placing import placed

    with WeighedView(ledger, Settings.load()) as view:
        lines = list(json_lines(correction_rows(view, with_text=with_text)))
    if output is None:
        typer.echo("".join(lines), nl=False)
        return
    typer.echo(f"{placed(output, lines)} corrected or confirmed statements: {output}")


def parquet(ledger: LedgerPath, output: Folder) -> None:
    """Write tables as Parquet files, and a dictionary of their columns.

    reports, statements, passages, utterances, actors, stories, relations, figures and docket, a file each, with
    dictionary.json and dictionary.md: type, meaning and unit of every column. All are of one state of the record.
    Needs pyarrow: pip install 'onrecord\\[tables]'.

    Examples:

        onrecord export parquet -o tables/ --ledger news.ledger

        duckdb -c "select actor, count(*) from 'tables/statements.parquet' group by 1 order by 2 desc"
    """
    from onrecord.ledger.snapshot import Snapshot
    from onrecord.publishing.placing import placing
    from onrecord.publishing.tables.parquet import write_tables

    with Snapshot(ledger, Settings.load()) as view, placing(output) as folder:
        counts = write_tables(view, folder, watch=with_progress)
    typer.echo(f"{output}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))


def jsonld(ledger: LedgerPath, output: File) -> None:
    """Write quotations and claims as JSON-LD in the words of schema.org.

    A ClaimReview is made only where a person graded an item or decided what became of a docket entry, with the reason
    that person gave and without a rating. Utterances come from linking: run `onrecord link` first.

    Examples:

        onrecord export jsonld -o record.jsonld --ledger news.ledger
    """
    from onrecord.publishing.standards import jsonld_lines

    _written(ledger, output, jsonld_lines)


def web_annotations(ledger: LedgerPath, output: File) -> None:
    """Write statements as W3C Web Annotations of their reports: words with their surroundings, and characters.

    Examples:

        onrecord export annotations -o statements.json --ledger news.ledger
    """
    from onrecord.publishing.standards import annotation_lines

    _written(ledger, output, annotation_lines)


def prov(ledger: LedgerPath, output: File) -> None:
    """Write where everything comes from as PROV-JSON: captures, readings and readers, judgements and people, briefs.

    Examples:

        onrecord export prov -o provenance.json --ledger news.ledger
    """
    from onrecord.publishing.standards import prov_lines

    _written(ledger, output, prov_lines)


def ftm(ledger: LedgerPath, output: File) -> None:
    """Write actors, reports and statements as followthemoney entities, one a line, for Aleph and tools like it.

    Examples:

        onrecord export ftm -o record.ftm.json --ledger news.ledger
    """
    from onrecord.publishing.standards import ftm_lines

    _written(ledger, output, ftm_lines)


def geojson(
    ledger: LedgerPath,
    output: File,
    places: Annotated[Path, typer.Option(help="Places, a line each: name, tab, latitude, tab, longitude.")],
) -> None:
    """Write the places that passages name as points for a map: GeoJSON (RFC 7946), for QGIS, Leaflet and others.

    A feature is one place in one passage, with who said it, the words, the act, the report and how many independent
    origins it has. Places that figures name and the table does not have are told at the end.

    Examples:

        onrecord export geojson -o map.geojson --places places.tsv --ledger news.ledger
    """
    from onrecord.language.places import places_in
    from onrecord.publishing.standards import Tally, geojson_lines
    from onrecord.publishing.wording import printable

    known, tally = places_in(places), Tally()
    _written(ledger, output, lambda view: geojson_lines(view, known, tally))
    found, missing = tally.found, tally.missing
    told = [f"{found.total():,} features at {len(found):,} of the {len(known.by_words):,} places of {places.name}"]
    if missing:
        often = ", ".join(f"{printable(place)} {count:,}" for place, count in missing.most_common(_MOST_MISSING))
        more = f" and {len(missing) - _MOST_MISSING:,} more" if len(missing) > _MOST_MISSING else ""
        told.append(f"places named by figures that the table does not have: {often}{more}")
    for line in told:
        err.print(line, markup=False, highlight=False, soft_wrap=True)


_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "proof": proof,
    "wacz": wacz,
    "corrections": corrections,
    "parquet": parquet,
    "jsonld": jsonld,
    "annotations": web_annotations,
    "prov": prov,
    "ftm": ftm,
    "geojson": geojson,
}


def _written(ledger: Place, output: Path, lines: Callable[[Snapshot], Iterator[str]]) -> None:
    from onrecord.ledger.snapshot import Snapshot
    from onrecord.publishing.placing import placed

    with Snapshot(ledger, Settings.load()) as view:
        placed(output, with_progress(lines(view), None, "writing"))
    typer.echo(f"{output}: {output.stat().st_size:,} bytes")
