"""Where a ledger is: in a file, or in PostgreSQL under an address; and where what belongs to it lies as files.

An address is what libpq takes: `postgresql://desk@db.example.org/news`, also with a socket's folder in the place of the
host (`postgresql://%2Frun%2Fpostgresql/news`). What it leaves out comes from libpq's variables (PGHOST, PGUSER, …) and
passwords from `~/.pgpass`. A password in the address works as well, and is never shown.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from onrecord.errors import LedgerUnreadable

_ADDRESS: Final = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^@/?]*)@)?(?P<host>[^/?]*)(?:/(?P<base>[^?]*))?(?:\?(?P<more>.*))?"
)
_COLLAPSED: Final = re.compile(r"postgres(?:ql)?:/(?!/)")
_SECRET: Final = re.compile(r"(?i)^(?:ssl)?password=")
_PLAIN: Final = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a ledger in PostgreSQL; as text it has no password."""

    whole: str = field(repr=False)
    """All of it, for the library that connects."""

    def __str__(self) -> str:
        found = self._parts()
        user = (found["user"] or "").partition(":")[0]
        more = "&".join(one for one in (found["more"] or "").split("&") if one and not _SECRET.match(one))
        return "".join(
            (
                "postgresql://",
                f"{user}@" if user else "",
                found["host"] or "",
                "" if found["base"] is None else f"/{found['base']}",
                f"?{more}" if more else "",
            )
        )

    @property
    def name(self) -> str:
        """What a file or folder for this ledger is called: server and database, in plain characters.

        >>> Address("postgresql://ida:secret@db.example.org:5433/news").name
        'db.example.org-5433-news'
        """
        found = self._parts()
        told = dict(one.partition("=")[::2] for one in (found["more"] or "").split("&"))
        host = found["host"] or told.get("host") or os.environ.get("PGHOST") or "local"
        port = told.get("port")
        base = found["base"] or told.get("dbname") or os.environ.get("PGDATABASE") or "default"
        parts = (host, port, base, told.get("options"))
        return "-".join(_PLAIN.sub("-", unquote(one)).strip("-.") for one in parts if one)

    def _parts(self) -> re.Match[str]:
        found = _ADDRESS.fullmatch(self.whole)
        if found is None:
            raise LedgerUnreadable("a ledger's address is written as postgresql://USER@HOST/DATABASE")
        return found


Place = Path | Address
"""Where a ledger is."""


def place_of(given: Place | str) -> Place:
    """The place that a text means: an address where it begins as one, else a file.

    >>> str(place_of("postgresql://ida:secret@db.example.org/news"))
    'postgresql://ida@db.example.org/news'
    >>> place_of("news.ledger").name
    'news.ledger'

    Raises:
        LedgerUnreadable: for an address that is written wrongly, or that went through `Path`, which breaks it.
    """
    if isinstance(given, Address):
        return given
    if _COLLAPSED.match(str(given)):
        raise LedgerUnreadable(f"{given} has lost a stroke; write the address of a ledger as text: postgresql://…")
    if isinstance(given, str) and _ADDRESS.match(given):
        found = Address(given)
        found._parts()
        return found
    return Path(given)


def beside(ledger: Place | str, suffix: str) -> Path:
    """The file or folder that belongs to a ledger and ends so: beside its file, or for an address in `data_folder`.

    That folder is made where it is missing, so that only its owner can look into it.

    >>> beside("desk/news.ledger", ".desk").as_posix()
    'desk/news.ledger.desk'
    """
    place = place_of(ledger)
    if isinstance(place, Address):
        folder = data_folder()
        # Where it cannot be made, whoever opens the file says so in words.
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / f"{place.name}{suffix}"
    return place.with_name(place.name + suffix)


def data_folder() -> Path:
    """Where files of ledgers in PostgreSQL lie: ONRECORD_DATA, else the usual folder for data of a user's programs."""
    told = os.environ.get("ONRECORD_DATA")
    if told:
        return Path(told)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "onrecord"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "onrecord"
