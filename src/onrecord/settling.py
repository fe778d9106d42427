"""Long work in steps, and the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def settling() -> Iterator[Callable[[], None]]:
    """Gives what is called at the end of each step of a work that keeps much from one step to the next.

    Python's collector goes through every object to find those that only hold each other, time and again, so a work that
    keeps more and more is looked through for longer and longer. Here it looks at the end of a step only, and only at
    what that step made; what is there then stays out of it until the work ends (`gc.freeze`). What nothing holds any
    more is let go at once, as ever.
    """
    looking = gc.isenabled()

    def settle() -> None:
        gc.collect()
        gc.freeze()

    gc.disable()
    try:
        yield settle
    finally:
        gc.unfreeze()
        if looking:
            gc.enable()
