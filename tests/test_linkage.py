"""Linking a whole record: the same in any order and in any parts, restartable, and ruled by what persons judge."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import Ledger
from onrecord.assessing import judged
from onrecord.domain.judgements import Verdict
from onrecord.domain.statements import ReaderIdentity
from onrecord.errors import NotOnRecord
from onrecord.ledger import linked_schema
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.verify import verify
from onrecord.linkage import Linkage, steps
from onrecord.places import Place
from onrecord.settings import Settings
from tests.databases import NewPlace
from tests.linked_state import rows, state
from tests.read_example import Read, in_parts, put
from tests.settled import settles


def link(path: Place, settings: Settings) -> int:
    with Linkage(path, settings) as one:
        return len(list(one.run()))


@pytest.fixture(scope="module")
def whole(example: Read, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = put(tmp_path_factory.mktemp("linked") / "whole.ledger", example)
    assert link(path, settings) == len(example)
    return path


@pytest.mark.parametrize("seed", range(3))
def test_any_order_in_any_parts_gives_the_same(
    seed: int, example: Read, settings: Settings, whole: Path, place: NewPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = random.Random(seed)
    shuffled = chosen.sample(example, len(example))
    monkeypatch.setattr(steps, "AT_ONCE", chosen.choice([1, 3, 7]))
    path = place()
    for part in in_parts(shuffled, chosen, 1, 6):
        put(path, part)
        link(path, settings)
    assert state(path) == state(whole)


def test_linking_again_changes_nothing_and_the_record_stays(copied: Path, settings: Settings) -> None:
    before, digest = state(copied), verify(copied).digest
    assert link(copied, settings) == 0
    with Linkage(copied, settings) as one:
        one.forget()
        list(one.run())
    assert state(copied) == before
    assert verify(copied).faults == ()
    assert verify(copied).digest == digest


def test_a_run_that_breaks_off_goes_on_where_it_was(
    example: Read, settings: Settings, whole: Path, place: NewPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 4)
    path = put(place(), example)

    def broken(self: Linkage, *_: object) -> None:
        raise RuntimeError

    with Linkage(path, settings) as one:
        run: Iterator[str] = one.run()
        done = {next(run) for _ in range(4)}
        with monkeypatch.context() as patched:
            patched.setattr(Linkage, "_into_utterances", broken)
            with pytest.raises(RuntimeError):
                next(run)
    assert len(done) == 4
    assert link(path, settings) == len(example) - 4
    assert state(path) == state(whole)


def test_a_report_read_again_is_linked_again(copied: Path, example: Read, settings: Settings, tmp_path: Path) -> None:
    before = state(copied)
    given, statements = example[0]
    put(copied, [(given, statements[:1])], ReaderIdentity("test reader", "2", None))
    assert link(copied, settings) == 1
    assert state(copied) != before
    fresh = put(tmp_path / "fresh.ledger", [(given, statements[:1]), *example[1:]])
    link(fresh, settings)
    assert state(copied) == state(fresh)
    with LinkedView(copied) as view, LinkedView(fresh) as other:
        assert view.count_utterances() == other.count_utterances()
    put(copied, [(given, statements)], ReaderIdentity("test reader", "3", None))
    assert link(copied, settings) == 1
    assert state(copied) == before


def test_a_person_tells_apart_and_puts_together_again(copied: Path, settings: Settings) -> None:
    before = state(copied)
    with LinkedView(copied) as view:
        head = next(iter(view.utterances(reports=2)))
        a, b = (one.passage for one in view.utterance(head.id).renderings[:2])
    judged(copied, Verdict.DIFFERENT, a, b, why="another day", by="Ida Holm", settings=settings)
    link(copied, settings)
    with LinkedView(copied) as view:
        assert view.utterance(a).head.id != view.utterance(b).head.id
        assert [one.why for one in view.judgements({a})] == ["another day"]
    judged(copied, Verdict.SAME, b, a, why="no, it is the same", by="Ida Holm", settings=settings)
    link(copied, settings)
    with LinkedView(copied) as view:
        assert view.utterance(a).head.id == view.utterance(b).head.id
    assert verify(copied).faults == ()
    utterances, *others = state(copied)
    assert others == list(before[1:])
    assert {one[0] for one in utterances} == {one[0] for one in before[0]}


def test_a_person_joins_what_the_program_did_not(copied: Path, settings: Settings) -> None:
    with LinkedView(copied) as view:
        alone = [one for one in view.utterances() if one.passages == 1]
        (one, other) = (view.utterance(head.id).renderings[0].passage for head in (alone[0], alone[-1]))
    judged(copied, Verdict.SAME, one, other, why="I was there", by="Ida Holm", settings=settings)
    link(copied, settings)
    with LinkedView(copied) as view:
        assert view.utterance(one).head.id == view.utterance(other).head.id


def test_an_actor_is_found_by_the_beginning_of_its_id(whole: Path) -> None:
    with LinkedView(whole) as view:
        first = view.actors(limit=1)[0].actor
        assert view.actor(first.id[:12]).row.actor == first
        with pytest.raises(NotOnRecord):
            view.actor("local:")


def test_two_actors_become_one_and_two_again(copied: Path, settings: Settings) -> None:
    before = state(copied)
    with LinkedView(copied) as view:
        a, b = (row.actor.id for row in view.actors(limit=2))
        statements = view.actors(limit=1)[0].statements
    judged(copied, Verdict.SAME, a, b, why="an alias", by="Ida Holm", settings=settings)
    link(copied, settings)
    with LinkedView(copied) as view:
        (row,) = [one for one in view.actors() if one.actor.id in (a, b)]
        assert row.statements > statements
    judged(copied, Verdict.DIFFERENT, a, b, why="not after all", by="Ida Holm", settings=settings)
    link(copied, settings)
    assert state(copied) == before


def test_two_actors_that_are_one_bear_the_fuller_name(
    copied: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _actors(copied)
    with LinkedView(copied) as view:
        a, b = view.actor_id("Halvik"), view.actor_id("Joren Halvik")
    assert a < b, "the surname alone has to be the id that stands for both"
    judged(copied, Verdict.SAME, a, b, why="there is no other", by="Ida Holm", settings=settings)
    link(copied, settings)
    with LinkedView(copied) as view:
        assert [row.actor.name for row in view.actors() if row.actor.id in (a, b)] == ["Joren Halvik"]
    joined = _actors(copied)
    monkeypatch.setattr(steps, "AT_ONCE", 1)
    with Linkage(copied, settings) as one:
        one.forget()
    link(copied, settings)
    assert _actors(copied) == joined
    judged(copied, Verdict.DIFFERENT, a, b, why="not after all", by="Ida Holm", settings=settings)
    link(copied, settings)
    assert _actors(copied) == before


def _actors(path: Path) -> set[tuple[object, ...]]:
    return rows(path)[linked_schema.actor.name]


@pytest.mark.parametrize(("a", "b"), [("nothing", "nothing else"), ("SAME", "SAME"), ("ACTOR", "SAME")])
def test_what_cannot_be_judged_is_refused(copied: Path, a: str, b: str) -> None:
    with LinkedView(copied) as view:
        known = {"SAME": next(iter(view.utterances())).id, "ACTOR": view.actors(limit=1)[0].actor.id}
    with pytest.raises(NotOnRecord):
        judged(copied, Verdict.SAME, known.get(a, a), known.get(b, b), why="", by="")


def test_other_publishers_make_other_origins(copied: Path, settings: Settings) -> None:
    with LinkedView(copied) as view:
        assert view.count_utterances(origins=2)
        before = view.count_utterances(origins=2)
    link(copied, replace(settings, families={}))
    with LinkedView(copied) as view:
        assert view.count_utterances(origins=2) == before
    link(copied, replace(settings, families=dict.fromkeys(settings.families, "one and the same")))
    with LinkedView(copied) as view:
        assert not view.count_utterances(origins=2)


def test_what_a_report_says_over_and_over_counts_once(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "over.ledger"
    text = "“We will not leave the bridge,” Mayor Ida Holm said on Friday.\n\n" * 60
    with Ledger(path, settings) as ledger:
        assert ledger.add_text(text).statements >= 50
        ledger.link()
    with LinkedView(path) as view:
        (head,) = view.utterances()
        assert (head.passages, head.reports) == (1, 1)


def test_what_linking_keeps_stays_out_of_the_collectors_rounds_until_it_ends(copied: Path, settings: Settings) -> None:
    settles(Linkage(copied, settings))
