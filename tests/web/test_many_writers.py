"""People who judge at once: each word is acknowledged and on the record, or refused because another came before."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from bench.desk.writers import Form, Put, Writer, forms_in
from bench.load.readers import Waits
from bench.served import served
from onrecord.ledger.review_view import ReviewView
from onrecord.ledger.verify import verify
from onrecord.web import create_app
from tests.publishing.weighed.example import example_settings, weighed_ledger

EACH = 3


@pytest.fixture(scope="module")
def whole() -> Path:
    return weighed_ledger()


def test_every_acknowledged_judgement_of_four_people_is_on_the_record(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.app.PATIENCE", 0.05)
    waits, put = Waits(), Put()
    with served(create_app(copied, example_settings(), by="Ida Holm")) as address:
        writers = [Writer(address, number, waits, put) for number in range(4)]

        def judge(one: Writer) -> None:
            for _ in range(EACH):
                one.judge()

        people = [Thread(target=judge, args=(one,)) for one in writers]
        for one in people:
            one.start()
        for one in people:
            one.join()
        for writer in writers:
            writer.reader.connection.close()
    assert waits.wrong == {}
    assert put.unanswered == 0
    assert len(put.acknowledged) + put.meanwhile == sum(one.sent for one in writers)
    with ReviewView(copied) as view:
        said = view.judgements()
    assert {one.id for one in said} == put.acknowledged
    assert len({one.why for one in said}) == len(said) > EACH
    assert verify(copied).holds


def test_forms_that_take_more_than_a_choice_are_left_alone() -> None:
    form = '<form action="/judge" method="post"><input type="hidden" name="form" value="{}">{}</form>'
    page = form.format("span", "") + form.format("status", '<button name="pick" value="met">met</button>')
    page += '<form action="/log-out" method="post"></form>'
    assert forms_in(f"<p>{page}") == [Form({"form": "status"}, ("met",))]
