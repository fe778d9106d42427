"""Pages as they stood on an earlier day: `?as_of=2031-03-05`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, time

from fastapi import Request
from starlette.exceptions import HTTPException

from onrecord.ledger.weighed_view import WeighedView
from onrecord.linkage.earlier import EarlierView
from onrecord.settings import Settings
from onrecord.web.asking import values

AS_OF = "as_of"
Stood = Callable[[date | None], AbstractContextManager[WeighedView]]


def asked_day(request: Request) -> date | None:
    """The day as of which a page is asked for; None for the page as it stands.

    Raises:
        HTTPException: when it is no day.
    """
    asked = values(request).get(AS_OF, "").strip()
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
        datetime.combine(day, time.max, UTC).isoformat()
    except ValueError as error:
        raise HTTPException(422, "This is not a day; write it like 2031-03-05.") from error
    return day


def standing(view: WeighedView, settings: Settings) -> Stood:
    """What opens the record as it stood on a day: `view` itself where none is asked for."""

    @contextmanager
    def opened(day: date | None) -> Iterator[WeighedView]:
        if day is None:
            yield view
            return
        with EarlierView(view.path, settings, day=day) as earlier:
            yield earlier

    return opened
