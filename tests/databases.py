"""Places for ledgers in either database: files, and databases of a server of PostgreSQL that runs for the tests alone.

The server listens on a socket in a folder of its own, and is started as the user postgres where the tests run as root,
as which PostgreSQL refuses to run. It sorts texts by ICU, as many do, so that an order that leans on the server's shows.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from onrecord.ledger.writer import Writer
from onrecord.places import Place, place_of

NewPlace = Callable[[], Place]
DEBIANS = Path("/usr/lib/postgresql")
NUMBERS = count()
_KEPT = ("meta", "alembic_version", "onrecord_fold", "onrecord_word")


def programs() -> Path | None:
    """The folder with the programs of the newest PostgreSQL that is installed, if one is."""
    initdb = shutil.which("initdb")
    known = [] if initdb is None else [Path(initdb).resolve().parent]
    versions = [one for one in DEBIANS.glob("*/bin") if one.parent.name.isdecimal()]
    known += sorted(versions, key=lambda one: -int(one.parent.name))
    return next((one for one in known if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


class Server:
    """A server of PostgreSQL; `ledger` gives new databases, each an empty ledger, and `bare` such as hold nothing."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            self._as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "tests", "-E", "UTF8", "-N", *locale)
        self.start()
        self._template: str | None = None
        self._free: list[str] = []

    def start(self) -> None:
        """Starts it and waits until it answers."""
        told = {
            "listen_addresses": "''",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": 200,
            "shared_buffers": "64MB",
            "autovacuum": "off",
        }
        options = " ".join(f"-c {name}={value}" for name, value in told.items())
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-o", options, "start"
        )

    def stop(self, how: str = "immediate") -> None:
        """Stops it, "immediate" as if the machine went down."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def address(self, database: str) -> str:
        """Where a database is."""
        return f"postgresql://tests@/{database}?host={self.folder}"

    def bare(self, template: str = "template1") -> str:
        """A new database, empty or a copy of another; its address."""
        name = f"ledger_{next(NUMBERS)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def ledger(self) -> str:
        """A database that is an empty ledger, new or one that was given back; its address."""
        if self._free:
            return self._free.pop()
        if self._template is None:
            address = self.bare()
            Writer(address).close()
            self._template = database_in(address)
        return self.bare(self._template)

    def copy(self, address: str) -> str:
        """A new database with all that another has; its address."""
        return self.bare(database_in(address))

    def give_back(self, address: str) -> None:
        """Empties a ledger that `ledger` gave: quicker than another database."""
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(ended, (database_in(address),))
            # So neither rows that may not be removed nor those that others refer to are asked for their leave.
            connection.execute("SET session_replication_role = replica")
            tables = connection.execute("SELECT relname FROM pg_stat_user_tables").fetchall()
            emptied = [f'DELETE FROM "{name}"' for (name,) in tables if name not in _KEPT]
            connection.execute("; ".join(emptied))  # type: ignore[arg-type]  # names of our own tables
        self._free.append(address)

    def drop(self, address: str) -> None:
        """Removes a database, whoever is connected to it."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database_in(address)} WITH (FORCE)")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._programs / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=program != "pg_ctl", check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def database_in(address: str) -> str:
    """The name of the database in an address."""
    return address.split("@/", 1)[1].partition("?")[0]


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs until the end.

    The tests that ask for one are skipped where PostgreSQL is not installed.
    """
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    # The path of a socket has to be short.
    with tempfile.TemporaryDirectory(prefix="onrecord-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        made = Server(Path(folder), found)
        try:
            yield made
        finally:
            made.stop()


def places(request: pytest.FixtureRequest, database: str, folder: Path) -> Iterator[NewPlace]:
    """Places for new ledgers in one database, which are gone afterwards."""
    if database == "sqlite":
        numbers = count()
        yield lambda: place_of(folder / f"{next(numbers)}.ledger")
        return
    server: Server = request.getfixturevalue("postgres")
    made: list[str] = []

    def another() -> Place:
        made.append(server.ledger())
        return place_of(made[-1])

    yield another
    for address in made:
        server.give_back(address)
