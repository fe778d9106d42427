"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import SettingsError
from onrecord.publishing.placing import placed, placing


def broken(error: BaseException) -> Iterator[str]:
    yield "half\n"
    raise error


def left(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.rglob("*"))


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    place = tmp_path / "out.json"
    place.write_text("before")
    assert placed(place, ["é\n", "b\n"]) == 2
    assert place.read_bytes() == "é\nb\n".encode()
    assert left(tmp_path) == ["out.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("damage"), SystemExit(1)])
@pytest.mark.parametrize("before", [True, False])
def test_what_ends_early_leaves_no_half_file(tmp_path: Path, error: BaseException, before: bool) -> None:
    place = tmp_path / "out.json"
    if before:
        place.write_text("before")
    with pytest.raises(type(error)):
        placed(place, broken(error))
    assert left(tmp_path) == (["out.json"] if before else [])
    assert not before or place.read_text() == "before"


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_gets_its_files_together_or_none(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "tables"
    if there:
        folder.mkdir()
        (folder / "a").write_text("before")
        (folder / "mine").write_text("kept")

    def fill(error: BaseException | None) -> None:
        with placing(folder) as unfinished:
            (unfinished / "a").write_text("after")
            if error is not None:
                raise error
            (unfinished / "b").write_text("after")

    with pytest.raises(KeyboardInterrupt):
        fill(KeyboardInterrupt())
    assert left(tmp_path) == (["a", "mine", "tables"] if there else [])
    fill(None)
    assert (folder / "a").read_text() == (folder / "b").read_text() == "after"
    assert left(tmp_path) == sorted(["a", "b", "tables", *(["mine"] if there else [])])


@pytest.mark.parametrize("place", ["missing/out.json", "taken/out.json", "folder", "out.json/..", "/dev/null", "/"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SettingsError, match=r"name|cannot be written"):
        placed(tmp_path / place, ["a\n"])
    assert left(tmp_path) == ["folder", "taken"]
    assert Path("/dev/null").is_char_device()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SettingsError, match="is a file; name a folder"), placing(tmp_path / "taken"):
        pass
