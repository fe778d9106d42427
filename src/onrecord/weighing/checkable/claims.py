"""What of an utterance a scene could show: a place that it names together with a time that it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from onrecord.domain.relations import Said
from onrecord.language.places import Place, Places


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place and the half-open interval in UTC that a passage speaks of."""

    passage: str
    place: Place
    start: datetime
    end: datetime


def wanted(said: Said, known: Places) -> Iterator[Wanted]:
    """Each place of the table that a rendering names together with a day or a stretch of time that it states, once."""
    seen = set()
    for rendering in said.renderings:
        named = dict.fromkeys(one.place for one in known.named(rendering.words))
        for time in rendering.times:
            for place in named:
                if time.start is not None and time.end is not None and (place, time.start, time.end) not in seen:
                    seen.add((place, time.start, time.end))
                    yield Wanted(rendering.passage, place, time.start, time.end)
