"""Finds the example crisis: inside the wheel, or beside the sources in a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from onrecord.errors import OnrecordError


@contextmanager
def reports_folder() -> Iterator[Path]:
    """The folder with the example's reports, for as long as the context lasts.

    Raises:
        OnrecordError: when this installation came without the example.
    """
    packed = files("onrecord").joinpath("example")
    if packed.is_dir():
        with as_file(packed) as folder:
            yield folder
        return
    checkout = Path(__file__).resolve().parents[3] / "examples" / "crisis" / "reports"
    if not checkout.is_dir():
        raise OnrecordError("this installation came without the example; install onrecord again")
    yield checkout
