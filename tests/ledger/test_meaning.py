"""What of a search is widened and what is asked for to the letter, and how near a passage comes."""

from __future__ import annotations

import pytest

from onrecord.ledger.meaning import NEAR_ENOUGH, Meaning
from onrecord.ledger.search import MAX_TERMS, Sounding, Term, Wanted, holds


def meaning_of(typed: str) -> Meaning | None:
    wanted = Wanted.parse(typed)
    return None if wanted is None else Meaning.of(wanted)


@pytest.mark.parametrize(
    ("typed", "ideas", "required"),
    [
        ("troops pulled back", ["troops", "pulled"], []),
        ("Troops pulled back", ["troops", "pulled"], []),
        ("troops Halvik", ["troops"], ["Halvik"]),
        ("talks Putin", ["talks"], ["Putin"]),
        ('troops "pulled back"', ["troops"], ["pulled back"]),
        ("troops withdr*", ["troops"], ["withdr"]),
        ("zelvin troops", ["troops"], ["zelvin"]),
    ],
)
def test_what_is_widened(typed: str, ideas: list[str], required: list[str]) -> None:
    meaning = meaning_of(typed)
    assert meaning is not None
    assert [one.word for one in meaning.ideas] == ideas
    assert [one.words for one in meaning.required] == required


@pytest.mark.parametrize(
    "typed", ["", "Halvik", '"troops pulled back"', "withdr*", "the", "-troops", "!?", "AND", "\0"]
)
def test_nothing_to_widen(typed: str) -> None:
    assert meaning_of(typed) is None


def test_a_word_near_to_one_says_nothing_of_the_word_beside_it() -> None:
    meaning = meaning_of("troops pulled back")
    assert meaning is not None
    alone, both = map(meaning.likeness, ("Soviet soldiers would not be forgotten", "the soldiers were pulled back"))
    assert alone.nearness < both.nearness / 2
    assert both.words == ("soldiers", "pulled")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Harvenia has begun to withdraw troops from its border", ("troops", "withdraw")),
        ("12,000 of its soldiers were going home", ("soldiers", "going home")),
        ("no signal of retreat", ("retreat",)),
        ("The SOLDIERS’ retreat", ("soldiers", "retreat")),
    ],
)
def test_passages_that_mean_what_was_asked(text: str, words: tuple[str, ...]) -> None:
    meaning = meaning_of("troops pulled back")
    assert meaning is not None
    found = meaning.likeness(text)
    assert found.nearness >= NEAR_ENOUGH or len(words) == 1
    assert set(words) >= set(found.words)


@pytest.mark.parametrize("text", ["", "Bread is dearer in Zelvin", "\ud800", "\u202e\u202e", "🙂" * 3_000])
def test_passages_that_do_not(text: str) -> None:
    meaning = meaning_of("troops pulled back")
    assert meaning is not None
    assert meaning.likeness(text).nearness < NEAR_ENOUGH


def test_terms_hold_nothing_of_the_query_language() -> None:
    meaning = meaning_of("troops NEAR(a b) content:x ^pulled back + {1}")
    assert meaning is not None
    assert not any(set(one.words) & set('"*():^{}+') for one in meaning.terms())
    assert len(meaning.terms(0.9)) <= len(meaning.terms())
    assert len(meaning.ideas) <= MAX_TERMS


@pytest.mark.parametrize(
    ("text", "term", "there"),
    [
        ("They are withdrawing now", Term("withdraw"), True),
        ("a heavy price to pay", Term("heavy price"), True),
        ("a price heavy to pay", Term("heavy price"), False),
        ("The withdrawal", Term("withdr", beginning=True), True),
        ("The withdrawal", Term("the withdr", beginning=True), True),
        ("The withdrawal", Term("thdraw", beginning=True), False),
        ("The withdrawal", Term("w", beginning=True), True),
        ("Erdoğan", Term("erdogan"), True),
        ("anything", Term("…"), False),
    ],
)
def test_words_that_a_text_holds(text: str, term: Term, there: bool) -> None:
    assert holds(text, [Sounding.of(term)]) == there
