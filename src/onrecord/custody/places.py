"""Where what belongs to a ledger lies beside it: its captures as WARC files, and the stamps of its chain."""

from __future__ import annotations

from pathlib import Path

from onrecord.places import Place, beside


def captures_folder(ledger: Place) -> Path:
    """The folder with the WARC files of what was captured for a ledger.

    >>> captures_folder(Path("desk/news.ledger")).as_posix()
    'desk/news.ledger.captures'
    """
    return beside(ledger, ".captures")


def stamps_folder(ledger: Place) -> Path:
    """The folder with the time stamps of a ledger's chain.

    >>> stamps_folder(Path("desk/news.ledger")).as_posix()
    'desk/news.ledger.stamps'
    """
    return beside(ledger, ".stamps")
