"""What becomes of a judgement behind the pages: what it touches is linked and weighed again, one after the other."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from enum import Enum, auto
from pathlib import Path
from typing import Final

from onrecord.domain.judgements import Judgement
from onrecord.errors import OnrecordError
from onrecord.pipeline import take_up
from onrecord.settings import Settings

PATIENCE: Final = 2.0
"""Seconds that a page waits for it; on a large ledger it goes on behind the pages."""


class Progress(Enum):
    """How far a judgement is worked in."""

    DONE = auto()
    GOING_ON = auto()
    FAILED = auto()


log = logging.getLogger(__name__)


class TakingUp:
    """Takes up judgements in a thread of its own, in the order in which they come; the lock decides who writes.

    What is cut off when the pages are closed is done by the next judgement, or by `onrecord link` and `onrecord weigh`.
    """

    def __init__(self, path: Path | str, settings: Settings, patience: float) -> None:
        self._path = path
        self._settings = settings
        self._patience = patience
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="taking-up")

    def close(self) -> None:
        """Ends what is being taken up, and drops what waits."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def after(self, one: Judgement) -> Progress:
        """Takes a judgement up, and says how far that is when it is done, has failed, or the page lost patience."""
        work: Future[Progress] = self._worker.submit(self._take_up, one)
        try:
            return work.result(timeout=self._patience)
        except TookTooLong:
            return Progress.GOING_ON

    def _take_up(self, one: Judgement) -> Progress:
        try:
            take_up(self._path, one.subject, self._settings)
        except OnrecordError as error:
            log.warning("judgement %s is on the record and not worked in: %s", one.id, error)
            return Progress.FAILED
        except Exception:
            # The judgement is on the record whatever happens here, so the page must not say that it failed.
            log.exception("judgement %s is on the record and not worked in", one.id)
            return Progress.FAILED
        return Progress.DONE
