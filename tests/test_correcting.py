"""What people correct and take back: the record stays, what is shown and derived follows, and undoing restores it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from onrecord import proof
from onrecord.assessing import Assessment, bounded, graded, judged, noted, spoken, standing, undone
from onrecord.domain.judgements import Judgement, Subject, judgement_id
from onrecord.domain.spans import Span
from onrecord.errors import JudgedMeanwhile, LedgerError, NotOnRecord, RefusedCorrection
from onrecord.ledger.corrections import Seen
from onrecord.ledger.review_view import ReviewView
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter, View
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.linking import actors
from onrecord.pipeline import take_up
from onrecord.publishing.briefs import Asked, composed
from onrecord.publishing.briefs.changes import changes
from onrecord.publishing.corrections import correction_rows
from onrecord.settings import Settings
from tests.publishing.weighed.example import weighed_ledger
from tests.read_example import example_settings

START = datetime(2031, 4, 1, tzinfo=UTC)
SIGNED = {"why": "looked at", "by": "Ida Holm"}


@pytest.fixture(scope="module")
def whole() -> Path:
    return weighed_ledger()


@pytest.fixture(scope="module")
def settings() -> Settings:
    return example_settings()


def derived(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of what linking and weighing derived, but for which judgements were taken up."""
    with sqlite3.connect(path) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'link!_%' ESCAPE '!' "
            "OR name LIKE 'weigh!_%' ESCAPE '!') AND name NOT LIKE '%state' AND name != 'link_actor'"
        )
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in names.fetchall()}


def of(path: Path, speaker: str) -> str:
    with View(path) as view:
        return next(one.statement.id for one in view.statements() if one.statement.speaker.name == speaker)


def test_a_speaker_by_name_by_id_and_by_nobody(copied: Path, settings: Settings) -> None:
    one = of(copied, "Joren Halvik")
    known = actors.search("Olaf Scholz")[0]
    for name, shown, actor in (
        ("  Mayor   Ida Holm ", "Mayor Ida Holm", "Ida Holm"),
        (known.id, known.name, known.name),
        ("unnamed", None, None),
        # An ordinary surname alone: a person says that it is somebody's.
        ("Miller", "Miller", "Miller"),
    ):
        made = spoken(copied, one[:10], name, settings=settings, **SIGNED)
        assert made.b == (known.id if name == known.id else "")
        take_up(copied, {made.subject}, settings)
        with ReviewView(copied) as view:
            recorded = view.statement(one)
            assert recorded.statement.speaker.name == shown
            assert recorded.as_read.speaker.name == "Joren Halvik"
            who, _ = view.speaker_of(one)
            assert (None if who is None else who.name) == actor
            rows = {row.name for row in view.speakers(limit=None)}
            assert shown is None or shown in rows
            if shown is not None:
                assert one in {s.statement.id for s in view.statements(StatementFilter(speaker=shown))}
    assert verify(copied).holds


def test_what_cannot_be_said_of_a_statement(copied: Path) -> None:
    one = of(copied, "Joren Halvik")
    length = 10_000_000
    refused: list[tuple[Callable[[], Judgement], type[Exception]]] = [
        (lambda: spoken(copied, one, " ", **SIGNED), RefusedCorrection),
        (lambda: spoken(copied, one, "x" * 201, **SIGNED), RefusedCorrection),
        (lambda: spoken(copied, "0" * 32, "Ida Holm", **SIGNED), NotOnRecord),
        (lambda: spoken(copied, one, "person:nobody-at-all", **SIGNED), NotOnRecord),
        (lambda: bounded(copied, one, "content", [Span(0, length)], **SIGNED), RefusedCorrection),
        (lambda: bounded(copied, one, "content", [], **SIGNED), RefusedCorrection),
        (lambda: bounded(copied, one, "cue", [Span(0, 5)], **SIGNED), RefusedCorrection),
        (lambda: bounded(copied, one, "content", [Span(0, 9), Span(5, 12)], **SIGNED), RefusedCorrection),
        (lambda: standing(copied, "f" * 32, True, **SIGNED), NotOnRecord),
        (lambda: noted(copied, one, why=" ", by="Ida Holm"), RefusedCorrection),
        (lambda: noted(copied, "f" * 32, **SIGNED), NotOnRecord),
        (lambda: undone(copied, "f" * 32, **SIGNED), NotOnRecord),
    ]
    for make, error in refused:
        with pytest.raises(error):
            make()
    with ReviewView(copied) as view:
        assert view.judgements() == []


