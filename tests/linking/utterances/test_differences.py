"""How renderings of one utterance differ: which words, and whether it matters."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.passages import Act, Time, TimeKind
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Change, Difference, Material, Rendering
from onrecord.linking.utterances.differences import LONGEST, difference, fullest
from onrecord.linking.utterances.differences_words import words

FIGURE, NEGATION, CONDITION, MODAL, ACTOR = Material


def rendering(text: str, name: str = "a", quoted: bool = True, speaker: str | None = None, **more: object) -> Rendering:
    known = {"statement": "s", "report": "r", "span": Span(0, max(1, len(text))), "act": Act.CLAIM, **more}
    return Rendering(passage=name, words=text, quoted=quoted, speaker=speaker, **known)  # type: ignore[arg-type]


def told(one: Difference, a: str, b: str) -> list[str]:
    """The edits as people would write them down."""
    signs = {Change.DROPPED: "-{}", Change.ADDED: "+{}", Change.CHANGED: "{} > {}"}
    return [
        signs[edit.change].format(*(span.of(text) for span, text in ((edit.fullest, a), (edit.rendering, b)) if span))
        for edit in one.edits
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We have seen no sign.", "we have seen NO sign"),
        ("“We haven’t seen it”", "We haven't seen it"),
        ("We have not seen it", "We haven't seen it"),
        ("They cannot win, they won't win", "They can't win; they will not win"),
        ("95,000 soldiers", "95 thousand soldiers"),
        ("two hundred and fifty tanks", "two hundred and fifty tanks"),
        ("two million people", "2,000,000 people"),
        ("twenty-five per cent", "25 percent"),
        ("25% of it", "25 per cent of it"),
        ("60 km from the front", "60km from the front"),
        ("60 kilometres from the front", "60 kilometers from the front"),
        ("the organisation’s defence programme", "the organization's defense program"),
        ("our neighbours travelled to the centre", "our neighbors traveled to the center"),
        ("Erdoğan’s offer", "Erdogan's offer"),
        ("Halvik warned the minister", "Halvikwarned the minister"),
        ("U.S. forces", "US forces"),
        ("1.500.000 people", "1,500,000 people"),
    ],
)
def test_spelling_makes_no_difference(a: str, b: str) -> None:
    assert difference(rendering(a), rendering(b, "b")).edits == ()


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [
        ("We will bury our dead first", "We will bury our dead", ["-first"]),
        ("We will bury our dead", "We will bury our dead first", ["+first"]),
        ("The shells hit a bus depot", "The shells hit a bus station", ["depot > station"]),
        ("radar tracked it to a quarry north of Marrech", "radar tracked it to an area north of Marrech", ["a quarry > an area"]),
        # One shared function word does not part two edits.
        ("the soldiers left the village in the morning quietly and safely", "the soldiers fled the town in the evening quietly and safely", ["left the village in the morning > fled the town in the evening"]),
        ("First comes the story, then the incident, then the army", "then the incident, then the army", ["-First comes the story"]),
        ("We don't want war", "We want war", ["-don't"]),
        ("The withdrawal is over and every soldier is home", "Nothing was heard of that yesterday", ["The withdrawal is over and every soldier is home > Nothing was heard of that yesterday"]),
    ],
)  # fmt: skip
def test_edits_can_be_read(a: str, b: str, edits: list[str]) -> None:
    assert told(difference(rendering(a), rendering(b, "b")), a, b) == edits


@pytest.mark.parametrize(
    ("a", "b", "material"),
    [
        # Figures
        ("95,000 soldiers stand there", "59,000 soldiers stand there", {FIGURE}),
        ("95,000 soldiers stand there", "95 thousand troops stand there", set()),
        ("at least 7 people died", "7 people died", {FIGURE}),
        ("at least seven people died", "no fewer than 7 people died", set()),
        ("about 95,000 soldiers", "95,000 soldiers", {FIGURE}),
        ("some 95,000 soldiers", "around 95,000 soldiers", set()),
        ("more than 500 shells fell", "at least 500 shells fell", set()),
        ("more than 7 people died", "at least 7 people died", {FIGURE}),
        ("less than 60 km from here", "within 60 kilometres from here", set()),
        ("not later than noon", "by noon at the latest", set()),
        ("the 19 members agree on that", "the members agree on that", {FIGURE}),
        ("the members agree on that", "the 19 members agree on that", {FIGURE}),
        ("23 killed and 45 wounded", "45 killed and 23 wounded", {FIGURE}),
        ("23 killed and 45 wounded", "45 wounded and 23 killed", set()),
        ("dozens of houses burnt", "hundreds of houses burnt", {FIGURE}),
        ("The road is open. Some 40 trucks wait.", "The road is open.", set()),
        ("12,000 of its soldiers were going home", "the withdrawal has begun", {FIGURE}),
        ("one of them spoke", "a man spoke", set()),
        # Negations
        ("We have not seen a withdrawal", "We have seen a withdrawal", {NEGATION}),
        ("We have seen a withdrawal", "We have not seen a withdrawal", {NEGATION}),
        ("We have not seen any sign of a withdrawal", "We have seen no sign of a withdrawal", set()),
        ("The plant was not able to open", "The plant was unable to open", set()),
        ("No more than 50 tanks left the town", "At most 50 tanks left the town", set()),
        ("We can count tanks. We do not read minds.", "We can count tanks", set()),
        ("It is not only a threat", "It is a threat", set()),
        ("They tried and failed to plug the leak", "They tried to plug the leak", {NEGATION}),
        ("They did not plug the leak", "They failed to plug the leak", set()),
        ("We deny that it is not safe there", "We say that it is safe there", set()),
        ("The road is open. The bridge is not safe.", "The road is open", set()),
        # Conditions
        ("If they cross the river we will close the ports", "We will close the ports", {CONDITION}),
        ("We will close the ports", "We will close the ports unless they leave", {CONDITION}),
        ("We will talk provided that the guns leave", "We will talk if the guns leave", set()),
        ("We will talk as long as the guns leave", "We will talk", {CONDITION}),
        ("Should they cross, we will answer", "We will answer", {CONDITION}),
        ("Whether they come I do not know", "I do not know if they come", set()),
        ("The road is open. If it rains, it closes again at dusk.", "The road is open", set()),
        ("They provided weapons to the town", "They gave weapons to the town", set()),
        # Modals
        ("Harvenia may attack the town", "Harvenia will attack the town", {MODAL}),
        ("Harvenia could attack the town", "Harvenia will attack the town", {MODAL}),
        ("They must leave the town", "They should leave the town", {MODAL}),
        ("They allegedly fired the shell", "They fired the shell", {MODAL}),
        ("They reportedly fired the shell", "They allegedly fired the shell", set()),
        ("They will withdraw in May 2031", "They will withdraw in May 2031 too", set()),
        ("We may leave and you may stay", "We may leave", set()),
        ("We must win the war. They must pay for the war.", "We must win the war.", set()),
        ("They had to leave the town", "They left the town", set()),
        # Actors
        ("the shells came from NATO yesterday", "the shells came from Russia yesterday", {ACTOR}),
        ("Russia moved the tanks", "Ukraine moved the tanks", {ACTOR}),
        ("Russian tanks are moving", "Russia's tanks are moving", set()),
        ("the talks with Moscow are over", "the talks with Russia are over", set()),
        ("the talks with Halvik are over", "the talks with him are over", set()),
        ("the talks with Halvik are over", "the talks with Korszan are over", {ACTOR}),
        ("the chiefs of the Northern Compact agree", "the chiefs of the NC agree", set()),
        ("the court of appeal will hear the case", "will hear the case", {ACTOR}),
        ("we will hear the case", "will hear the case", set()),
        ("As he said on Monday, the court will hear the case", "the court will hear the case", set()),
        ("they ruined his life", "it ruined his life", {ACTOR}),
        ("I love [Madsen], he is good", "I love Michael, he is good", set()),
        ("the meeting is on Monday", "the meeting is on Tuesday", set()),
        # Nothing of substance
        ("the shelling of the town is a crime", "the bombing of the town is a crime", set()),
    ],
)  # fmt: skip
def test_what_is_material(a: str, b: str, material: set[Material]) -> None:
    assert set(difference(rendering(a), rendering(b, "b")).material) == material


@pytest.mark.parametrize(
    ("a", "b", "quoted", "material"),
    [
        ("We will close the ports", "they would close the ports", False, set()),
        ("We will close the ports", "We would close the ports", True, {MODAL}),
        ("We can count tanks", "they could count tanks", False, set()),
        ("It may rain fire there", "it might rain fire there", False, set()),
        ("It may rain fire there", "it would rain fire there", False, {MODAL}),
    ],
)
def test_reported_speech_shifts_a_modal(a: str, b: str, quoted: bool, material: set[Material]) -> None:
    assert set(difference(rendering(a), rendering(b, "b", quoted=quoted)).material) == material


@pytest.mark.parametrize(
    ("speaker", "material"), [("Jens Stoltenberg", ()), (None, (ACTOR,)), ("Ida Brandt", (ACTOR,))]
)
def test_the_speakers_own_name_is_no_other_actor(speaker: str | None, material: tuple[Material, ...]) -> None:
    a = rendering("the door of Brussels stays open, and Stoltenberg knows it", speaker=speaker)
    b = rendering("the door of Brussels stays open, and Holm knows it", "b", speaker=speaker)
    assert difference(a, b).material == material


def test_paraphrases_are_one_change_with_what_matters_in_it() -> None:
    a = "About 95,000 soldiers have taken up positions along the river"
    b = "The troops near our border do not number 59,000"
    edits = difference(rendering(a), rendering(b, "b")).edits
    assert told(difference(rendering(a), rendering(b, "b")), a, b) == [f"{a} > {b}"]
    assert FIGURE in edits[0].material


def test_material_stands_where_it_is() -> None:
    a = "At least 7 people died when the shells hit the depot, and Halvik may come"
    b = "Seven people died when the shells hit the station, and Halvik will come"
    marked = [edit.material for edit in difference(rendering(a), rendering(b, "b")).edits]
    assert marked == [(FIGURE,), (), (MODAL,)]


def test_days_in_other_words_are_the_same_day() -> None:
    a, b = "four batteries by March 14", "four batteries by Friday of next week"
    when = {"start": datetime(2031, 3, 14, tzinfo=UTC), "end": datetime(2031, 3, 15, tzinfo=UTC)}
    day = Time(Span(118, 126), TimeKind.DATE, "2031-03-14", **when)
    same = Time(Span(218, 237), TimeKind.DATE, "2031-03-14", **when)
    other = Time(Span(218, 237), TimeKind.DATE, "2031-03-21")
    left = rendering(a, span=Span(100, 126), times=(day,))
    assert difference(left, rendering(b, "b", span=Span(200, 236), times=(same,))).material == ()
    assert difference(left, rendering(b, "b", span=Span(200, 236), times=(other,))).material == (FIGURE,)


def test_the_fullest_has_most_content_and_of_equals_is_the_earliest() -> None:
    long = rendering("the guns go back to the barracks tonight", "z", published=datetime(2031, 3, 7, tzinfo=UTC))
    wordy = rendering("it is what it is and it was what it was and so on and on", "a")
    early = rendering("the guns go back to the barracks today", "y", published=datetime(2031, 3, 6, tzinfo=UTC))
    assert fullest([wordy, long, early]) == fullest([early, wordy, long]) == early
    assert fullest([rendering("guns", "b"), rendering("tanks", "a")]).passage == "a"
    with pytest.raises(ValueError, match="no renderings"):
        fullest([])


def test_long_passages_are_only_told_to_differ() -> None:
    one, two = "tanks " * LONGEST, "guns " * LONGEST
    assert difference(rendering(one), rendering(one, "b")).edits == ()
    assert [edit.change for edit in difference(rendering(one), rendering(two, "b")).edits] == [Change.CHANGED]


TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789.,% -", max_size=200),
    st.text(alphabet=".!?'’“”«»-–—%", max_size=100),
    st.lists(
        st.sampled_from(
            "If not NATO may will 95,000 95 thousand at least seven half a million don’t cannot U.S. “the of per cent".split()
        ),
        max_size=40,
    ).map(" ".join),
)


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_edits_lie_inside_in_order_and_rebuild_nothing_twice(a: str, b: str) -> None:
    edits = difference(rendering(a), rendering(b, "b")).edits
    for text, spans in ((a, [one.fullest for one in edits]), (b, [one.rendering for one in edits])):
        known = [span for span in spans if span is not None]
        assert all(span.end <= len(text) for span in known)
        assert all(first.end <= second.start or first.overlaps(second) for first, second in pairwise(known))
        assert known == sorted(known)
    for edit in edits:
        assert (edit.fullest is None) == (edit.change is Change.ADDED)
        assert (edit.rendering is None) == (edit.change is Change.DROPPED)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_wording_does_not_differ_from_itself(text: str) -> None:
    assert difference(rendering(text), rendering(text, "b")).edits == ()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_words_lie_in_the_text_one_behind_the_other(text: str) -> None:
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) and word.key for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
