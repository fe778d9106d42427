"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

LedgerPath = Annotated[Path, typer.Option("--ledger", "-l", help="The ledger's file.", envvar="ONRECORD_LEDGER")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]
By = Annotated[str | None, typer.Option(help="Who judges; your login name unless told.", envvar="ONRECORD_BY")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many.")]
