"""Pages as they stood on an earlier day: `?as_of=2031-03-05`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from fastapi import Request
from starlette.exceptions import HTTPException

from onrecord.ledger.linked import ShownActor
from onrecord.ledger.weighed_view import WeighedView
from onrecord.linkage.earlier import EarlierView
from onrecord.publishing.days import Dated, Slider, days_of, slider
from onrecord.settings import Settings
from onrecord.web.asking import values

AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Stood:
    """Opens the record as it stood on the day as of which a page is asked for."""

    view: WeighedView
    settings: Settings

    @contextmanager
    def __call__(self, request: Request, *things: Dated | ShownActor) -> Iterator[tuple[WeighedView, Slider]]:
        """The record of the day, `view` itself where none is asked for, and the slider of a page about these things.

        Raises:
            HTTPException: when what is asked for is no day.
        """
        day = _asked_day(request)
        days = slider(days_of(*things), day)
        if day is None:
            yield self.view, days
            return
        with EarlierView(self.view.path, self.settings, day=day) as then:
            yield then, days


def _asked_day(request: Request) -> date | None:
    asked = values(request).get(AS_OF, "").strip()
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError as error:
        raise HTTPException(422, "This is not a day; write it like 2031-03-05.") from error
