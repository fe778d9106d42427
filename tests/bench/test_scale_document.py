"""docs/scale.md says what the kept measurements give, and nothing else; measurements are read as they were written."""

import doctest
import json
from dataclasses import replace
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from bench.scale import projecting, wording
from bench.scale.__main__ import drawn, main
from bench.scale.batch import shards_in
from bench.scale.costs import crossing, price
from bench.scale.document import DOCUMENT, PICTURES, written
from bench.scale.measurements import (
    STORED,
    Article,
    Linked,
    Machine,
    Measurements,
    Pages,
    Reading,
    Recorded,
    Shard,
)
from bench.scale.projecting import CALM, WORKERS, Job, Row, Trouble
from bench.scale.simulation import run
from bench.scale.tables import blocks


def shard(seconds: float) -> Shard:
    return Shard(reports=10, characters=50_000, statements=300, seconds=seconds, cpu_seconds=seconds)


def record(store: str, reports: int, load: float, link: float | None) -> Recorded:
    linked = None if link is None else Linked(reports * 40, link, 0.75, reports * 35, 2.0)
    return Recorded(store, reports, reports * 30, load, {"captures": 5_000, "statements": reports * 1_000}, linked)


MEASURED = Measurements(
    machine=Machine("2031-03-05", "a processor", 2, 8 * 10**9, "3.11.7", 0.1),
    articles=(Article(4_000, 0.2, 25), Article(12_000, 0.7, 60)),
    readings=(
        Reading(1, (shard(2), shard(4)), (1.0,), 7.1, 150 * 10**6),
        Reading(2, (shard(3), shard(5)), (1.0, 1.5), 6.3, 160 * 10**6),
    ),
    overhead=0.001,
    scheduler="a pool",
    pages=Pages(10, 1.0, 2_000_000, 400_000),
    records=(
        record("SQLite", 10, 0.1, 1.0),
        record("SQLite", 20, 0.2, 4.0),
        record("SQLite", 200, 3.0, None),
        record("PostgreSQL", 20, 0.4, 5.0),
    ),
    shard_size=2_000.0,
)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return blocks(MEASURED, Trouble())


def test_the_document_says_what_the_kept_measurements_give() -> None:
    measured = Measurements.read(STORED)
    text = DOCUMENT.read_text(encoding="utf-8")
    assert written(text, blocks(measured, Trouble())) == text, "run python -m bench.scale document"
    for name, picture in drawn(measured).items():
        assert (PICTURES / name).read_text(encoding="utf-8") == picture
        assert f"pictures/{name}" in text


@pytest.mark.parametrize(
    ("text", "made", "said"),
    [
        ("<!-- measured: one -->\nold\n<!-- end -->", {"one": "new"}, None),
        ("<!-- measured: one -->\n<!-- end -->", {"one": "a \\1 b"}, None),
        ("<!-- measured: one -->\n<!-- end -->", {}, "one"),
        ("no place", {"one": "new"}, "one"),
        ("<!-- measured: one -->\n<!-- end -->\n" * 2, {"one": "new"}, "one"),
    ],
)
def test_each_block_has_one_place(text: str, made: dict[str, str], said: str | None) -> None:
    if said is None:
        assert written(text, made) == f"<!-- measured: one -->\n{made['one']}\n<!-- end -->"
    else:
        with pytest.raises(ValueError, match=said):
            written(text, made)


def test_measurements_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    MEASURED.write(path)
    assert Measurements.read(path) == MEASURED
    assert json.loads(path.read_text(encoding="utf-8"))["readings"][1]["shards"][1]["seconds"] == 5


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"machine": {"day": 3}}', "\udcff", '{"machine": null}'])
def test_other_files_are_refused_in_words(content: str, tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ValueError, match="holds no measurements"):
        Measurements.read(path)


def test_a_job_is_the_measured_shards_made_as_large_and_its_pages() -> None:
    job = Job("some", 1_050, 100)
    made = projecting.drawn(MEASURED, job)
    # With two workers an article took 0.3 or 0.5 s, and a page takes 0.1.
    assert len(made) == 11
    assert {round(one, 6) for one in made[:-1]} <= {40.0, 60.0}
    assert round(made[-1], 6) in {20.0, 30.0}
    assert projecting.drawn(MEASURED, job) == made


def test_what_comes_after_reading_is_the_largest_record_multiplied() -> None:
    one = projecting.behind(MEASURED, "SQLite", Job("some", 2_000, 100), (1, 1000))
    assert one.load == pytest.approx(30)
    assert one.link == one.parted[0] == pytest.approx(400)
    # A quarter stays whole.
    assert one.parted[1] == pytest.approx(100 + 0.3)
    # From 1.0 s for 400 to 4.0 s for 800 passages: each cost twice as much where there were twice as many.
    assert projecting.growth(MEASURED) == pytest.approx(1)
    assert one.grown == pytest.approx(400 * 100)
    assert (one.loads, one.links) == (10, 100)


def test_linking_compares_only_what_is_near_in_time() -> None:
    job = Job("some", 20_000, 100, days=100)
    assert projecting.behind(MEASURED, "SQLite", job).links == 100
    assert projecting.behind(MEASURED, "SQLite", replace(job, days=1)).links == 1_000


