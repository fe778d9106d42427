"""Who is asking, and that nothing is taken from a page of another address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from fastapi.testclient import TestClient

from onrecord.domain.people import Person, Role
from onrecord.web.acting import FORM, LARGEST_FORM, MOST_FIELDS, TOKEN_FIELD, Door, acting, form_token, may, sent

WHOLE = {"content-type": FORM, "origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.add_middleware(Door, name="Ida Holm")

    @app.get("/")
    def asked() -> Response:
        return PlainTextResponse(form_token())

    @app.post("/")
    async def send(request: Request) -> Response:
        person, values = await sent(request)
        return PlainTextResponse(f"{person.name} {person.role.value} {sorted(values.items())}")

    with TestClient(app, base_url="http://localhost") as made:
        yield made


def test_on_this_computer_who_started_the_pages_signs(client: TestClient) -> None:
    told = client.post("/", content=f"{TOKEN_FIELD}={client.get('/').text}&why=a&why=b", headers=WHOLE)
    assert told.text == "Ida Holm admin [('why', 'b')]"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"content-type": FORM + "; charset=utf-8"}, 200),
    ],
)
def test_what_is_sent_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    content = f"{TOKEN_FIELD}={client.get('/').text}"
    assert client.post("/", content=content, headers=WHOLE | headers).status_code == status


@pytest.mark.parametrize("content", ["", TOKEN_FIELD + "=", TOKEN_FIELD + "=guessed", TOKEN_FIELD + "=%ff%00é"])
def test_without_the_token_of_the_page_nothing_is_taken(client: TestClient, content: str) -> None:
    answer = client.post("/", content=content.encode("utf-8"), headers=WHOLE)
    assert answer.status_code == 403
    assert "Open it again" in answer.json()["detail"]


@pytest.mark.parametrize(("content", "status"), [("a" * (LARGEST_FORM + 1), 413), ("a=1&" * (MOST_FIELDS + 1), 422)])
def test_more_than_a_form_holds_is_refused(client: TestClient, content: str, status: int) -> None:
    assert client.post("/", content=content, headers=WHOLE).status_code == status


def test_each_start_has_a_token_of_its_own() -> None:
    async def nothing(*_: object) -> None:
        return None

    assert Door(nothing).token != Door(nothing).token


def test_where_nobody_is_asking_nothing_may_be_done() -> None:
    assert acting() is None
    assert form_token() == ""
    with pytest.raises(Exception, match="Log in") as told:
        may(Role.READER)
    assert getattr(told.value, "status_code", None) == 401


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_those_before_may(role: Role) -> None:
    person = Person("Ida Holm", role)
    order = list(Role)
    assert [person.role.covers(one) for one in order] == [order.index(one) <= order.index(role) for one in order]
