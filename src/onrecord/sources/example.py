"""Finds the example crisis: inside the wheel, or beside the sources in a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from onrecord.errors import OnrecordError


def reports_folder() -> AbstractContextManager[Path]:
    """The folder with the example's reports, for as long as the context lasts.

    Raises:
        OnrecordError: when this installation came without the example.
    """
    return _at_hand("example", "reports")


def outlets_file() -> AbstractContextManager[Path]:
    """The file that says who publishes the example's outlets.

    Raises:
        OnrecordError: when this installation came without the example.
    """
    return _at_hand("example.toml", "onrecord.toml")


def indicators_file() -> AbstractContextManager[Path]:
    """The file that defines the example's indicators.

    Raises:
        OnrecordError: when this installation came without the example.
    """
    return _at_hand("example-indicators.toml", "indicators.toml")


def hypotheses_file() -> AbstractContextManager[Path]:
    """The file with the example's matrix of hypotheses.

    Raises:
        OnrecordError: when this installation came without the example.
    """
    return _at_hand("example-hypotheses.toml", "hypotheses.toml")


@contextmanager
def _at_hand(packed_name: str, name: str) -> Iterator[Path]:
    packed = files("onrecord").joinpath(packed_name)
    if packed.is_dir() or packed.is_file():
        with as_file(packed) as path:
            yield path
        return
    checkout = Path(__file__).resolve().parents[3] / "examples" / "crisis" / name
    if not checkout.exists():
        raise OnrecordError("this installation came without the example; install onrecord again")
    yield checkout
