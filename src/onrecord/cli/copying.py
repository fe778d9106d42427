"""The command that copies a ledger to another file, into PostgreSQL, or out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from onrecord.cli.console import Exit, err, in_words, print_json
from onrecord.cli.options import AsJson, Place, placed

_From = Annotated[Place, typer.Argument(help="The ledger: a file, or postgresql://…", parser=placed, metavar="FROM")]
_To = Annotated[
    Place,
    typer.Argument(help="Where to: a file, or an empty database as postgresql://…", parser=placed, metavar="TO"),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="copy", no_args_is_help=True)(in_words(copy))


def copy(source: _From, target: _To, as_json: AsJson = False) -> None:
    """Copy a ledger: from a file into PostgreSQL, out of it into a file, or to another of its kind; then verify it.

    The chain, every hash and the digest are the same afterwards. The target is empty, or holds the beginning of the
    same record: a copy that was stopped goes on when it is run again, and a later copy adds what has come since.
    Exits with 1 where the copy does not verify.

    Examples:

        onrecord copy news.ledger postgresql://desk@db.example.org/news

        onrecord copy postgresql:///news news-2031-04-01.ledger
    """
    from onrecord.ledger.copying import copy as copied
    from onrecord.ledger.verify import verify
    from onrecord.settings import Settings

    settings = Settings.load()
    with _bar("copying") as progress:
        done = copied(source, target, settings, progress)
    with _bar("verifying") as progress:
        found = verify(target, expect_head=done.head, expect_digest=done.digest, progress=progress, settings=settings)
    if as_json:
        faults = [{"kind": f.kind, "id": f.id, "seq": f.seq, "problem": f.problem} for f in found.faults]
        told = {"digest": done.digest, "head": done.head}
        print_json(
            {
                "copied": done.entries,
                "entries": done.length,
                "from": {"place": str(source), **told},
                "to": {"place": str(target), "digest": found.digest, "head": found.head},
                "faults": faults,
            }
        )
    else:
        there = done.length - done.entries
        typer.echo(f"{done.entries:,} entries copied" + (f", {there:,} were there" if there else ""))
        for fault in found.faults:
            err.print(f"fault: {fault.kind} {fault.id}: {fault.problem}", markup=False, highlight=False, soft_wrap=True)
        for place, digest, head in ((source, done.digest, done.head), (target, found.digest, found.head)):
            typer.echo(f"{place}\n  digest {digest}\n  head   {head}")
        typer.echo(f"{len(found.faults)} faults" if found.faults else "no faults")
    if found.faults:
        raise typer.Exit(Exit.FAULT)


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """On a terminal, a bar that is told how far something is."""
    if not err.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
