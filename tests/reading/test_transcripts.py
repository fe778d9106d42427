"""Transcripts are recognised with care, and each turn is said by whom its label names."""

from pathlib import Path

import pytest

from onrecord.domain.passages import Act
from onrecord.domain.reports import Mark, MarkKind, Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis, Kind, statement_id
from onrecord.pipeline import Ledger
from onrecord.reading.fitting import FittingReader, fitting
from onrecord.reading.rules import RuleReader
from onrecord.reading.transcripts import Sort, TranscriptReader, is_transcript, label_at, turns_of

BRIEFING = """Briefing by the Harven Ministry

Ned Oder, spokesman: Good afternoon. We will not leave Vellmark.

That is all I have.

Q: When do the talks begin?

Oder: (Laughter.) On Friday. Ida Holm will be there.

Q: Will you pay?

Oder: No.
"""


def report(text: str, title: str | None = None) -> Report:
    return Report(capture="", text=text, title=title)


@pytest.mark.parametrize(
    ("line", "label", "sort", "name"),
    [
        ("Ned Oder: Yes.", "Ned Oder", Sort.NAMED, "Ned Oder"),
        ("MR. ODER: Yes.", "MR. ODER", Sort.NAMED, "ODER"),
        ("MR ODER: Yes.", "MR ODER", Sort.NAMED, "ODER"),
        ("ANA LENZ: Yes.", "ANA LENZ", Sort.NAMED, "ANA LENZ"),
        ("Ned Oder, spokesman: Yes.", "Ned Oder, spokesman", Sort.NAMED, "Ned Oder"),
        ("ANA LENZ (Minister of Ports): Yes.", "ANA LENZ (Minister of Ports)", Sort.NAMED, "ANA LENZ"),
        ("President of Vellmark Ana Lenz (retranslated): Yes.", "President of Vellmark Ana Lenz (retranslated)", Sort.NAMED, "Ana Lenz"),
        ("Minister of Trade and Ports Denis Oder: Yes.", "Minister of Trade and Ports Denis Oder", Sort.NAMED, "Denis Oder"),
        ("Q: Why?", "Q", Sort.ASKED, None),
        ("Q. Why?", "Q", Sort.ASKED, None),
        ("Q  Why?", "Q", Sort.ASKED, None),
        ("A: Because.", "A", Sort.ASKED, None),
        ("**Question:** Why?", "Question", Sort.ASKED, None),
        ("Question (in Harvish): Why?", "Question (in Harvish)", Sort.ASKED, None),
        ("SPEAKER 2: Yes.", "SPEAKER 2", Sort.ASKED, None),
        ("THE PRESIDENT: Yes.", "THE PRESIDENT", Sort.ROLE, None),
        ("The President. We will stay.", "The President", Sort.ROLE, None),
        ("President Lenz. We will stay.", "President Lenz", Sort.NAMED, "Lenz"),
        ("Oder: Yes.", "Oder", Sort.SHORT, "Oder"),
        ("Eskmouth Times: Why?", "Eskmouth Times", Sort.BODY, None),
    ],
)  # fmt: skip
def test_what_a_label_is(line: str, label: str, sort: Sort, name: str | None) -> None:
    found = label_at(line, 0, len(line))
    assert found is not None
    assert (found.span.of(line), found.sort) == (label, sort)
    if sort is not Sort.BODY:
        assert found.name == name


@pytest.mark.parametrize(
    "line",
    [
        "I have said this before: no.",
        "A man came in.",
        "Note: the office is shut.",
        "Ned Oder, an envoy, said: no.",
        "On Monday, she asserted: no.",
        "THE FACTS: it was two.",
        "The talks ended. Then came this: nothing.",
        "http://harven.example/ports: a page",
        ": nothing before it",
        "",
        "Ned Oder " * 30 + ": too long",
    ],
)
def test_what_is_no_label(line: str) -> None:
    assert label_at(line, 0, len(line)) is None


