"""What a file of indicators may say, and what is answered to what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.indicators import Indicator, Unit
from onrecord.domain.passages import Act
from onrecord.errors import SettingsError
from onrecord.weighing.indicators import definitions
from onrecord.weighing.indicators.definitions import LONGEST_TEXT, MOST_ENTRIES, MOST_INDICATORS

EXAMPLE = Path(__file__).parents[3] / "examples" / "crisis" / "indicators.toml"
FULL = """
[[indicator]]
name = "talk of a withdrawal"
words = ["withdraw*", "pull out"]
examples = ["The troops go home."]
likeness = 0.7
acts = ["claim", "commitment"]
actors = ["Joren Halvik"]
places = ["Ardra"]
sources = ["Halyard News Agency"]
baseline = 56
threshold = 3

[[indicator]]
name = "violations"
unit = "figure"
counted = ["violation*"]
actors = ["mission"]
bare = true
"""


def test_every_key_is_taken() -> None:
    talk, violations = definitions(FULL, "indicators.toml")
    assert talk == Indicator(
        name="talk of a withdrawal",
        unit=Unit.ORIGINS,
        acts=(Act.CLAIM, Act.COMMITMENT),
        actors=("Joren Halvik",),
        words=("withdraw*", "pull out"),
        examples=("The troops go home.",),
        likeness=0.7,
        places=("Ardra",),
        sources=("Halyard News Agency",),
        baseline=56,
        threshold=3.0,
    )
    assert violations == Indicator(
        name="violations", unit=Unit.FIGURE, counted=("violation*",), actors=("mission",), bare=True
    )


def test_the_example_defines_two_figures_and_one_count_of_origins() -> None:
    found = definitions(EXAMPLE.read_text(encoding="utf-8"), "indicators.toml")
    assert [one.unit for one in found] == [Unit.FIGURE, Unit.FIGURE, Unit.ORIGINS]


def test_an_empty_file_defines_nothing() -> None:
    assert definitions("# nothing yet\n", "indicators.toml") == ()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('words = ["war"]', "`name`: missing"),
        ('name = "a"', '`words`: missing; say what counts, for instance words = ["withdraw*"]'),
        ('name = "a"\nword = ["war"]', "`word`: not a key of an indicator; did you mean `words`?"),
        ('name = "a"\nwords = "war"', '`words`: write a list of texts: words = ["…", "…"]'),
        ('name = "a"\nwords = ["war", 7]', "`words`: write a list of texts"),
        ('name = "a"\nwords = []', "`words`: an empty list"),
        ('name = "a"\nwords = [" "]', "`words`: an empty text"),
        ('name = "a"\nwords = ["*"]', "`words`: '*' has no letter or digit"),
        ('name = "a"\nwords = ["w*"]', "`words`: 'w*': at least two letters"),
        ('name = "a"\nwords = ["with*draw"]', "`words`: 'with*draw': a * can only stand at the end of a word"),
        ('name = "a"\nwords = ["war**"]', "`words`: 'war**': a * can only stand at the end of a word"),
        (
            'name = "a"\nwords = ["one two three four five six seven eight nine ten eleven twelve more"]',
            "at most 12 words",
        ),
        ('name = "a"\nwords = ["war\\n"]', "a line break or a control character"),
        ('name = "a\\u001b[2J"\nwords = ["war"]', "a line break or a control character"),
        ('name = "a"\nacts = ["promise"]', "`acts`: there is no act 'promise'; there are claim, denial"),
        ('name = "a"\nactors = ["…"]', "`actors`: '…' has no letter or digit"),
        ('name = "a"\nunit = "reports"\nwords = ["war"]', "`unit`: 'reports'; write unit = \"origins\""),
        ('name = "a"\nunit = ["origins"]\nwords = ["war"]', "`unit`: ['origins']; write unit ="),
        ('name = "a"\nunit = "figure"', '`counted`: missing; an indicator of unit "figure" needs it'),
        ('name = "a"\ncounted = ["dead"]', '`counted`: only for unit "figure"'),
        ('name = "a"\nunit = "figure"\ncounted = ["dead"]\nexamples = ["x"]', '`examples`: only for unit "origins"'),
        ('name = "a"\nunit = "figure"\ncounted = ["dead"]\nbare = true', '`bare`: only for unit "figure" and together'),
        ('name = "a"\nwords = ["war"]\nbare = 1', "`bare`: 1; write bare = true"),
        ('name = "a"\nwords = ["war"]\nlikeness = 0.7', "`likeness`: only together with `examples`"),
        ('name = "a"\nexamples = ["x"]\nlikeness = 1.5', "`likeness`: 1.5; write a number from 0.2 to 1"),
        ('name = "a"\nwords = ["war"]\nbaseline = 3', "`baseline`: 3; write a whole number of days from 7 to 366"),
        ('name = "a"\nwords = ["war"]\nbaseline = true', "`baseline`: True; write a whole number"),
        ('name = "a"\nwords = ["war"]\nbaseline = 28.0', "`baseline`: 28.0; write a whole number"),
        ('name = "a"\nwords = ["war"]\nthreshold = nan', "`threshold`: nan; write a number from 0.5 to 20"),
        ('name = "a"\nwords = ["war"]\nthreshold = inf', "`threshold`: inf; write a number"),
        ('name = "a"\nwords = ["war"]\nthreshold = "2"', "`threshold`: '2'; write a number"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write(lines: str, says: str) -> None:
    with pytest.raises(SettingsError) as error:
        definitions(f'[[indicator]]\nname = "first"\nwords = ["war"]\n[[indicator]]\n{lines}\n', "watch.toml")
    assert str(error.value).startswith("watch.toml: indicator 2")
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[indicator]\n", "cannot be read as TOML"),
        ("a = " + "[" * 50_000, "cannot be read as TOML"),
        ('[indicator]\nname = "a"\n', "with two brackets on each side"),
        ("indicator = [1, 2]\n", "with two brackets on each side"),
        ('[[indicators]]\nname = "a"\n', "'indicators' is not known here; write each indicator as [[indicator]]"),
        (f"# {'x' * LONGEST_TEXT}\n", "more than 200,000 characters"),
        ('[[indicator]]\nname = "a"\nwords = ["war"]\n' * 2, "two indicators are named 'a'"),
        ("[[indicator]]\n" * (MOST_INDICATORS + 1), "201 indicators; at most 200"),
        ('[[indicator]]\nname = "a"\nwords = [' + '"war", ' * (MOST_ENTRIES + 1) + "]\n", "201 entries; at most 200"),
        (f'[[indicator]]\nname = "a"\nwords = ["{"x" * 201}"]\n', "has 201 characters; at most 200"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(text: str, says: str) -> None:
    with pytest.raises(SettingsError) as error:
        definitions(text, "watch.toml")
    assert str(error.value).startswith("watch.toml")
    assert says in str(error.value)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = definitions(text, "any")
    except SettingsError as error:
        told = str(error)
    else:
        told = "any" if isinstance(found, tuple) else ""
    assert told.startswith("any")


@given(st.dictionaries(st.sampled_from(["words", "acts", "unit", "baseline", "x"]), st.integers() | st.booleans()))
def test_a_value_of_another_kind_is_refused_and_never_an_error_of_ours(given: dict[str, int | bool]) -> None:
    lines = "\n".join(f"{key} = {str(value).lower()}" for key, value in given.items())
    try:
        found = definitions(f'[[indicator]]\nname = "a"\nactors = ["Lenz"]\n{lines}\n', "any")
    except SettingsError as error:
        told = str(error)
    else:
        told = ""
        assert set(given) <= {"baseline"}
        assert len(found) == 1
    assert not told or "any: indicator 1 ('a'): `" in told or "cannot be read as TOML" in told
