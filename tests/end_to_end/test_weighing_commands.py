"""The commands of weighing as people type them, on the example."""

import json
from pathlib import Path

import pytest

from onrecord.cli.judging import Word
from onrecord.domain.judgements import VERDICTS, Subject
from onrecord.sources.example import reports_folder
from tests.end_to_end.test_command_line import run
from tests.end_to_end.test_linking_commands import rows

CRISIS = Path(__file__).parents[2] / "examples" / "crisis"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weighing") / "example.ledger"
    with reports_folder() as reports:
        done = run("read", reports, "--ledger", path)
    assert "weighed " in done.stderr
    return path


def test_every_verdict_can_be_typed() -> None:
    # Grades have a command of their own, and what is corrected is typed in words of its own.
    others = {Subject.SOURCE, Subject.ITEM, Subject.STATEMENT, Subject.UNDONE}
    wanted = {verdict for subject, those in VERDICTS.items() if subject not in others for verdict in those}
    typed = {"speaker", "content", "source", "statement", "no statement", "undo"}
    assert {one.value.replace("-", " ") for one in Word} == wanted | typed


def test_relations_as_json_have_the_keys_that_are_promised(ledger: Path) -> None:
    found = rows(run("relations", "-l", ledger, "--format", "jsonl"))
    assert len(found) > 20
    for one in found:
        assert list(one)[:7] == ["kind", "a", "b", "actors", "reasons", "score", "judged_by"]
        assert one["judged_by"] == "program"
        assert one["reasons"]
        for side in (one["a"], one["b"]):
            assert isinstance(side, dict)
            assert side["end"] - side["start"] == len(side["text"])
    only = rows(run("relations", "-l", ledger, "--kind", "contradicts", "--format", "jsonl"))
    assert only == [one for one in found if one["kind"] == "contradicts"]


def test_figures_and_docket_as_json(ledger: Path) -> None:
    figures = rows(run("figures", "-l", ledger, "--format", "jsonl"))
    keys = ["counted", "place", "value", "low", "high", "unit", "as_of", "actor", "passage", "lineage"]
    assert all(list(one)[:10] == keys for one in figures)
    assert len({one["id"] for one in figures}) == len(figures) > 40
    entries = rows(run("docket", "-l", ledger, "--format", "jsonl"))
    assert all(list(one)[:6] == ["act", "actor", "passage", "due", "status", "evidence"] for one in entries)
    assert {one["status"] for one in entries} <= {"open", "due"}
    early = rows(run("docket", "-l", ledger, "--today", "2031-03-01", "--format", "jsonl"))
    assert {one["status"] for one in early} == {"open"}
    on_a_day = rows(run("docket", "-l", ledger, "--due", str(entries[0]["due"]), "--format", "jsonl"))
    assert on_a_day == [one for one in entries if one["due"] == entries[0]["due"]]
    assert rows(run("docket", "-l", ledger, "--due", "9999-12-31", "--format", "jsonl")) == []
    shown = run("entry", str(entries[0]["id"])[:10], "-l", ledger)
    assert "counts as met:" in shown.stdout


def test_one_relation_and_one_figure_in_words(ledger: Path) -> None:
    relation = rows(run("relations", "-l", ledger, "--format", "jsonl", "--limit", "1"))[0]
    told = run("relation", str(relation["id"])[:12], "-l", ledger)
    assert "held because:" in told.stdout
    figure = rows(run("figures", "-l", ledger, "--figures", "2", "--format", "jsonl"))[0]
    assert "speaker" in run("figure", str(figure["lineage"]), "-l", ledger).stdout


def test_a_word_is_put_on_the_record_and_shown(ledger: Path) -> None:
    relation = rows(run("relations", "-l", ledger, "--format", "jsonl", "--limit", "1"))[0]
    a, b = (str(relation[side]["id"]) for side in ("a", "b"))  # type: ignore[index]
    done = run("judge", "unrelated", a, b, "--why", "two evenings", "--by", "Ida Holm", "-l", ledger)
    assert f"on the record: relation {a} unrelated {b}" in done.stdout
    left = rows(run("relations", "-l", ledger, "--format", "jsonl"))
    assert relation["id"] not in {one["id"] for one in left}
    shown = json.loads(run("relation", str(relation["id"]), "-l", ledger, "--json").stdout)
    assert (shown["kind"], shown["judged_by"], shown["program"]) == ("unrelated", "Ida Holm", relation["kind"])
    assert run("verify", "-l", ledger).returncode == 0


def test_grades_are_given_listed_and_refused(ledger: Path) -> None:
    done = run("grade", "Harvenia One", "d", "--why", "the chlorine", "--by", "Ida Holm", "-l", ledger)
    assert "Harvenia One is graded D, not usually reliable" in done.stdout
    (given,) = rows(run("grade", "-l", ledger, "--format", "jsonl"))
    assert (given["of"], given["grade"], given["source"]) == ("source", "D", "Harvenia One")
    alone = next(one for one in rows(run("utterances", "-l", ledger, "--format", "jsonl")) if one["origins"] == 1)
    refused = run("grade", str(alone["id"]), "1", "--why", "sure", "-l", ledger)
    assert refused.returncode != 0
    assert "independent origin" in refused.stderr


def test_indicators_and_hypotheses_as_json_and_in_words(ledger: Path) -> None:
    signs = rows(run("indicators", "-l", ledger, "--file", CRISIS / "indicators.toml", "--format", "jsonl"))
    assert str(signs[0]["name"]).startswith("ceasefire violations")
    (rising,) = signs[0]["changes"]  # type: ignore[misc]
    assert rising["sentence"].startswith("rising since ")
    assert "rising since" in run("indicators", "-l", ledger, "--file", CRISIS / "indicators.toml").stdout
    matrices = rows(run("hypotheses", "-l", ledger, "--file", CRISIS / "hypotheses.toml", "--format", "jsonl"))
    assert len(matrices[0]["hypotheses"]) >= 3  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ["indicators", "hypotheses"])
def test_what_is_missing_is_told_with_what_to_do(ledger: Path, command: str) -> None:
    done = run(command, "-l", ledger)
    assert done.returncode == 2
    assert "--file" in done.stderr
