"""Words that were changed, marked in their paragraphs, and what became of statements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.domain.spans import Span
from onrecord.domain.text_changes import rests_on_changed, text_change
from onrecord.ledger.versions_view import VersionsView
from onrecord.ledger.view import RecordedStatement, StatementFilter
from onrecord.publishing.versions.changes_page import pair
from onrecord.publishing.versions.fates import fates
from onrecord.publishing.versions.flags import CHANGED, OTHERWISE, Flags
from onrecord.publishing.versions.history import page_entry
from onrecord.publishing.versions.marked import MOST_SHOWN, PieceKind, TextPiece, in_line, marked_paragraphs
from tests.edited import FIRST, SECOND, THIRD, hours, recorded, text_of

SIGNS = {PieceKind.KEPT: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}


def written(pieces: tuple[TextPiece, ...]) -> str:
    return "".join(SIGNS[one.kind].format(one.text) for one in pieces)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("It is not so.", "It is so.", ["It is [-not-] so."]),
        ("It is so.", "It is not so.", ["It is {+not+} so."]),
        ("It held 3 days.", "It held 5 days.", ["It held [-3-] {+5+} days."]),
        ("So it was, Holm said.", "So it was.", ["So it was[-, Holm said-]."]),
        ("One holds.\n\nTwo.", "One holds.", ["One holds.", "[-Two.-]"]),
        ("One.", "Zero.\n\nOne.", ["{+Zero.+}", "One."]),
        (
            "Cats sleep.\n\nDogs bark.",
            "A storm came by.\n\nDogs bark.",
            ["[-Cats sleep.-]", "{+A storm came by.+}", "Dogs bark."],
        ),
        (
            "The weir holds. Holm said so today.",
            "The weir holds.\n\nHolm said so today.",
            ["The weir holds.", "Holm said so today."],
        ),
    ],
)
def test_paragraphs_show_what_was_taken_out_and_put_in(old: str, new: str, shown: list[str]) -> None:
    found = [written(one.pieces) for one in marked_paragraphs(old, new, text_change(old, new))]
    assert found == shown or (not text_change(old, new).edits and shown == new.split("\n\n"))


def test_unchanged_paragraphs_are_told_by_their_number() -> None:
    every = [f"Paragraph {number} stays." for number in range(9)]
    new = [*every[:4], "Paragraph 4 goes.", *every[5:]]
    old_text, new_text = "\n\n".join(every), "\n\n".join(new)
    found = marked_paragraphs(old_text, new_text, text_change(old_text, new_text))
    assert [one.left_out or written(one.pieces) for one in found] == [
        3,
        "Paragraph 3 stays.",
        "Paragraph 4 [-stays-] {+goes+}.",
        "Paragraph 5 stays.",
        3,
    ]


def test_very_many_changed_paragraphs_are_shown_in_part() -> None:
    old = "\n".join(f"Line {number} old and unlike the others {number}." for number in range(900))
    new = "\n".join(f"Zeile {number * 7} neu und ganz anders {number}." for number in range(900))
    found = marked_paragraphs(old, new, text_change(old, new))
    assert sum(one.changed for one in found) == MOST_SHOWN


def test_titles_are_shown_in_one_line() -> None:
    assert (
        written(in_line("Weir holds", "Weir breaks", text_change("Weir holds", "Weir breaks")))
        == "Weir [-holds-] {+breaks+}"
    )
    assert written(in_line("", "Weir", text_change("", "Weir"))) == "{+Weir+}"


def test_words_that_were_moved_to_the_letter_were_not_changed() -> None:
    one, other = "“We will open the gates on Tuesday,” Holm said.", "The ferry runs again from Monday on."
    old, new = f"{one}\n\n{other}\n", f"{other}\n\n{one}\n"
    spans = [Span(1, 35), Span(42, 46)]
    assert text_change(old, new).touches(spans) or not rests_on_changed(old, new, spans)
    assert not rests_on_changed(old, new, spans)
    assert rests_on_changed(old, new.replace("Tuesday", "Friday"), spans)
    assert rests_on_changed("It broke. No.", "It broke. Yes.", [Span(10, 12)])
    assert not rests_on_changed(old, new, [])


V1, V2, V3 = (text_of(text, at=hours(at)) for text, at in ((FIRST, 1), (SECOND, 5), (THIRD, 30)))


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> VersionsView:
    return VersionsView(recorded(tmp_path_factory.mktemp("v") / "one.ledger", [V1, V2, V3]))


def statements(view: VersionsView, of: object) -> list[RecordedStatement]:
    return list(view.statements(StatementFilter(report=of.report.id), order="reading"))  # type: ignore[attr-defined]


def test_statements_are_kept_changed_gone_or_new(view: VersionsView) -> None:
    old, new = statements(view, V1), statements(view, V2)
    told = fates(old, new)
    assert [one.content[0].text for one, _ in told.kept] == ["that it would run extra boats"]
    assert [other.content[0].text for _, other in told.changed] == [
        "“Two people were hurt at the weir,”",
        "that 500 people had left their homes",
    ]
    assert (told.gone, told.new) == ((), ())
    assert fates(old, []).gone == tuple(old)
    assert fates([], new).new == tuple(new)
    same = fates(old, old)
    assert len(same.kept) == len(old)


def test_the_same_words_of_another_speaker_are_a_change(view: VersionsView) -> None:
    old = statements(view, V1)
    speaker = replace(old[0].statement.speaker, name="Omar Dur")
    other = replace(old[0], statement=replace(old[0].statement, speaker=speaker))
    told = fates([old[0]], [other])
    assert (len(told.kept), len(told.changed)) == (0, 1)


def test_words_are_flagged_from_when_they_were_first_seen_otherwise(view: VersionsView) -> None:
    first, second, boats = statements(view, V1)
    flags = Flags(view)
    assert [flags.of_statement(one) is not None for one in (first, second, boats)] == [True, True, False]
    found = flags.of_statement(first)
    assert found is not None
    assert (found.against, found.since.iso, found.words) == (V2.report.id, "2031-03-09T13:00:00Z", CHANGED)  # type: ignore[union-attr]
    later = flags.of_statement(statements(view, V2)[1])
    assert later is not None
    assert later.against == V3.report.id  # type: ignore[union-attr]
    assert flags.of_statement(statements(view, V2)[0]) is None


def test_words_that_stand_again_are_not_flagged(tmp_path: Path) -> None:
    back = text_of(FIRST + "\nThe weir is old.\n", at=hours(9))
    with VersionsView(recorded(tmp_path / "one.ledger", [V1, V2, back])) as opened:
        assert [Flags(opened).of_statement(one) for one in statements(opened, V1)] == [None, None, None]


def test_a_text_taken_by_another_program_is_told_as_such(tmp_path: Path) -> None:
    other = text_of(SECOND, at=hours(5), extractor="test 2")
    with VersionsView(recorded(tmp_path / "one.ledger", [V1, other])) as opened:
        found = Flags(opened).of_statement(statements(opened, V1)[0])
        assert found is not None
        assert found.words == OTHERWISE
        entry = page_entry(opened, V1.report.id)  # type: ignore[union-attr]
        assert entry is not None
        assert entry.steps[1].told == "taken in another way"


def test_a_pair_is_the_earlier_and_the_later_text(view: VersionsView) -> None:
    ids = [one.report.id for one in (V1, V2, V3)]  # type: ignore[union-attr]
    asked = [(ids[0], None), (ids[1], None), (ids[2], None), (ids[2], ids[0]), (ids[0], ids[1])]
    found = [pair(view, one, other) for one, other in asked]
    assert [(one.old.head.id, one.new.head.id) for one in found if one is not None] == [
        (ids[0], ids[2]),
        (ids[1], ids[2]),
        (ids[1], ids[2]),
        (ids[0], ids[2]),
        (ids[0], ids[1]),
    ]
