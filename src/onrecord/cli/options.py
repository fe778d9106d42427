"""Options that several commands take."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from onrecord.desk.people import login_name
from onrecord.errors import LedgerUnreadable
from onrecord.places import place_of
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.places import Place as Place
else:
    # What takes options apart knows no unions; `place_of` makes the value.
    Place = str


def placed(typed: Place | str) -> Place:
    """The place of a ledger that was typed."""
    try:
        return place_of(typed)
    except LedgerUnreadable as error:
        raise typer.BadParameter(str(error)) from error


PORT: Final = 8377
"""Where pages are served unless told otherwise."""

_LEDGER = typer.Option(
    "--ledger",
    "-l",
    help="The ledger: a file, or postgresql://…",
    envvar="ONRECORD_LEDGER",
    parser=placed,
    metavar="LEDGER",
)
LedgerPath = Annotated[Place, _LEDGER]
LedgerIfAny = Annotated[Place | None, _LEDGER]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]
By = Annotated[str | None, typer.Option(help="In whose name; your login name unless told.", envvar="ONRECORD_BY")]
Workers = Annotated[int, typer.Option(min=1, max=1024, help="Processes on this machine; with 1, this one alone.")]
ClusterAddress = Annotated[
    str | None, typer.Option("--cluster", help="The scheduler of a Dask cluster: tcp://scheduler:8786.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day.")]

AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="As it stood at the end of this day: what came later is left out."
    ),
]


def linked_view(ledger: Place, as_of: datetime | None) -> WeighedView:
    """The record with all that was linked and weighed, as it stands or as it stood at the end of a day."""
    if as_of is None:
        from onrecord.ledger.weighed_view import WeighedView

        return WeighedView(ledger, Settings.load())
    from onrecord.linkage.earlier import EarlierView

    return EarlierView(ledger, Settings.load(), day=as_of.date())


def signer(by: str | None) -> str:
    """In whose name something is put on the record: who was told, else who is logged in."""
    return by or login_name()


def day_of(told: datetime | None) -> date | None:
    """The day that `Since` or `Until` tells."""
    return None if told is None else told.date()
