"""The route of the search over the whole record."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from onrecord.api.answers import Listing, listed
from onrecord.api.problems import UnusableValue
from onrecord.api.queries import Search
from onrecord.api.routing import reads
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.searching.form import read_search
from onrecord.publishing.searching.rows import found_rows


def add_search(api: FastAPI, view: WeighedView) -> None:
    """Adds the route."""

    @reads(api, "/search", "search", "What has the words or means the same, the best first", each=True)
    def search(request: Request, asked: Annotated[Search, Query()]) -> Response:
        form = read_search(asked.typed(), view.story_id)
        if form.problems:
            raise UnusableValue(dict(form.problems))
        found = view.search(form.sought)

        def rows(limit: int, offset: int) -> list[dict[str, object]]:
            return list(found_rows(found, form.place, limit=limit, offset=offset, order=form.order))

        return listed(request, view, asked, Listing(lambda: found.count(form.place), rows))
