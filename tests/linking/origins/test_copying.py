"""Which reports share wording; all texts are invented."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.stories import Told
from onrecord.linking.origins import (
    Copy,
    candidates,
    compared,
    copies,
    fingerprint,
    independent_origins,
)
from onrecord.linking.origins.copying import CROWD
from onrecord.settings import Settings
from onrecord.sources import gather

SYLLABLES = "ka lo mi ra tu ve sho bre din gal por ost hal sen vik mar".split()
MORNING = datetime(2031, 3, 5, 8, tzinfo=UTC)


def paragraphs(seed: int, many: int = 8, words: int = 45) -> list[str]:
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 4)))

    return [" ".join(word() for _ in range(words)).capitalize() + "." for _ in range(many)]


def told(report: str, lines: list[str], *, outlet: str | None = None, hours: float | None = 0) -> Told:
    when = None if hours is None else MORNING + timedelta(hours=hours)
    return Told(report, None, "\n\n".join(lines), outlet or f"The {report} Gazette", None, None, when)


WIRE = paragraphs(1)


@pytest.mark.parametrize(
    ("lines", "is_copy"),
    [
        (WIRE, True),
        (list(reversed(WIRE)), True),
        (WIRE[:3], True),
        (WIRE[2:5] + paragraphs(2, 7), True),
        ([line.replace("ka", "KA") for line in WIRE], True),
        (paragraphs(3), False),
        (WIRE[:1] + paragraphs(2, 11), False),
        ([], False),
    ],
)
def test_cuts_and_own_paragraphs(lines: list[str], is_copy: bool) -> None:
    found = copies([told("a", WIRE), told("b", lines, hours=4)])
    assert [(one.a, one.b, one.source) for one in found] == ([("a", "b", "a")] if is_copy else [])


@pytest.mark.parametrize("share", [0.03, 0.08, 0.15])
def test_edits(share: float) -> None:
    chance = random.Random(5)
    changed = [" ".join("otherwise" if chance.random() < share else word for word in line.split()) for line in WIRE]
    assert copies([told("a", WIRE), told("b", changed)])


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»"), ("‘", ",’")])
def test_what_both_quote_is_no_copy(opening: str, closing: str) -> None:
    said = [f"{opening}{line[:-1]}{closing} she said." for line in WIRE]
    mixed_a = [line for pair in zip(paragraphs(7), said, strict=True) for line in pair]
    mixed_b = [line for pair in zip(said, paragraphs(8), strict=True) for line in pair]
    assert copies([told("a", mixed_a), told("b", mixed_b)]) == []


def test_furniture_is_no_copy() -> None:
    page = ["Sign up for our newsletter and never miss a story. " * 6, "© 2031 Gazette Ltd. All rights reserved."] * 4
    assert copies([told("a", paragraphs(7, 3) + page), told("b", paragraphs(8, 3) + page)]) == []


@pytest.mark.parametrize(
    ("first", "second", "source"), [(0, 3, "a"), (3, 0, "b"), (0, 0, None), (None, 3, None), (0, None, None)]
)
def test_the_earlier_one_is_the_source(first: float | None, second: float | None, source: str | None) -> None:
    found = copies([told("a", WIRE, hours=first), told("b", WIRE, hours=second)])
    assert [one.source for one in found] == [source]


def test_a_day_alone_does_not_say_which_came_first_on_that_day() -> None:
    day = replace(told("a", WIRE), published=datetime(2031, 3, 5, tzinfo=UTC))
    assert [one.source for one in copies([day, told("b", WIRE)])] == [None]
    assert [one.source for one in copies([day, told("b", WIRE, hours=24)])] == ["a"]


def test_stretches_are_the_same_words() -> None:
    a, b = told("a", WIRE), told("b", paragraphs(2, 2) + WIRE[3:6] + paragraphs(4, 2))
    found = compared(b, a)
    assert found is not None
    assert (found.a, found.b) == ("a", "b")
    assert found.of_a == pytest.approx(3 / 8, abs=0.02)
    assert found.of_b == pytest.approx(3 / 7, abs=0.02)
    (in_a, in_b), *rest = found.stretches
    assert not rest
    assert in_a.of(a.text) == in_b.of(b.text) == "\n\n".join(WIRE[3:6])[:-1]
    assert found.reasons[0] == "135 words outside quotation marks are the same"


def field() -> list[Told]:
    reports = []
    for number in range(6):
        lines = paragraphs(100 + number)
        reports.append(told(f"wire{number}", lines, hours=number))
        reports.append(told(f"copy{number}", lines[1:5] + paragraphs(200 + number, 3), hours=number + 1))
        reports.append(told(f"own{number}", paragraphs(300 + number), hours=number))
    return reports


@given(st.randoms(use_true_random=False), st.integers(0, 18))
@settings(deadline=None, max_examples=15)
def test_any_order_and_any_cut_gives_the_same(chance: random.Random, cut: int) -> None:
    at_once = copies(field())
    assert {(one.a, one.b) for one in at_once} == {(f"copy{number}", f"wire{number}") for number in range(6)}
    shuffled = field()
    chance.shuffle(shuffled)
    in_two: list[Copy] = [*copies(shuffled[:cut]), *copies(shuffled[cut:], shuffled[:cut])]
    assert sorted(in_two, key=lambda one: (one.a, one.b)) == at_once


def test_a_story_printed_everywhere_stays_together_at_little_cost() -> None:
    reports = [told(f"r{number:03}", WIRE + paragraphs(500 + number, 2)) for number in range(3 * CROWD)]
    pairs = candidates([fingerprint(one) for one in reports])
    assert len(pairs) < 2 * len(reports)
    assert len(independent_origins([one.report for one in reports], pairs)) == 1


@pytest.mark.parametrize(
    ("tied", "expected"),
    [
        ([], [("a",), ("b",), ("c",), ("d",)]),
        ([("a", "c")], [("a", "c"), ("b",), ("d",)]),
        ([("c", "b"), ("d", "c")], [("a",), ("b", "c", "d")]),
        ([("a", "elsewhere")], [("a",), ("b",), ("c",), ("d",)]),
    ],
)
def test_counting(tied: list[tuple[str, str]], expected: list[tuple[str, ...]]) -> None:
    assert independent_origins(["a", "b", "c", "d"], tied) == expected


def test_the_example() -> None:
    reports = {one.name: one.report for one in gather([Path("examples/crisis/reports")], Settings()) if one.report}
    found = copies(
        [
            Told(name, one.title, one.text, one.outlet, one.author, one.url, one.published)
            for name, one in reports.items()
        ]
    )
    assert [(one.a, one.b, one.source) for one in found] == [
        ("courier-2031-03-06-same-afternoon.html", "hal-20310305-0958", "hal-20310305-0958"),
        ("hal-20310309-0677", "tribune-2031-03-10-guns-still-there.html", "hal-20310309-0677"),
        ("tribune-2031-03-07-zelvin-bus-depot-v2.html", "tribune-2031-03-07-zelvin-bus-depot.html", None),
    ]


@given(st.text(max_size=400), st.text(max_size=400))
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_compared(a: str, b: str) -> None:
    found = compared(Told("a", None, a), Told("b", None, b))
    assert found is None or all(one.end <= len(a) and other.end <= len(b) for one, other in found.stretches)
    copies([Told("a", None, a), Told("b", None, a + b)])
