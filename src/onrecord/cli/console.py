"""What every command shares: consoles, progress bars, exit codes, errors in words, days on the command line."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from onrecord.domain.reports import Input
from onrecord.errors import (
    DeskError,
    LedgerError,
    NotOnRecord,
    OnrecordError,
    RefusedAtDesk,
    RefusedCorrection,
    SettingsError,
    WatchError,
)

_PIPE_WIDTH = 160
out = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH)
"""Standard output: results. Colours and tables only when it is a terminal."""

err = Console(stderr=True)
"""Standard error: progress and messages."""

T = TypeVar("T")
P = ParamSpec("P")


class Exit(IntEnum):
    """Exit codes; they are part of the interface and documented in the README."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    LEDGER = 3
    NOTHING_READ = 4
    INTERRUPTED = 130


def with_progress(items: Iterable[T], total: int | None, label: str) -> Iterator[T]:
    """Passes items on; on a terminal a bar on standard error counts them."""
    if not err.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(label, total=total)
        for item in items:
            yield item
            progress.advance(task)


def in_words(command: Callable[P, None]) -> Callable[P, None]:
    """The command with what onrecord raises, and Ctrl-C, turned into a message and an exit code."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except KeyboardInterrupt:
            err.print("stopped; what was recorded stays recorded, the same command goes on from there")
            raise typer.Exit(Exit.INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever read our output has gone (`| head`): no error, and Python must not complain at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (SettingsError, RefusedAtDesk, RefusedCorrection) as error:
            raise _failed(error, Exit.USAGE) from None
        except (LedgerError, DeskError, WatchError, NotOnRecord) as error:
            raise _failed(error, Exit.LEDGER) from None
        except OnrecordError as error:
            raise _failed(error, Exit.FAULT) from None

    return guarded


def _failed(error: OnrecordError, code: Exit) -> typer.Exit:
    err.print(Text.assemble(("error: ", "bold red"), str(error)), highlight=False, soft_wrap=True)
    return typer.Exit(code)


def note_skipped(given: Input) -> None:
    """Says on standard error that an input was skipped, and why."""
    text = f"skipped {given.place}: {given.reason}" + (f" ({given.detail})" if given.detail else "")
    err.print(text, markup=False, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """One line of JSON on standard output, never wrapped or coloured."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def since_day(value: str | None) -> datetime | None:
    """The start of a day, or a moment, in UTC."""
    return None if value is None else _moment(value)


def until_day(value: str | None) -> datetime | None:
    """The end of a day (the next midnight), or a moment, in UTC."""
    if value is None:
        return None
    return _moment(value) + timedelta(days=1) if len(value) == 10 else _moment(value)


def _moment(value: str) -> datetime:
    try:
        if len(value) == 10:
            return datetime.combine(date.fromisoformat(value), time(), UTC)
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        message = f"{value!r} is not a day; write it as 2031-03-07, or a time as 2031-03-07T14:00+01:00"
        raise typer.BadParameter(message) from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def print_text(lines: Iterable[str]) -> None:
    """Prints lines as they are: no markup, no colours made of their words, no cut."""
    for line in lines:
        out.print(line, markup=False, highlight=False, soft_wrap=True)
