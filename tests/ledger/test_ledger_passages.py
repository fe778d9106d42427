"""Passages come back from the record as they were given, and what cannot be one is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.domain.passages import Act, Passage
from onrecord.domain.spans import Span
from onrecord.errors import LedgerError
from onrecord.ledger.verify import verify
from onrecord.ledger.view import StatementFilter, View
from onrecord.ledger.writer import Writer
from tests.databases import NewPlace
from tests.ledger.material import READER, invented, lorries, record


def test_passages_come_back_as_they_were_given(place: NewPlace) -> None:
    path = place()
    record(path, range(6))
    assert verify(path).holds
    with View(path) as view:
        found = {one.statement.id: one.statement for one in view.statements(StatementFilter(act=Act.COMMITMENT))}
    given = {one.id: one for number in range(6) for one in invented(number)[1] if one.passages}
    assert len(given) == 6
    assert found == given


def test_a_word_in_the_text_is_not_taken_for_an_act(place: NewPlace) -> None:
    path = place()
    given, statements = invented(3)
    with Writer(path) as writer:
        writer.record_read(given, READER, statements)
    with View(path) as view:
        assert not list(view.statements(StatementFilter(act=Act.DENIAL)))


@pytest.mark.parametrize("span", [Span(0, 3), Span(10**6, 10**6 + 4)])
def test_a_passage_outside_its_content_is_refused(place: NewPlace, span: Span) -> None:
    given, statements = invented(3)
    wrong = (replace(statements[0], passages=(Passage(span, Act.CLAIM),)), *statements[1:])
    with Writer(place()) as writer, pytest.raises(LedgerError, match="passage"):
        writer.record_read(given, READER, wrong)


def test_the_invented_passage_lies_inside_its_content() -> None:
    given, statements = invented(5)
    assert given.report is not None
    assert statements[0].content[0].covers(lorries(given.report.text, 5).span)
