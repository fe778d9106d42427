from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.judgements import Judgement, Subject, Verdict, judgement_id
from onrecord.domain.stories import Told, story_id
from onrecord.linking.stories import (
    FLOOR,
    SAME,
    WINDOW,
    Gist,
    Index,
    Likeness,
    clusters,
    features,
    likeness,
    links,
    story,
)
from onrecord.linking.stories.comparing import days_apart
from onrecord.linking.stories.grouping import needed

DAY = datetime(2031, 3, 7, 9, tzinfo=UTC)

SHELLING = (
    "Shells fall on bus depot of Zelvin",
    "Shells hit the bus depot of Zelvin on Friday morning and killed at least seven people, governor Pavla Drenko said. "
    "The hospital took in 28 wounded passengers. Harvenia denied that its artillery had fired on the depot.",
)
SHELLING_TOO = (
    "Nine dead in Zelvin as depot is shelled",
    "Nine people died when artillery shells struck passengers waiting at the Zelvin bus depot, the governor, Pavla "
    "Drenko, told reporters. Some 28 wounded were brought to the hospital. Harvenia said its guns were silent.",
)
BUDGET = (
    "Parliament passes the budget",
    "Lawmakers in Brannock passed a budget with higher pensions after a debate of eleven hours. The treasurer, Odo "
    "Lanning, called it prudent; the farmers' union called the fuel levy ruinous.",
)


def told(report: str, words: tuple[str | None, str], days: float | None = 0.0) -> Told:
    return Told(report, words[0], words[1], published=None if days is None else DAY + timedelta(days=days))


def gist(report: str, words: tuple[str | None, str], days: float | None = 0.0) -> Gist:
    return features(told(report, words, days))


def judged(a: str, b: str, verdict: Verdict, minute: int = 0, subject: Subject = Subject.REPORT) -> Judgement:
    a, b = min(a, b), max(a, b)
    made = DAY + timedelta(minutes=minute)
    return Judgement(judgement_id(subject, a, b, verdict, "", "me", made), subject, a, b, verdict, "", "me", made)


def link(a: str, b: str, score: float) -> Likeness:
    return Likeness(min(a, b), max(a, b), score, ())


def test_reports_of_one_happening_are_linked_with_reasons_in_words() -> None:
    found = likeness(gist("b", SHELLING), gist("a", SHELLING_TOO, 3))
    assert found is not None
    assert (found.a, found.b) == ("a", "b")
    assert found.score > SAME
    reasons = " / ".join(found.reasons)
    assert "both name" in reasons
    assert "Zelvin" in reasons
    assert "share the rare words “" in reasons
    assert found.reasons[-1] == "three days apart"


def test_a_shared_number_is_a_reason() -> None:
    found = likeness(gist("a", ("28", "Rescuers counted 28.")), gist("b", ("28", "Doctors counted 28.")))
    assert found is not None
    assert "both give the number 28" in found.reasons


def test_other_happenings_are_not_linked() -> None:
    assert likeness(gist("a", SHELLING), gist("b", BUDGET)) is None


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (0, "within a day of each other"),
        (1, "one day apart"),
        (30, "30 days apart"),
        (None, "when one of them was published is not known"),
    ],
)
def test_the_time_between_is_a_reason(days: float | None, reason: str) -> None:
    found = likeness(gist("a", SHELLING), gist("b", SHELLING, days))
    assert found is not None
    assert found.reasons[-1] == reason


def test_the_further_apart_the_less_likely() -> None:
    near, later, undated = (likeness(gist("a", SHELLING), gist("b", SHELLING_TOO, days)) for days in (0, 6, None))
    assert near is not None
    assert later is not None
    assert near.score > later.score > (undated.score if undated else 0.0)
    assert likeness(gist("a", SHELLING), gist("b", SHELLING, 61)) is None


def test_without_a_date_only_strong_evidence_links() -> None:
    same = likeness(gist("a", SHELLING, None), gist("b", SHELLING, None))
    assert same is not None
    assert same.score > SAME
    loose = ("Buses", "The bus depot was quiet. Farmers, teachers, bakers, sailors and surgeons drove on to the coast.")
    same_day, undated = (likeness(gist("a", SHELLING, days), gist("b", loose, days)) for days in (0, None))
    assert same_day is not None
    assert same_day.score > SAME
    assert undated is None or undated.score < SAME


