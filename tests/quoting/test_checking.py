"""Quotations on the record are set beside the right words of the right transcript, and shown so that they can be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.ledger.view import View
from onrecord.pipeline import Ledger
from onrecord.publishing.pages import statement_page
from onrecord.publishing.references import statement_reference
from onrecord.reading.fitting import FittingReader
from onrecord.reading.rules import RuleReader
from tests.end_to_end.test_command_line import run
from tests.sources.invented_pdf import drawn

BRIEFING = """Briefing of the Harven Ministry

Ned Oder, spokesman: Good afternoon. We will not withdraw our boats from the harbour before the spring.

Q: Will anybody be sent away from the northern pier this winter, as the mayor has warned?

Oder: Nobody will be sent away from the northern pier. That is our promise for the whole of the year.
"""
STORY = """The boats stay

“We will not withdraw our boats from the harbour,” Ned Oder said.

“We will never withdraw our ships from the harbour before the spring,” Ned Oder said.

“Will anybody be sent away from the northern pier this winter,” Ned Oder said.

Ned Oder said that the boats stay.

“We will not withdraw our boats from the harbour,” Ida Holm said.
"""
SPEECH = "We will not withdraw our boats from the harbour before the spring.\n\nNobody will be sent away.\n"


def line(id_: str, text: str, day: str, outlet: str = "The Courier") -> str:
    title, _, rest = text.partition("\n\n")
    return json.dumps({"id": id_, "outlet": outlet, "title": title, "published": day, "text": rest}) + "\n"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quotes")
    given = folder / "given.jsonl"
    with given.open("w", encoding="utf-8") as out:
        out.write(line("briefing", BRIEFING, "2031-03-07", "Harven Ministry"))
        out.write(line("story", STORY, "2031-03-08"))
        out.write(line("later", STORY, "2031-03-30", "The Ferryman"))
    path = folder / "l.ledger"
    assert Ledger(path, reader=FittingReader(RuleReader())).add(given).read == 3
    return path


def checked(ledger: Path, *more: str) -> list[tuple[str, str, str | None]]:
    done = run("check-quotes", "--ledger", ledger, "--json", *more)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["quotations"]
    return [(row["mark"], row["quoted"]["text"].split(" from ")[0], row["said_by"]) for row in rows]


STORYS = [
    ("verbatim", "We will not withdraw our boats", None),
    ("changed", "We will never withdraw our ships", None),
    ("not found", "Will anybody be sent away", "somebody without a name"),
]


def test_quotations_of_the_same_name_within_ten_days_are_checked(ledger: Path) -> None:
    assert checked(ledger) == STORYS
    assert checked(ledger, "--transcript", "briefing") == STORYS
    assert checked(ledger, "--report", "later") == STORYS


def test_files_and_speeches_are_transcripts_too(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.txt").write_text(BRIEFING, encoding="utf-8")
    (tmp_path / "speech.txt").write_text(SPEECH, encoding="utf-8")
    assert checked(ledger, "--transcript", str(tmp_path / "briefing.txt")) == 2 * STORYS
    speech = checked(ledger, "--transcript", str(tmp_path / "speech.txt"), "--speaker", "Ida Holm", "--report", "story")
    assert speech == [("verbatim", "We will not withdraw our boats", None)]


def test_the_table_shows_both_wordings_and_no_colours_in_a_pipe(ledger: Path) -> None:
    done = run("check-quotes", "--ledger", ledger)
    assert done.returncode == 0
    assert "“never” stands for “not”; “ships” stands for “boats”" in done.stdout
    assert "these words are said by somebody without a name there" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr.strip() == "3 quotations, 1 transcript: verbatim 1, changed 1, not found 1"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--speaker", "Ida Holm"), 2, "--transcript"),
        (("--transcript", "story"), 3, "not read as a transcript"),
        (("--transcript", "nobody.txt"), 3, "nobody.txt"),
        (("--report", "nothing"), 3, "nothing"),
    ],
)
def test_what_cannot_be_checked_is_said(ledger: Path, words: tuple[str, ...], code: int, told: str) -> None:
    done = run("check-quotes", "--ledger", ledger, *words)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_transcript_is_said(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text(SPEECH, encoding="utf-8")
    done = run("check-quotes", "--ledger", ledger, "--transcript", str(tmp_path / "speech.txt"))
    assert done.returncode == 2
    assert "--speaker" in done.stderr


def test_the_page_of_words_in_a_pdf_is_told_wherever_their_place_is(tmp_path: Path) -> None:
    pages = [
        [(70.0, 740.0, 11.0, "The ministry wrote to the pilots about the winter, as it does each year.")],
        [(70.0, 740.0, 11.0, "“We will not withdraw our boats,” Ned Oder said.")],
    ]
    (tmp_path / "release.pdf").write_bytes(drawn(pages))
    path = tmp_path / "l.ledger"
    assert Ledger(path, reader=RuleReader()).add(tmp_path / "release.pdf").read == 1
    assert not Ledger(path).verify().faults
    with View(path) as view:
        (found,) = view.statements()
        assert found.report.page_starts == (0, 74)
        assert statement_reference(view, found.statement.id).place.startswith("Page 2, characters 74 to ")
        assert {entry.page for entry in statement_page(view, found.statement.id).passages} <= {"page 2"}
    done = run("statements", "--ledger", path, "--format", "jsonl")
    assert json.loads(done.stdout)["content"][0]["page"] == 2
