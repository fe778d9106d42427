"""Sentences are made of what they cite and of nothing else; what cannot be cited cannot be said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onrecord.domain.briefs import Form, Sentence, words
from onrecord.ledger.brief_rows import brief_fault, brief_json, brief_of, brief_row
from tests.ledger.material import briefed, cited

ONE = cited(1, quoted=True)
OTHER = cited(2, speaker="", named=None, outlet=None, published=None, text="No lorry came", origins=1)
TOLD = cited(3, lead="denied that ", text="any lorry had come", origins=1)
RETOLD = cited(4, text="no lorry had come", origins=1)
OFFICIALS = cited(5, speaker="", named=None, described="two officials,", lead="said that ", text="one had", origins=1)
QUOTED = "“The bridge will carry 1 lorries a day here”"
LATER, LATEST = (cited(number, published=datetime(2031, 5, number, tzinfo=UTC)) for number in (2, 3))
SERIES = {"number 1": "1 lorries", "number 2": "2 lorries", "number 3": "3 lorries"}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            Sentence(Form.SAID, (ONE,)),
            f"Ida Holm said (The Courier, 1 May 2031): {QUOTED}. Two independent origins have it.",
        ),
        (
            Sentence(Form.SAID, (TOLD,)),
            "Ida Holm “denied that any lorry had come” (The Courier, 1 May 2031).",
        ),
        (
            Sentence(Form.SAID, (RETOLD,)),
            "Ida Holm, in the words of The Courier (1 May 2031): “no lorry had come”.",
        ),
        (
            Sentence(Form.SAID, (OFFICIALS,)),
            "“two officials” (not named) “said that one had” (The Courier, 1 May 2031).",
        ),
        (Sentence(Form.SAID, (OTHER,)), "Story-2 reported, naming no speaker (no date): “No lorry came”."),
        (
            Sentence(Form.SAID, (replace(ONE, text='He said “no”,\nand "never"'),)),
            "Ida Holm said (The Courier, 1 May 2031): “He said ‘no’, and 'never'”. Two independent origins have it.",
        ),
        (
            Sentence(Form.AGAINST, (OTHER, ONE), {"kind": "contradicts"}),
            "Story-2 reported, naming no speaker (no date): “No lorry came”. Against this stands: Ida Holm said "
            f"(The Courier, 1 May 2031): {QUOTED}.",
        ),
        (
            Sentence(Form.FIGURE, (ONE,), {"number": "1 lorries", "day": "4 March 2031"}),
            f"Ida Holm gave 1 lorries for 4 March 2031 (The Courier, 1 May 2031): {QUOTED}.",
        ),
        (
            Sentence(Form.FIGURE, (ONE,), {"number": "1 lorries", "day": ""}),
            f"Ida Holm gave 1 lorries (The Courier, 1 May 2031): {QUOTED}.",
        ),
        (
            Sentence(Form.REVISED, (LATER, ONE), {"number": "2 lorries", "earlier": "1 lorries", "kind": "revision"}),
            "Ida Holm gave 2 lorries (The Courier, 2 May 2031); before that, the same source gave 1 lorries "
            "(The Courier, 1 May 2031).",
        ),
        (
            Sentence(
                Form.REVISED,
                (LATER, replace(ONE, speaker="Omar Dûr")),
                {"number": "2 lorries", "earlier": "1 lorries", "kind": "dispute"},
            ),
            "Ida Holm gave 2 lorries (The Courier, 2 May 2031); against it stands 1 lorries, from Omar Dûr "
            "(The Courier, 1 May 2031).",
        ),
        (
            Sentence(Form.SERIES, (ONE, LATER, LATEST), SERIES),
            "Ida Holm gave 1 lorries (The Courier, 1 May 2031), then 2 lorries (The Courier, 2 May 2031), then "
            "3 lorries (The Courier, 3 May 2031).",
        ),
        (
            Sentence(Form.DUE, (ONE,), {"act": "commitment", "due": "9 March 2031", "status": "open"}),
            f"Commitment, due 9 March 2031 (open): Ida Holm said (The Courier, 1 May 2031): {QUOTED}.",
        ),
        (
            Sentence(Form.DUE, (ONE,), {"act": "demand", "due": "", "status": "met", "by": "Odile Marsh"}),
            f"Demand, no day stated (met, as Odile Marsh decided): Ida Holm said (The Courier, 1 May 2031): {QUOTED}.",
        ),
        (
            Sentence(Form.ALONE, (TOLD, replace(TOLD, speaker="Omar Dûr"), RETOLD)),
            "Only one independent origin each has what Ida Holm and Omar Dûr said here.",
        ),
        (
            Sentence(Form.UNNAMED, (OTHER, OFFICIALS)),
            "No speaker is named for what story-2 and The Courier reported here.",
        ),
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
        Sentence(Form.FIGURE, (ONE,), {"number": "", "day": "4 March 2031"}),
        Sentence(Form.SERIES, (ONE, LATER), SERIES),
        Sentence(Form.SERIES, (ONE, LATEST, LATER), SERIES),
        Sentence(Form.SERIES, (LATER, ONE, LATEST), {**SERIES, "number 1": "2 lorries", "number 2": "1 lorries"}),
        Sentence(Form.SERIES, (ONE, replace(LATER, speaker="Omar Dûr"), LATEST), SERIES),
        Sentence(Form.SERIES, (ONE, replace(LATER, published=None), LATEST), SERIES),
        Sentence(Form.ALONE, (ONE,)),
        Sentence(Form.UNNAMED, (OTHER, ONE)),
        Sentence(Form.REVISED, (ONE, OTHER), {"number": "1 lorries", "earlier": "2", "kind": "revision"}),
        Sentence(Form.DUE, (ONE,), {"act": "commitment"}),
    ],
)
def test_what_the_citations_do_not_bear_cannot_be_said(sentence: Sentence) -> None:
    with pytest.raises(ValueError, match=r"cites|needs the fact|does not stand|bear"):
        words(sentence)


def test_a_brief_is_kept_and_read_back() -> None:
    brief = briefed(1)
    assert brief_of(brief_json(brief)) == brief
    assert brief_fault(brief_row(brief)) is None


def test_a_swapped_span_a_swapped_speaker_and_a_changed_word_show() -> None:
    kept = json.loads(brief_json(briefed(1)))
    first, second = kept["citations"]
    for change in ("text", "speaker", "quoted", "outlet", "lead"):
        forged = json.loads(json.dumps(kept))
        forged["citations"][0][change], forged["citations"][1][change] = second[change], first[change]
        if first[change] == second[change]:
            forged["citations"][0][change] = "7" if change != "quoted" else True
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
