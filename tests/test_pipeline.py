"""The pipeline: every input ends somewhere, counts add up, and one bad report stops nothing."""

import pytest

from onrecord.domain.reports import Input, Outcome, Report
from onrecord.domain.statements import ReaderIdentity, Statement
from onrecord.pipeline import Ledger, Tally, extract, tallied
from onrecord.sources import from_text


class Failing:
    """A reader that cannot read reports with a certain word."""

    identity = ReaderIdentity("failing", "1", None)

    def read_report(self, report: Report) -> list[Statement]:
        if "poison" in report.text:
            raise RuntimeError("cannot read this")
        return []


def test_a_report_that_breaks_the_reader_is_skipped_alone() -> None:
    inputs = [
        from_text("The mayor said no to it."),
        from_text("The poison, the mayor said."),
        Input("x", "x", reason="empty"),
    ]
    tally = Tally()
    results = list(tallied(extract(inputs, Failing()), tally))
    assert [r.outcome for r in results] == [Outcome.READ, Outcome.SKIPPED, Outcome.SKIPPED]
    assert results[1].given.detail == "RuntimeError: cannot read this"
    assert tally.as_json() == {
        "inputs": 3, "read": 1, "duplicate": 0, "skipped": {"empty": 1, "reader failed": 1}, "statements": 0}  # fmt: skip
    assert str(tally) == "inputs 3, read 1, duplicate 0, skipped 2 (empty 1, reader failed 1), statements 0"


def test_stopping_the_program_is_not_a_bad_report() -> None:
    class Stopped(Failing):
        def read_report(self, report: Report) -> list[Statement]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(extract([from_text("The mayor said no to it.")], Stopped()))


def test_a_ledger_takes_texts_and_files_and_answers(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "story.txt"
    path.write_text("“We wait,” Mayor Ida Holm said on Monday.", encoding="utf-8")
    with Ledger(tmp_path / "l.ledger") as ledger:
        assert ledger.add(path).read == 1
        assert ledger.add(path).duplicate == 1
        assert ledger.add_text("“We go,” Judge Karl Oder said on Tuesday.", outlet="The Courier").statements == 1
        assert [row.statement.speaker.name for row in ledger.statements(speaker="oder")] == ["Karl Oder"]
        assert {row.content[0].text for row in ledger.statements(kind="direct")} == {"“We wait,”", "“We go,”"}
        assert not ledger.verify().faults
