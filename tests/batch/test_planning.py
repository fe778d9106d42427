"""However inputs are cut, shards give the same ones, under the same names and at the same places, in the same order."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow.parquet import ParquetWriter

from onrecord.batch import planning
from onrecord.batch.planning import plan
from onrecord.batch.shards import Shard, shard_of
from onrecord.domain.reports import Input
from onrecord.errors import BatchError, SettingsError
from onrecord.settings import Settings
from onrecord.sources import gather
from onrecord.sources.gather import opened, taken
from onrecord.sources.stretches import Groups, Lines
from tests.batch.inputs import lines, said
from tests.sources.written_archives import packed, page, request, wacz

SETTINGS = Settings(max_input=100_000)


def inputs_of(shard: Shard) -> list[Input]:
    one_by_one = (one for source in shard.sources for one in taken(source.found, SETTINGS, stretch=shard.stretch))
    return [opened(one, SETTINGS) for one in list(one_by_one)[shard.first : shard.last]]


def parquet(rows: int, together: int) -> bytes:
    out = io.BytesIO()
    table = pyarrow.table({"text": [said(number) for number in range(rows)]})
    with ParquetWriter(out, table.schema) as writer:
        for at in range(0, rows, together):
            writer.write_table(table.slice(at, together))
    return out.getvalue()


def warc() -> bytes:
    return packed(*(one for number in range(1, 30) for one in (request(number), page(number))))


FILES: list[tuple[str, bytes, int]] = [
    ("few.jsonl", lines(1, 2), 1),
    ("many.jsonl", lines(*range(100)), 5),
    ("no-line-end.jsonl", lines(*range(100)).rstrip(b"\n"), 5),
    ("blank.jsonl", b"\n\n\r\n" + lines(*range(50)).replace(b"\n", b"\n \n\n") + b"\n" * 5_000, 5),
    ("only-blank.jsonl", b"\n" * 200_000, 1),
    ("broken.jsonl", lines(*range(60)).replace(b"{", b"[", 20), 3),
    ("long.jsonl", lines(1, 2) + b"x" * 200_000 + b"\n" + lines(*range(30)), 3),
    ("gzip-in-a-line.jsonl", lines(*range(30)) + b"\x1f\x8b\x08\n" * 3_000 + lines(*range(30)), 5),
    ("lines.json", lines(*range(100)), 5),
    ("array.json", b"[" + lines(*range(100)).replace(b"\n", b",") + b"{}]", 1),
    ("many.jsonl.gz", gzip.compress(lines(*range(200))), 8),
    ("members.jsonl.gz", gzip.compress(lines(*range(100))) + gzip.compress(lines(*range(100, 200))), 8),
    ("cut-off.jsonl.gz", gzip.compress(lines(*range(500)))[:-2_000], 5),
    ("damaged.jsonl.gz", gzip.compress(lines(*range(60), more="so " * 1_700), 0)[:290_000] + b"\x00" * 9_000, 8),
    ("groups.parquet", parquet(300, 50), 5),
    ("one-group.parquet", parquet(300, 300), 2),
    ("damaged.parquet", parquet(300, 50)[:500], 1),
    ("a.warc.gz", warc(), 2),
    ("a.warc.gz", warc()[:-300] + warc(), 2),
    ("a.wacz", wacz({"archive/a.warc.gz": warc()}), 2),
    ("story.txt", said(1, "x " * 20_000).encode(), 1),
    ("empty.jsonl", b"", 1),
]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARD", 2_000)
    monkeypatch.setattr(planning, "_LARGE_ARCHIVE", 2_000)


@pytest.mark.parametrize(("name", "content", "least"), FILES, ids=[f"{one[0]}-{k}" for k, one in enumerate(FILES)])
@pytest.mark.usefixtures("small_shards")
def test_shards_give_what_one_process_takes(name: str, content: bytes, least: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    shards = plan([path])
    assert [one for shard in shards for one in inputs_of(shard)] == list(gather([path], SETTINGS))
    assert len(shards) >= least
    assert [shard_of(json.loads(json.dumps(one.as_json()))) for one in shards] == shards


@given(
    parts=st.lists(
        st.sampled_from([b"\n", b"\r\n", b" \n", b'{"text": "a said b"}\n', b"x" * 90 + b"\n", b"\x1f\x8b"])
    ),
    shard=st.integers(1, 200),
    is_gzip=st.booleans(),
    cut_off=st.integers(0, 30),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_lines_are_cut_without_loss(
    parts: list[bytes], shard: int, is_gzip: bool, cut_off: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SHARD", shard)
    content = b"".join(parts)
    path = tmp_path / ("a.jsonl.gz" if is_gzip else "a.jsonl")
    path.write_bytes(gzip.compress(content)[:-cut_off] if is_gzip and cut_off else content)
    assert [one for each in plan([path]) for one in inputs_of(each)] == list(gather([path], SETTINGS))


@pytest.mark.usefixtures("small_shards")
def test_small_files_go_together_and_what_is_not_there_has_its_place(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(said(number), encoding="utf-8")
    (tmp_path / "large.jsonl").write_bytes(lines(*range(40)))
    places = [tmp_path, tmp_path / "missing.txt", tmp_path / "3.txt"]
    shards = plan(places)
    assert [one for shard in shards for one in inputs_of(shard)] == list(gather(places, SETTINGS))
    assert 5 < len(shards) < 20
    assert sum(shard.expected for shard in shards) == 82


def test_a_file_of_which_the_name_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text(said(1), encoding="utf-8")
    (shard,) = plan([tmp_path])
    again = shard_of(json.loads(json.dumps(shard.as_json())))
    assert inputs_of(again) == list(gather([tmp_path], SETTINGS))


def test_what_cannot_be_read_in_several_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="standard input"):
        plan(["-"])
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingsError, match="is a pipe"):
        plan([tmp_path / "pipe"])


def test_a_key_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(1))
    (before,) = plan([path])
    assert plan([path])[0].key == before.key
    assert not before.sources[0].has_changed()
    path.write_bytes(lines(2, 3))
    assert before.sources[0].has_changed()
    assert plan([path])[0].key != before.key


@pytest.mark.parametrize("first", [0, 3])
def test_halves_take_what_the_whole_takes(first: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(*range(10)))
    (shard,) = plan([path])
    whole = Shard("00000", shard.sources, Lines(1, None, 0), first=first)
    wanted = inputs_of(whole)
    leaves, waiting = [], [*reversed(whole.halves(len(wanted)))]
    while waiting:
        one = waiting.pop()
        if one.is_one_input:
            leaves.append(one)
        else:
            waiting += reversed(one.halves())
    assert [one for leaf in leaves for one in inputs_of(leaf)] == wanted
    assert len({leaf.id for leaf in leaves}) == len({leaf.key for leaf in leaves}) == len(wanted)
    with pytest.raises(ValueError, match="nothing to cut"):
        leaves[0].halves()


def _without(name: str) -> Callable[[dict[str, object]], object]:
    return lambda given: given.pop(name)


@pytest.mark.parametrize(
    "damage",
    [
        _without("id"),
        _without("sources"),
        lambda given: given.update(id="../../etc/passwd"),
        lambda given: given.update(id="١"),
        lambda given: given.update(first=-1),
        lambda given: given.update(last=True),
        lambda given: given.update(sources=[]),
        lambda given: given.update(sources=[{"path": 7}]),
        lambda given: given.update(stretch={"of": "lines"}),
        lambda given: given.update(stretch=[1]),
    ],
)
def test_a_shard_that_is_none_is_refused(damage: Callable[[dict[str, object]], object], tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(1))
    value = plan([path])[0].as_json()
    damage(value)
    with pytest.raises(BatchError):
        shard_of(value)


def test_row_groups_are_the_unit_of_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARD", 6_000)
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet(300, 50))
    stretches = [one.stretch for one in plan([path])]
    assert stretches[0] == Groups(0, 2)
    assert isinstance(stretches[-1], Groups)
    assert stretches[-1].last == 6
