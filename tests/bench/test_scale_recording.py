"""What a record costs is measured of a record that holds all that was given, and nothing else."""

from itertools import islice
from pathlib import Path

import pytest

from bench.scale.measurements import CAPTURES
from bench.scale.recording import FIRST, HOLDERS, REST, crowded, recorded, varied_further
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View
from onrecord.linking.utterances import WINDOW
from onrecord.pipeline import Result, extract
from onrecord.reading.reader import Reader
from onrecord.reading.readers import load_reader
from onrecord.settings import Settings
from onrecord.sources import gather
from onrecord.sources.example import reports_folder


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader("tagger")


@pytest.fixture(scope="module")
def results(reader: Reader) -> list[Result]:
    with reports_folder() as folder:
        return crowded(list(islice(extract(gather([folder], Settings()), reader), 6)))


def test_a_record_is_loaded_linked_and_weighed(results: list[Result], reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "made.ledger"
    made = recorded(str(path), results, reader.identity)
    assert (made.store, made.reports) == ("SQLite", len(results))
    assert made.statements == sum(len(one.statements) for one in results) > 0
    assert set(made.sizes) == {*HOLDERS.values(), REST}
    assert made.size == sum(made.sizes.values()) - made.sizes[CAPTURES]
    assert made.sizes["hash chain"] > 0
    linked = made.linked
    assert linked is not None
    assert linked.passages >= made.statements
    assert 0 < linked.parted < 1
    assert min(made.load, linked.link, linked.weigh) > 0
    assert min(made.sizes.values()) >= 0
    assert verify(path).holds


def test_reports_are_published_within_the_days_that_linking_compares(results: list[Result]) -> None:
    reports = [one.given.report for one in results]
    days = {one.published - FIRST for one in reports if one is not None and one.published is not None}
    assert 1 < len(days) <= WINDOW
    assert max(day.days for day in days) < WINDOW


def test_a_record_many_times_as_large_is_sound_and_only_loaded(
    results: list[Result], reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "many.ledger"
    made = recorded(str(path), varied_further(results, 3), reader.identity, link=False)
    assert made.linked is None
    assert (made.reports, made.statements) == (3 * len(results), 3 * sum(len(one.statements) for one in results))
    assert verify(path).holds
    with View(path, Settings()) as view:
        assert sum(1 for _ in view.statements()) == made.statements


def test_a_record_that_is_there_is_not_measured_again(results: list[Result], reader: Reader, tmp_path: Path) -> None:
    path = str(tmp_path / "made.ledger")
    recorded(path, results[:1], reader.identity, link=False)
    with pytest.raises(ValueError, match="empty database"):
        recorded(path, results[1:], reader.identity, link=False)
