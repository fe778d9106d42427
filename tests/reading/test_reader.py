"""The reader as a whole, with the weights of the wheel, on sentences written for it."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.reports import Mark, MarkKind, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.errors import ReaderError
from onrecord.reading.quotations import quoted_regions
from onrecord.reading.reader import TaggerReader, to_the_marks
from onrecord.reading.speakers import Unresolved

TEXT = (
    "Mayor Ida Holm said on Monday that the bridge would stay closed until April.\n\n"
    "“We cannot take the risk,” she told reporters. “Nobody should cross.”\n\n"
    "According to two engineers who asked not to be named, the northern pier has moved.\n\n"
    "Read more: Mayor Ida Holm said the harbour is open."
)


@pytest.fixture(scope="module")
def reader() -> TaggerReader:
    return TaggerReader()


def report(text: str = TEXT) -> Report:
    at = text.find("Read more")
    marks = (Mark(Span(at, len(text)), MarkKind.BOILERPLATE),) if at >= 0 else ()
    return Report(capture="", text=text, marks=marks)


def test_statements_have_their_words_kind_and_speaker(reader: TaggerReader) -> None:
    found = reader.read_report(report())
    assert [(s.speaker.name, s.kind) for s in found] == [
        ("Ida Holm", Kind.INDIRECT), ("Ida Holm", Kind.DIRECT), (None, Kind.INDIRECT)]  # fmt: skip
    assert [[span.of(TEXT) for span in s.content] for s in found] == [
        ["that the bridge would stay closed until April"],
        ["“We cannot take the risk,”", "“Nobody should cross.”"],
        ["the northern pier has moved"],
    ]
    assert [s.cue[0].of(TEXT) for s in found] == ["said", "told", "According to"]


def test_nothing_is_read_from_what_is_marked(reader: TaggerReader) -> None:
    at = TEXT.index("Read more")
    assert all(span.end <= at for s in reader.read_report(report()) for span in (*s.source, *s.cue, *s.content))
    assert any(s.content[0].start > at for s in reader.read(TEXT))


def test_what_was_read_before_makes_no_difference(reader: TaggerReader) -> None:
    first = reader.read_report(report())
    list(reader.read("Snow fell, Karl Oder said."))
    assert reader.read_report(report()) == first


def test_an_answer_is_not_given_to_the_journalist_who_asked(reader: TaggerReader) -> None:
    text = "A journalist asked, “When will it open?” To the question, “We will open in April. The road is dry.”"
    asked = [s for s in reader.read(text) if s.source and "journalist" in s.source[0].of(text)]
    assert asked
    assert all("April" not in span.of(text) for s in asked for span in s.content)


@pytest.mark.parametrize(
    "text", ["", "   \n\n ", "…", "\u202e\u0000", "A" * 5000, "“" * 300, "said " * 900, "日本語の文。"]
)
def test_odd_texts_are_read_without_complaint(reader: TaggerReader, text: str) -> None:
    for statement in reader.read(text):
        assert all(0 <= s.start < s.end <= len(text) for s in (*statement.source, *statement.cue, *statement.content))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["Ida Holm", "said", "that", "“Yes,”", "he", "rain", ".", "\n\n", "the ministry", "denied", "it"]),
                max_size=60).map(" ".join))  # fmt: skip
def test_every_statement_has_sound_spans_and_a_probability(reader: TaggerReader, text: str) -> None:
    found = list(reader.read(text))
    assert len({s.id for s in found}) == len(found)
    for statement in found:
        assert statement.content
        assert 0 <= statement.confidence <= 1
        for role in (statement.source, statement.cue, statement.content):
            assert list(role) == sorted(role)
            assert all(not a.overlaps(b) for a, b in itertools.pairwise(role))


def test_weights_that_are_not_there_are_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="cannot be loaded"):
        TaggerReader(tmp_path)


@pytest.mark.parametrize(
    ("text", "contents", "expected"),
    [
        ("“It is late. We go home before the rain,” he said.", ["“It is late."], "“It is late. We go home before the rain,”"),
        ("He said: “It is late. We go home before the rain", ["“It is late."], "“It is late. We go home before the rain"),
        ("“It is late. Come on,” he said.", ["“It is late."], "“It is late."),
        ("He said it is late. We go home before the rain.", ["it is late"], "it is late"),
        ("“It is late. We go home before the rain. Nobody stays,” he said.", ["“It is late.", "Nobody stays,”"],
         "“It is late. We go home before the rain."),
    ],
)  # fmt: skip
def test_a_quotation_is_taken_to_its_end(text: str, contents: list[str], expected: str) -> None:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in contents]
    located = [Unresolved((), (), (span,), Kind.DIRECT) for span in spans]
    first = to_the_marks(text, located, quoted_regions(text, Span(0, len(text))))[0]
    assert first.content[-1].of(text) == expected


def test_a_statement_is_taken_apart_into_passages_with_acts_figures_and_times(reader: TaggerReader) -> None:
    text = (
        "The foreign minister, Ana Lenz, said on Monday that 12,000 soldiers had left Zelvin and that the last train "
        "would leave on March 9."
    )
    report = Report(capture="", text=text, published=datetime(2031, 3, 4, tzinfo=UTC))
    (statement,) = reader.read_report(report)
    assert statement.passages
    assert all(any(part.covers(one.span) for part in statement.content) for one in statement.passages)
    figures = [figure for passage in statement.passages for figure in passage.figures]
    assert [(figure.value, figure.counted and figure.counted.of(text)) for figure in figures] == [(12000.0, "soldiers")]
    (time,) = (time for passage in statement.passages for time in passage.times)
    assert (time.value, time.start, time.end) == (
        "2031-03-09",
        datetime(2031, 3, 9, tzinfo=UTC),
        datetime(2031, 3, 10, tzinfo=UTC),
    )