def test_the_outlets_own_name_is_no_evidence() -> None:
    one = features(Told("a", None, "Halyard spoke. Halyard listened.", "Halyard News"))
    assert "halyard" not in one.words
    assert "halyard" in features(Told("a", None, "Halyard spoke. Halyard listened.")).words


def test_a_word_is_a_name_by_how_it_is_written_inside_sentences() -> None:
    one = gist("a", (None, "The town of Zelvin burned. Barracks burned too, barracks that were empty."))
    named = {shown for shown, name in zip(one.shown, one.named, strict=True) if name}
    assert named == {"Zelvin"}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (" A  title ", "Text.", "A title"),
        (None, "Short text.", "Short text."),
        ("", "word " * 60, " ".join(["word"] * 19) + "…"),
        (None, "", ""),
    ],
)
def test_a_report_without_a_title_goes_by_how_it_begins(title: str | None, text: str, expected: str) -> None:
    found = features(Told("a", title, text)).title
    assert found.rstrip("…").startswith(expected.rstrip("…"))
    assert len(found) <= 101


def test_a_chain_of_links_glues_nothing_together() -> None:
    chain = [f"r{number:02}" for number in range(12)]
    found = clusters(chain, [link(a, b, 0.9) for a, b in pairwise(chain)])
    assert max(map(len, found)) <= 4
    everything = clusters(chain, [link(a, b, 0.9) for a in chain for b in chain if a < b])
    assert everything == [tuple(chain)]


def test_the_larger_a_story_the_more_it_has_to_show() -> None:
    assert needed(2) == SAME < needed(8) < needed(40)
    many = [f"r{number:02}" for number in range(16)]
    weak = [link(a, b, 0.3) for a in many for b in many if a < b]
    assert clusters(many[:2], weak) == [tuple(many[:2])]
    assert max(map(len, clusters(many, weak))) < 16


def test_links_to_unknown_reports_and_doubled_links_change_nothing() -> None:
    expected = [("a", "b"), ("c",)]
    once = [link("a", "b", 0.6), link("b", "c", 0.15)]
    assert clusters("abc", once) == expected
    assert clusters("abc", [*once, *once, link("c", "elsewhere", 1.0)]) == expected


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        ([], [("a", "b"), ("c",), ("d",)]),
        ([judged("a", "c", Verdict.SAME)], [("a", "b", "c"), ("d",)]),
        ([judged("a", "b", Verdict.DIFFERENT)], [("a",), ("b",), ("c",), ("d",)]),
        ([judged("a", "b", Verdict.DIFFERENT), judged("b", "a", Verdict.SAME, 1)], [("a", "b"), ("c",), ("d",)]),
        ([judged("a", "b", Verdict.SAME, 1), judged("a", "b", Verdict.DIFFERENT, 2)], [("a",), ("b",), ("c",), ("d",)]),
        # "Different" of two is heeded, whatever is said of others; of the chain that would join them the newer holds.
        (
            [
                judged("a", "c", Verdict.SAME, 1),
                judged("c", "d", Verdict.SAME, 2),
                judged("a", "d", Verdict.DIFFERENT, 0),
            ],
            [("a", "b"), ("c", "d")],
        ),
        # One that is the same as a must stay away from what is different from a.
        ([judged("a", "c", Verdict.SAME), judged("c", "b", Verdict.DIFFERENT)], [("a", "c"), ("b",), ("d",)]),
        ([judged("a", "c", Verdict.SAME, subject=Subject.PASSAGE)], [("a", "b"), ("c",), ("d",)]),
        ([judged("a", "elsewhere", Verdict.SAME)], [("a", "b"), ("c",), ("d",)]),
    ],
)
def test_a_persons_word_overrides(judgements: list[Judgement], expected: list[tuple[str, ...]]) -> None:
    for order in (judgements, judgements[::-1]):
        assert clusters("abcd", [link("a", "b", 0.9)], order) == expected


def test_a_story_goes_by_the_report_most_like_the_others() -> None:
    members = [gist("c", SHELLING, 0), gist("a", SHELLING_TOO, 1), gist("b", BUDGET, None), gist("d", BUDGET, -1)]
    found = story(members, [link("a", "b", 0.5), link("a", "c", 0.5), link("a", "d", 0.4), link("c", "far", 9.0)])
    assert found.reports == ("d", "c", "a", "b")
    assert found.title == SHELLING_TOO[0]
    assert found.id == story_id("d")
    alone = story([members[0]], [])
    assert (alone.title, alone.reports) == (SHELLING[0], ("c",))


