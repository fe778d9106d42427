"""What a figure counts is told by its own utterance, or left open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord.weighing.figures import counted
from tests.weighing.figures.invented import figure, figures, rendering, said


@pytest.mark.parametrize(
    ("words", "block"),
    [
        ("Nine people were killed when shells hit the depot", "dead"),
        ("An attack killed at least nine civilians", "dead"),
        ("There are 12 dead", "dead"),
        ("The number of people killed in the shelling of Zelvin rose to eight", "dead"),
        ("The blast killed eight members of one family", "dead"),
        ("The shelling wounded 30 people", "wounded"),
        ("Some 3,000 people were displaced by the fighting", "displaced"),
        ("Harvenia had massed about 80,000 soldiers within 60 km of the river", "troops"),
        ("There are 48,000 servicemen in the Western District", "troops"),
        ("The mission recorded 41 violations on Sunday", "violations"),
        ("The party won 41 seats", "seats"),
        ("The fund will pay $40 million", "usd"),
        ("An artillery park three km long could be seen", "km"),
        ("We saw eleven cylinders", "cylind"),
        ("It had come to 59,000", ""),
    ],
)
def test_the_block_of_the_first_figure(words: str, block: str) -> None:
    assert figure(words).block == block


@pytest.mark.parametrize(
    ("words", "blocks"),
    [
        ("At least seven people were killed and between 20 and 30 wounded when shells struck", ["dead", "wounded"]),
        ("The bomber was seen killing 32 people and wounding 90 others", ["dead", "wounded"]),
        ("Forty people were killed and 120 were wounded", ["dead", "wounded"]),
        ("The strike killed 18 people including five children and two women", ["dead", "dead", "dead"]),
    ],
)
def test_what_befell_each_of_several(words: str, blocks: list[str]) -> None:
    assert [one.block for one in figures(words)] == blocks


def test_multiples_count_nothing() -> None:
    assert figures("We asked three times") == []


def test_a_noun_left_out_is_taken_from_another_rendering_of_the_utterance() -> None:
    full = rendering("There are 48,000 servicemen in the Western District", report="a")
    short = rendering("There were 48,000", report="b", day=1)
    assert {one.block for one in counted(said(full, short))} == {"troops"}
    assert {one.block for one in counted(said(short))} == {""}


def test_the_day_is_the_passages_or_else_that_of_publication() -> None:
    named = figure("The mission recorded 41 violations on Sunday", day=0)
    assert (named.dated, named.start) == (True, datetime(2031, 3, 2, tzinfo=UTC))
    other = figure("The mission recorded 41 violations", day=0)
    assert (other.dated, other.start) == (False, datetime(2031, 3, 3, tzinfo=UTC))


def test_every_figure_has_an_id_of_its_own_and_points_at_its_utterance() -> None:
    found = figures("The mission counted 58 violations on Tuesday after 44 on Monday")
    assert len({one.id for one in found}) == len(found) == 2
    assert {one.utterance for one in found} == {f"u:{found[0].rendering.passage}"}
