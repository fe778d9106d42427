"""What weighing made while the record changes under it: the same in the end, and a plain word in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.assessing import Assessment, judged
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed_view import WeighedView
from onrecord.linkage import Linkage
from onrecord.settings import Settings
from tests.read_example import Read, put


def weigh(path: Path, settings: Settings, *, again: bool = False) -> None:
    with Linkage(path, settings) as linkage:
        linkage.finish()
    with Assessment(path, settings) as one:
        if again:
            one.forget()
        one.finish()


def unread(path: Path, passage: str) -> None:
    """As where a report was read anew, linked, and not weighed yet."""
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM link_rendering WHERE passage = ?", (passage,))


def test_what_rests_on_a_passage_that_is_gone_says_so(example: Read, settings: Settings, tmp_path: Path) -> None:
    path = put(tmp_path / "one.ledger", example)
    weigh(path, settings)
    with WeighedView(path) as view:
        relation, entry = view.relations()[0], view.docket()[0]
        lineage = view.lineages(figures=2)[0]
        counted = view.lineage(lineage.id).figures[0].counted
    unread(path, relation.a.passage)
    unread(path, entry.passage.passage)
    with WeighedView(path) as view:
        asked: list[tuple[Callable[[str], object], str]] = [
            (view.relation, relation.id),
            (view.docket_entry, entry.entry.utterance),
        ]
        for ask, id_ in asked:
            with pytest.raises(NotOnRecord, match="onrecord weigh"):
                ask(id_)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE weigh_figure SET place_in_passage = 99 WHERE id = ?", (counted.id,))
    with WeighedView(path) as view:
        assert counted.id not in {one.counted.id for one in view.lineage(lineage.id).figures}
        assert counted.id not in {one.id for one in view.counted()}


def test_what_a_person_put_on_the_docket_is_the_same_in_one_go(
    example: Read, settings: Settings, tmp_path: Path
) -> None:
    path = put(tmp_path / "parts.ledger", example[:8])
    weigh(path, settings)
    with WeighedView(path) as view:
        entries = {one.entry.utterance for one in view.docket()}
        heads = [one.id for one in view.utterances() if one.id not in entries][:40]
    for one in heads:
        judged(path, "open", one, why="a promise in disguise", by="Ida Holm", settings=settings)
    weigh(path, settings)
    put(path, example[8:])
    weigh(path, settings)

    def evidence() -> set[tuple[str, str, str]]:
        with WeighedView(path) as view:
            whole = view.whole_entries(view.docket())
            return {(one.row.entry.utterance, e.passage.passage, e.bearing) for one in whole for e in one.evidence}

    step_by_step = evidence()
    weigh(path, settings, again=True)
    assert evidence() == step_by_step
