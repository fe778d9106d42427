"""What makes a version of a page, which lines say that it was changed, and how two texts differ."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.reports import Mark, MarkKind
from onrecord.domain.spans import Span
from onrecord.domain.text_changes import likeness, text_change, words
from onrecord.domain.versions import Telling, changed, gone, gone_at, lines, notices, wording

TEXT = "The weir holds.\nNobody was hurt."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("The weir  holds.\n\n\nNobody was hurt.\n", True),
        ("The weir holds. Nobody was hurt.", True),
        ("The we\u00adir holds.\nNobody was\u200b hurt.", True),
        ("The weir holds.\nNobody was hurt.\n17 comments", True),
        ("Comments (3)\nThe weir holds.\nNobody was hurt.", True),
        ("5 min read\nThe weir holds.\nNobody was hurt.\n1.2k shares", True),
        ("Updated 3 hours ago\nThe weir holds.\nNobody was hurt.", True),
        ("Last updated: 9 March 2031, 14:05\nThe weir holds.\nNobody was hurt.", True),
        ("The weir holds.\nNobody was hurt!", False),
        ("The weir holds.", False),
        ("Nobody was hurt.\nThe weir holds.", False),
        ("The weir holds.\nNobody was hurt.\n17 comments were deleted by the ministry.", False),
        ("The weir holds.\nNobody was hurt.\n17 people died", False),
        ("The weir holds.\nNobody was hurt.\nUpdated figures show 17 dead.", False),
    ],
)
def test_a_wording_is_the_words_of_the_report_alone(other: str, same: bool) -> None:
    assert (wording(other) == wording(TEXT)) is same


def test_the_title_belongs_to_the_wording_and_composed_letters_are_one() -> None:
    assert wording(TEXT, title="One") != wording(TEXT, title="Two")
    assert wording("Zu\u0308rich hält") == wording("Zürich hält")


def test_a_headline_above_the_text_is_compared_as_the_title() -> None:
    old, new = "Weir holds\n\nIt does.", "Weir breaks\n\nIt does."
    marks = [(Mark(Span(0, text.index("\n")), MarkKind.TITLE),) for text in (old, new)]
    assert wording(old, marks[0], "Weir holds") == wording(new, marks[1], "Weir holds")
    assert wording(old, marks[0], "Weir holds") != wording(new, marks[1], "Weir breaks")
    assert wording(old, marks[0]) != wording(new, marks[1])
    assert text_change(old, new, *marks).edits == ()


def test_furniture_is_left_out_of_lines_also_where_it_is_a_part_of_one() -> None:
    text = "Share The weir holds. Print\nRead more\n\nIt does."

    def mark(words: str, kind: MarkKind = MarkKind.BOILERPLATE) -> Mark:
        start = text.index(words)
        return Mark(Span(start, start + len(words)), kind)

    marks = (mark("Share "), mark("Read more"), mark(" Print"), mark("It does.", MarkKind.CAPTION))
    assert [span.of(text) for span in lines(text, marks)] == ["The weir holds.", "It does."]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Correction: an earlier text gave another number.", True),
        ("CORRECTION (9 March): the mayor is Holm.", True),
        ("Updated 9 March 2031", True),
        ("Update: two people were hurt.", True),
        ("Editor’s note: the headline was changed.", True),
        ("Clarification — the boats run daily.", True),
        ("This article was amended on 9 March to correct a name.", True),
        ("This story has been updated.", True),
        ("* An earlier version of this report gave 300.", True),
        ("Anmerkung der Redaktion: In einer früheren Version stand 300.", True),
        ("Mis à jour le 9 mars à 14h", True),
        ("Fe de errores: el alcalde es Holm.", True),
        ("The ministry updated its toll to 500.", False),
        ("Corrections officers were at the scene.", False),
        ("Updated maps show where the water stands.", False),
        ("The report was corrected by the ministry, Holm said.", False),
        ("The boats were clarified butter.", False),
    ],
)
def test_a_line_says_that_a_text_was_changed(line: str, is_one: bool) -> None:
    assert (notices(f"{TEXT}\n{line}") != []) is is_one


def test_only_a_word_near_the_top_or_the_bottom_that_is_new_counts() -> None:
    note = "Correction: the mayor is Holm."
    body = "\n".join(f"Line {number} of the report." for number in range(40))
    middle = "\n".join([*body.split("\n")[:20], note, *body.split("\n")[20:]])
    assert changed(body, f"{note}\n{body}").telling is Telling.SAID
    assert changed(body, f"{body}\n{note}").notices == (note,)
    assert changed(body, middle).telling is Telling.SILENT
    assert changed(f"{note}\n{TEXT}", f"{note}\n{TEXT} Three did.").telling is Telling.SILENT
    assert changed(TEXT, f"{TEXT} Three did.", taken_alike=False).telling is Telling.OTHERWISE
    assert changed(TEXT, f"{note}\n{TEXT}", taken_alike=False).telling is Telling.SAID


def test_a_page_that_is_gone_is_an_input_that_says_since_when() -> None:
    at = datetime(2031, 3, 9, 15, 0, 0, 999, tzinfo=timezone(timedelta(hours=1)))
    found = gone("https://courier.example/a", 404, at)
    assert (found.place, found.reason, found.detail) == (
        "https://courier.example/a",
        "gone",
        "404 on 2031-03-09T14:00:00Z",
    )
    assert gone_at(found.detail) == datetime(2031, 3, 9, 14, tzinfo=UTC)
    assert found.name != gone("https://courier.example/a", 404, at + timedelta(days=1)).name


@pytest.mark.parametrize("detail", ["", "404", "404 on Sunday", "404 on 2031-13-09T14:00:00Z"])
def test_a_detail_of_another_form_gives_no_time(detail: str) -> None:
    assert gone_at(detail) is None


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("Holm said 3 died.", "Holm said 3 died.", []),
        ("Holm said 3 died.", "Holm said 5 died.", [("3", "5")]),
        ("Holm said 3 died.", "Holm said that 3 had died.", [("", "that 3 had")]),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", [("Two.", "")]),
        ("One.\n\nThree.", "One.\n\nTwo.\n\nThree.", [("", "Two.")]),
        ("One holds here.\n\nTwo.", "One holds there.\n\nTwo.", [("here", "there")]),
        (
            "Cats sleep all day long.",
            "The minister resigned.",
            [("Cats sleep all day long.", "The minister resigned.")],
        ),
        ("", "Something.", [("", "Something.")]),
        ("Something.", "", [("Something.", "")]),
        ("It is  so.\nYes.", "It is so. Yes.", None),
    ],
)
def test_texts_differ_in_words(old: str, new: str, edits: list[tuple[str, str]] | None) -> None:
    found = text_change(old, new)
    assert found.whole
    if edits is not None:
        shown = [(edit.old.of(old), edit.new.of(new)) for edit in found.edits]
        if old == "Holm said 3 died." and "that" in new:
            assert [one.split() for _, one in shown] in ([["that"], ["had"]], [["that", "3", "had"]])
        else:
            assert shown == edits


def test_furniture_takes_no_part_in_a_difference() -> None:
    old, new = "Read this too\nThe weir holds.\n12 comments", "Now read that\nThe weir holds.\n99 comments"
    marks = tuple(Mark(Span(0, 13), MarkKind.BOILERPLATE) for _ in "ab")
    assert text_change(old, new, marks[:1], marks[1:]).edits == ()


def test_spans_are_touched_by_words_changed_in_them_and_put_in_between() -> None:
    old = "Holm said the weir holds. Brandt left."
    spans = [Span(10, 24)]
    assert text_change(old, old.replace("holds", "broke")).touches(spans)
    assert text_change(old, old.replace("the weir", "the old weir")).touches(spans)
    assert not text_change(old, old.replace("Brandt", "He")).touches(spans)
    assert not text_change(old, f"Today. {old}").touches(spans)


LINES = st.lists(
    st.lists(st.sampled_from(["weir", "holds", "3", "the", "Holm", ",", "é", "🚢"]), max_size=6), max_size=8
)


@given(LINES, LINES)
def test_a_difference_makes_the_one_text_of_the_other(one: list[list[str]], other: list[list[str]]) -> None:
    old, new = ("\n".join(" ".join(line) for line in every) for every in (one, other))
    found = text_change(old, new)
    made, place = [], 0
    for edit in found.edits:
        assert 0 <= place <= edit.old.start <= edit.old.end <= len(old)
        made += [old[place : edit.old.start], " ", edit.new.of(new), " "]
        place = edit.old.end
    made.append(old[place:])
    assert "".join("".join(made).split()) == "".join(new.split())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 50_000, "b a " * 50_000),
        ("x" * 3_000_000, "y" * 3_000_000),
        ("\n".join("a b" for _ in range(4_000)), "\n".join("b a a b" for _ in range(4_000))),
        ("\n".join(f"line {n}" for n in range(100_000)), "\n".join(f"row {n}" for n in range(100_000))),
        (" ".join(f"w{n % 60}" for n in range(1_900)), " ".join(f"w{n * 7 % 60}" for n in range(1_900))),
    ],
)
def test_huge_and_repeated_texts_are_compared_in_bounded_time(old: str, new: str) -> None:
    begin = time.process_time()
    found = text_change(old, new)
    assert found.edits
    assert time.process_time() - begin < 5


def test_what_was_not_compared_is_said() -> None:
    assert not text_change("a b " * 50_000, "b a " * 50_000).whole


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("The weir holds.", "the weir holds", 1, 1),
        ("The weir holds", "The weir holds now", 0.8, 0.99),
        ("The weir holds", "Cats sleep", 0, 0),
        ("", "", 1, 1),
    ],
)
def test_how_much_two_texts_share(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(Counter(words(one)), Counter(words(other))) <= most
