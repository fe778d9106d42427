"""A brief as Word document and PDF: the same sentences and sources, whatever characters stand in them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from onrecord.domain.briefs import Form, Part, Section, Sentence, words
from onrecord.publishing.briefs import html, markdown
from onrecord.publishing.briefs.portable import pdf
from onrecord.publishing.briefs.word import docx
from onrecord.publishing.briefs.writing import blocks, source_words
from tests.ledger.material import briefed, cited

HOSTILE = "<b>&amp; <script>alert(1)</script>\x00\x1b[31m \ufffe\uffff \u202e <para><img src='http://x/'/> $%{x}"
NAMES = ("Ілля Шевчук", "Žofia Łęcka", "Ἀνδρέας", "محمود", "दिया", "习近平", "🙂", "x" * 3_000)
BRIEF = briefed(1)


def told(name: str) -> object:
    one = cited(
        7, speaker=name, text=f"“{name}” stays {HOSTILE}", title=HOSTILE, outlet=name, url="javascript:alert(1)"
    )
    return replace(BRIEF, title=f"{name} {HOSTILE}", sections=(Section(Part.SAID, (Sentence(Form.SAID, (one,)),)),))


def paragraphs(content: bytes) -> list[str]:
    document = pytest.importorskip("docx", reason="python-docx is not installed: onrecord[brief]")
    return [one.text for one in document.Document(BytesIO(content)).paragraphs]


def test_a_word_document_has_every_sentence_with_its_marks_and_every_source() -> None:
    pytest.importorskip("docx", reason="python-docx is not installed: onrecord[brief]")
    found = paragraphs(docx(BRIEF, "ab" * 16))
    lines = [f"{line.words}{line.marks}" for block in blocks(BRIEF) for line in block.lines]
    assert len(lines) == 2
    assert set(lines) <= set(found)
    assert {f"{number}. {source_words(one)}" for number, one in enumerate(BRIEF.citations, 1)} <= set(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_word_document_carries_any_name(name: str) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed: onrecord[brief]")
    found = "\n".join(paragraphs(docx(told(name), "ab" * 16)))
    assert name in found
    assert "<script>alert(1)</script>" in found
    assert "\x1b" not in found


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_can_be_made_of_any_name_and_is_the_same_each_time(name: str) -> None:
    pytest.importorskip("reportlab", reason="reportlab is not installed: onrecord[brief]")
    made = pdf(told(name), "ab" * 16)
    assert made.startswith(b"%PDF-")
    assert made == pdf(told(name), "ab" * 16)
    assert b"/JavaScript" not in made
    assert b"/URI" not in made


def test_a_pdf_sets_curly_marks_and_writes_code_points_where_it_cannot_set_a_character() -> None:
    pytest.importorskip("reportlab", reason="reportlab is not installed: onrecord[brief]")
    from onrecord.publishing.briefs.portable import _fonts, _settable

    _, _, known = _fonts()
    lacking: set[str] = set()
    assert _settable("“Łęcka” – said", known, lacking) == "“Łęcka” – said"
    assert lacking == set()
    assert _settable("مح दि 习", known, lacking) == "[U+0645][U+062D] [U+0926][U+093F] [U+4E60]"
    assert lacking == {*"محदि习"}


@pytest.mark.parametrize(
    ("write", "module", "told_as"), [(docx, "docx", "a Word document"), (pdf, "reportlab.lib.pagesizes", "a PDF")]
)
def test_without_the_extra_one_is_told_what_to_install(
    write: object, module: str, told_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.errors import SettingsError

    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(SettingsError, match=rf"{told_as} needs .*onrecord\[brief\]"):
        write(BRIEF, "ab" * 16)


def test_what_a_sentence_cites_twice_is_marked_once() -> None:
    one = cited(1)
    facts = {"number": "1 lorries", "earlier": "1", "kind": "later"}
    brief = replace(BRIEF, sections=(Section(Part.FIGURES, (Sentence(Form.REVISED, (one, one), facts),)),))
    (block,) = blocks(brief)
    assert [line.marks for line in block.lines] == ["[1]"]
    assert [line.words for line in block.lines] == [words(brief.sections[0].sentences[0])]


def test_no_format_takes_mark_up_from_a_report() -> None:
    brief = told("Ida")
    assert "<script>" not in html(brief, "ab" * 16)
    assert "<script>" not in markdown(brief, "ab" * 16).replace("\\<script\\>", "")
