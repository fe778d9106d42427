"""What is PostgreSQL's own: what its errors mean, how texts are kept there, who waits for whom, a server that goes down."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text

from onrecord.domain.reports import Capture, Input, Report
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.errors import (
    ExtraMissing,
    LedgerBusy,
    LedgerError,
    LedgerMissing,
    LedgerUnreadable,
    LedgerUnwritable,
    LedgerVersion,
)
from onrecord.ledger import databases
from onrecord.ledger.index import rebuild_search
from onrecord.ledger.links import LinkStore
from onrecord.ledger.postgres_texts import ESCAPED, NUL, given_back, kept
from onrecord.ledger.schema import REVISION
from onrecord.ledger.search import folded, stands_in
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter, View
from onrecord.ledger.writer import Writer
from onrecord.places import Address, place_of
from onrecord.settings import Settings
from tests.databases import Server
from tests.databases import server as running
from tests.ledger.material import READER, Clock, back_to, invented, judged, record

SOON = Settings(busy_timeout=0.05)


@pytest.fixture
def ledger(postgres: Server) -> Iterator[str]:
    """The address of an empty ledger."""
    address = postgres.ledger()
    yield address
    postgres.give_back(address)


@pytest.fixture
def bare(postgres: Server) -> Iterator[str]:
    """The address of a database with nothing in it."""
    address = postgres.bare()
    yield address
    postgres.drop(address)


@pytest.fixture(scope="module")
def asked(postgres: Server) -> Iterator[Connection]:
    """A connection to a ledger, to ask the functions that it has."""
    address = postgres.ledger()
    engine = databases.opened(place_of(address), Settings(), "read")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    postgres.give_back(address)


def test_letters_are_folded_as_python_folds_them(asked: Connection) -> None:
    every = (chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    letters = [one for one in every if folded(f"a{one}b") != f"a{one}b"][::9]
    query = text(
        "SELECT string_agg(onrecord_folded('a' || one || 'b'), chr(10) ORDER BY place) "
        "FROM unnest(:all) WITH ORDINALITY AS each(one, place)"
    )
    assert len(letters) > 2_000
    found = asked.execute(query, {"all": letters}).scalar_one().split("\n")
    assert found == [folded(f"a{one}b") for one in letters]


@pytest.mark.parametrize(
    "value", ["", " ", "  Recep\t\nTayyip  ERDOĞAN ", "“Groß” – ẞ", "가나 ﬁ", "\u00a0x\u2003y\x1c", "İ"]
)
def test_names_are_folded_as_python_folds_them(asked: Connection, value: str) -> None:
    assert asked.execute(text("SELECT onrecord_folded(:it)"), {"it": value}).scalar_one() == folded(value)


@pytest.mark.parametrize("name", ["Keat", "keat ling", "märtz", "MARTZ", "", "%", "l.", "ing", "ő", "the", "”", "x\\y"])
@pytest.mark.parametrize(
    ("speaker", "source"),
    [
        ("Keat Ling", "[]"),
        ("Keating", "[]"),
        ("Keatings, Keat", "[]"),
        (None, '[[0,3,"the Keat"],[5,9,"Ilse MÄRTZ”"]]'),
        (None, '[[0,3,"xő"],[5,9,"ő"]]'),
        (None, "no list"),
        (None, "{}"),
        ("éKeaté", "[]"),
        ("x\\y l.", "[]"),
        ("", "[]"),
    ],
)
def test_who_is_called_so_is_told_as_in_python(asked: Connection, speaker: str | None, source: str, name: str) -> None:
    query = text("SELECT onrecord_called(:speaker, :source, :name)")
    found = asked.execute(query, {"speaker": speaker, "source": source, "name": name}).scalar_one()
    assert found == stands_in(speaker, source, name)


@pytest.mark.parametrize(
    "value", ["", "a\0b", f"{NUL}", f"\0{NUL}{ESCAPED}\0", f"{ESCAPED}{ESCAPED}{NUL}x", "\ufffe\uffff"]
)
def test_texts_come_back_from_what_can_be_kept(asked: Connection, value: str) -> None:
    assert "\0" not in kept(value)
    assert given_back(kept(value)) == value
    assert asked.execute(text("SELECT CAST(:it AS text)"), {"it": value}).scalar_one() == value


def test_names_of_any_length_are_kept_and_found(ledger: str) -> None:
    long = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(6_000))
    given, statements = invented(1, name=f"{long}.html")
    assert given.report is not None
    report = replace(given.report, outlet=long, title=long)
    with Writer(ledger) as writer:
        writer.record_read(replace(given, report=report), READER, ())
        writer.record_read(*_read(2))
    assert verify(ledger).faults == ()
    with View(ledger) as view:
        assert view.report(f"{long}.html").report == report
        assert view.count_reports(outlet=long) == 1
        assert view.count_reports(text=f'"{long[:900]}"') == view.count_reports(text=long[:900]) == 0
        assert view.count_reports(text=f"{long[:900]}*") == 1
    assert statements


def test_a_text_of_a_million_letters_is_found_by_its_words(ledger: str) -> None:
    words = " ".join(f"w{number:x}" for number in range(150_000)) + " the very last words"
    capture = Capture(words.encode(), "x", "text/plain")
    with Writer(ledger) as writer:
        writer.record_read(Input("x", "x", capture, Report(capture.sha256, words)), READER, ())
    with View(ledger) as view:
        assert [view.count_reports(text=asked) for asked in ("w1f w2", '"w1 w2"', '"w2 w1"')] == [1, 1, 0]


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ("nothing", LedgerMissing, "there is no database"),
        ("postgres", LedgerMissing, "is empty"),
    ],
)
def test_what_is_not_there_is_told(postgres: Server, address: str, kind: type[LedgerError], words: str) -> None:
    with pytest.raises(kind, match=words):
        View(postgres.address(address))


def test_a_database_of_something_else_is_left_alone(bare: str) -> None:
    for made in ("CREATE TABLE other (x int)", "CREATE TABLE meta (key text, value text)"):
        with psycopg.connect(bare, autocommit=True) as connection:
            connection.execute(made)  # type: ignore[call-overload]  # one of the two above
        for opens in (View, Writer):
            with pytest.raises(LedgerUnreadable, match="not a ledger of onrecord"):
                opens(bare)


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path) -> None:
    address = f"postgresql://ida:very-secret@/news?host={tmp_path}&sslpassword=very-secret"
    for opens, kind in ((View, LedgerUnreadable), (Writer, LedgerUnwritable)):
        with pytest.raises(kind, match=r"does not answer .* see that it runs") as raised:
            opens(address)
        assert "very-secret" not in str(raised.value)
        assert "very-secret" not in repr(place_of(address))


def test_without_the_library_it_is_said_which_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "onrecord.ledger.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    import onrecord.ledger

    monkeypatch.delattr(onrecord.ledger, "postgres", raising=False)
    with pytest.raises(ExtraMissing, match=r"onrecord\[postgres\]"):
        View("postgresql:///news")


def test_a_role_that_may_only_read_reads_and_is_told_that_it_cannot_write(postgres: Server, ledger: str) -> None:
    record(place_of(ledger), range(2))
    with psycopg.connect(ledger, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS looking")
        connection.execute("CREATE ROLE looking LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looking")
    theirs = ledger.replace("tests@", "looking@")
    try:
        with View(theirs) as view:
            assert view.count(StatementFilter(speaker="dur")) == 2
        assert verify(theirs).holds
        with pytest.raises(LedgerUnwritable, match="what this user may do"), Writer(theirs) as writer:
            writer.record_read(*_read(3))
    finally:
        with psycopg.connect(ledger, autocommit=True) as connection:
            connection.execute("DROP OWNED BY looking")
            connection.execute("DROP ROLE looking")


def test_rows_of_the_record_can_only_be_added(ledger: str) -> None:
    record(place_of(ledger), range(2))
    with psycopg.connect(ledger, autocommit=True) as connection:
        for what in ("UPDATE entry SET kind = kind", "DELETE FROM statement", "TRUNCATE entry CASCADE"):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                connection.execute(what)  # type: ignore[call-overload]  # one of the three above


def test_what_somebody_changes_in_spite_of_that_is_found(ledger: str) -> None:
    record(place_of(ledger), range(3))
    with psycopg.connect(ledger, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE statement SET content = replace(content, 'lorries', 'barrels') WHERE seq = 4")
        connection.execute("DELETE FROM input WHERE name = '2.html'")
        connection.execute("ALTER TABLE statement_search RENAME TO elsewhere")
    try:
        faults = [fault.problem for fault in verify(ledger).faults]
    finally:
        with psycopg.connect(ledger, autocommit=True) as connection:
            connection.execute("ALTER TABLE elsewhere RENAME TO statement_search")
    assert any("was changed after it was recorded" in one for one in faults)
    assert any("the input itself is missing" in one for one in faults)
    assert any("onrecord reindex" in one for one in faults)
    assert not any("transaction" in one for one in faults)


def test_the_index_is_made_again(ledger: str) -> None:
    record(place_of(ledger), range(3))
    with psycopg.connect(ledger, autocommit=True) as connection:
        connection.execute("DELETE FROM statement_search")
        connection.execute("DELETE FROM listed")
    assert {fault.kind for fault in verify(ledger).faults} == {"search"}
    rebuild_search(ledger)
    assert verify(ledger).faults == ()
    with View(ledger) as view:
        assert view.count(StatementFilter(text="lorries 2")) == 1


def test_a_writer_waits_for_another_as_long_as_is_set(ledger: str) -> None:
    with psycopg.connect(ledger) as holding, Writer(ledger, SOON) as writer:
        holding.execute("UPDATE meta SET value = value WHERE key = 'commits'")
        writer.record_read(*_read(1))
        with pytest.raises(LedgerBusy, match="another process is writing"):
            writer.commit()
        holding.rollback()
        writer.commit()
        assert writer.counts.read == 1


def test_judgements_of_many_at_once_are_all_on_one_chain(ledger: str) -> None:
    start = threading.Barrier(8)

    def judge(first: int) -> None:
        start.wait()
        for number in range(first, first + 5):
            with Writer(ledger, clock=Clock(), recorded_by="test 1.0") as writer:
                writer.record_judgement(judged(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(judge, range(0, 40, 5)))
    found = verify(ledger)
    assert (found.faults, found.checked["judgement"], found.checked["entry"]) == ((), 40, 40)


def test_a_server_that_goes_down_loses_nothing_that_was_acknowledged() -> None:
    with running() as server:
        address = server.ledger()
        with Writer(address, SOON) as writer, View(address) as view:
            writer.record_read(*_read(1))
            writer.commit()
            digest = view.digest()
            server.stop("immediate")
            with pytest.raises(LedgerUnreadable, match="does not answer"):
                view.digest()
            writer.record_read(*_read(2))
            with pytest.raises(LedgerUnwritable, match="What was committed is safe"):
                writer.commit()
            server.start()
            assert view.digest() == digest
            writer.commit()
            assert view.totals().read == 2
        assert verify(address).faults == ()


@pytest.mark.parametrize("written", ["2", "3", "4", "5", "6"])
def test_an_older_ledger_is_brought_up(postgres: Server, written: str) -> None:
    address = postgres.copy(postgres.ledger())
    path = place_of(address)
    record(path, range(3))
    before = verify(path)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(back_to(int(written)))  # type: ignore[call-overload]  # names of our own tables
        connection.execute("UPDATE meta SET value = %s WHERE key = 'schema'", (written,))
    with pytest.raises(LedgerVersion, match="onrecord link"):
        View(path)
    Writer(path).close()
    assert verify(path) == before
    with View(path) as view:
        assert view.count() == 12
        assert view.speakers()
    if written not in ("2", "3"):
        with LinkStore(path) as store, store.asking() as asked:
            assert [one.a for one in asked.links_of("story", ["b", "d"])] == ["a", "c"]
    with psycopg.connect(address, autocommit=True) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISION,)]
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
            connection.execute("TRUNCATE judgement")
    postgres.drop(address)


def test_addresses_are_never_taken_for_files() -> None:
    with pytest.raises(LedgerUnreadable, match="lost a stroke"):
        place_of(Path("postgresql://db.example.org/news"))
    assert isinstance(place_of("postgres://db.example.org/news"), Address)
    assert place_of("postgresql.ledger") == Path("postgresql.ledger")


def _read(number: int) -> tuple[Input, ReaderIdentity, tuple[Statement, ...]]:
    given, statements = invented(number)
    return given, READER, statements
