"""The interface for programs, over the example's own ledger with one brief."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord import Ledger
from onrecord.api.cursors import cursor, offset_of
from onrecord.assessing import judged
from onrecord.domain.judgements import Verdict
from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind
from onrecord.domain.statements import Kind
from onrecord.errors import LedgerBusy
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.links import LinkStore
from onrecord.ledger.view import StatementFilter
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.exports import json_lines, statement_row
from onrecord.publishing.linked_exports import actor_row, story_row, utterance_row
from onrecord.publishing.weighed_exports import docket_row, relation_row
from onrecord.reading.rules import RuleReader
from onrecord.web.app import create_app
from onrecord.web.guard import HEADERS
from tests.publishing.weighed.example import briefed_ledger

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    import httpx

HERE = "http://127.0.0.1"
API = "/api/v1"
LISTS = (
    "/reports",
    "/statements",
    "/utterances",
    "/actors",
    "/stories",
    "/relations",
    "/figures",
    "/docket",
    "/briefs",
)
HOSTILE = (
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00",
    "\x00",
    "abcdef\x00",
    "0" * 64,
    "f" * 5_000,
    "person:",
    "person:nobody at all",
    "ffffff￿",
    "<script>alert(1)</script>",
    "\ud7ff\U0010ffff",
    "%ed%a0%80",
    "*",
    "-1",
    " ",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return briefed_ledger(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(ledger), base_url=HERE) as opened:
        yield opened


@pytest.fixture(scope="module")
def view(ledger: Path) -> Iterator[WeighedView]:
    with WeighedView(ledger) as opened:
        yield opened


def got(client: TestClient, address: str, **values: Any) -> Any:
    answer = client.get(API + address, params=values or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def problem(answer: httpx.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert told["title"]
    assert told["detail"]
    return told


def walked(client: TestClient, address: str, limit: int, **values: Any) -> list[Any]:
    """All items of a list, a part at a time."""
    items: list[Any] = []
    given: dict[str, Any] = {}
    while True:
        part = got(client, address, limit=limit, **values, **given)
        assert list(part) == ["items", "next", "total"]
        assert len(part["items"]) == min(limit, part["total"] - len(items))
        items += part["items"]
        if part["next"] is None:
            assert len(items) == part["total"]
            return items
        given = {"cursor": part["next"]}


def ids(items: list[Any]) -> list[str]:
    return [one.get("id") or one["report"] for one in items]


@pytest.mark.parametrize("address", LISTS)
def test_cursors_walk_every_item_once(client: TestClient, address: str) -> None:
    found = ids(walked(client, address, 2 if got(client, address, limit=1)["total"] < 50 else 40))
    assert found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("address", LISTS)
def test_every_item_answers_under_its_own_address_as_in_the_list(client: TestClient, address: str) -> None:
    for item in got(client, address, limit=5)["items"]:
        (id_,) = ids([item])
        answer = client.get(f"{API}{address}/{quote(id_, safe='')}")
        assert answer.headers["content-location"] == f"{API}{address}/{quote(id_, safe='')}"
        alone = answer.json()
        if address == "/briefs":
            assert {key: alone[key] for key in ("id", "title", "by")} == {
                key: item[key] for key in ("id", "title", "by")
            }
        else:
            # A report alone has its text, and more, behind what stands in a list.
            assert list(alone.items())[: len(item)] == list(item.items())
            assert address == "/reports" or len(alone) == len(item)


def test_rows_are_those_of_the_exports(client: TestClient, view: WeighedView) -> None:
    now = view.today()
    expected = {
        "/statements": map(statement_row, view.statements()),
        "/utterances": map(utterance_row, view.whole_utterances(view.utterances())),
        "/actors": map(actor_row, view.actors()),
        "/stories": map(story_row, view.whole_stories(view.stories())),
        "/relations": map(relation_row, view.relations()),
        "/docket": (docket_row(one, now) for one in view.whole_entries(view.docket())),
    }
    for address, rows in expected.items():
        assert got(client, address, limit=500)["items"] == list(map(json.loads, json_lines(rows))), address


def test_figures_are_those_of_their_lineages(client: TestClient, view: WeighedView) -> None:
    found = walked(client, "/figures", 20)
    assert sum(len(one["figures"]) for one in found) == sum(1 for _ in view.figures())
    assert all(figure["lineage"] == one["id"] for one in found for figure in one["figures"])
    assert len(walked(client, "/figures", 20, figures=2)) == view.count_lineages(figures=2) < len(found)


def test_spans_point_at_the_text_of_the_report(client: TestClient) -> None:
    checked = 0
    texts: dict[str, str] = {}
    for item in got(client, "/statements", limit=60)["items"]:
        for span in (*item["source"], *item["cue"], *item["content"]):
            report = span["report"]
            if report not in texts:
                texts[report] = got(client, f"/reports/{report}")["text"]
            assert texts[report][span["start"] : span["end"]] == span["text"]
            checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, StatementFilter()),
        ({"text": "withdraw*"}, StatementFilter(text="withdraw*")),
        ({"act": "commitment"}, StatementFilter(act=Act.COMMITMENT)),
        ({"act": " DENIAL "}, StatementFilter(act=Act.DENIAL)),
        ({"kind": "direct"}, StatementFilter(kind=Kind.DIRECT)),
        ({"speaker": "Halvik"}, StatementFilter(speaker="Halvik")),
        (
            {"since": "2031-03-05", "until": "2031-03-06"},
            StatementFilter(since=datetime(2031, 3, 5, tzinfo=UTC), until=datetime(2031, 3, 7, tzinfo=UTC)),
        ),
    ],
)
def test_statements_are_chosen_as_on_the_page(
    client: TestClient, view: WeighedView, values: dict[str, str], chosen: StatementFilter
) -> None:
    expected = [one.statement.id for one in view.statements(chosen)]
    assert expected
    assert len(expected) < view.count() or not values
    assert ids(walked(client, "/statements", 50, **values)) == expected


def test_utterances_are_chosen_by_actor_story_origins_and_reports(client: TestClient, view: WeighedView) -> None:
    actor, story = view.actors(limit=1)[0].actor, view.stories(limit=1)[0].id
    total = got(client, "/utterances")["total"]
    for values, expected in (
        ({"actor": actor.id}, view.count_utterances(actor=actor.id)),
        ({"actor": actor.name}, view.count_utterances(actor=actor.id)),
        ({"story": story}, view.count_utterances(story=story)),
        ({"origins": 2}, view.count_utterances(origins=2)),
        ({"reports": 2, "text": "withdraw"}, view.count_utterances(reports=2, text="withdraw")),
    ):
        assert 0 < expected < total
        assert got(client, "/utterances", limit=1, **values)["total"] == expected, values


def test_relations_and_the_docket_are_chosen(client: TestClient, view: WeighedView) -> None:
    row = view.relations(kind="contradicts", limit=1)[0]
    assert row.id in ids(walked(client, "/relations", 100, utterance=row.a.utterance[:12]))
    kinds = {kind: got(client, "/relations", kind=kind, limit=1)["total"] for kind in RelationKind}
    assert sum(kinds.values()) == view.count_relations()
    assert got(client, "/relations", kind="unrelated")["total"] == 0
    entry = view.docket(limit=1)[0].entry
    found = walked(client, "/docket", 50, act=entry.act.value)
    assert {one["act"] for one in found} == {entry.act.value}
    assert len(found) == view.count_docket(act=entry.act.value) < view.count_docket()
    last = entry.last_day
    assert last is not None
    found = walked(client, "/docket", 50, due=last.isoformat())
    assert {one["due"] for one in found} == {last.isoformat()}
    assert len(found) == sum(one["due"] == last.isoformat() for one in walked(client, "/docket", 500))
    assert walked(client, "/docket", 50, due="9999-12-31") == []


def test_the_record_tells_totals_head_and_digest(client: TestClient, view: WeighedView) -> None:
    found = got(client, "/record")
    assert (found["head"], found["digest"]) == (view.head(), view.digest())
    assert found["inputs"] == found["read"] + found["duplicate"] + found["skipped"]
    assert found["statements"] == got(client, "/statements")["total"]


@pytest.mark.parametrize("address", [*LISTS, "/record"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(API + address)
    tag = first.headers["etag"]
    for given_tags in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(API + address, headers={"If-None-Match": given_tags})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(API + address, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_thing_is_not_sent_again_and_a_missing_one_is_still_missing(client: TestClient, view: WeighedView) -> None:
    found = client.get(f"{API}/docket/{view.docket(limit=1)[0].entry.utterance}")
    known = {"If-None-Match": found.headers["etag"]}
    assert client.get(found.request.url.path, headers=known).status_code == 304
    assert client.get(f"{API}/docket/abcdef123456", headers={"If-None-Match": "*"}).status_code == 404


def test_the_etag_changes_with_the_chain_and_with_what_was_derived(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed.ledger"
    shutil.copy(ledger, path)
    with TestClient(create_app(path), base_url=HERE) as client:

        def tag() -> str:
            return client.get(f"{API}/utterances").headers["etag"]

        tags = [tag()]
        assert tag() == tags[0]
        with LinkedView(path) as view:
            a, b = (view.utterance(head.id).renderings[0].passage for head in view.utterances(limit=2))
        judged(path, Verdict.DIFFERENT, a, b, why="other words", by="Ida Holm")
        tags.append(tag())
        # Derived alone: no entry of the chain is written.
        with LinkStore(path) as store, store.step() as step:
            step.note("families", "{}")
        tags.append(tag())
        assert tag() == tags[-1]
    assert len(set(tags)) == 3


@pytest.mark.parametrize(
    ("address", "values", "parameter"),
    [
        ("/statements", {"limit": "0"}, "limit"),
        ("/statements", {"limit": "501"}, "limit"),
        ("/statements", {"limit": "many"}, "limit"),
        ("/statements", {"limit": ""}, "limit"),
        ("/statements", {"since": "yesterday"}, "since"),
        ("/statements", {"since": "2031-03-07", "until": "2031-03-01"}, "until"),
        ("/statements", {"kind": "shouted"}, "kind"),
        ("/statements", {"act": "song"}, "act"),
        ("/statements", {"text": "x" * 301}, "text"),
        ("/statements", {"text": "a\x07b"}, "text"),
        ("/statements", {"speker": "Halvik"}, "speker"),
        ("/reports", {"cursor": "rubbish"}, "cursor"),
        ("/reports", {"cursor": "A" * 22}, "cursor"),
        ("/reports", {"cursor": "é" * 22}, "cursor"),
        ("/reports", {"cursor": "A" * 23}, "cursor"),
        ("/reports", {"outlet": "x" * 301}, "outlet"),
        ("/utterances", {"actor": "nobody of this name"}, "actor"),
        ("/utterances", {"story": "abcdef123456"}, "story"),
        ("/utterances", {"origins": "0"}, "origins"),
        ("/utterances", {"reports": "9" * 40}, "reports"),
        ("/relations", {"kind": "direct"}, "kind"),
        ("/relations", {"utterance": "abcdef123456"}, "utterance"),
        ("/docket", {"act": "contradicts"}, "act"),
        ("/docket", {"due": "Friday"}, "due"),
        ("/docket", {"due": "2031-03-09T12:00"}, "due"),
        ("/statements", {"due": "2031-03-09"}, "due"),
        ("/briefs", {"text": "withdraw"}, "text"),
    ],
)
def test_values_that_are_no_use_are_named(
    client: TestClient, address: str, values: dict[str, str], parameter: str
) -> None:
    told = problem(client.get(API + address, params=values), 422)
    assert [one["parameter"] for one in told["errors"]] == [parameter]
    assert told["errors"][0]["detail"]


def test_a_cursor_is_good_for_its_own_question_alone(client: TestClient) -> None:
    next_ = got(client, "/statements", limit=5, kind="direct")["next"]
    assert got(client, "/statements", limit=9, kind="direct", cursor=next_)["items"]
    problem(client.get(f"{API}/statements", params={"kind": "indirect", "cursor": next_}), 422)
    problem(client.get(f"{API}/reports", params={"cursor": next_}), 422)


def test_a_problem_tells_only_so_many_faults_and_only_so_much_of_each(client: TestClient) -> None:
    told = problem(client.get(f"{API}/reports?" + "&".join(f"{'n' * 200}{n}=1" for n in range(200))), 422)
    assert len(told["errors"]) == 20
    assert len(json.dumps(told)) < 5_000


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_ids_are_not_on_record(client: TestClient, address: str, asked: str) -> None:
    told = problem(client.get(f"{API}{address}/{quote(asked, safe='')}"), 404)
    assert len(told["detail"]) <= 600


@pytest.mark.parametrize("address", ["/nowhere", "/reports/", "/reports/a/b", "/", "/openapi.yaml"])
def test_addresses_that_are_not_there(client: TestClient, address: str) -> None:
    problem(client.get(API + address, follow_redirects=False), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    for address in (*LISTS, "/record", "/reports/abcdef"):
        answer = client.request(method, API + address)
        problem(answer, 405)
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "address", [*LISTS, "/record", "/openapi.json", "/nowhere", "/reports?limit=0", "/stories/abcdef12"]
)
def test_headers_are_those_of_the_pages_and_open_nothing_to_other_sites(client: TestClient, address: str) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    for answer in (client.get(API + address, headers=elsewhere), client.head(API + address, headers=elsewhere)):
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value]
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cache-control"] == "private, no-cache"
    assert client.get(API + address, headers={"Host": "rebound.example"}).status_code == 421


def test_a_ledger_that_cannot_be_read_is_a_problem(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_view: object) -> str:
        raise LedgerBusy("another process is writing")

    monkeypatch.setattr(WeighedView, "head", busy)
    for address in (*LISTS, "/record", "/reports/abcdef"):
        assert "Another process" in problem(client.get(API + address), 503)["detail"]


def test_an_error_that_nobody_foresaw_tells_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(WeighedView, "count_actors", broken)
    answer = client.get(f"{API}/actors")
    problem(answer, 500)
    assert "secret" not in answer.text


def keys(value: Any) -> Any:
    """The keys of objects, as far down as both have something; of a list, those of the first item."""
    if isinstance(value, dict):
        return {name: keys(one) for name, one in value.items()}
    return keys(value[0]) if isinstance(value, list) and value else None


def same_shape(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same_shape(a[name], b[name]) for name in a)
    return True


def test_openapi_lists_every_route_with_an_example_of_the_shape_that_is_answered(client: TestClient) -> None:
    document = got(client, "/openapi.json")
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": API}]
    sent = document["paths"].pop("/judgements")
    assert list(sent) == ["post"]
    beside = {"/search", "/record", "/reports/{id}/versions"}
    assert set(document["paths"]) == {*LISTS, *(f"{one}/{{id}}" for one in LISTS), *beside}
    names = []
    for path, its in document["paths"].items():
        assert list(its) == ["get"]
        names.append(its["get"]["operationId"])
        assert {"200", "304", "503"} <= set(its["get"]["responses"])
        assert ("404" in its["get"]["responses"]) == ("{id}" in path)
        shown = its["get"]["responses"]["200"]["content"]["application/json"]["example"]
        if path in (*LISTS, "/search"):
            answer = got(client, path, limit=1)
            assert list(shown) == list(answer)
            shown, path = shown["items"][0], f"{path}/"
            assert same_shape(keys(shown), keys(answer["items"][0])), path
        elif path == "/record":
            assert list(shown) == list(got(client, path))
        else:
            (first,) = ids(got(client, path.partition("/{id}")[0], limit=1)["items"])
            assert same_shape(keys(shown), keys(got(client, path.replace("{id}", quote(first, safe=""))))), path
    assert len(names) == len(set(names)) == 2 * len(LISTS) + len(beside)
    # Every reference leads somewhere.
    text = json.dumps(document)
    for name in {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}:
        assert name in document["components"]["schemas"]


def test_openapi_tells_the_values_of_each_list(client: TestClient) -> None:
    paths = got(client, "/openapi.json")["paths"]
    told = {one: {value["name"] for value in paths[one]["get"]["parameters"]} - {"limit", "cursor"} for one in LISTS}
    assert told == {
        "/reports": {"text", "outlet", "speaker"},
        "/statements": {"text", "speaker", "outlet", "act", "kind", "since", "until"},
        "/utterances": {"actor", "text", "story", "origins", "reports"},
        "/actors": {"text"},
        "/stories": {"text", "reports"},
        "/relations": {"kind", "actor", "utterance", "text"},
        "/figures": {"text", "figures"},
        "/docket": {"act", "actor", "text", "due"},
        "/briefs": set(),
    }


def test_lists_of_a_ledger_that_was_never_linked_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "new.ledger"
    with Ledger(path, reader=RuleReader()) as made:
        made.add_text("“We will not leave,” Mayor Ida Holm said on Friday.")
    with TestClient(create_app(path), base_url=HERE) as client:
        totals = {address: got(client, address)["total"] for address in LISTS}
    assert totals == {address: int(address in ("/reports", "/statements")) for address in LISTS}


@given(st.text(max_size=40), st.integers(0, 2**63))
def test_a_cursor_gives_back_its_offset_and_only_to_its_question(question: str, offset: int) -> None:
    made = cursor(question, offset)
    assert len(made) == 22
    assert quote(made, safe="") == made
    assert offset_of(question, made) == offset
    with pytest.raises(ValueError, match="no cursor"):
        offset_of(question + "x", made)


@given(st.text(max_size=30) | st.from_regex(r"\A[A-Za-z0-9_-]{22}\Z"))
@example("")
@example("AAAAAAAAADIDSZHP9toqGB")
def test_rubbish_is_no_cursor(rubbish: str) -> None:
    with pytest.raises(ValueError, match="no cursor"):
        offset_of("/reports {}", rubbish)


NAMES = "text speaker outlet act kind since until actor story origins reports utterance figures limit cursor x".split()
VALUES = (
    st.text(max_size=30)
    | st.integers().map(str)
    | st.sampled_from(
        ["", "2031-03-05", "9999-12-31", "0001-01-01", "commitment", "direct", "repeats", '"a', "-a", "*"]
    )
    | st.sampled_from(["withdraw*", "Halvik", "\x00", "NaN", "1e3", "%", "_", "' OR 1=1 --", "9" * 30, "é" * 301])
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LISTS), st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=5), VALUES), max_size=4))
def test_no_query_brings_an_answer_down(client: TestClient, address: str, query: list[tuple[str, str]]) -> None:
    asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in [("limit", "2"), *query])
    answer = client.get(f"{API}{address}?{asked}")
    assert answer.status_code in (200, 422), (asked, answer.text)
    if answer.status_code == 200:
        assert len(answer.json()["items"]) <= answer.json()["total"]
    else:
        assert problem(answer, 422)["errors"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LISTS), st.binary(max_size=40))
@example("/statements", b"text=%ed%a0%80")
@example("/statements", b"text=%ff&text&=&&;")
def test_no_bytes_of_a_query_bring_an_answer_down(client: TestClient, address: str, query: bytes) -> None:
    # What of the bytes would end the query, or is no part of an address at all, is written with a percent sign.
    asked = "".join(chr(one) if 0x20 < one < 0x7F and chr(one) not in '#"<>`{}|\\^' else f"%{one:02x}" for one in query)
    assert client.get(f"{API}{address}?{asked}").status_code in (200, 422)


def test_a_search_gives_the_rows_of_the_exports_and_why(client: TestClient, view: WeighedView) -> None:
    found = walked(client, "/search", 7, q="troops pulled back")
    assert {one["found"]["by"] for one in found} == {"meaning"}
    assert any("withdrawal" in one["found"]["words"] for one in found)
    by_id = {one.statement.id: statement_row(one) for one in view.statements()}
    for one in found:
        row = json.loads("".join(json_lines([by_id[one["id"]]])))
        assert list(one.items())[: len(row)] == list(row.items())
    assert got(client, "/search", q="troops pulled back", exact="true")["total"] == 0


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"in": "nowhere"}, {"in"}),
        ({"story": "abcdef123456"}, {"story"}),
        ({"since": "yesterday", "act": "song"}, {"since", "act"}),
        ({"origins": "0"}, {"origins"}),
        ({"as": "timeline"}, {"as"}),
        ({"q": "x" * 301}, {"q"}),
    ],
)
def test_a_search_says_what_it_cannot_use(client: TestClient, values: dict[str, str], faults: set[str]) -> None:
    told = problem(client.get(f"{API}/search", params=values), 422)
    assert {one["parameter"] for one in told["errors"]} == faults


@pytest.mark.parametrize("place", ["statements", "utterances", "reports", "actors"])
def test_a_search_takes_hostile_words(client: TestClient, place: str) -> None:
    for words in HOSTILE:
        assert client.get(f"{API}/search", params={"q": words, "in": place}).status_code in (200, 422)


@pytest.mark.parametrize("id_", ["a\nb", "\r\n", "a\u2028b", "x\x85"])
def test_an_id_with_the_end_of_a_line_in_it_is_a_problem_like_any_other(client: TestClient, id_: str) -> None:
    answer = client.get(f"{API}/briefs/{quote(id_, safe='')}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
