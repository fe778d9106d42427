"""The labelled lineages are ids, offsets and numbers, each attack wholly in one part."""

from __future__ import annotations

import pytest

from bench.corpora import rows_of
from bench.weighing.figures import HERE, PARTS
from onrecord.domain.figures import Standing

FILES = ("figures.jsonl", "figure_ties.jsonl")
pytestmark = pytest.mark.skipif(
    not all((HERE / name).is_file() for name in FILES), reason="the labelled figures are not there"
)


def test_each_attack_is_in_one_part() -> None:
    parts: dict[str, set[str]] = {}
    for row in rows_of(HERE / "figures.jsonl"):
        parts.setdefault(row["attack"], set()).add(row["split"])
        assert row["split"] in PARTS
        assert row["start"] < row["end"]
        assert row["value"] is not None or row["low"] is not None
    assert all(len(part) == 1 for part in parts.values())


def test_ties_speak_of_labelled_figures_of_their_part() -> None:
    figures = {row["id"]: row for row in rows_of(HERE / "figures.jsonl")}
    for row in rows_of(HERE / "figure_ties.jsonl"):
        a, b = figures[row["a"]], figures[row["b"]]
        assert a["split"] == b["split"] == row["split"]
        assert (a["lineage"] == b["lineage"]) is (Standing(row["standing"]) is not Standing.SCOPE)
