"""Briefs and their proofs as people type them, on the example."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.domain.briefs import Brief, Form, Part, Sentence, words
from onrecord.ledger.brief_rows import brief_of
from onrecord.ledger.weighed_view import WeighedView
from tests.end_to_end.test_command_line import run
from tests.publishing.weighed.example import weighed_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(weighed_ledger(), tmp_path_factory.mktemp("briefs") / "example.ledger"))


@pytest.fixture(scope="module")
def story(ledger: Path) -> str:
    """The story that begins with the withdrawal."""
    with WeighedView(ledger) as view:
        return view.story_of(view.report("hal-20310303-0412").head.id).id  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def brief(ledger: Path, story: str) -> Brief:
    done = run("brief", "--story", story, "--by", "Ida Holm", "--format", "json", "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    return brief_of(done.stdout)


@pytest.fixture(scope="module")
def named(ledger: Path, brief: Brief) -> str:
    return str(json.loads(run("briefs", "--format", "jsonl", "--ledger", ledger).stdout.splitlines()[0])["id"])


def part(brief: Brief, part: Part) -> tuple[Sentence, ...]:
    return next(section.sentences for section in brief.sections if section.part is part)


def test_the_brief_of_the_withdrawal_tells_it_first_and_both_sides_of_a_dispute(brief: Brief) -> None:
    assert [section.part for section in brief.sections] == list(Part)
    first = part(brief, Part.HAPPENED)[0]
    assert "Harvenia has begun to withdraw troops from its border with Olmira" in words(first)
    disputes = part(brief, Part.DISPUTED)
    said, against = {"Ruslav Dmerin", "Harvenia", "its defence ministry"}, {"Tomas Belvedy", "Joren Halvik"}
    named = [{one.speaker or one.described for one in sentence.citations} for sentence in disputes]
    assert any(both & said and both & against for both in named)
    sides = [one.utterance for sentence in disputes for one in sentence.citations]
    assert len(sides) == len(set(sides)) >= 6


def test_it_has_a_figure_that_was_revised_or_disputed_and_a_series(brief: Brief) -> None:
    figures = part(brief, Part.FIGURES)
    told = [one for one in figures if one.form is Form.REVISED]
    assert any(
        {"about 95,000 soldiers", "about 80,000 soldiers"} == {one.facts["number"], one.facts["earlier"]}
        for one in told
    )
    assert any(one.form is Form.SERIES for one in figures)
    assert any(one.facts["kind"] == "revision" for one in told)


def test_it_has_an_entry_of_the_docket_with_its_day(brief: Brief) -> None:
    due = [one for one in part(brief, Part.DOCKET) if one.facts["due"]]
    assert any(one.facts["due"] == "9 March 2031" for one in due)
    assert all(words(one).startswith(f"{one.facts['act'].capitalize()}, due {one.facts['due']} (") for one in due)


def test_no_section_tells_the_words_of_a_speaker_twice(brief: Brief) -> None:
    for section in brief.sections:
        single = [one.citations[0] for one in section.sentences if len(one.citations) == 1]
        told = [(one.utterance, one.speaker or one.described) for one in single]
        assert len(told) == len(set(told))
        assert len({one.text.casefold() for one in single}) == len(single)
    elsewhere = {one.utterance for part_ in list(Part)[:4] for s in part(brief, part_) for one in s.citations}
    assert not elsewhere & {one.utterance for s in part(brief, Part.SAID) for one in s.citations}


def test_every_sentence_is_made_of_its_citations_and_every_citation_of_a_report(ledger: Path, brief: Brief) -> None:
    with WeighedView(ledger) as view:
        for one in brief.citations:
            text = view.report(one.report).report.text
            assert text[one.start : one.end] == one.text
            assert text[one.start - len(one.lead) : one.start] == one.lead


def test_a_proof_is_verified_in_a_process_that_never_saw_the_ledger(ledger: Path, named: str, tmp_path: Path) -> None:
    written = run("export", "proof", named[:10], "-o", tmp_path / "withdrawal", "--ledger", ledger)
    seal = written.stdout.split("seal ")[1].strip()
    command = [sys.executable, "-m", "onrecord", "verify", "withdrawal", "--seal", seal, "--json"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    done = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["brief"] == named
    assert found["checked"]["sentences"] > 20
    rewritten = tmp_path / "withdrawal" / "brief.json"
    rewritten.write_text(rewritten.read_text(encoding="utf-8").replace("95,000", "59,000"), encoding="utf-8")
    done = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    assert any(one["file"] == "brief.json" for one in json.loads(done.stdout)["faults"])


@pytest.mark.parametrize(("format_", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-"), ("html", b"<!doctype html>")])
def test_a_brief_on_the_record_is_written_again_into_a_file(
    ledger: Path, named: str, tmp_path: Path, format_: str, begins: bytes
) -> None:
    if format_ in ("docx", "pdf"):
        module = {"docx": "docx", "pdf": "reportlab"}[format_]
        pytest.importorskip(module, reason=f"{module} is not installed: onrecord[brief]")
        done = run("brief", named, "--format", format_, "--ledger", ledger)
        assert done.returncode == 2
        assert "-o" in done.stderr
    place = tmp_path / f"brief.{format_}"
    done = run("brief", named, "--format", format_, "-o", place, "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    assert place.read_bytes().startswith(begins)


@pytest.mark.parametrize("place", ["missing/brief.md", "", "/proc/brief.md"])
def test_a_brief_that_cannot_be_written_does_not_come_on_the_record(ledger: Path, tmp_path: Path, place: str) -> None:
    before = run("briefs", "--format", "jsonl", "--ledger", ledger).stdout
    done = run("brief", "--text", "withdraw", "-o", tmp_path / place, "--ledger", ledger)
    assert done.returncode == 2
    assert f"{tmp_path / place} cannot be written" in done.stderr
    assert run("briefs", "--format", "jsonl", "--ledger", ledger).stdout == before


def test_a_name_that_no_record_can_hold_signs_no_brief(ledger: Path) -> None:
    done = run("brief", "--text", "withdraw", "--by", "Holm\udcff", "--format", "json", "--ledger", ledger)
    assert done.returncode == 3
    assert "half a character" in done.stderr


def test_a_proof_is_not_asked_for_the_head_or_the_digest_of_a_ledger(ledger: Path, named: str, tmp_path: Path) -> None:
    assert run("export", "proof", named, "-o", tmp_path / "proof", "--ledger", ledger).returncode == 0
    for option in ("--head", "--digest"):
        done = run("verify", tmp_path / "proof", option, "3f0c")
        assert done.returncode == 2
        assert "--seal" in done.stderr
    assert run("verify", ledger, "--seal", "3f0c").returncode == 2
    assert run("verify", tmp_path / "proof").returncode == 0


@pytest.mark.parametrize("place", ["missing/proof", "missing/proof.zip", "file/proof"])
def test_a_proof_that_cannot_be_written_is_told(ledger: Path, named: str, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    done = run("export", "proof", named, "-o", tmp_path / place, "--ledger", ledger)
    assert done.returncode == 2
    assert f"{tmp_path / place} cannot be written" in " ".join(done.stderr.split())
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_nothing_on_the_record_makes_no_brief(ledger: Path) -> None:
    done = run("brief", "--text", "rhododendron", "--ledger", ledger)
    assert done.returncode == 1 or done.returncode > 2
    assert "nothing on the record is about this" in done.stderr