def test_each_paragraph_of_a_turn_is_a_direct_statement_of_the_fullest_name() -> None:
    found = TranscriptReader().read_report(report(BRIEFING))
    told = [(one.speaker.name, one.speaker.basis, [part.of(BRIEFING) for part in one.content]) for one in found]
    assert told == [
        ("Ned Oder", Basis.NAMED, ["Good afternoon. We will not leave Vellmark."]),
        ("Ned Oder", Basis.NAMED, ["That is all I have."]),
        (None, Basis.UNNAMED, ["When do the talks begin?"]),
        ("Ned Oder", Basis.SHORTENED, ["On Friday. Ida Holm will be there."]),
        (None, Basis.UNNAMED, ["Will you pay?"]),
        ("Ned Oder", Basis.SHORTENED, ["No."]),
    ]
    assert {one.kind for one in found} == {Kind.DIRECT}
    assert [part.of(BRIEFING) for part in found[0].source] == ["Ned Oder, spokesman"]
    assert found[2].acts == (Act.QUESTION,)
    assert [passage.span.of(BRIEFING) for passage in found[0].passages] == [
        "Good afternoon",
        "We will not leave Vellmark",
    ]
    for one in found:
        assert one.id == statement_id(one.report, BRIEFING, one.source, one.cue, one.content)


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        ("MR. ODER: No.\n\nQ Why?\n\nMR ODER: Yes.", None, ["Oder", None, "Oder"]),
        ("MR. ODER: No.\n\nQ Why?\n\nMR ODER: Yes.", "Briefing by Anna Oder", ["Anna Oder", None, "Anna Oder"]),
        ("Ned Oder: No.\nIda Oder: Why?\nOder: Yes.\nNed Oder: No.", None, ["Ned Oder", "Ida Oder", "Oder", "Ned Oder"]),
        (
            "President Ana Lenz met the press.\n\nTHE PRESIDENT: We will stay in the harbour for as long as it takes, and nobody will be sent away.\n\n"
            "Q: Why is that so, and for how long is it meant to be so?\n\nTHE PRESIDENT: Because we said so, and we keep to what we say.",
            None,
            ["Ana Lenz", None, "Ana Lenz"],
        ),
        ("NED McCALL: No.\n\nQ: Why?\n\nMcCALL: Yes.", None, ["Ned McCall", None, "Ned McCall"]),
    ],
)  # fmt: skip
def test_whom_a_label_means(text: str, title: str | None, names: list[str | None]) -> None:
    assert [one.speaker.name for one in TranscriptReader().read_report(report(text, title))] == names


INTERVIEW = "\n\n".join(f"Q: What of pier {k}?\n\nA: It is shut, and it stays shut until spring." for k in range(4))
LEADERS = (
    "President of Vellmark Ana Lenz: Friends, we begin on Friday and we will not wait for anybody.\n\n"
    "Prime Minister of Harven Karl Oder: We will be there, and we will bring what is needed."
)


@pytest.mark.parametrize("text", [BRIEFING, INTERVIEW, LEADERS, INTERVIEW.replace("\n\n", "\n")])
def test_what_is_a_transcript(text: str) -> None:
    assert is_transcript(report(text))


NEWS = "Mayor Ida Holm said on Friday that the bridge is shut. “It will be shut until spring,” she said.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        NEWS,
        # An interview that is only a part of its report.
        NEWS * 8 + "Q: Why?\n\nHolm: Because.\n\nQ: When?\n\nHolm: Soon.",
        "Winner: Ida Holm\n\nShe won on Friday.\n\nLoser: Karl Oder\n\nHe lost.\n\nWinner: Ana Lenz\n\nShe won too.",
        "TRUMP: “It was ten.”\n\nTHE FACTS: It was two.\n\nTRUMP: “It was five.”\n\nTHE FACTS: It was one.",
        "Read: Why the bridge is shut\n\nIt is shut.\n\nRead: Who pays\n\nNobody does.\n\nRead: What now",
        # Labels at the top of a story that goes on for long behind them.
        "Ned Oder: No.\n\nIda Holm: Yes.\n\nNed Oder: No.\n\n" + "It rained all day in the harbour.\n\n" * 20,
        # A story about one of the speakers behind the labels.
        "Ned Oder: No.\n\nIda Holm: Yes.\n\nNed Oder: No.\n\n" + "Oder then left the room, and Oder is not back.\n\n" * 4,
        "Ned Oder: one voice alone.\n\nNed Oder: it is a speech.\n\nNed Oder: nobody else speaks.",
    ],
)  # fmt: skip
def test_what_is_no_transcript(text: str) -> None:
    assert turns_of(report(text)) == ()


def test_headings_separators_and_what_is_marked_are_nobodys_words() -> None:
    text = "Q: Why?\n\nOder: Because.\n\nThe Harbour Talks\n\nQ: When?\n\nOder: Soon.\n\nSign up now\n\n* * *\n\nBackground of it."
    at = text.index("Sign up")
    marked = Report(capture="", text=text, marks=(Mark(Span(at, at + 11), MarkKind.BOILERPLATE),))
    found = TranscriptReader().read_report(marked)
    assert [part.of(text) for one in found for part in one.content] == ["Why?", "Because.", "When?", "Soon."]


def test_transcripts_are_read_by_their_own_reader_and_nothing_else_is(tmp_path: Path) -> None:
    both = FittingReader(RuleReader())
    assert fitting(both, report(BRIEFING)).identity.name == "transcript"
    assert fitting(both, report(NEWS)).identity == RuleReader.identity == both.identity
    assert fitting(RuleReader(), report(BRIEFING)).identity.name == "rules"
    (tmp_path / "briefing.txt").write_text(BRIEFING, encoding="utf-8")
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    path = tmp_path / "l.ledger"
    given = [tmp_path / "briefing.txt", tmp_path / "news.txt"]
    assert Ledger(path, reader=both).add(*given).read == 2
    assert Ledger(path, reader=both).add(*given).duplicate == 2
    assert Ledger(path, reader=RuleReader()).add(tmp_path / "news.txt").duplicate == 1
    by = {one.reader.name for one in Ledger(path).statements(speaker="Ned Oder")}
    assert by == {"transcript"}
    assert not Ledger(path).verify().faults
