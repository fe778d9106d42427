"""Searching a ledger: by words, by meaning and by filters, over all that is on the record and was linked."""

from __future__ import annotations

from functools import cached_property

from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.searched import Sought
from onrecord.ledger.searching import Search
from onrecord.ledger.surnames import Surnames


class SearchView(LinkedView):
    """A view that can be searched; in a ledger that was never linked nothing is found by meaning."""

    @cached_property
    def _surnames(self) -> Surnames:
        return Surnames()

    def search(self, sought: Sought) -> Search:
        """The search, which finds nothing before it is asked."""
        return Search(self._reading, self._ask, self._surnames, sought)
