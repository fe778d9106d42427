"""The labelled speakers are ids and offsets, each report wholly in one part, and no text of the corpus."""

import json
from pathlib import Path

from bench.quality.coreference import cases, document, is_right
from bench.quality.speakers import LABELS, PARTS, TEST_LABELS, counterpart, labels
from onrecord.domain.spans import Span
from onrecord.domain.statements import UNNAMED, Kind, Statement


def test_the_labels_are_whole() -> None:
    by_report = labels()
    assert len(by_report) == 48
    for rows in by_report.values():
        assert len({row.part for row in rows}) == 1
        assert len({row.text_sha256 for row in rows}) == 1
    parts = [row.part for rows in by_report.values() for row in rows]
    assert set(parts) == set(PARTS) - {"test"}
    assert min(parts.count("tuning"), parts.count("kept back")) >= 200
    assert min(parts.count("second tuning") / 2, parts.count("second kept back")) >= 100


def test_the_test_part_shares_no_report_with_the_others() -> None:
    tests = labels(TEST_LABELS)
    assert {row.part for rows in tests.values() for row in rows} == {"test"}
    assert not tests.keys() & labels().keys()


def test_the_labels_hold_no_text_but_names() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    keys = {"part", "report", "text_sha256", "source", "content", "speaker", "form", "bad"}
    assert all(set(row) == keys for row in rows)
    assert all(row["speaker"] is None or len(row["speaker"]) < 120 for row in rows)


def test_a_label_meets_the_statement_that_shares_its_content_and_source() -> None:
    label = next(row for rows in labels().values() for row in rows if row.source)

    def statement(content: tuple[Span, ...], source: tuple[Span, ...]) -> Statement:
        return Statement("s", "r", source, (), content, Kind.INDIRECT, UNNAMED, 0.5)

    same = statement(label.content, label.source)
    elsewhere = statement((Span(10**6, 10**6 + 5),), label.source)
    other_source = statement(label.content, (Span(10**6, 10**6 + 5),))
    assert counterpart(label, [elsewhere, same]) is same
    assert counterpart(label, [elsewhere]) is None
    assert counterpart(label, [other_source]) is None


GUM = """# newpar
1\tAna\tAna\tPROPN\t_\t_\t3\tnsubj\t_\tEntity=(1-person-new
2\tLenz\tLenz\tPROPN\t_\t_\t1\tflat\t_\tEntity=1)
3\tleft\tleave\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

# newpar
1\tShe\tshe\tPRON\t_\t_\t2\tnsubj\t_\tEntity=(1-person-giv)
2\tsaid\tsay\tVERB\t_\t_\t0\troot\t_\t_
3\tso\tso\tADV\t_\t_\t2\tadvmod\t_\t_
"""


def test_a_document_of_gum_is_put_together_with_its_subjects(tmp_path: Path) -> None:
    (tmp_path / "GUM_news_x.conllu").write_text(GUM, encoding="utf-8")
    found = document(tmp_path / "GUM_news_x.conllu")
    assert found.text.strip() == "Ana Lenz left.\n\nShe said so" or found.text.startswith("Ana Lenz left.")
    (case,) = cases(found)
    assert (case.entity, case.form, case.named) == ("1", "pronoun", True)
    assert is_right(found, "1", "Ana Lenz")
    assert not is_right(found, "1", "Karl Oder")
