"""Readers are found by name, the rule-based one reads, and the guide's reader works as printed."""

import re
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from onrecord.domain.reports import Mark, MarkKind, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.errors import ReaderError
from onrecord.pipeline import Ledger
from onrecord.reading import readers
from onrecord.reading.rules import RuleReader

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-reader.md"


@pytest.mark.parametrize("name", readers.OURS)
def test_our_readers_are_found_by_name(name: str) -> None:
    assert readers.load_reader(name).identity.name == name


def test_a_reader_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(ReaderError, match="there are auto, rules, tagger, transcript"):
        readers.load_reader("nobody")


@pytest.mark.parametrize("value", ["no.such.module:Reader", "onrecord.reading.rules:VERBS", "builtins:dict"])
def test_a_reader_that_cannot_be_loaded_is_said(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    broken = EntryPoints([EntryPoint("broken", value, readers.GROUP)])
    monkeypatch.setattr(readers, "entry_points", lambda **wanted: broken.select(**wanted))
    assert readers.reader_names() == ["auto", "broken", "rules", "tagger", "transcript"]
    with pytest.raises(ReaderError, match="'broken' cannot be loaded"):
        readers.load_reader("broken")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go now," Mayor Ida Holm said.', [(Kind.DIRECT, "Ida Holm", '"We go now,"')]),
        ("Mayor Ida Holm said that the bridge is shut.", [(Kind.INDIRECT, "Ida Holm", "that the bridge is shut")]),
        ("“It is late. We go,” said Karl Oder.", [(Kind.DIRECT, "Karl Oder", "“It is late. We go,”")]),
        ("Mayor Ida Holm spoke. “It is late,” she said.", [(Kind.DIRECT, "Ida Holm", "“It is late,”")]),
        ("It rained all day.", []),
        ("", []),
    ],
)
def test_what_the_rules_find(text: str, expected: list[tuple[Kind, str, str]]) -> None:
    found = list(RuleReader().read(text))
    assert [(s.kind, s.speaker.name, s.content[0].of(text)) for s in found] == expected


def test_the_rules_do_not_read_what_is_marked() -> None:
    text = "Mayor Ida Holm said that the bridge is shut."
    marked = Report(capture="", text=text, marks=(Mark(Span(0, len(text)), MarkKind.BOILERPLATE),))
    assert RuleReader().read_report(marked) == []


def test_another_reader_reads_again_and_its_reading_is_shown(tmp_path: Path) -> None:
    guide = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert guide
    scope: dict[str, object] = {}
    exec(guide.group(1), scope)
    denials = scope["DenialReader"]()  # type: ignore[operator]
    story = tmp_path / "story.txt"
    story.write_text("Mayor Ida Holm said that it is late. She denied any delay.", encoding="utf-8")
    path = tmp_path / "l.ledger"
    assert Ledger(path, reader=RuleReader()).add(story).read == 1
    assert Ledger(path, reader=denials).add(story).read == 1
    assert Ledger(path, reader=denials).add(story).duplicate == 1
    shown = list(Ledger(path).statements())
    assert [(s.reader.name, s.content[0].text) for s in shown] == [("denials", "any delay")]
    assert not Ledger(path).verify().faults
