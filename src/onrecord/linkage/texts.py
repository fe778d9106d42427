"""Reports as they are compared, kept while they are likely to be asked for again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from onrecord.domain.origins import Independence, Origin
from onrecord.domain.stories import Told
from onrecord.ledger.links_asked import Asking
from onrecord.linking import origins, stories


class Texts:
    """Reports that were compared lately, and what was computed of each, so that it is not computed at every step."""

    MOST: Final = 4_000

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}
        self.ties: dict[tuple[str, str], Independence] = {}
        self._origins: dict[tuple[str, tuple[str, ...]], list[Origin]] = {}
        self._copies: dict[tuple[str, str], origins.Copy | None] = {}
        self._gists: dict[str, stories.Gist] = {}
        self._fingerprints: dict[str, origins.Fingerprint] = {}
        self._readings: dict[str, origins.Reading] = {}

    def keep(self, asking: Asking, reports: Collection[str]) -> None:
        """Reads those that are not at hand; lets go of others when there are too many."""
        if len(self.told) > max(self.MOST, 2 * len(reports)):
            kept = set(reports)
            self.told = {one: told for one, told in self.told.items() if one in kept}
            self._gists = {one: gist for one, gist in self._gists.items() if one in kept}
            self._fingerprints = {one: sketch for one, sketch in self._fingerprints.items() if one in kept}
            self._readings = {one: reading for one, reading in self._readings.items() if one in kept}
            self.ties, self._origins, self._copies = {}, {}, {}
        self.told.update(asking.told([one for one in reports if one not in self.told]))

    def take(
        self,
        gists: Iterable[stories.Gist],
        readings: Mapping[str, origins.Reading],
        copies: Mapping[tuple[str, str], origins.Copy | None],
    ) -> None:
        """Takes in what was computed elsewhere."""
        self._readings.update(readings)
        self._gists.update((one.report, one) for one in gists)
        self._copies.update(copies)

    def drop(self, reports: Sequence[str]) -> None:
        """Forgets reports that are linked again, by another reading: others may speak in them now."""
        again = {one for one in reports if one in self.told}
        for one in again:
            del self.told[one]
        if again:
            self.ties = {pair: tie for pair, tie in self.ties.items() if again.isdisjoint(pair)}

    def one(self, asking: Asking, report: str) -> Told:
        if report not in self.told:
            self.told.update(asking.told([report]))
        return self.told[report]

    def gist(self, report: str) -> stories.Gist:
        if report not in self._gists:
            self._gists[report] = stories.features(self.told[report])
        return self._gists[report]

    def origins_of(self, report: str, outlets: tuple[str, ...]) -> list[Origin]:
        """The origins that a report gives when it is asked for these outlets by their names."""
        key = report, outlets
        if key not in self._origins:
            self._origins[key] = origins.origins(self.told[report], outlets, self._readings.get(report))
        return self._origins[key]

    def copy_of(self, a: str, b: str) -> origins.Copy | None:
        """What two reports share of their wording."""
        if (a, b) not in self._copies:
            self._copies[a, b] = origins.compared(self.told[a], self.told[b])
        return self._copies[a, b]

    def fingerprints(self, reports: Iterable[str]) -> list[origins.Fingerprint]:
        for one in reports:
            if one not in self._fingerprints:
                self._fingerprints[one] = origins.fingerprint(self.told[one])
        return [self._fingerprints[one] for one in sorted(reports)]
