"""What somebody does by saying a passage: the cue decides often, the words otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.reading.acts import Acted, act_of


def acted(before: str, passage: str, cue: str, kind: Kind = Kind.INDIRECT, after: str = ".") -> Acted:
    text = before + passage + after
    at = text.find(cue) if cue else -1
    cues = [Span(at, at + len(cue))] if cue else []
    return act_of(text, Span(len(before), len(before) + len(passage)), cues, kind)


@pytest.mark.parametrize(
    ("before", "passage", "cue", "act"),
    [
        ("Mayor Holm denied ", "any part in the fire", "denied", Act.DENIAL),
        ("Mayor Holm rejected ", "the allegation that he was there", "rejected", Act.DENIAL),
        ("Mayor Holm rejected ", "a proposal to close the port", "rejected", Act.COMMITMENT),
        ("Mayor Holm dismissed ", "the figures as “a fairground trick”", "dismissed", Act.OPINION),
        ("Mayor Holm demanded that ", "the fleet leave at once", "demanded", Act.DEMAND),
        ("Mayor Holm urged ", "both crews to stay ashore", "urged", Act.DEMAND),
        ("Mayor Holm asked ", "the crews to stay ashore", "asked", Act.DEMAND),
        ("Mayor Holm asked ", "whether the crews were ashore", "asked", Act.QUESTION),
        ("Mayor Holm declined ", "to comment on the fire", "declined", Act.QUESTION),
        ("Mayor Holm declined ", "to attend the talks", "declined", Act.COMMITMENT),
        ("Mayor Holm did not say ", "how many had left", "did not say", Act.QUESTION),
        ("Mayor Holm vowed ", "to rebuild the pier", "vowed", Act.COMMITMENT),
        ("Mayor Holm warned that ", "the dam could burst", "warned", Act.WARNING),
        ("Mayor Holm predicted ", "a hard winter", "predicted", Act.PREDICTION),
        ("Mayor Holm believes ", "the plan is foolish", "believes", Act.OPINION),
        ("Mayor Holm praised ", "the crews", "praised", Act.OPINION),
        ("Mayor Holm said ", "he would be at the pier by noon", "said", Act.COMMITMENT),
        ("Mayor Holm said ", "the council must vote on Monday", "said", Act.DEMAND),
        ("Mayor Holm said ", "two boats had sunk", "said", Act.CLAIM),
        ("Mayor Holm said ", "it was likely to rain", "said", Act.PREDICTION),
    ],
)
def test_acts_of_reported_words(before: str, passage: str, cue: str, act: Act) -> None:
    assert acted(before, passage, cue).act is act


@pytest.mark.parametrize(
    ("passage", "act"),
    [
        ("We will rebuild the pier", Act.COMMITMENT),
        ("The storm will reach us tomorrow", Act.PREDICTION),
        ("If they cross the river, they will pay a heavy price", Act.WARNING),
        ("Why did nobody tell us?", Act.QUESTION),
        ("We call on Ostwick to open the gates", Act.DEMAND),
        ("Let us stay calm", Act.DEMAND),
        ("That is not true", Act.DENIAL),
        ("We have never attacked anyone", Act.DENIAL),
        ("It is a disgrace", Act.OPINION),
        ("I think the harbour is beautiful", Act.OPINION),
        ("Two boats sank on Monday", Act.CLAIM),
        ("They should have closed the pier", Act.OPINION),
    ],
)
def test_acts_of_quoted_words(passage: str, act: Act) -> None:
    assert acted('"', passage, "said", Kind.DIRECT, '," she said.').act is act


@pytest.mark.parametrize(
    ("passage", "negated"),
    [
        ("there was no sign of the crew", True),
        ("nobody had seen the boats", True),
        ("the boats have not left", True),
        ("I do not believe that the boats left", True),
        ("the boats left because nobody stopped them", False),
        ("not only the boats were lost", False),
        ("the captain, who does not swim, was saved", False),
        ("no more than nine boats left", False),
    ],
)
def test_negation_is_that_of_the_main_clause(passage: str, negated: bool) -> None:
    assert acted("She said ", passage, "said").negated is negated


@pytest.mark.parametrize(
    ("before", "passage", "after", "conditional"),
    [
        ("She said ", "the boats will leave if it clears", ".", True),
        ("She said ", "the boats will leave unless it snows", ".", True),
        ("She said that, if it clears, ", "the boats will leave", ".", True),
        ("She said ", "the boats will leave", " if it clears.", True),
        ("She said ", "the boats would leave on Monday", ".", False),
        ("She asked ", "if the boats had left", ".", False),
    ],
)
def test_conditions_stand_in_the_passage_or_beside_it(before: str, passage: str, after: str, conditional: bool) -> None:
    assert acted(before, passage, before.split()[1], after=after).conditional is conditional


@pytest.mark.parametrize("cue", [True, False])
@given(
    text=st.one_of(st.text(min_size=1), st.text("0123456789", min_size=1), st.text("\"'.?!,;-“”’", min_size=1)),
    data=st.data(),
)
def test_any_text_is_answered(cue: bool, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    passage = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = act_of(
        text, passage, [Span(0, 1)] if cue else [], data.draw(st.sampled_from(Kind)), data.draw(st.booleans())
    )
    assert 0 <= found.sure <= 1


@pytest.mark.parametrize("unit", ["if ", "not ", "we will ", "a ", "0", "“", "claims ", "if a,", "A", "should the "])
def test_long_hostile_passages_are_answered_at_once(unit: str) -> None:
    text = unit * 20000
    act_of(text, Span(0, len(text)), [Span(0, len(text))], Kind.DIRECT)
