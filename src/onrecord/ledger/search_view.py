"""Searching a ledger: by words, by meaning and by filters, over all that is on the record and was linked."""

from __future__ import annotations

from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.searched import Sought
from onrecord.ledger.searching import Search


class SearchView(LinkedView):
    """A view that can be searched; in a ledger that was never linked nothing is found by meaning."""

    def search(self, sought: Sought) -> Search:
        """The search, which finds nothing before it is asked."""
        return Search(self._reading, self._ask, sought)
