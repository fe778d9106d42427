"""One watch at a time for one ledger."""

from __future__ import annotations

import os
import sys

from onrecord.errors import WatchError
from onrecord.places import Place
from onrecord.watching.state import state_path


class Alone:
    """Keeps a second watch from the same ledger as long as this one lasts, also when it is killed."""

    def __init__(self, ledger: Place | str) -> None:
        path = state_path(ledger)
        try:
            self._opened = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise WatchError(f"{path} cannot be written ({error.strerror}); make room or change who may") from error
        try:
            _lock(self._opened)
        except OSError as error:
            os.close(self._opened)
            raise WatchError(f"somebody else is watching for {ledger}; end that one first") from error

    def close(self) -> None:
        """Lets others watch."""
        os.close(self._opened)


def _lock(opened: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
