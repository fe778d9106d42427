"""Claims with a place and a day, and the scenes of a catalogue that cover both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.language.places import places_in
from onrecord.ledger.weighed_view import WeighedView
from onrecord.weighing import checkable as weighed


@dataclass(frozen=True, slots=True)
class Checkable:
    """One passage with a place and days, in words, and the ids of the scenes that cover them."""

    passage: str
    place: str
    days: str
    words: str
    scenes: tuple[str, ...]


def checkable(view: WeighedView, catalogue: Path, places: Path, utterance: str | None = None) -> list[Checkable]:
    """The claims on the record, or in one utterance, that some scene of the catalogue could show.

    Raises:
        SettingsError: when the table of places or the catalogue cannot be read.
        NotOnRecord: when there is no such utterance.
    """
    known = places_in(places)
    saids = view.saids(utterance=None if utterance is None else view.utterance_id(utterance))
    held = weighed.whole(catalogue)
    found = []
    for said in saids:
        for one in weighed.wanted(said, known):
            covered = weighed.covering(held, one.place.lon, one.place.lat, one.start, one.end)
            days = f"{one.start.date()} to {one.end.date()}"
            told = tuple(scene.id for scene in covered.scenes)
            found.append(Checkable(one.passage, one.place.name, days, weighed.words(covered), told))
    return found
