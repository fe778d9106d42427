"""Who speaks: names, shortened names, pronouns, descriptions, and honest silence.

Each case is a small report; its statements are given as (source, content) in the order of the text, so that only the
resolver is tested.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis, Speaker
from onrecord.reading.cast import Cast
from onrecord.reading.quotations import kind_of, quoted_regions
from onrecord.reading.speakers import Speakers, Unresolved
from onrecord.reading.windows import paragraphs


def resolve(text: str, *statements: tuple[str, str] | tuple[str, str, str], author: str | None = None) -> list[Speaker]:
    blocks = list(paragraphs(text))
    regions = [r for b in blocks for r in quoted_regions(text, b)]
    found, at = [], 0

    def place(words: str, start: int) -> tuple[Span, ...]:
        if not words:
            return ()
        k = text.index(words, start)
        return (Span(k, k + len(words)),)

    for source, content, *cue in statements:
        said = place(content, at)
        block = max((b.start for b in blocks if b.start <= said[0].start), default=0)
        after = text.find(source, said[0].end) if source else -1
        end = next(b.end for b in blocks if b.start == block)
        spoken = (Span(after, after + len(source)),) if 0 <= after < end else place(source, block)
        found.append(Unresolved(spoken, place(cue[0], block) if cue else (), said, kind_of(text, said, regions)))
        at = said[0].end
    return Speakers(text, blocks, author).resolve(found)


def test_a_shortened_name_is_given_in_full() -> None:
    text = "Alliance chief Piet Maran arrived.\n\n“We wait,” Maran said."
    assert resolve(text, ("Maran", "“We wait,”")) == [Speaker("Piet Maran", Basis.SHORTENED, Span(15, 25))]


def test_two_people_of_one_surname_are_not_mixed_up() -> None:
    text = "Mayor Ida Holm met Judge Karl Holm.\n\n“We wait,” Holm said."
    assert resolve(text, ("Holm", "“We wait,”"))[0].name == "Holm"


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Foreign Minister Ana Lenz spoke.\n\nThe road is open, the foreign minister said.", "the foreign minister", "Ana Lenz"),
        ("Foreign Minister Ana Lenz spoke.\n\nThe road is open, the minister said.", "the minister", "Ana Lenz"),
        ("Foreign Minister Ana Lenz spoke.\n\nThe road is open, the defence minister said.", "the defence minister", None),
        ("Ana Lenz, the foreign minister, and Defence Minister Karl Oder met.\n\nThe road is open, the minister said.",
         "the minister", None),
        ("NATO's secretary general, Piet Maran, spoke.\n\nThe road is open, the Secretary-General said.",
         "the Secretary-General", "Piet Maran"),
        ("President Jon Kerr of Harven spoke.\n\nThe road is open, the Vellmark president said.", "the Vellmark president", None),
        ("Mayor Ida Holm spoke.\n\nThe road is open, a mayor said.", "a mayor", None),
        ("Mayor Ida Holm spoke.\n\nThe road is open, officials said.", "officials", None),
    ],
)  # fmt: skip
def test_a_description_means_the_only_one_of_that_role(text: str, source: str, expected: str | None) -> None:
    (speaker,) = resolve(text, (source, "The road is open"))
    assert speaker.name == expected
    assert speaker.basis is (Basis.DESCRIPTION if expected else Basis.UNNAMED)


def test_a_pronoun_means_who_spoke_in_the_paragraph() -> None:
    text = "“We wait,” Mayor Ida Holm said of Judge Karl Oder. “It is late,” she added."
    assert [s.name for s in resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("she", "“It is late,”"))] == [
        "Ida Holm",
        "Ida Holm",
    ]


def test_a_pronoun_reaches_back_to_the_last_speaker() -> None:
    text = "“We wait,” Mayor Ida Holm said.\n\n“It is late,” she said."
    assert [s.name for s in resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("she", "“It is late,”"))][1] == "Ida Holm"


def test_a_pronoun_agrees_in_gender() -> None:
    text = "Mr. Karl Oder was there.\n\nMayor Anna Holm met Mr. Oder. “It is late,” she said."
    assert resolve(text, ("she", "“It is late,”"))[0].name == "Anna Holm"


def test_a_pronoun_after_somebody_unnamed_stays_open() -> None:
    text = "Mayor Ida Holm left.\n\nThe road is open, an official said.\n\n“It is late,” he said."
    assert [s.name for s in resolve(text, ("an official", "The road is open"), ("he", "“It is late,”"))] == [None, None]


def test_a_campaign_or_an_operation_is_nobody() -> None:
    text = "Operation Silver Anchor began.\n\n“It is late,” he said."
    assert resolve(text, ("he", "“It is late,”"))[0].name is None


def test_a_quotation_goes_on_without_a_source() -> None:
    text = "“We wait,” Mayor Ida Holm said. “It is late.”\n\n“And it is cold.”\n\nSnow fell. “No one came.”"
    found = resolve(
        text, ("Mayor Ida Holm", "“We wait,”"), ("", "“It is late.”"), ("", "“And it is cold.”"), ("", "“No one came.”")
    )
    assert [(s.name, s.basis) for s in found[1:3]] == [("Ida Holm", Basis.CONTINUED)] * 2


def test_a_participle_goes_on_from_the_speaker() -> None:
    text = "The road is open, Mayor Ida Holm said, adding that the bridge is not."
    found = resolve(text, ("Mayor Ida Holm", "The road is open"), ("", "that the bridge is not", "adding"))
    assert found[1] == Speaker("Ida Holm", Basis.CONTINUED, found[0].mention)


def test_a_name_with_the_next_word_glued_to_it_is_cut_where_the_name_ends() -> None:
    text = "Alliance chief Piet Maranaccusing the Presidency left.\n\n“We wait,” Maran said. Maran is 60."
    speaker = resolve(text, ("Maran", "“We wait,”"))[0]
    assert speaker.name == "Piet Maran"
    assert speaker.mention is not None
    assert speaker.mention.of(text) == "Piet Maran"


def test_a_joint_statement_has_both_names() -> None:
    text = "Foreign Minister Ana Lenz met Defence Minister Karl Oder.\n\nThe road is open, Lenz and Oder said."
    assert resolve(text, ("Lenz and Oder", "The road is open"))[0].name == "Ana Lenz and Karl Oder"


def test_the_ministry_is_the_one_that_spoke() -> None:
    text = "The road is open, the Vellmark defence ministry said. The bridge is shut, the ministry said."
    found = resolve(text, ("the Vellmark defence ministry", "The road is open"), ("the ministry", "The bridge is shut"))
    assert [s.name for s in found] == ["Vellmark defence ministry"] * 2


def test_i_is_the_author_where_there_is_one() -> None:
    text = "The road is open, I think."
    assert resolve(text, ("I", "The road is open"), author="Tom Reyes")[0].name == "Tom Reyes"
    assert resolve(text, ("I", "The road is open"))[0].name is None
    assert resolve(text, ("I", "The road is open"), author="Tom Reyes and Ana Lenz")[0].name is None


def test_nobody_is_named_without_any_source() -> None:
    assert resolve("“No one came.”", ("", "“No one came.”"))[0] == Speaker(None, Basis.UNNAMED)


def test_a_participle_that_comes_first_has_the_speaker_that_follows() -> None:
    text = "Mayor Ida Holm met the press.\n\nNoting that the road is open, Holm said the bridge is shut."
    found = resolve(text, ("", "that the road is open", "Noting"), ("Holm", "the bridge is shut", "said"))
    assert [s.name for s in found] == ["Ida Holm", "Ida Holm"]


def test_a_name_that_may_be_no_person_keeps_a_pronoun_open() -> None:
    text = "“We wait,” Mayor Ida Holm said.\n\nRadko Timm Square was empty. “It is late,” she said."
    assert [s.name for s in resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("she", "“It is late,”"))][1] is None


def test_who_is_named_later_is_not_meant_before() -> None:
    text = "The road is open, the minister said.\n\nForeign Minister Ana Lenz left."
    assert resolve(text, ("the minister", "The road is open"))[0].name is None


@pytest.mark.parametrize("surname", ["Pellerin", "Watson", "Reynolds", "Tormanis"])
def test_a_surname_that_ends_like_a_little_word_is_whole(surname: str) -> None:
    text = f"Mayor Hugh {surname} met the press.\n\n“We wait,” {surname} said."
    assert resolve(text, (surname, "“We wait,”"))[0].name == f"Hugh {surname}"


def test_a_body_does_not_become_a_she() -> None:
    text = "Harven Palace announced a visit.\n\nThe palace was quiet. “It is late,” she said."
    found = resolve(text, ("Harven Palace", "a visit"), ("she", "“It is late,”"))
    assert [s.name for s in found] == ["Harven Palace", None]


def test_an_ordinary_word_at_the_start_of_a_sentence_is_no_name() -> None:
    text = "Snow, which covers roads, fell.\n\nRoads suggest that winter is here."
    assert resolve(text, ("Roads", "that winter is here"))[0].name is None


def test_a_name_that_is_also_a_word_stays_a_name() -> None:
    text = "Mayor Ida Frost arrived. They met Frost, who wore white.\n\nFrost said that the frost is over."
    assert resolve(text, ("Frost", "that the frost is over"))[0].name == "Ida Frost"
    assert (
        resolve("They met Frost.\n\nFrost said that the frost is over.", ("Frost", "that the frost is over"))[0].name
        == "Frost"
    )


def test_of_two_of_one_surname_the_one_named_last_is_meant() -> None:
    text = "Mayor Ida Holm left.\n\nJudge Karl Holm came.\n\n“We wait,” Holm said."
    assert resolve(text, ("Holm", "“We wait,”"))[0].name == "Karl Holm"


def test_a_relative_does_not_take_over_a_title() -> None:
    text = "President Holm left.\n\nZelda Holm stayed.\n\n“We wait,” President Holm said."
    assert resolve(text, ("President Holm", "“We wait,”"))[0].name == "Holm"


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Director of Communications Karl Oder spoke.\n\nThe road is open, Oder said.", "Oder", "Karl Oder"),
        ("Secretary of State Karl Oder spoke.\n\nThe road is open, the secretary of state said.",
         "the secretary of state", "Karl Oder"),
        ("Minister of Foreign Affairs of Norway Karl Oder spoke.\n\nThe road is open, Oder said.", "Oder", "Karl Oder"),
        ("The Harven Trade Board (HTB) met.\n\nThe road is open, HTB said.", "HTB", "Harven Trade Board"),
        ("Former President Karl Oder met President Ida Holm.\n\nThe road is open, the president said.",
         "the president", "Ida Holm"),
        ("Mayor Ida Holm spoke.\n\nThe road is open, his mayor said.", "his mayor", None),
        ("Mayor Karl Dorwent spoke.\n\nDorwennt said the road is open.", "Dorwennt", "Karl Dorwent"),
        ("Democrats met. The road is open, they said.", "they", None),
        ("They met Ida Holm, who said the road is open.", "who", "Ida Holm"),
        ("They met the crowd, who said the road is open.", "who", None),
        ("John Oder's speech was long.\n\nOder said the road is open.", "Oder", "John Oder"),
        ("Harven Square's speech was long.\n\nSquare said the road is open.", "Square", "Square"),
        ("President Ana Maria Lenz Timm spoke.\n\nLenz Timm said the road is open.", "Lenz Timm",
         "Ana Maria Lenz Timm"),
        ("Mayor Andrés Oder Timm spoke.\n\nAOT said the road is open.", "AOT", "Andrés Oder Timm"),
        ("Paul “Tex” Oder spoke.\n\nOder said the road is open.", "Oder", "Paul “Tex” Oder"),
        ("The Harven Trade Board met.\n\nHTB said the road is open.", "HTB", "Harven Trade Board"),
        ("The Harven Trade Board met the Harven Tax Board.\n\nHTB said the road is open.", "HTB", "HTB"),
        ("The Oder administration met.\n\nPresident Karl Oder’s administration said the road is open.",
         "President Karl Oder’s administration", "Oder administration"),
        ("President Vossen left.\n\nSpokesman Vossen Karl Pelk said the road is open.", "Spokesman Vossen Karl Pelk",
         "Karl Pelk"),
        ("New Harven waited.\n\nNew Harveners said the road is open.", "New Harveners", None),
        ("Later, Short said the road is open. Chief of staff Paul Short left.", "Short", "Paul Short"),
        ("Mayor Ana VossenHolm Calls for Vote spoke.\n\nVossen said the road is open.", "Vossen", "Ana Vossen"),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, source: str, expected: str | None) -> None:
    content = "the road is open" if "the road" in text else "The road is open"
    assert resolve(text, (source, content))[0].name == expected


def test_a_pronoun_means_the_subject_rather_than_whom_they_met() -> None:
    text = "Mayor Karl Oder met Judge Paul Timm.\n\nOder left the hall with Timm. “It is late,” he said."
    assert resolve(text, ("he", "“It is late,”"))[0].name == "Karl Oder"


def test_an_answer_to_a_journalist_is_the_only_speakers() -> None:
    text = "“We wait,” Mayor Ida Holm said.\n\nA journalist said, “How long?” To the question, “Until noon.”"
    found = resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("A journalist", "“How long?”"), ("", "“Until noon.”"))
    assert [s.name for s in found] == ["Ida Holm", None, "Ida Holm"]


def test_a_quotation_goes_on_behind_the_rest_of_its_first_sentence() -> None:
    text = "“We wait,” said Mayor Ida Holm, who leads the harbour board, in a statement.\n\n“It is late.”"
    found = resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("", "“It is late.”"))
    assert [s.name for s in found] == ["Ida Holm"] * 2
    text = "“We wait,” said Mayor Ida Holm. Snow fell on the harbour.\n\n“It is late.”"
    found = resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("", "“It is late.”"))
    assert [s.name for s in found] == ["Ida Holm", None]


def test_a_heading_in_quotation_marks_is_nobodys() -> None:
    text = "“We wait,” Mayor Ida Holm said.\n\n“A cold winter”"
    assert resolve(text, ("Mayor Ida Holm", "“We wait,”"), ("", "“A cold winter”"))[1].name is None


@given(
    st.one_of(
        st.text(max_size=200),
        st.text("0123456789 \n", max_size=200),
        st.text("“”\"'’.,;:!?()-\n ", max_size=200),
        st.text("AaHe she Mr.of,’ “”\n", max_size=200),
    ).filter(lambda text: len(text) > 3),
    st.data(),
)
def test_no_text_breaks_the_resolver(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=3, max_size=3)))
    source, content = Span(edges[0], edges[1]), Span(edges[1], edges[2])
    blocks = list(paragraphs(text)) or [Span(0, len(text))]
    for speaker in Speakers(text, blocks).resolve(
        [Unresolved((source,), (), (content,), kind_of(text, [content], []))]
    ):
        assert speaker.mention is None or speaker.mention.end <= len(text)


def test_a_title_does_not_reach_over_a_call_on_somebody() -> None:
    text = "The defence minister repeated his call on President Ana Lenz to sit down and talk. She agreed."
    people = Cast(text, [Span(0, len(text))]).people
    assert [person.roles & {"minister", "president"} for person in people if person.name == "Ana Lenz"] == [
        {"president"}
    ]
