"""What becomes of judgements behind the pages: what they touch is linked and weighed again, all that wait at once."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from enum import Enum, auto
from functools import partial
from threading import Lock
from typing import Final

from onrecord.domain.judgements import Judgement, Subject
from onrecord.errors import OnrecordError
from onrecord.linkage.engines import HERE, Processes
from onrecord.pipeline import take_up
from onrecord.places import Place
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
    """Takes up judgements behind the pages, one pass after the other, each for all that came before it began.

    With `apart` a process of its own does it, so that pages of other people need not take turns with it. What is cut
    off when the pages are closed is done by the next judgement, or by `onrecord link` and `onrecord weigh`.
    """

    def __init__(self, path: Place | str, settings: Settings, patience: float, *, apart: bool = False) -> None:
        self._path = path
        self._settings = settings
        self._patience = patience
        self._apart = Processes(1) if apart else None
        self._passes = ThreadPoolExecutor(max_workers=1, thread_name_prefix="taking-up")
        self._lock = Lock()
        self._waiting: set[Subject] = set()
        self._next: Future[Progress] | None = None
        self._last = Progress.DONE

    @property
    def progress(self) -> Progress:
        """How far the judgements are that came so far."""
        with self._lock:
            return self._last if self._next is None else Progress.GOING_ON

    def close(self) -> None:
        """Ends what is being taken up, and drops what waits."""
        self._passes.shutdown(wait=True, cancel_futures=True)
        if self._apart is not None:
            self._apart.close()

    def after(self, one: Judgement, patience: float | None = None) -> Progress:
        """Takes a judgement up, and says how far that is when it is done, has failed, or the page lost patience."""
        with self._lock:
            self._waiting.add(one.subject)
            if self._next is None:
                self._next = self._passes.submit(self._pass)
            work = self._next
        try:
            return work.result(timeout=self._patience if patience is None else min(patience, self._patience))
        except TookTooLong:
            return Progress.GOING_ON

    def _pass(self) -> Progress:
        with self._lock:
            subjects, self._waiting, self._next = frozenset(self._waiting), set(), None
            self._last = Progress.GOING_ON
        done = self._worked_in(subjects)
        with self._lock:
            self._last = done
        return done

    def _worked_in(self, subjects: frozenset[Subject]) -> Progress:
        try:
            list((self._apart or HERE).mapped(partial(_take_up, self._path, self._settings), [subjects]))
        except OnrecordError as error:
            log.warning("judgements are on the record and not worked in: %s", error)
            return Progress.FAILED
        except Exception:
            # They are on the record whatever happens here, so no page must say that it failed.
            log.exception("judgements are on the record and not worked in")
            return Progress.FAILED
        return Progress.DONE


def _take_up(path: Place | str, settings: Settings, subjects: frozenset[Subject]) -> None:
    take_up(path, subjects, settings)
