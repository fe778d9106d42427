"""The command that tells which claims could be checked on satellite scenes, on the example and an invented catalogue."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from onrecord.sources.example import reports_folder
from tests.end_to_end.test_command_line import run
from tests.end_to_end.test_linking_commands import rows
from tests.weighing.checkable.test_checkable import catalog, item

needs_pystac = pytest.mark.skipif(find_spec("pystac") is None, reason="a catalogue needs the extra onrecord[stac]")


@needs_pystac
def test_claims_with_a_place_and_a_day_are_told_with_their_scenes(tmp_path: Path) -> None:
    ledger = tmp_path / "example.ledger"
    with reports_folder() as reports:
        assert run("read", reports, "--ledger", ledger).returncode == 0
    (tmp_path / "catalog.json").write_text(json.dumps(catalog(("item", "./one.json"))))
    (tmp_path / "one.json").write_text(json.dumps(item("one", "2031-03-08T10:20:00Z")))
    (tmp_path / "places.tsv").write_text("Kortach\t52.5\t31.5\n")
    found = rows(
        run("scenes", "-l", ledger, "--stac", tmp_path, "--places", tmp_path / "places.tsv", "--format", "jsonl")
    )
    assert {one["place"] for one in found} == {"Kortach"}
    seen = [one for one in found if one["scenes"] == ["one"]]
    assert seen
    assert all("1 scene, 8 March 2031, cloud 4 %, not inspected" in str(one["told"]) for one in seen)


@needs_pystac
def test_a_folder_without_a_catalogue_is_told(tmp_path: Path) -> None:
    ledger = tmp_path / "one.ledger"
    story = tmp_path / "story.txt"
    story.write_text("“Guns stand at Kortach on Friday,” Ida Holm said.\n")
    assert run("read", story, "--ledger", ledger, "--published", "2031-03-07").returncode == 0
    (tmp_path / "places.tsv").write_text("Kortach\t52.5\t31.5\n")
    done = run("scenes", "-l", ledger, "--stac", tmp_path, "--places", tmp_path / "places.tsv")
    assert done.returncode != 0
    assert "catalog.json" in done.stderr