def test_links_come_once_and_only_with_a_new_report() -> None:
    one, two, three = gist("a", SHELLING), gist("b", SHELLING_TOO), gist("c", SHELLING, 2)
    assert {(found.a, found.b) for found in links([three, three], [one, two])} == {("a", "c"), ("b", "c")}
    assert list(links([], [one, two])) == []
    assert not list(links([one], [one]))


def may_link(one: Gist, other: Gist) -> bool:
    """Whether two are compared at all, without an index."""
    days = days_apart(one, other)
    return (days is None or days <= WINDOW) and not set(one.keys).isdisjoint(other.keys)


def test_what_shares_a_word_within_the_window_is_near() -> None:
    one, two = gist("a", SHELLING), gist("b", SHELLING_TOO, 3)
    index = Index()
    index.add(one)
    assert list(index.near(two)) == [one]
    assert list(index.near(gist("b", SHELLING, None))) == [one]
    assert not list(index.near(gist("b", BUDGET)))
    assert not list(index.near(gist("b", SHELLING, 61)))


# Invented reports: a few words of a few subjects each, over some weeks, some without a date.
WORDS = (
    "Zelvin depot shells artillery governor wounded hospital bridge barracks chlorine waterworks ceasefire mission "
    "observers withdrawal battalion Kortach airfield pensions levy farmers treasurer Brannock 28 95,000 Halvik"
).split()
REPORTS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.lists(st.integers(0, 7), min_size=3, max_size=12),
        st.one_of(st.none(), st.integers(0, 90)),
    ),
    min_size=2,
    max_size=24,
)
VERDICTS = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23), st.sampled_from(Verdict)), max_size=4)
Drawn = list[tuple[int, list[int], int | None]]
Judged = list[tuple[int, int, Verdict]]


def invented(rows: Drawn) -> list[Gist]:
    return [
        gist(f"r{number:02}", (None, " ".join(WORDS[(subject * 4 + word) % len(WORDS)] for word in words)), days)
        for number, (subject, words, days) in enumerate(rows)
    ]


def judgements_on(rows: Judged, reports: int) -> list[Judgement]:
    return [
        judged(f"r{a % reports:02}", f"r{b % reports:02}", verdict, minute)
        for minute, (a, b, verdict) in enumerate(rows)
        if a % reports != b % reports
    ]


@settings(max_examples=60, deadline=None)
@given(REPORTS, VERDICTS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_links_and_clusters(
    rows: Drawn, verdicts: Judged, shuffle: random.Random
) -> None:
    gists = invented(rows)
    judgements = judgements_on(verdicts, len(gists))
    found = sorted(links(gists), key=lambda one: (one.a, one.b))
    expected = clusters([one.report for one in gists], found, judgements)
    shuffled = gists[:]
    shuffle.shuffle(shuffled)
    again = list(links(shuffled))
    assert sorted(again, key=lambda one: (one.a, one.b)) == found
    shuffle.shuffle(again)
    shuffle.shuffle(judgements)
    assert clusters([one.report for one in shuffled], again, judgements) == expected


@settings(max_examples=80, deadline=None)
@given(REPORTS)
def test_a_pair_is_alike_whichever_comes_first_and_never_missed_by_the_index(rows: Drawn) -> None:
    gists = invented(rows)
    found = {(one.a, one.b): one for one in links(gists)}
    for one in gists:
        for other in gists:
            if one.report < other.report:
                alike = likeness(one, other)
                assert alike == likeness(other, one)
                if may_link(one, other):
                    assert found.get((one.report, other.report)) == alike
                else:
                    assert (one.report, other.report) not in found
                assert alike is None or (FLOOR <= alike.score <= 1.0 and alike.reasons)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.none(), st.text(max_size=80)), st.text(max_size=400))
def test_any_text_has_a_gist(title: str | None, text: str) -> None:
    one = features(Told("a", title, text))
    assert len(one.words) == len(one.weights) == len(one.shown) == len(one.named)
    assert sum(weight * weight for weight in one.weights) <= 1.001
    assert likeness(one, replace(one, report="b")) is None or one.words


@pytest.mark.parametrize(
    "text", ["", "7" * 60_000, "." * 60_000, "“" * 30_000, "A" * 60_000, "a b " * 20_000, "É" * 9000]
)
def test_no_text_takes_long(text: str) -> None:
    start = datetime.now(UTC)
    one, two = features(Told("a", text, text)), features(Told("b", text, text))
    assert (likeness(one, two) is None) == (not one.words)
    assert datetime.now(UTC) - start < timedelta(seconds=2)