def test_reading_and_loading_take_as_long_at_the_crossing() -> None:
    workers = crossing(MEASURED, "SQLite")
    assert workers == pytest.approx(0.5 / 0.015)
    job = Job("some", 100_000, 100)
    reading = sum(projecting.drawn(MEASURED, job)) / workers
    assert reading == pytest.approx(projecting.behind(MEASURED, "SQLite", job).load, rel=0.1)


def test_a_whole_job_adds_up() -> None:
    job = Job("some", 10_000, 100)
    shards = projecting.drawn(MEASURED, job)
    calm = run(shards, projecting.cluster(MEASURED, 5))
    row = Row(job, sum(shards) / 5, calm, run(shards, projecting.cluster(MEASURED, 5, CALM)))
    assert row.troubled == calm
    whole = projecting.whole(MEASURED, "SQLite", row)
    after = projecting.behind(MEASURED, "SQLite", job, (5,))
    assert max(calm.makespan, after.load) < whole.loaded < calm.makespan + after.load
    assert whole.loaded < whole.linked < whole.weighed
    assert whole.core_seconds == pytest.approx(5 * calm.makespan + after.load + after.link + after.weigh)
    assert whole.plain < whole.weighed


def test_simulations_are_set_beside_what_was_measured() -> None:
    found = {one.what: one for one in projecting.trials(MEASURED)}
    alone = found["1 worker, its own shards"]
    assert alone.simulated == pytest.approx(1 + 2 + 4 + 2 * 0.001)
    assert alone.error == pytest.approx(100 * (7.002 / 7.1 - 1))
    assert found["2 workers, its own shards"].simulated == pytest.approx(1.25 + 5 + 2 * 0.001)
    assert found["2 workers, the shards of the single worker"].simulated == pytest.approx(1.25 + 4 + 2 * 0.001)


def test_money_is_named_only_where_a_price_is(made: dict[str, str]) -> None:
    job = Job("some", 10_000, 100)
    shards = projecting.drawn(MEASURED, job)
    course = run(shards, projecting.cluster(MEASURED, WORKERS[1]))
    found = [Row(job, sum(shards) / WORKERS[1], course, course)]
    hours = f"{100 * course.core_seconds / 3600:.1f}"
    assert f"| read, 100 workers with trouble | {hours} |" in price(MEASURED, found, None)
    assert f"| {hours} | {50 * course.core_seconds / 3600:,.2f} |" in price(MEASURED, found, 0.5)
    assert "a core hour" not in made["price"]


def test_every_database_that_was_measured_has_its_rows(made: dict[str, str]) -> None:
    for name in ("records", "behind", "whole", "storage", "price", "said"):
        assert "SQLite" in made[name]
    for name in ("records", "behind", "whole", "storage", "price"):
        assert "PostgreSQL" in made[name]
    assert "shard files" in made["storage"]


def test_what_is_far_beyond_what_was_measured_is_said_to_be(made: dict[str, str]) -> None:
    assert "Extrapolated 10 times or more" in made["said"]
    assert "CC-NEWS, all of it, by 6,750,000 and " in made["said"]


def test_shards_of_a_batch_are_read_from_their_metadata(tmp_path: Path) -> None:
    told = {
        "seconds": 2.5, "cpu_seconds": 2.25, "reports": 10, "characters": 50_000, "statements": 300,
        "bytes": 60_000, "attempts": 1, "worker": "one",
    }  # fmt: skip
    table = pyarrow.table({"id": ["a"]})
    for k, worker in enumerate(("one", "two")):
        metadata = {"pandas": "{}", "other": "no JSON", "onrecord": json.dumps({**told, "worker": worker})}
        pyarrow.parquet.write_table(table.replace_schema_metadata(metadata), tmp_path / f"{k}.parquet")
    pyarrow.parquet.write_table(table, tmp_path / "z.parquet")
    reading, size = shards_in(tmp_path)
    assert (reading.workers, reading.reports, reading.seconds, reading.makespan) == (2, 20, 5.0, None)
    assert 10 < size < 1_000
    assert replace(MEASURED, readings=(*MEASURED.readings, reading)).full() is reading
    with pytest.raises(ValueError, match="no shard"):
        shards_in(tmp_path / "nothing")


def test_it_is_printed_of_other_measurements_and_assumptions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "measured.json"
    MEASURED.write(path)
    command = ["bench.scale", "--measurements", str(path), "--price-per-core-hour", "0.5", "--slow-share", "0.25"]
    monkeypatch.setattr("sys.argv", command)
    main()
    said = capsys.readouterr().out
    assert "a processor, 2 cores" in said
    assert "25 % of the workers take 3 times as long" in said
    assert "at 0.5 a core hour" in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--measurements", __file__], "holds no measurements"),
        (["--work", "nowhere"], "no shard"),
        (["--slow-share", "2"], "share"),
        (["--lifetime", "0"], "lives longer"),
    ],
)
def test_what_cannot_be_is_refused_in_words(given: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["bench.scale", *given])
    with pytest.raises(SystemExit, match=said):
        main()


def test_the_examples_of_wording() -> None:
    assert doctest.testmod(wording).failed == 0
