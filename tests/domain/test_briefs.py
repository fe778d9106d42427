"""Sentences are made of what they cite and of nothing else; what cannot be cited cannot be said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord.domain.briefs import Form, Sentence, words
from onrecord.ledger.brief_rows import brief_fault, brief_json, brief_of, brief_row
from tests.ledger.material import briefed, cited

ONE, OTHER = cited(1), cited(2, speaker="", outlet=None, published=None, text="No lorry came", origins=1)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            Sentence(Form.SAID, (ONE,)),
            "Ida Holm said (The Courier, 1 May 2031): “The bridge will carry 1 lorries a day here” "
            "(2 independent origins).",
        ),
        (
            Sentence(Form.AGAINST, (OTHER, ONE), {"kind": "contradicts"}),
            "Somebody who is not named said (story-2, no date): “No lorry came”. This stands against what Ida Holm said "
            "(The Courier, 1 May 2031): “The bridge will carry 1 lorries a day here”.",
        ),
        (
            Sentence(Form.FIGURE, (ONE,), {"number": "1 lorries", "day": "4 March 2031"}),
            "Ida Holm gives 1 lorries for 4 March 2031 (The Courier, 1 May 2031): “The bridge will carry 1 lorries a "
            "day here”.",
        ),
        (
            Sentence(Form.DUE, (ONE,), {"act": "commitment", "due": "9 March 2031", "status": "open"}),
            "Commitment of Ida Holm (The Courier, 1 May 2031): “The bridge will carry 1 lorries a day here”; due: "
            "9 March 2031; open.",
        ),
        (
            Sentence(Form.ALONE, (ONE,)),
            "Only one independent origin has it that Ida Holm said “The bridge will carry 1 lorries a day here” "
            "(The Courier, 1 May 2031).",
        ),
        (Sentence(Form.UNNAMED, (OTHER,)), "Nobody is named who said “No lorry came” (story-2, no date)."),
    ],
)
def test_words(sentence: Sentence, said: str) -> None:
    assert words(sentence) == said


@pytest.mark.parametrize(
    "sentence",
    [
        Sentence(Form.SAID, ()),
        Sentence(Form.SAID, (ONE, OTHER)),
        Sentence(Form.AGAINST, (ONE,), {"kind": "contradicts"}),
        Sentence(Form.AGAINST, (ONE, OTHER), {"kind": "hates"}),
        Sentence(Form.FIGURE, (ONE,), {"number": "7 lorries", "day": "4 March 2031"}),
        Sentence(Form.REVISED, (ONE, OTHER), {"number": "1 lorries", "earlier": "2", "kind": "revision"}),
        Sentence(Form.DUE, (ONE,), {"act": "commitment"}),
    ],
)
def test_what_the_citations_do_not_bear_cannot_be_said(sentence: Sentence) -> None:
    with pytest.raises(ValueError, match=r"cites|needs the fact|does not stand"):
        words(sentence)


def test_a_brief_is_kept_and_read_back() -> None:
    brief = briefed(1)
    assert brief_of(brief_json(brief)) == brief
    assert brief_fault(brief_row(brief)) is None


def test_a_swapped_span_a_swapped_speaker_and_a_changed_word_show() -> None:
    kept = json.loads(brief_json(briefed(1)))
    first, second = kept["citations"]
    for change in ("text", "speaker", "origins", "outlet"):
        forged = json.loads(json.dumps(kept))
        forged["citations"][0][change], forged["citations"][1][change] = second[change], first[change]
        if first[change] == second[change]:
            forged["citations"][0][change] = "7" if change != "origins" else 7
        content = json.dumps(forged)
        row = {**brief_row(briefed(1)), "content": content}
        assert "id" in (brief_fault(row) or "")
        # Somebody who also makes the id anew is found by the sentence that no longer comes out.
        from onrecord.domain.briefs import brief_id

        told = brief_fault({"content": content, "id": brief_id(content)})
        assert told is not None
        assert "citations" in told


def test_what_is_cited_again_is_one_citation() -> None:
    brief = briefed(1)
    assert [one.passage for one in brief.citations] == ["passage-1", "passage-2"]
    twice = replace(brief, sections=brief.sections + brief.sections)
    assert twice.citations == brief.citations
