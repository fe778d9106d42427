"""A batch gives the record that one process gives, whatever happens on the way, and reads nothing twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.batch import planning, reading, trying
from onrecord.batch.engines import Event
from onrecord.batch.folder import Folder
from onrecord.batch.status import status_of
from onrecord.batch.working import CRASHED, How, Job, work
from onrecord.errors import BatchError
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from onrecord.sources.gather import taken
from tests.batch.inputs import Here, digest, lines, read_plain, run_batch

POISON = "poison"


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARD", 1_000)


@pytest.fixture
def places(tmp_path: Path) -> list[Path]:
    """Some reports, some of them twice, and what cannot be read."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(lines(*range(30)) + b"{}\n" + lines(3, 4, 40))
    (folder / "b.jsonl").write_bytes(lines(5, 41, 42))
    (folder / "c.txt").write_text("7", encoding="utf-8")
    return [folder, tmp_path / "missing"]


@pytest.fixture
def plain(places: list[Path], tmp_path: Path) -> tuple[str, dict[str, object]]:
    tally = read_plain(tmp_path / "plain.ledger", places)
    return digest(tmp_path / "plain.ledger"), tally.as_json()


def poisoned(job: Job) -> str | None:
    """Fails as a worker would that dies of a poisoned input, unless that is set aside."""
    if job.how is not How.READ:
        return None
    shard, settings = job.shard, job.terms.settings
    found = [one for source in shard.sources for one in taken(source.found, settings, stretch=shard.stretch)]
    for one in found[shard.first : shard.last]:
        capture = one.capture
        if capture is not None and POISON.encode() in capture.content and capture.sha256 not in job.aside:
            return "it died"
    return None


class Damaging(Here):
    """Damages a shard's file as soon as it is written, so many times."""

    def __init__(self, file: Path, times: int) -> None:
        super().__init__()
        self._file, self._times = file, times

    def events(self, seconds: float) -> Iterator[Event]:
        for event in super().events(seconds):
            if event.job.out == self._file and self._times:
                self._times -= 1
                self._file.write_bytes(b"")
            yield event


