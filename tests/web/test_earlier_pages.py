"""Pages as they stood on an earlier day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape

import pytest
from starlette.testclient import TestClient

from onrecord.ledger.weighed_view import WeighedView
from onrecord.web.app import create_app
from onrecord.web.rendering import actor_path
from tests.publishing.weighed.example import example_settings, weighed_ledger

HERE = "http://127.0.0.1"
DAY = date(2031, 3, 7)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(weighed_ledger(), example_settings()), base_url=HERE) as opened:
        yield opened


def _over(first: datetime | None, last: datetime | None) -> bool:
    return first is not None and last is not None and first.date() <= DAY < last.date()


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """A page of each sort of which something came by the day, and something later."""
    with WeighedView(weighed_ledger()) as view:
        carried = next(one for one in view.utterances(reports=2) if _over(one.first, one.last))
        rendering = view.utterance(carried.id).renderings[0]
        entry = next(
            one.entry.utterance
            for one in view.docket()
            if one.passage.report.published is not None and one.passage.report.published.date() <= DAY
        )
        relation = next(
            one
            for one in view.relations()
            if all(its.report.published is not None and its.report.published.date() <= DAY for its in (one.a, one.b))
        )
        return {
            "utterance": f"/utterances/{carried.id}",
            "statement": f"/statements/{rendering.statement}",
            "story": f"/stories/{next(one.id for one in view.stories() if _over(one.first, one.last))}",
            "actor": actor_path(next(one.actor.id for one in view.actors() if _over(one.first, one.last))),
            "figure": f"/figures/{next(one.id for one in view.lineages(figures=2) if _over(one.first, one.last))}",
            "entry": f"/docket/{entry}",
            "relation": f"/relations/{relation.id}",
            "hypotheses": "/hypotheses",
        }


SORTS = ("utterance", "statement", "story", "actor", "figure", "entry", "relation", "hypotheses")


def main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("sort", SORTS)
def test_nothing_that_came_later_stands_on_the_page(client: TestClient, places: dict[str, str], sort: str) -> None:
    answer = client.get(places[sort], params={"as_of": DAY.isoformat()})
    assert answer.status_code == 200
    told = re.sub(r"<form class=\"as-of\".*?</form>", "", main(answer.text), flags=re.DOTALL)
    later = [day for day in re.findall(r'datetime="(2031-\d\d-\d\dT[^"]*)"', told) if day[:10] > DAY.isoformat()]
    assert later == []
    assert "As it stood at the end of" in answer.text
    assert 'action="/judge"' not in answer.text


@pytest.mark.parametrize("sort", ["utterance", "statement", "story", "actor", "figure", "hypotheses"])
def test_the_page_as_it_stands_leads_to_earlier_days(client: TestClient, places: dict[str, str], sort: str) -> None:
    page = client.get(places[sort]).text
    assert "/static/earlier.js" in page
    days = re.search(r'data-days="([^"]*)"', page)
    assert days is not None
    every = days.group(1).split()
    assert len(every) > 1
    assert every == sorted(every)
    earlier = re.search(r'<a rel="prev nofollow" href="([^"]*)"', page)
    assert earlier is not None
    assert unescape(earlier.group(1)).endswith(f"?as_of={every[-2]}")
    then = client.get(unescape(earlier.group(1))).text
    assert f'value="{every[-2]}"' in then
    assert f'href="{places[sort]}">as it stands now</a>' in then


def test_a_page_of_one_day_has_no_slider(client: TestClient) -> None:
    with WeighedView(weighed_ledger()) as view:
        alone = next(one for one in view.utterances() if one.reports == 1)
    assert "as-of" not in client.get(f"/utterances/{alone.id}").text


@pytest.mark.parametrize("asked", ["yesterday", "2031-13-01", "<script>", "9999-99-99", "2031-03-05T10:00"])
def test_what_is_no_day_is_explained(client: TestClient, places: dict[str, str], asked: str) -> None:
    answer = client.get(places["story"], params={"as_of": asked})
    assert answer.status_code == 422
    assert "write it like 2031-03-05" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("day", ["0001-01-01", "2031-03-01"])
def test_before_it_was_published_there_is_no_page(client: TestClient, places: dict[str, str], day: str) -> None:
    for sort in ("utterance", "story", "figure", "entry", "relation"):
        answer = client.get(places[sort], params={"as_of": day})
        assert answer.status_code == 404
        assert "had been published by" in answer.text


def test_the_last_day_there_is_shows_all(client: TestClient, places: dict[str, str]) -> None:
    assert client.get(places["story"], params={"as_of": "9999-12-31"}).status_code == 200
