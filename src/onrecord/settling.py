"""Long work in steps, and the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def settling() -> Iterator[Callable[[], None]]:
    """Gives what is called at the end of each step of a work that keeps much from one step to the next.

    Python's collector goes through every object to find those that only hold each other, so a work that keeps more and
    more is looked through for longer and longer. What is there at the end of a step stays out of that until the work
    ends (`gc.freeze`); it is still let go when nothing holds it.
    """

    def settle() -> None:
        gc.collect()
        gc.freeze()

    try:
        yield settle
    finally:
        gc.unfreeze()