def test_the_record_is_that_of_one_process(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    engine = Here()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain
    assert len(engine.done) > 4
    assert tally.duplicate == 3
    assert set(tally.skipped) == {"no text", "not found", "no words"}


def test_a_second_run_reads_nothing_and_adds_nothing(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    engine = Here()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert engine.done == []
    assert (tally.read, tally.duplicate, digest(tmp_path / "x.ledger")) == (0, 36, plain[0])


@pytest.mark.parametrize("stop_at", [0, 3])
def test_a_run_that_is_cut_off_goes_on(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path, stop_at: int
) -> None:
    first = Here()

    def stop(job: Job) -> None:
        if len(first.done) > stop_at:
            raise KeyboardInterrupt

    first = Here(stop)
    with pytest.raises(KeyboardInterrupt):
        run_batch(tmp_path / "w", tmp_path / "x.ledger", places, first)
    again = Here()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, again)
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain
    assert {job.shard.id for job in again.done} == {one.id for one in _leaves(tmp_path / "w")} - {
        job.shard.id for job in first.done[:-1]
    }


def _leaves(folder: Path) -> list[planning.Shard]:
    held = Folder(folder)
    held.read()
    return held.leaves()


@pytest.mark.parametrize("damage", ["cut", "gone", "account gone", "other"])
def test_a_damaged_shard_is_read_again(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path, damage: str
) -> None:
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    files = sorted((tmp_path / "w" / "shards").glob("*.parquet"))
    if damage == "cut":
        files[1].write_bytes(files[1].read_bytes()[:-20])
    elif damage == "gone":
        files[1].unlink()
    elif damage == "account gone":
        files[1].with_suffix(".json").unlink()
    else:
        files[1].write_bytes(files[2].read_bytes())
        files[1].with_suffix(".json").write_bytes(files[2].with_suffix(".json").read_bytes())
    (tmp_path / "x.ledger").unlink()
    engine = Here()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert [job.shard.id for job in engine.done] == [files[1].stem]
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain


def test_what_is_damaged_before_it_is_loaded_is_read_again(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    engine = Damaging(tmp_path / "w" / "shards" / "00001.parquet", times=1)
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert [job.shard.id for job in engine.done].count("00001") == 2
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain


def test_what_is_damaged_whenever_it_is_read_stops_it(places: list[Path], tmp_path: Path) -> None:
    engine = Damaging(tmp_path / "w" / "shards" / "00001.parquet", times=9)
    with pytest.raises(BatchError, match=r"00001\.parquet was damaged again"):
        run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)


def test_what_is_read_is_loaded_while_the_rest_is_read(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    engine, seen = Here(), list[tuple[int, int]]()
    tally = run_batch(
        tmp_path / "w", tmp_path / "x.ledger", places, engine,
        watch=lambda run: seen.append((len(engine.done), run.progress.loaded)),
    )  # fmt: skip
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain
    assert seen[0] == (1, 1)
    assert [loaded for _, loaded in seen] == list(range(1, tally.inputs + 1))


def test_workers_get_their_next_job_while_something_is_loaded(
    places: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_SOON", -1.0)
    engine, done = Here(), list[int]()
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine, watch=lambda run: done.append(len(engine.done)))
    assert done[:3] == [1, 2, 3]


def test_what_the_ledger_has_is_not_read_by_a_worker(places: list[Path], tmp_path: Path) -> None:
    read_plain(tmp_path / "x.ledger", [places[0] / "a.jsonl"])
    before = Writer(tmp_path / "x.ledger")
    known = len(list(before.readings()))
    before.close()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    assert known == 31
    assert (tally.read, tally.duplicate) == (2, 34)
    accounts = [json.loads(one.read_text()) for one in (tmp_path / "w" / "shards").glob("*.json")]
    assert sum(one["reports"] for one in accounts) == 2


def test_a_ledger_that_is_lost_is_made_again(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    read_plain(tmp_path / "x.ledger", [places[0] / "a.jsonl"])
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    (tmp_path / "x.ledger").unlink()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain


def test_what_has_changed_is_read_anew_and_the_rest_is_not(places: list[Path], tmp_path: Path) -> None:
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    with (places[0] / "b.jsonl").open("ab") as file:
        file.write(lines(77))
    (places[0] / "d.jsonl").write_bytes(lines(78))
    engine = Here()
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert tally.read == 2
    assert {one.shown.rpartition("/")[2] for job in engine.done for one in job.shard.sources} <= {
        "b.jsonl", "c.txt", "d.jsonl", "missing"}  # fmt: skip
    assert digest(tmp_path / "x.ledger") == _plain_digest(places, tmp_path)


def _plain_digest(places: list[Path], tmp_path: Path) -> str:
    read_plain(tmp_path / "plain-again.ledger", places)
    return digest(tmp_path / "plain-again.ledger")


def test_a_file_that_changes_meanwhile_stops_it(places: list[Path], tmp_path: Path) -> None:
    def change(job: Job) -> None:
        (places[0] / "a.jsonl").write_bytes(lines(1))

    with pytest.raises(BatchError, match=r"a\.jsonl has changed since"):
        run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here(change))


def test_a_shard_that_fails_now_and_then_is_tried_again(
    places: list[Path], plain: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    engine = Here(lambda job: "bad luck" if job.attempt < 3 else None)
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert (digest(tmp_path / "x.ledger"), tally.as_json()) == plain


@pytest.mark.parametrize("where", [0, 7, 29])
def test_an_input_that_kills_its_worker_is_set_aside_alone(places: list[Path], tmp_path: Path, where: int) -> None:
    numbers = list(range(30))
    rows = [lines(number, more=POISON if number == where else "") for number in numbers]
    (places[0] / "a.jsonl").write_bytes(b"".join(rows))
    engine = Here(poisoned)
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert tally.as_json() == {
        "inputs": 35, "read": 31, "duplicate": 1 - (where == 5), "skipped": {"no words": 1, "not found": 1, CRASHED: 1},
        "statements": 31 + (where == 5)} | ({"read": 32} if where == 5 else {"statements": 31})  # fmt: skip
    with View(tmp_path / "x.ledger") as view:
        aside = [one for one in view.inputs() if one.reason == CRASHED]
    assert [(one.name, one.detail) for one in aside] == [(f"n{where}", "it died (3 times)")]
    assert aside[0].capture is not None
    told = status_of(tmp_path / "w")
    assert told is not None
    assert [(one["name"], one["why"]) for one in told["quarantine"]] == [(f"n{where}", "it died (3 times)")]
    assert (told["state"], told["inputs"]["read"]) == ("done", 35)
    assert max(sum(job.shard.id == one for job in engine.done) for one in {job.shard.id for job in engine.done}) <= 5


def test_quarantine_holds_until_it_is_to_be_tried_again(places: list[Path], tmp_path: Path) -> None:
    (places[0] / "a.jsonl").write_bytes(lines(1) + lines(2, more=POISON) + lines(*range(3, 20)))
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here(poisoned))
    shutil.rmtree(tmp_path / "w" / "shards")
    with (places[0] / "a.jsonl").open("ab") as file:
        file.write(lines(2, more=POISON))
    engine = Here(poisoned)
    before = digest(tmp_path / "x.ledger")
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert {job.attempt for job in engine.done} == {1}
    assert (tally.skipped[CRASHED], digest(tmp_path / "x.ledger")) == (2, before)
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine := Here(), retry=True)
    told = status_of(tmp_path / "w")
    assert told is not None
    assert (told["quarantine"], told["tries"]) == ([], [])
    assert digest(tmp_path / "x.ledger") != before


def test_where_everything_fails_it_stops(places: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "MOST_SET_ASIDE", 3)
    engine = Here(lambda job: "there is no memory" if job.how is How.READ else None)
    with pytest.raises(BatchError, match="more than 3 inputs failed, the last one since there is no memory"):
        run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here(), retry=True)
    assert (tally.read, tally.skipped[CRASHED]) == (33, 0)


