"""What waits to be linked as partitions that are worked out ahead, by time and by who speaks.

    reports of a step ─ prepared ─→ what each is compared by
                      ─ beside what was published near to it ─ compared ─→ pairs that are alike

Both are done by an engine, some steps ahead of the one that links. Each pair of passages belongs to one partition: that
of the step in which the second of the two is linked. In the order in which steps are linked the results are those that
each step would have come to by itself, so that the number of workers changes nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from onrecord.domain.addresses import same_page
from onrecord.domain.judgements import Subject
from onrecord.domain.stories import Told
from onrecord.domain.utterances import Rendering
from onrecord.ledger.links import LinkStore
from onrecord.ledger.links_asked import Asking
from onrecord.linkage.engines import Engine
from onrecord.linkage.preparing import Beside, Compared, Part, Prepared, among, compared, prepared
from onrecord.linkage.texts import Texts
from onrecord.linking import origins, stories, utterances

FAR: Final = timedelta(days=utterances.WINDOW)
"""Passages published farther apart are never compared; one without a date is compared with all."""

FARTHER: Final = timedelta(days=stories.WINDOW)
"""The same for reports, as parts of a story and as copies."""

MOST_SHARES: Final = 8
"""Each share of a step files all that is near anew, so more of them save no time."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One step worked out ahead, while the chain of the ledger had so many entries.

    `compared` is None where a report has no date: then it is near to all, also to what was not linked yet.
    """

    ids: Sequence[str]
    part: Part
    prepared: Prepared
    compared: Compared | None
    entries: int


class Ahead:
    """Works out the steps of one run ahead of linking."""

    def __init__(self, store: LinkStore, engine: Engine, steps: Sequence[Sequence[str]]) -> None:
        self._store = store
        self._engine = engine
        self._steps = steps
        self._planned = frozenset(one for step in steps for one in step)
        self._texts = Texts()
        self._lately: deque[_Lately] = deque()
        # With few steps each is shared out, so that no worker is left without one.
        self._shares = min(MOST_SHARES, -(-2 * engine.workers // max(1, len(steps)))) if engine.workers > 1 else 1
        self._read: deque[tuple[Sequence[str], Part, int]] = deque()
        self._beside: deque[tuple[Sequence[str], Part, int, Prepared, int]] = deque()

    def ready(self) -> Iterator[Ready]:
        """The steps, in their order."""
        with self._store.asking() as asking:
            others = asking.has_linked_others(self._planned)
        made = self._engine.mapped(prepared, self._parts())
        found: list[Compared] = []
        for one in self._engine.mapped(compared, self._partitions(made, others)):
            found.append(one)
            ids, part, entries, its, many = self._beside[0]
            if len(found) == many:
                self._beside.popleft()
                yield Ready(ids, part, its, None if _undated(part) else among(found), entries)
                found = []

    def _parts(self) -> Iterator[Part]:
        for ids in self._steps:
            with self._store.asking() as asking:
                part = part_of(asking, ids)
                self._read.append((ids, part, asking.entries()))
            yield part

    def _partitions(self, made: Iterator[Prepared], others: bool) -> Iterator[Beside]:
        for its in made:
            ids, part, entries = self._read.popleft()
            besides = [Beside(())] if _undated(part) else list(self._besides(part, its, others))
            self._beside.append((ids, part, entries, its, len(besides)))
            yield from besides

    def _besides(self, part: Part, its: Prepared, others: bool) -> Iterator[Beside]:
        dates = [one.told.published for one in part.reports if one.told.published is not None]
        first = min(dates)
        self._let_go(first)
        near = Near.of(self._lately, first)
        known: list[list[Rendering]] = [near.renderings]
        if others:
            with self._store.asking() as asking:
                add_near(asking, self._texts, dates, near, self._planned)
                for more in asking.renderings_near(dates, FAR, ()):
                    known.append([one for one in more if one.report not in self._planned])
        yield from besides(part, its, near, [one for one in known if one] or [[]], self._shares)
        self._lately.append(_Lately(max(dates), part, its))

    def _let_go(self, first: datetime) -> None:
        while self._lately and self._lately[0].last < first - FARTHER:
            self._lately.popleft()


@dataclass(frozen=True, slots=True)
class _Lately:
    """A step whose reports were published not long before; `last` is when the last of them was."""

    last: datetime
    part: Part
    prepared: Prepared


@dataclass(slots=True)
class Near:
    """What is near to the reports of a step in time."""

    renderings: list[Rendering]
    told: dict[str, Told]
    gists: dict[str, stories.Gist]
    fingerprints: dict[str, origins.Fingerprint]

    @classmethod
    def of(cls, lately: Collection[_Lately], first: datetime) -> Near:
        near = cls([], {}, {}, {})
        for one in lately:
            if one.last >= first - FAR:
                its = one.prepared.renderings
                near.renderings += [two for two in its if two.published and two.published >= first - FAR]
            reports = (two.told for two in one.part.reports)
            near.told.update((two.report, two) for two in reports if two.published and two.published >= first - FARTHER)
            near.gists.update((two.report, two) for two in one.prepared.gists if two.report in near.told)
            near.fingerprints.update((two.report, two) for two in one.prepared.fingerprints if two.report in near.told)
        return near


def part_of(asking: Asking, ids: Sequence[str]) -> Part:
    """What linking these reports begins with."""
    return Part(tuple(asking.unlinked(ids)), tuple(asking.judgements(Subject.ACTOR)))


def add_near(
    asking: Asking, texts: Texts, dates: Sequence[datetime | None], near: Near, without: Collection[str]
) -> None:
    """Adds the reports that are linked already and near in time."""
    reports = asking.reports_near(dates, FARTHER).difference(without)
    texts.keep(asking, reports)
    near.told.update((one, texts.told[one]) for one in reports)
    near.gists.update((one, texts.gist(one)) for one in reports)
    near.fingerprints.update((one.report, one) for one in texts.fingerprints(reports))


def besides(
    part: Part, its: Prepared, near: Near, known: Sequence[Sequence[Rendering]], shares: int
) -> Iterator[Beside]:
    """The partitions of a step; all of one of them are compared with its reports, all others with passages alone."""
    told: Mapping[str, Told] = {**near.told, **{one.told.report: one.told for one in part.reports}}
    pairs = []
    for a, b in origins.candidates(its.fingerprints, list(near.fingerprints.values())):
        one, other = told[a], told[b]
        # A later text of a page is no copy of an earlier one.
        if not (_far(one, other) or same_page(one.url, other.url)):
            pairs.append((a, b))
    new = its.renderings
    for place, some in enumerate(known):
        for share in range(shares):
            first = not place and not share
            yield Beside(
                new=new,
                known=tuple(some),
                within=not place,
                share=(share, shares),
                gists=its.gists if first else (),
                near=tuple(near.gists[one] for one in sorted(near.gists)) if first else (),
                told={one: told[one] for pair in pairs for one in pair} if first else None,
                pairs=tuple(pairs) if first else (),
            )


def _undated(part: Part) -> bool:
    return any(one.told.published is None for one in part.reports)


def _far(a: Told, b: Told) -> bool:
    return a.published is not None and b.published is not None and abs(a.published - b.published) > FARTHER


def alone(asking: Asking, part: Part, its: Prepared) -> Compared:
    """What is alike of a step's reports and of all that is linked, worked out at once and here."""
    dates = [one.told.published for one in part.reports]
    near, texts = Near([], {}, {}, {}), Texts()
    add_near(asking, texts, dates, near, [one.told.report for one in part.reports])
    found = []
    for place, known in enumerate(asking.renderings_near(dates, FAR, {one.passage for one in its.renderings})):
        (one,) = besides(part, its, near, [known], 1) if not place else [Beside(its.renderings, tuple(known), False)]
        found.append(compared(one))
    return among(found)
