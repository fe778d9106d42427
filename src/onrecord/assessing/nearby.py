"""What utterances are weighed against, kept from step to step: those near them in time that were weighed before."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import timedelta
from typing import Final

from onrecord.domain.docket import Entry
from onrecord.domain.relations import Said
from onrecord.ledger.weighings import WeighStep
from onrecord.weighing import docket, relations

FAR: Final = timedelta(days=max(relations.WINDOW, 45))
"""Utterances first published farther apart are never compared, as relations or as what bears on a docket entry.

One without a date is compared with all.
"""


class Nearby:
    """Utterances that were weighed, with their entries on the docket; for one run, while nobody else changes them."""

    def __init__(self) -> None:
        self.index = relations.Index()
        self.later = docket.Later()
        self.entries: dict[str, Entry] = {}

    def move(self, step: WeighStep, new: Iterable[Said], waiting: Set[str]) -> None:
        """Goes to where `new` is: lets go of what is far from it, reads what is near and was not near before.

        What is `waiting` to be weighed is left out. It meets `new` when its turn comes, and once is enough.
        """
        near = step.near([one.first for one in new], FAR) - waiting
        self.index.keep(near)
        self.later.keep(near)
        self.entries = {one: entry for one, entry in self.entries.items() if one in near}
        came = step.said(self.index.without(near))
        self.index.add(came.values())
        self.later.add(came.values())
        self.note(step.entries(came.keys()))

    def note(self, entries: Iterable[Entry]) -> None:
        """Takes up entries of utterances that are here."""
        self.entries.update((one.utterance, one) for one in entries)
