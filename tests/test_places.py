"""What a text means as the place of a ledger, and where what belongs to a ledger lies."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.custody.places import captures_folder, stamps_folder
from onrecord.desk.store import Desk, desk_path
from onrecord.errors import LedgerUnreadable
from onrecord.places import Address, Place, beside, place_of
from onrecord.watching.state import State, state_path

NEWS = "postgresql://ida:secret@db.example.org/news"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("PGHOST", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONRECORD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (NEWS, "postgresql://ida@db.example.org/news"),
        ("postgres://ida:a%3Ab@db/news", "postgresql://ida@db/news"),
        ("postgresql://ida:a:b@db/news", "postgresql://ida@db/news"),
        ("postgresql:///news", "postgresql:///news"),
        ("postgresql://", "postgresql://"),
        ("postgresql://%2Frun%2Fpostgresql:5433/news", "postgresql://%2Frun%2Fpostgresql:5433/news"),
        ("postgresql://db/news?password=secret&sslmode=require", "postgresql://db/news?sslmode=require"),
        ("postgresql://db/news?SSLPassword=secret", "postgresql://db/news"),
        ("postgresql://a,b:5433/news?target_session_attrs=any", "postgresql://a,b:5433/news?target_session_attrs=any"),
    ],
)
def test_an_address_is_shown_without_its_password(typed: str, shown: str) -> None:
    found = place_of(typed)
    assert isinstance(found, Address)
    assert str(found) == f"{found}" == shown
    assert found.whole == typed
    assert "secret" not in repr(found)
    assert place_of(found) is found


@pytest.mark.parametrize(
    "typed", ["news.ledger", "./postgresql", "postgresql.ledger", "postgresql:news", "C:/news", ""]
)
def test_everything_else_is_a_file(typed: str) -> None:
    assert place_of(typed) == Path(typed)


@pytest.mark.parametrize("typed", [Path("postgresql://db/news"), Path("postgres://db/news"), "postgresql:/db/news"])
def test_an_address_that_went_through_a_path_is_refused(typed: Place | str) -> None:
    with pytest.raises(LedgerUnreadable, match="lost a stroke"):
        place_of(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (NEWS, "db.example.org-news"),
        ("postgresql://edo@db.example.org/news", "db.example.org-news"),
        ("postgresql://db.example.org:5433/news", "db.example.org-5433-news"),
        ("postgresql://db.example.org/other", "db.example.org-other"),
        ("postgresql:///news", "local-news"),
        ("postgresql://%2Frun%2Fpostgresql/news", "run-postgresql-news"),
        ("postgresql:///news?host=/run/postgresql", "run-postgresql-news"),
        ("postgresql://db/..%2F..%2Fetc", "db-etc"),
        ("postgresql://db/all?options=-csearch_path%3Dnews", "db-all-csearch-path-news"),
    ],
)
def test_what_belongs_to_an_address_has_a_name_of_its_own(typed: str, name: str, data: Path) -> None:
    for path, suffix in (
        (desk_path(typed), ".desk"),
        (state_path(typed), ".watch"),
        (captures_folder(place_of(typed)), ".captures"),
        (stamps_folder(place_of(typed)), ".stamps"),
    ):
        assert path == data / f"{name}{suffix}"


@pytest.mark.parametrize("made", [desk_path, state_path, captures_folder, stamps_folder])
def test_what_belongs_to_a_file_lies_beside_it(made: Callable[[Path], Path], tmp_path: Path, data: Path) -> None:
    assert made(tmp_path / "news.ledger").parent == tmp_path
    assert not data.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_owner_can_look_at_them(data: Path) -> None:
    with Desk(NEWS, create=True) as desk, State(NEWS) as state:
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600
        assert {desk.path.parent, state.path.parent} == {data}
    assert beside(NEWS, ".desk").is_file()