def test_another_reader_is_not_kept_from_what_crashed_one(places: list[Path], tmp_path: Path) -> None:
    (places[0] / "a.jsonl").write_bytes(lines(1) + lines(2, more=POISON))
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here(poisoned))
    with Folder(tmp_path / "w") as folder:
        assert folder.terms is not None
        folder.take(replace(folder.terms, max_text=999_999), folder.planned)
        assert folder.quarantine == []


def test_small_files_are_parted_from_the_one_at_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARD", 1_000_000)
    folder = tmp_path / "inputs"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.jsonl").write_bytes(lines(number, more=POISON if number == 4 else ""))
    (folder / "4.jsonl").write_bytes(lines(10, 11) + lines(4, more=POISON) + lines(12))
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", [folder], Here(poisoned))
    assert (tally.read, dict(tally.skipped)) == (11, {CRASHED: 1})


def test_a_file_out_of_which_nothing_can_be_taken_is_set_aside_as_one(places: list[Path], tmp_path: Path) -> None:
    (places[0] / "a.jsonl").write_bytes(lines(*range(8)))

    def unreadable(job: Job) -> str | None:
        return "it died" if any("a.jsonl" in one.shown for one in job.shard.sources) else None

    engine = Here(unreadable)
    tally = run_batch(tmp_path / "w", tmp_path / "x.ledger", places, engine)
    assert (tally.read, tally.skipped[CRASHED]) == (3, 2)
    with View(tmp_path / "x.ledger") as view:
        names = [one.name for one in view.inputs() if one.reason == CRASHED]
    assert names == ["a.jsonl#from line 1", "a.jsonl#from line 8"]
    shutil.rmtree(tmp_path / "w" / "shards")
    again = Here(unreadable)
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, again)
    assert not [job for job in again.done if unreadable(job)]


def test_a_worker_that_reads_in_another_way_stops_it(places: list[Path], tmp_path: Path) -> None:
    def other(job: Job) -> str | None:
        terms = replace(job.terms, libraries=(("onrecord", "9.9"),))
        answer = work(replace(job, terms=terms).as_json(), lambda inputs: None)
        assert "install the same versions everywhere" in answer["fatal"]
        return None

    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here(other))


def test_two_runs_do_not_share_a_folder(places: list[Path], tmp_path: Path) -> None:
    with Folder(tmp_path / "w"), pytest.raises(BatchError, match="another run is at work"):
        run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.json", b"{"),
        ("plan.json", b"[]"),
        ("plan.json", b'{"format": 99}'),
        ("plan.json", b'{"format": 1, "terms": {}, "shards": [], "halves": {}}'),
        ("plan.json", b"\xff" * 100),
        ("trouble.json", b'{"tries": {"a": "b"}, "quarantine": []}'),
        ("trouble.json", b'{"tries": {}, "quarantine": [{"name": 1}]}'),
        ("trouble.json", b'{"tries": {}, "quarantine": 7}'),
    ],
)
def test_a_damaged_folder_is_said(places: list[Path], tmp_path: Path, name: str, content: bytes) -> None:
    run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
    (tmp_path / "w" / name).write_bytes(content)
    with pytest.raises(BatchError, match=r"remove|is of another version"):
        run_batch(tmp_path / "w", tmp_path / "x.ledger", places, Here())
