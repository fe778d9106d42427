"""Shards are read by processes of their own, and what they say of them adds up."""

import gzip
import json
from pathlib import Path

from bench.corpora import ARCHIVE
from bench.scale.reading import read, shards
from onrecord.domain.reports import Outcome


def corpus(folder: Path, number: int) -> Path:
    path = folder / ARCHIVE
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for k in reversed(range(number)):
            text = f"“We will not leave before {k + 10} o'clock,” Mayor Ida Holm said on Friday. " + "It rained. " * 60
            row = {"url": f"https://courier.example/{k}", "date": f"2031-03-{k + 1:02}", "content_original": text}
            lines.write(json.dumps(row) + "\n")
    return folder


def test_shards_hold_the_articles_in_the_order_of_their_days(tmp_path: Path) -> None:
    paths = shards(corpus(tmp_path, 7), 7, 3, tmp_path)
    rows = [[json.loads(line)["date"][-1] for line in path.read_text(encoding="utf-8").splitlines()] for path in paths]
    assert rows == [["1", "2", "3"], ["4", "5", "6"], ["7"]]
    assert len(shards(corpus(tmp_path / "other", 7), 3, 3, tmp_path)) == 1


def test_two_workers_read_all_shards_and_say_how_long_it_took(tmp_path: Path) -> None:
    reading, found = read(shards(corpus(tmp_path, 5), 5, 2, tmp_path), 2)
    assert [one.reports for one in reading.shards] == [2, 2, 1]
    assert [len(one.articles) for one in found] == [2, 2, 1]
    results = [result for one in found for result in one.results]
    assert all(one.outcome is Outcome.READ and one.statements for one in results)
    assert sum(one.statements for one in reading.shards) == sum(len(one.statements) for one in results)
    assert reading.makespan is not None
    assert 0 < max(reading.startup) < reading.makespan
    assert reading.seconds <= 2 * reading.makespan
    assert all(sum(part.seconds for part in one.articles) <= one.shard.seconds for one in found)
    assert reading.memory is not None
    assert reading.memory > 10**7
