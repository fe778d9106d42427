"""Which reports are worth comparing: those of some weeks that share one of their heaviest words.

Whether two are compared depends on these two alone, so it is the same whichever comes first and whatever else is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from onrecord.linking.stories.comparing import WINDOW, Likeness, compared, days_apart
from onrecord.linking.stories.gist import Gist


def links(new: Iterable[Gist], known: Iterable[Gist] = ()) -> Iterator[Likeness]:
    """All links between two new reports or a new and a known one, each once, as far as they are worth keeping."""
    index = Index()
    for gist in known:
        index.add(gist)
    for gist in new:
        yield from index.links(gist)
        index.add(gist)


class Index:
    """Gists by word and stretch of time."""

    def __init__(self) -> None:
        self._gists: list[Gist] = []
        self._stretches: defaultdict[int | None, dict[str, list[int]]] = defaultdict(dict)
        self._known: set[str] = set()

    def add(self, gist: Gist) -> None:
        """Keep a gist; one that is known already changes nothing."""
        if gist.report in self._known:
            return
        self._known.add(gist.report)
        stretch = self._stretches[_stretch(gist)]
        for word in gist.keys:
            stretch.setdefault(word, []).append(len(self._gists))
        self._gists.append(gist)

    def near(self, gist: Gist) -> Iterator[Gist]:
        """The gists that may link to `gist`, in the order they were added."""
        stretch = _stretch(gist)
        wanted = self._stretches if stretch is None else (stretch - 1, stretch, stretch + 1, None)
        found = [self._stretches[one] for one in wanted if one in self._stretches]
        for place in sorted(set(chain.from_iterable(words.get(word, ()) for words in found for word in gist.keys))):
            other = self._gists[place]
            days = days_apart(gist, other)
            if other.report != gist.report and (days is None or days <= WINDOW):
                yield other

    def links(self, gist: Gist) -> Iterator[Likeness]:
        """The links of `gist` to what was added."""
        weights = dict(zip(gist.words, gist.weights, strict=True))
        for other in self.near(gist):
            link = compared(gist, weights, other)
            if link is not None:
                yield link


def _stretch(gist: Gist) -> int | None:
    return None if gist.day is None else int(gist.day // WINDOW)
