"""Reading with several workers, and `onrecord batch status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from onrecord.cli.console import err, in_words, note_skipped, print_json, print_text
from onrecord.cli.options import AsJson, LedgerIfAny
from onrecord.errors import SettingsError
from onrecord.places import Place
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.batch.engines import Engine
    from onrecord.batch.folder import Folder
    from onrecord.batch.progress import Progress as Far
    from onrecord.batch.running import Run
    from onrecord.pipeline import Result, Tally

Workers = Annotated[
    int | None, typer.Option("--workers", min=1, max=10_000, help="Read with so many processes of this machine.")
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", help="Read on a Dask cluster: tcp://scheduler:8786, slurm or kubernetes."),
]
Work = Annotated[
    Path | None,
    typer.Option("--work", help="Folder for what workers have read; LEDGER.batch unless told. Workers must see it."),
]
KeepWork = Annotated[bool, typer.Option("--keep-work", help="Leave that folder as it is when all is loaded.")]
RetryQuarantine = Annotated[
    bool, typer.Option("--retry-quarantine", help="Try again what crashed the reader in an earlier run.")
]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where reading is spread to, as the command line says."""

    workers: int | None = None
    cluster: str | None = None
    work: Path | None = None
    keep_work: bool = False
    retry_quarantine: bool = False

    def is_asked_for(self) -> bool:
        """Whether more than this process is to read.

        Raises:
            SettingsError: when something is said of work that is not asked for.
        """
        if self.workers is not None or self.cluster is not None:
            return True
        if self.work is not None or self.keep_work or self.retry_quarantine:
            raise SettingsError("--work, --keep-work and --retry-quarantine go with --workers or --cluster; give one")
        return False


def register(app: typer.Typer) -> None:
    """Adds `onrecord batch …`."""
    batch = typer.Typer(name="batch", help="What became of reading with several workers.", no_args_is_help=True)
    batch.command(name="status")(in_words(status))
    batch.callback()(lambda: None)
    app.add_typer(batch)


def read_spread(
    inputs: Sequence[str | Path],
    ledger: Place,
    settings: Settings,
    spread: Spread,
    *,
    reader: str,
    outlet: str | None,
    published: datetime | None,
    quiet: bool,
) -> Tally:
    """Reads with several workers, as `spread` says, and loads what they read."""
    from onrecord import pipeline
    from onrecord.batch.folder import Folder, work_folder
    from onrecord.batch.running import Run
    from onrecord.batch.terms import terms_for
    from onrecord.reading.readers import load_reader

    terms = terms_for(load_reader(reader), settings, name=reader, outlet=outlet, published=published)
    tally = pipeline.Tally()
    with Folder(spread.work or work_folder(ledger)) as folder:
        run = Run(folder, ledger, terms, settings, lambda: _engine(spread, folder))
        run.plan(inputs, retry_quarantine=spread.retry_quarantine)
        results = (one for one in _with_bars(run.work(), run) if isinstance(one, pipeline.Result))
        try:
            for result in pipeline.tallied(results, tally):
                if result.given.reason and not quiet:
                    note_skipped(result.given)
        except KeyboardInterrupt:
            far = run.look()
            err.print(f"{far.done_shards} of {far.shards} shards are read, with {far.done} inputs", highlight=False)
            raise
        if not spread.keep_work:
            folder.let_go()
        if folder.quarantine:
            told = f"{len(folder.quarantine)} in quarantine, since they crash the reader; see `onrecord batch status`"
            err.print(told, highlight=False, soft_wrap=True)
    return tally


def _engine(spread: Spread, folder: Folder) -> Engine:
    if spread.cluster is not None:
        from onrecord.batch.clusters import Cluster as Dask

        engine = Dask(spread.cluster, spread.workers)
        if engine.dashboard is not None:
            err.print(f"Dask shows what goes on at {engine.dashboard}", highlight=False, soft_wrap=True)
        return engine
    from onrecord.batch.processes import Processes

    return Processes(spread.workers or 1, folder.log)


def _with_bars(steps: Iterable[Far | Result], run: Run) -> Iterator[Far | Result]:
    """Passes steps on; on a terminal bars count the inputs that are read and those that are on the record."""
    if not err.is_terminal:
        yield from steps
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        total, done = run.progress.inputs, run.progress.done
        reading = progress.add_task("reading", total=total, completed=done, rate="")
        loading = progress.add_task("on the record", total=total, rate="")
        for step in steps:
            yield step
            far = run.progress
            total = max(far.at, far.inputs)
            progress.update(reading, total=total, completed=far.at, rate=_rate(far))
            progress.update(loading, total=total, completed=far.loaded)


def _rate(far: Far) -> str:
    if far.stage != "reading":
        return ""
    return _pace(far.rate, far.left) if far.workers else "no worker yet"


def status(
    ledger: LedgerIfAny = None,
    work: Annotated[Path | None, typer.Option("--work", help="The work folder, where it is not LEDGER.batch.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show how far reading with several workers is, how often shards were tried, and what is in quarantine.

    Examples:

        onrecord batch status --ledger news.ledger

        onrecord batch status --work /shared/news.batch --json
    """
    from onrecord.batch.folder import work_folder
    from onrecord.batch.status import status_of

    if (ledger is None) == (work is None):
        raise SettingsError("name the ledger with --ledger, or the work folder with --work")
    told = status_of(work if work is not None else work_folder(ledger or ""))
    if told is None:
        if as_json:
            print_json({"state": "none"})
        else:
            print_text(["nothing is under way or in quarantine"])
        return
    print_json(told) if as_json else print_text(_status_lines(told))


def _status_lines(told: dict[str, Any]) -> Iterator[str]:
    inputs, shards = told["inputs"], told["shards"]
    read, done = (
        f"{inputs['read']:,} of about {inputs['of']:,} inputs",
        f"{shards['done']:,} of {shards['of']:,} shards",
    )
    loaded = f", {inputs['loaded']:,} on the record" if inputs.get("loaded") else ""
    yield f"{told['state']:8} {read}, {done}{loaded}"
    if told["state"] == "reading":
        pace = _pace(told["rate"], told["seconds_left"]) if told["workers"] else "none yet"
        yield f"         workers: {told['workers']}, {pace}"
        if told["dashboard"]:
            yield f"         Dask shows what goes on at {told['dashboard']}"
    for one in told["tries"]:
        yield f"tried    shard {one['shard']} {one['tries']} times" + (", then cut in halves" if one["cut"] else "")
    for one in told["quarantine"]:
        yield f"aside    {one['place']}: {one['why']}"
    if told["quarantine"]:
        yield "         --retry-quarantine has `onrecord read` try them again"


def _pace(rate: float, left: float | None) -> str:
    """How many a second, and how long it will take.

    >>> _pace(12.34, 5400)
    '12.3 a second, 1 h 30 min left'
    """
    if left is None:
        return f"{rate:.1f} a second"
    minutes = round(left / 60)
    hours = f"{minutes // 60} h " if minutes >= 60 else ""
    return f"{rate:.1f} a second, " + (f"{hours}{minutes % 60} min left" if minutes else f"{left:.0f} s left")
