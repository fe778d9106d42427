"""A proof is checked without its ledger; whatever is changed in it is found and named."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Ledger
from onrecord.domain.ids import sha256
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer
from onrecord.proof import check, write
from onrecord.proof.files import ProofError
from onrecord.publishing.briefs import Asked, composed
from onrecord.publishing.briefs.changes import changes
from onrecord.settings import Settings
from onrecord.sources.example import reports_folder

MADE = datetime(2031, 3, 12, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "example.ledger"
    with reports_folder() as folder, Ledger(path) as made:
        made.add(folder)
        made.link()
        made.weigh()
    return path


@pytest.fixture(scope="module")
def brief(ledger: Path) -> str:
    with WeighedView(ledger) as view:
        made = composed(view, Asked(text="withdraw"), by="Ida Holm", made=MADE)
        assert changes(view, made) == ()
    with Writer(ledger) as writer:
        return writer.record_brief(made)


@pytest.fixture(scope="module")
def proof(ledger: Path, brief: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(ledger, brief[:10], tmp_path_factory.mktemp("written") / "withdrawal").place


@pytest.fixture
def copied(proof: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(proof, tmp_path / "copied"))


def resealed(place: Path) -> None:
    """Makes manifest and seal anew, as somebody would who forges a proof."""
    manifest = json.loads((place / "manifest.json").read_text())
    for name in manifest["files"]:
        manifest["files"][name]["sha256"] = sha256((place / name).read_bytes())
    (place / "manifest.json").write_text(json.dumps(manifest))
    (place / "SEAL").write_text(sha256((place / "manifest.json").read_bytes()))


def test_an_untouched_proof_holds_and_says_what_it_does_not_cover(proof: Path, brief: str) -> None:
    found = check(proof)
    assert found.holds, found.faults
    assert found.brief == brief
    assert found.checked["citations"] >= 3
    assert found.checked["sentences"] >= 3
    assert found.checked["entries of the chain"] > 100
    assert len(found.uncovered) == 3
    assert (proof / "SEAL").read_text().strip() == found.seal


def test_a_zip_is_checked_as_a_folder_is(ledger: Path, brief: str, tmp_path: Path) -> None:
    written = write(ledger, brief, tmp_path / "proof.zip")
    assert check(tmp_path / "proof.zip").holds
    assert check(tmp_path / "proof.zip").seal == written.seal
    with pytest.raises(ProofError, match="there already"):
        write(ledger, brief, tmp_path / "proof.zip")


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_changed_byte_anywhere_is_found_and_its_file_is_named(copied: Path, data: st.DataObject) -> None:
    files = sorted(one for one in copied.rglob("*") if one.is_file())
    chosen = data.draw(st.sampled_from(files))
    whole = chosen.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    chosen.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
    try:
        faults = check(copied).faults
    finally:
        chosen.write_bytes(whole)
    name = chosen.relative_to(copied).as_posix()
    assert name in {one.file for one in faults} or (name == "SEAL" and faults[0].file == "manifest.json")


def test_a_file_more_and_a_file_less_are_named(copied: Path) -> None:
    (copied / "extra.txt").write_text("x")
    (copied / "brief.md").unlink()
    assert {one.file for one in check(copied).faults} == {"extra.txt", "brief.md"}


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("brief.json", ("said", "sang"), "brief.json"),
        ("texts", ("withdraw", "withdrew"), "rows.jsonl"),
        ("chain.jsonl", ('"kind":"report"', '"kind":"repork"'), "chain.jsonl"),
        ("rows.jsonl", ('"outlet":"Halyard', '"outlet":"Halyart'), "rows.jsonl"),
    ],
)
def test_a_forger_who_seals_again_is_found(copied: Path, name: str, change: tuple[str, str], told: str) -> None:
    place = copied / name
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    for one in files:
        one.write_text(one.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    resealed(copied)
    assert told in {one.file for one in check(copied).faults}


def test_swapped_spans_are_found_even_where_everything_is_made_anew(copied: Path) -> None:
    from onrecord.domain.briefs import brief_id

    brief = json.loads((copied / "brief.json").read_text(encoding="utf-8"))
    one, other = brief["citations"][:2]
    for key in ("start", "end", "text", "passage"):
        one[key], other[key] = other[key], one[key]
    content = json.dumps(brief, ensure_ascii=False, separators=(",", ":"))
    (copied / "brief.json").write_text(content, encoding="utf-8")
    manifest = json.loads((copied / "manifest.json").read_text())
    manifest["brief"] = brief_id(content)
    (copied / "manifest.json").write_text(json.dumps(manifest))
    resealed(copied)
    problems = [one.problem for one in check(copied).faults if one.file == "brief.json"]
    assert any("its citations" in one for one in problems)
    assert any("does not stand at characters" in one or "id that is not" in one for one in problems)
    assert any("not the brief that the record has" in one for one in problems)


def test_one_proof_is_one_file_whenever_it_is_written(ledger: Path, brief: str, tmp_path: Path) -> None:
    one, other = (write(ledger, brief, tmp_path / name).place for name in ("one.zip", "other.zip"))
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_proof_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "some.zip").write_bytes(content)
    for place in (tmp_path / "some.zip", tmp_path):
        with pytest.raises(ProofError, match="no proof"):
            check(place)


def test_a_zip_that_unpacks_to_more_than_it_says_and_links_are_refused(
    proof: Path, copied: Path, tmp_path: Path
) -> None:
    place = tmp_path / "bomb.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in proof.rglob("*"):
            if one.is_file():
                archive.write(one, one.relative_to(proof).as_posix())
        for number in range(3):
            archive.writestr(f"captures/{number}", b"\0" * 50_000_000)
    assert {one.file for one in check(place).faults} == {f"captures/{number}" for number in range(3)}
    (copied / "captures" / "link").symlink_to("/etc/passwd")
    with pytest.raises(ProofError, match="leads out"):
        check(copied)


def test_what_changed_under_a_brief_is_told(ledger: Path, brief: str, tmp_path: Path) -> None:
    from onrecord.assessing import judged

    path = tmp_path / "copied.ledger"
    path.write_bytes(ledger.read_bytes())
    with WeighedView(path) as view:
        _, made = view.brief(brief)
        one = made.citations[0]
        other = next(head.id for head in view.utterances() if head.id != one.utterance)
    later = MADE.replace(day=13)
    judged(path, "unrelated", one.passage, other, why="two years", by="Odile Marsh", settings=Settings(), made=later)
    with WeighedView(path) as view:
        assert any("Odile Marsh judged relation unrelated" in words for words in changes(view, made))
