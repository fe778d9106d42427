"""A table of places, and where texts name them; every place here is invented, or a word that is a place elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import SettingsError
from onrecord.language import places as module
from onrecord.language.places import Place, places, places_in

TABLE = "# invented\nKortach\t52.5\t31.5\n\nDolny Vesk\t51\t30\nVesk\t40\t20\nReading\t3\t4\nSt Oda's\t5\t6\nZürn\t7\t8\nthe narrows\t9\t1\n"


def test_a_table_of_places() -> None:
    assert places(TABLE, "places.tsv").by_words[("dolny", "vesk")] == Place("Dolny Vesk", 51.0, 30.0)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Kortach", "line 2: write a name, a tab, the latitude"),
        ("Kortach\tfar\t3", "line 2: write a name, a tab, the latitude"),
        ("Kortach\t95\t3", "the latitude is from -90 to 90"),
        ("Kortach\tnan\t3", "the latitude is from -90 to 90"),
        ("Kortach\t5\t3\tRP", "the latitude is from -90 to 90"),
        ("—\t5\t3", "a name has one to 8 words"),
        ("zelvin\t5\t3", "stands here twice"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: str, says: str) -> None:
    with pytest.raises(SettingsError, match=r"^places\.tsv: line 2") as error:
        places(f"Zelvin\t1\t2\n{line}\n", "places.tsv")
    assert says in str(error.value)


def test_a_table_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_TABLE", len(TABLE) - 1)
    with pytest.raises(SettingsError, match=r"^places\.tsv: more than \d+ characters"):
        places(TABLE, "places.tsv")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Guns stand at Kortach.", ["Kortach"]),
        ("Kortach’s airfield", ["Kortach"]),
        ("KORTACH'S AIRFIELD", ["KORTACH"]),
        ("a Kortach-based unit", ["Kortach"]),
        ("in Kortachville", []),
        ("at Dolny  Vesk and Vesk", ["Dolny  Vesk", "Vesk"]),
        ("from Kortach to Vesk and back to Kortach", ["Kortach", "Vesk", "Kortach"]),
        ("in Dolny Veskograd", []),
        ("they were reading in Reading", ["Reading"]),
        ("at St Oda’s, by night", ["St Oda’s"]),
        ("through Zu\u0308rn and ZÜRN and Zurn", ["Zu\u0308rn", "ZÜRN", "Zurn"]),
        ("at the Narrows and the narrows", ["the Narrows", "the narrows"]),
        ("", []),
    ],
)
def test_places_are_named_by_whole_words(text: str, named: list[str]) -> None:
    assert [one.span.of(text) for one in places(TABLE, "places.tsv").named(text)] == named


def test_a_table_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "places.tsv"
    file.write_text(TABLE, encoding="utf-8-sig")
    found = places_in(file)
    assert (found.table, found.by_words) == ("places.tsv", places(TABLE, "").by_words)


def test_a_mark_of_byte_order_is_no_part_of_a_name(tmp_path: Path) -> None:
    file = tmp_path / "places.tsv"
    file.write_text("Kortach\t52.5\t31.5\n", encoding="utf-8-sig")
    assert [one.name for one in places_in(file).by_words.values()] == ["Kortach"]


@pytest.mark.parametrize("content", [None, b"Kortach\xff\t1\t2\n"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "places.tsv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"places\.tsv cannot be read: "):
        places_in(file)
