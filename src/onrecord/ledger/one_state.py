"""One state of the record for all that is asked on one occasion, such as a page.

Without it each question is a transaction of its own. A page asks some dozens: on PostgreSQL that is two more ways to
the server for each, and a writer between two of them makes a page of two states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from onrecord.closing import Closing

_CURRENT: Final[ContextVar[OneState | None]] = ContextVar("onrecord-one-state", default=None)


class OneState(Closing):
    """A state that is seen from the first question on, until it is closed; for one thread at a time.

    It is that of whoever asks from the context (`contextvars`) in which it was begun, and of what is called from there.
    `view` is whose questions it answers.
    """

    def __init__(self, view: object, engine: Engine, touched: Callable[[Connection], str]) -> None:
        self.view = view
        # Where connections are not kept, the file may change under a reader, and none is to outlive a question.
        self.lasting = not isinstance(engine.pool, NullPool)
        self._engine = engine
        self._touched = touched
        self._connection: Connection | None = None
        self._before = ""
        self._token: Token[OneState | None] = _CURRENT.set(self)

    @property
    def has_begun(self) -> bool:
        """Whether something was asked, so that there is something to let go of."""
        return self._connection is not None

    def close(self) -> None:
        """Lets go of the state; questions in this context each see their own again."""
        _CURRENT.reset(self._token)
        self.let_go()

    def let_go(self) -> None:
        """Ends the transaction; another question would begin one, with the state of then."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """The connection that sees this state."""
        try:
            yield self._opened()
        except DBAPIError:
            # After an error PostgreSQL answers nothing more in a transaction.
            self.let_go()
            raise

    def touched(self) -> str:
        """What `View.touched` says of this state."""
        self._opened()
        return self._before

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            # Of a file this is asked past the transaction: after it began, the answer could be that of a later state.
            self._before = self._touched(self._connection)
        return self._connection


def state_of(view: object) -> OneState | None:
    """The state of this view's record that was begun in this context; None where each question sees its own."""
    current = _CURRENT.get()
    return current if current is not None and current.view is view and current.lasting else None