def test_the_writer_and_verify_refuse_what_names_nothing(copied: Path) -> None:
    one = of(copied, "Joren Halvik")
    faults = {
        "which is not there": (Subject.SPEAKER, "0" * 32, "", "Ida Holm"),
        "of a report that has": (Subject.SPAN, one, "content", "5-9999999"),
        "takes back": (Subject.UNDONE, "0" * 32, "", "undone"),
    }
    for words, said in faults.items():
        whole = (*said, "", "Ida Holm", START)
        with Writer(copied) as writer, pytest.raises(LedgerError, match=words):
            writer.record_judgement(Judgement(judgement_id(*whole), *whole))
        assert verify(copied).holds


def test_verify_names_a_judgement_on_what_is_not_there(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ledger.writer.judgement_amiss", lambda *_: None)
    one = of(copied, "Joren Halvik")
    for said in (
        (Subject.SPEAKER, "0" * 32, "", "Ida Holm"),
        (Subject.SPAN, one, "content", "5-9999999"),
        (Subject.UNDONE, "0" * 32, "", "undone"),
    ):
        whole = (*said, "", "Ida Holm", START)
        with Writer(copied) as writer:
            writer.record_judgement(Judgement(judgement_id(*whole), *whole))
    problems = [fault.problem for fault in verify(copied).faults]
    assert len(problems) == 3
    for words in ("judges the statement", "names characters up to 9999999", "takes back judgement"):
        assert any(words in problem for problem in problems)


def test_nobody_is_passed_over_unseen(copied: Path) -> None:
    one = of(copied, "Joren Halvik")
    first = spoken(copied, one, "Ida Holm", seen=Seen(Subject.SPEAKER, one, "", ""), **SIGNED)
    with pytest.raises(JudgedMeanwhile):
        spoken(copied, one, "Piet Harsany", seen=Seen(Subject.SPEAKER, one, "", ""), **SIGNED)
    # A word on something else, or a note, is in nobody's way.
    noted(copied, one, **SIGNED)
    standing(copied, one, True, **SIGNED)
    second = spoken(copied, one, "Piet Harsany", seen=Seen(Subject.SPEAKER, one, "", first.id), **SIGNED)
    back = undone(copied, second.id, seen=Seen(Subject.SPEAKER, one, "", second.id), **SIGNED)
    with pytest.raises(JudgedMeanwhile):
        spoken(copied, one, "Nadia Oreshan", seen=Seen(Subject.SPEAKER, one, "", second.id), **SIGNED)
    with pytest.raises(NotOnRecord, match="took it back"):
        undone(copied, second.id, **SIGNED)
    with pytest.raises(RefusedCorrection, match="judge again"):
        undone(copied, back.id, **SIGNED)
    with View(copied) as view:
        assert view.statement(one).statement.speaker.name == "Ida Holm"


def test_a_view_as_of_a_time_knows_what_was_judged_by_then(copied: Path) -> None:
    one = of(copied, "Joren Halvik")
    before = datetime.now(UTC)
    made = spoken(copied, one, "Ida Holm", **SIGNED)
    between = datetime.now(UTC)
    undone(copied, made.id, **SIGNED)
    for moment, name in ((before, "Joren Halvik"), (between, "Ida Holm"), (None, "Joren Halvik")):
        with View(copied, as_of=moment) as view:
            assert view.statement(one).statement.speaker.name == name
            found = view.statements(StatementFilter(speaker="Ida Holm"))
            assert (one in {s.statement.id for s in found}) == (name == "Ida Holm")


def test_what_is_no_statement_is_shown_and_not_linked(copied: Path, settings: Settings) -> None:
    one = of(copied, "Joren Halvik")
    made = standing(copied, one, False, **SIGNED)
    take_up(copied, {made.subject}, settings)
    with ReviewView(copied) as view:
        assert view.utterances_of(one) == []
        assert view.statement(one).correction.dismissed
    undone(copied, made.id, **SIGNED)
    take_up(copied, {Subject.UNDONE}, settings)
    with ReviewView(copied) as view:
        assert view.utterances_of(one)
        assert not view.statement(one).correction.dismissed


def test_corrections_as_training_data(copied: Path) -> None:
    one, other = of(copied, "Joren Halvik"), of(copied, "Nadia Oreshan")
    spoken(copied, one, "Ida Holm", **SIGNED)
    standing(copied, other, True, **SIGNED)
    gone = standing(copied, of(copied, "Odile Marsh"), False, **SIGNED)
    undone(copied, gone.id, **SIGNED)
    with ReviewView(copied) as view:
        rows = list(correction_rows(view))
        assert [row["statement"] for row in rows] == [one, other]
        (texted, _) = correction_rows(view, with_text=True)
        first = json.loads(json.dumps(rows[0]))
        assert (first["before"]["speaker"], first["after"]["speaker"]) == ("Joren Halvik", "Ida Holm")
        assert first["before"]["content"] == first["after"]["content"]
        assert [two["by"] for two in first["judgements"]] == ["Ida Holm"]
        start, end = first["after"]["content"][0]
        assert str(texted["text"])[start:end] == view.statement(one).content[0].text
        assert rows[1]["before"] == rows[1]["after"]


def judgements(path: Path, chosen: Random) -> list[Callable[[], Judgement]]:
    """One judgement of each sort that changes something, on things that hang together, in any order."""
    with ReviewView(path) as view:
        relation = chosen.choice(view.relations(kind="contradicts"))
        entry = chosen.choice(view.docket())
        merged = next(one for one in view.whole_utterances(view.utterances(reports=2)))
        a, b = merged.renderings[0].passage, merged.renderings[-1].passage
        statement = view.statement(relation.a.statement)
        people = [one.actor.id for one in view.actors(limit=6)]
        shown = next(one for one in view.whole_entries(view.docket()) if one.evidence)
        story = view.whole_stories(view.stories(reports=2))
        reports = [one.id for one in next(iter(story)).reports]
        full = statement.content[0]
    part = Span(full.start, full.start + max(5, (full.end - full.start) // 2))
    made: list[Callable[..., Judgement]] = [
        lambda **how: spoken(path, statement.statement.id, "Pavla Drenko", **SIGNED, **how),
        lambda **how: bounded(path, statement.statement.id, "content", [part], **SIGNED, **how),
        lambda **how: standing(path, shown.row.passage.statement, False, **SIGNED, **how),
        lambda **how: judged(path, "different", a, b, **SIGNED, **how),
        lambda **how: judged(path, "same", people[0], people[1], **SIGNED, **how),
        lambda **how: judged(path, "different", reports[0], reports[-1], **SIGNED, **how),
        lambda **how: judged(path, "unrelated", relation.a.passage, relation.b.passage, **SIGNED, **how),
        lambda **how: judged(path, "met", entry.passage.passage, **SIGNED, **how),
        lambda **how: judged(
            path, "against", shown.row.passage.passage, shown.evidence[0].passage.passage, **SIGNED, **how
        ),
        lambda **how: graded(path, a, "3", **SIGNED, **how),
        lambda **how: noted(path, a, **SIGNED, **how),
    ]
    chosen.shuffle(made)
    return [
        lambda one=one, minute=minute: one(made=START + timedelta(minutes=minute))  # type: ignore[misc]
        for minute, one in enumerate(made)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_undoing_the_latest_restores_what_was_before_in_any_order(copied: Path, settings: Settings, seed: int) -> None:
    def settle() -> dict[str, list[tuple[object, ...]]]:
        with Linkage(copied, settings) as linkage:
            linkage.finish()
        with Assessment(copied, settings) as assessment:
            assessment.finish()
        return derived(copied)

    states, made = [settle()], []
    for judge in judgements(copied, Random(seed))[:5]:
        try:
            made.append(judge())
        except NotOnRecord:
            # What an earlier one dismissed cannot be judged any more.
            continue
        states.append(settle())
    assert len(made) > 2
    for one in reversed(made):
        changed = states.pop()
        undone(copied, one.id, **SIGNED)
        restored = settle()
        assert restored == states[-1]
        # Grades and notes stand on the record alone.
        assert changed != restored or one.subject in (Subject.ITEM, Subject.NOTE)
    with ReviewView(copied) as view:
        assert not any(view.grades(subject) for subject in (Subject.SOURCE, Subject.ITEM))
    assert verify(copied).holds


def test_a_brief_follows_and_its_proof_holds(copied: Path, settings: Settings, tmp_path: Path) -> None:
    asked = Asked(text="withdraw")
    with ReviewView(copied) as view:
        before = composed(view, asked, by="Ida Holm", made=datetime.now(UTC))
        assert changes(view, before) == ()
    cited = next(one for one in before.citations if one.speaker)
    made = spoken(copied, cited.statement, "Pavla Drenko", **SIGNED)
    take_up(copied, {made.subject}, settings)
    with ReviewView(copied) as view:
        told = " ".join(changes(view, before))
        assert "is held to be said by Pavla Drenko now" in told
        assert "Ida Holm judged speaker Pavla Drenko on" in told
        after = composed(view, asked, by="Ida Holm", made=datetime.now(UTC))
        assert "Pavla Drenko" in {one.speaker for one in after.citations}
    for number, brief in enumerate((before, after)):
        with Writer(copied) as writer:
            id_ = writer.record_brief(brief)
        written = proof.write(copied, id_, tmp_path / f"proof-{number}", settings)
        assert proof.check(written.place).faults == ()


def test_weak_links_that_hold_nothing_do_not_stand_before_those_that_do(whole: Path) -> None:
    with ReviewView(whole) as view:
        every = view.weak_merges(0.5, 0.8, 10_000)
        assert len(every) > 5
        assert [view.weak_merges(0.5, 0.8, most) for most in range(6)] == [every[:most] for most in range(6)]
