"""What, beside the bytes of the inputs, decides what comes out of them: readers, limits, defaults, libraries.

What was read of a shard counts only on the terms on which it was planned, and a worker on another machine sees first
whether it would read on the same ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from onrecord.domain.ids import sha256
from onrecord.domain.statements import ReaderIdentity
from onrecord.errors import BatchError
from onrecord.reading.fitting import signers
from onrecord.reading.reader import Reader
from onrecord.reading.readers import AUTO
from onrecord.settings import Settings
from onrecord.sources import Defaults

_LIBRARIES: Final = ("onrecord", "trafilatura", "pypdf", "py3langid")
"""Those whose version shows in texts; the reader says its own."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The name under which the reader is loaded, who signs then, limits in bytes and characters, and defaults."""

    reader: str
    signers: tuple[ReaderIdentity, ...]
    libraries: tuple[tuple[str, str], ...]
    max_input: int
    max_text: int
    outlet: str | None = None
    published: datetime | None = None

    @property
    def key(self) -> str:
        return sha256(json.dumps(self.as_json(), sort_keys=True).encode())[:32]

    @property
    def settings(self) -> Settings:
        """Those by which inputs are taken; each worker has one thread."""
        return Settings(max_input=self.max_input, max_text=self.max_text)

    @property
    def defaults(self) -> Defaults:
        return Defaults(outlet=self.outlet, published=self.published)

    def as_json(self) -> dict[str, Any]:
        return {
            "reader": self.reader,
            "signers": [asdict(one) for one in self.signers],
            "libraries": dict(self.libraries),
            "max_input": self.max_input,
            "max_text": self.max_text,
            "outlet": self.outlet,
            "published": None if self.published is None else self.published.isoformat(),
        }

    def check(self, reader: Reader) -> None:
        """Holds the reader and the libraries of this process to the terms.

        Raises:
            BatchError: when it would read in another way.
        """
        ours, here = (self.signers, self.libraries), (signers(reader), _libraries())
        if ours != here:
            raise BatchError(
                f"a worker would not read as was planned: it has {_in_words(*here)}, and the plan says "
                f"{_in_words(*ours)}; install the same versions everywhere"
            )


def terms_for(
    reader: Reader,
    settings: Settings,
    *,
    name: str = AUTO,
    outlet: str | None = None,
    published: datetime | None = None,
) -> Terms:
    """The terms on which this process would read."""
    return Terms(name, signers(reader), _libraries(), settings.max_input, settings.max_text, outlet, published)


def terms_of(value: object) -> Terms:
    """The terms that `as_json` gave.

    Raises:
        BatchError: when they are none.
    """
    try:
        given: Mapping[str, Any] = dict(value)  # type: ignore[call-overload]  # anything may have been in the file
        published = given["published"]
        return Terms(
            reader=str(given["reader"]),
            signers=tuple(ReaderIdentity(one["name"], one["version"], one["weights"]) for one in given["signers"]),
            libraries=tuple((str(name), str(one)) for name, one in dict(given["libraries"]).items()),
            max_input=int(given["max_input"]),
            max_text=int(given["max_text"]),
            outlet=given["outlet"],
            published=None if published is None else datetime.fromisoformat(published),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BatchError(f"the terms of a plan cannot be read ({type(error).__name__}: {error})") from error


def _libraries() -> tuple[tuple[str, str], ...]:
    return tuple((name, _version(name)) for name in _LIBRARIES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _in_words(readers: tuple[ReaderIdentity, ...], libraries: tuple[tuple[str, str], ...]) -> str:
    who = (f"the {one.name} {one.version} ({(one.weights or 'no weights')[:12]})" for one in readers)
    return ", ".join((*who, *(f"{name} {number}" for name, number in libraries)))
