"""The steps of linking: what waits, two hundred reports at a time, each time in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from onrecord.closing import Closing
from onrecord.domain.addresses import canonical
from onrecord.domain.ids import digest
from onrecord.domain.judgements import OF_STATEMENTS, SAMENESS, Judgement, Subject
from onrecord.domain.origins import Independence, Origin, OriginKind
from onrecord.domain.stories import Told
from onrecord.domain.utterances import Link, ordered, utterance_id
from onrecord.ledger.linked_rows import Carried, StoryRow, UtteranceRow
from onrecord.ledger.linked_view import LinkedView
from onrecord.ledger.links import LinkStore, Step
from onrecord.linkage.engines import HERE, Engine
from onrecord.linkage.likenesses import Likenesses
from onrecord.linkage.partitions import Ahead, Ready, alone, part_of
from onrecord.linkage.preparing import prepared
from onrecord.linkage.texts import Texts
from onrecord.linking import actors, origins, stories, utterances
from onrecord.linking.actors.outlets import outlet_of
from onrecord.linking.utterances.differences import difference, fullest
from onrecord.places import Place, place_of
from onrecord.settings import Settings
from onrecord.settling import settling

VERSION: Final = "2"
"""Of the linker; what another version derived is made anew."""

AT_ONCE: Final = 200
"""Reports linked in one step; a kill loses at most so many, and the next run links them again."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What one run did and what is there now; `origins` counts utterances with two independent origins or more."""

    reports: int
    actors: int
    utterances: int
    shared: int
    origins: int
    stories: int

    def as_json(self) -> dict[str, int]:
        return {
            "linked": self.reports,
            "actors": self.actors,
            "utterances": self.utterances,
            "in two reports or more": self.shared,
            "from two independent origins or more": self.origins,
            "stories": self.stories,
        }

    def __str__(self) -> str:
        reports = f"{self.reports} report" + ("" if self.reports == 1 else "s")
        return (
            f"linked {reports}: actors {self.actors}, utterances {self.utterances}, of which in two reports or more "
            f"{self.shared} and from two independent origins or more {self.origins}, stories {self.stories}"
        )


class Linkage(Closing):
    """Links one ledger; for one thread. As a context manager it closes the ledger at the end.

    What can be worked out ahead is done by `engine`, in this process unless another one is given; what comes out is the
    same with any of them.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when the ledger cannot be opened.
    """

    def __init__(self, path: Place | str, settings: Settings = Settings(), engine: Engine = HERE) -> None:
        self.path = place_of(path)
        self._settings = settings
        self._engine = engine
        self._store = LinkStore(self.path, settings)
        self._done = 0
        self._families: dict[str, str] = {}
        self._texts = Texts()
        self._likenesses = Likenesses()

    def close(self) -> None:
        """Closes what it writes to."""
        self._store.close()

    def forget(self) -> None:
        """Forgets all that was linked; the record and its judgements stay, and who publishes what."""
        with self._store.step() as step:
            families = step.state("families")
            step.empty()
            if families is not None:
                step.note("families", families)

    def waiting(self) -> int:
        """How many reports are to be linked."""
        with self._store.step() as step:
            self._begin(step)
        return len(self._store.waiting())

    def run(self) -> Iterator[str]:
        """Links what waits and takes up new judgements; yields the id of each report when it is linked."""
        with self._store.step() as step:
            self._begin(step)
        ids = self._store.waiting()
        steps = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
        with settling() as settle:
            while steps:
                # Where others wrote meanwhile, what was worked out ahead is dropped, and that of the rest begun again.
                for ready in Ahead(self._store, self._engine, steps).ready():
                    with self._store.step() as step:
                        holds = self._link(step, ready.ids, ready)
                    steps = steps[1:]
                    self._done += len(ready.ids)
                    settle()
                    yield from ready.ids
                    if not holds:
                        break

    def finish(self) -> Linked:
        """Runs to the end."""
        for _ in self.run():
            pass
        return self.result()

    def result(self) -> Linked:
        """What this run did and what is linked now."""
        with LinkedView(self.path, self._settings) as view:
            return Linked(
                reports=self._done,
                actors=view.count_actors(),
                utterances=view.count_utterances(),
                shared=view.count_utterances(reports=2),
                origins=view.count_utterances(origins=2),
                stories=view.count_stories(),
            )

    def passages(self) -> int:
        """How many passages are linked."""
        with self._store.step() as step:
            return step.count_renderings()

    def _begin(self, step: Step) -> None:
        """Drops what was made by another version or with other publishers, and takes up judgements made since."""
        # Run where there is no onrecord.toml, the publishers that were given last still hold.
        self._families = dict(self._settings.families) or json.loads(step.state("families") or "{}")
        made_by = " ".join([VERSION, digest(f"{name}={family}" for name, family in self._families.items())])
        if step.state("version") != made_by:
            step.empty()
            step.note("version", made_by)
            step.note("families", json.dumps(self._families, ensure_ascii=False))
        self._likenesses.begin(step)
        new = step.judged_since(int(step.state("judged") or 0))
        for subject in sorted(SAMENESS | OF_STATEMENTS):
            about = {one for judgement in new if judgement.subject is subject for one in (judgement.a, judgement.b)}
            if not about:
                continue
            if subject in OF_STATEMENTS:
                step.link_again(about)
            elif subject is Subject.ACTOR:
                step.wait_again(about)
            elif subject is Subject.PASSAGE:
                self._into_utterances(step, step.utterances_of(about))
            else:
                self._into_stories(step, step.stories_of(about))
        step.note("judged", str(step.last_judgement()))

    def _name_judged(self, step: Step, judgements: Iterable[Judgement]) -> None:
        """Gives the actors that a person holds to be one the fullest of their names, whichever id stands for them."""
        for stands, members in actors.together(judgements).items():
            names = step.actor_names(members)
            if names and (fullest_named := actors.fullest_name(names)) != stands:
                step.keep_as(stands, fullest_named)

    def _link(self, step: Step, ids: Sequence[str], ready: Ready) -> bool:
        """Links some reports; whether what was worked out of them and of later ones ahead still holds."""
        undisturbed = self._likenesses.begin(step)
        beside_passages, beside_reports = step.forget(ids)
        self._texts.drop(ids)
        self._likenesses.drop(ids)
        part, made, compared = ready.part, ready.prepared, ready.compared
        if not undisturbed or (step.entries() != ready.entries and part_of(step, ids) != part):
            undisturbed = False
            part = part_of(step, ids)
            made, compared = prepared(part), None
        if compared is None:
            compared = alone(step, part, made)
        self._texts.take(made.gists, made.origins, compared.copies)
        step.keep_actors(made.actors, made.identified)
        self._name_judged(step, part.judgements)
        step.keep_told(part.reports)
        step.keep_renderings(made.renderings, {one.told.report: one.told.text for one in part.reports}, made.made)
        step.keep_links("passage", compared.links)
        step.keep_links("story", compared.alike)
        self._likenesses.add(compared.alike)
        step.keep_origins(origin for one in made.origins.values() for origin in one.origins)
        copies = [one for one in compared.copies.values() if one is not None]
        step.keep_links("copy", (Link(one.a, one.b, max(one.of_a, one.of_b), one.reasons) for one in copies))
        self._copied(step, {one for pair in copies for one in (pair.a, pair.b)})
        # Origins first: utterances and stories count them.
        self._into_stories(step, {*ids, *beside_reports}, new=not beside_reports)
        self._into_utterances(step, {*(one.passage for one in made.renderings), *beside_passages})
        return undisturbed

    def _copied(self, step: Step, reports: Collection[str]) -> None:
        """Says of each report from which other ones it was copied."""
        made: dict[str, list[Origin]] = {one: [] for one in reports}
        links = step.links_of("copy", reports)
        self._texts.keep(step, {one for link in links for one in (link.a, link.b)})
        for link in links:
            a, b = (self._texts.one(step, one) for one in (link.a, link.b))
            copy = self._texts.copy_of(link.a, link.b)
            if copy is None or copy.source is None:
                continue
            source, other = (a, b) if copy.source == a.report else (b, a)
            if other.report in made:
                made[other.report].append(_copy_of(other, source, copy))
        step.keep_copied(made)

    def _into_stories(self, step: Step, seeds: Collection[str], *, new: bool = False) -> None:
        """Puts reports into stories: `new` ones that took no other's place beside those that are there."""
        judgements = step.judgements(Subject.REPORT)
        if new:
            near = partial(self._likenesses.near, step)
            together = stories.regrouped(seeds, near, step.beside, judgements)
            placed = step.stories_of({one for cluster in together for one in cluster})
        else:
            ties = [(one.a, one.b) for one in judgements]
            placed = step.stories_of(self._likenesses.component(step, seeds, ties, stories.SAME))
            scores = self._likenesses.among(step, placed.keys())
            together = stories.grouped(sorted(placed), scores, judgements)
        changed = _changed(together, placed)
        cluster_of = {one: cluster for cluster in changed for one in cluster}
        kept = step.links("story", cluster_of.keys())
        links = [stories.Likeness(one.a, one.b, one.score, one.reasons) for one in kept]
        inside: dict[tuple[str, ...], list[stories.Likeness]] = {cluster: [] for cluster in changed}
        for link in links:
            cluster = cluster_of.get(link.a)
            if cluster is not None and cluster_of.get(link.b) is cluster:
                inside[cluster].append(link)
        self._texts.keep(step, cluster_of.keys())
        rows = []
        for cluster in changed:
            made = stories.story([self._texts.gist(one) for one in cluster], inside[cluster])
            told = [self._texts.one(step, one) for one in made.reports]
            carried = self._carried(step, [(one.report, one.outlet, one.published) for one in told])
            rows.append(StoryRow(made.id, made.title, made.reports, carried))
        step.keep_stories(cluster_of.keys(), rows)

    def _into_utterances(self, step: Step, seeds: Collection[str]) -> None:
        judgements = step.judgements(Subject.PASSAGE)
        members = step.component("passage", seeds, [(one.a, one.b) for one in judgements])
        placed = step.utterances_of(members)
        found = step.renderings(placed.keys())
        links = step.links("passage", found.keys())
        together = utterances.clusters([found[one] for one in sorted(found)], links, judgements)
        changed = _changed(together, placed)
        self._texts.keep(step, {found[one].report for cluster in changed if len(cluster) > 1 for one in cluster})
        rows = []
        for cluster in changed:
            renderings = ordered(found[one] for one in cluster)
            full = renderings[0] if len(renderings) == 1 else fullest(renderings)
            speaking = [one.actor for one in (full, *renderings) if one.actor is not None]
            rows.append(
                UtteranceRow(
                    id=utterance_id(renderings[0].passage),
                    actor=speaking[0] if speaking else None,
                    speaker=next((one.speaker for one in (full, *renderings) if one.speaker), None),
                    fullest=full.passage,
                    passages=tuple(one.passage for one in renderings),
                    differences={
                        one.passage: difference(full, one) for one in renderings if one.passage != full.passage
                    },
                    carried=self._carried(step, [(one.report, one.outlet, one.published) for one in renderings]),
                )
            )
        step.keep_utterances([one for cluster in changed for one in cluster], rows)

    def _carried(self, step: Step, told: Sequence[tuple[str, str | None, datetime | None]]) -> Carried:
        """How far an utterance or a story was carried: by reports, each with its outlet and time, earliest first.

        Two reports that are of one group already are not compared, so a wire story that two hundred outlets print costs
        two hundred comparisons. Reports are taken in their order, so the ties do not depend on which came first. Texts
        of one page count as one report.
        """
        reports = tuple(dict.fromkeys(report for report, _, _ in told))
        dates = sorted(published for _, _, published in told if published is not None)
        ties: list[Independence] = []
        leader = list(range(len(reports)))

        def led(place: int) -> int:
            while leader[place] != place:
                place = leader[place]
            return place

        for place, one in enumerate(reports):
            for earlier, other in enumerate(reports[:place]):
                if led(place) == led(earlier):
                    continue
                found = self._independence(step, *sorted((one, other)))
                if not found.independent:
                    ties.append(found)
                    leader[led(place)] = led(earlier)
        pages = {canonical(self._texts.one(step, one).url) or one for one in reports} if len(reports) > 1 else reports
        return Carried(
            reports=len(pages),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            outlets=len({outlet for _, outlet, _ in told if outlet}),
            groups=tuple(origins.independent_origins(reports, [(one.a, one.b) for one in ties])),
            ties=tuple(ties),
        )

    def _independence(self, step: Step, a: str, b: str) -> Independence:
        known = self._texts.ties.get((a, b))
        if known is None:
            one, other = self._texts.one(step, a), self._texts.one(step, b)
            # Each is asked for the other's outlet by its name, so that what a pair is does not hang on other reports.
            between = tuple(sorted(outlet for outlet in (one.outlet, other.outlet) if outlet))
            known = origins.independence(
                one,
                other,
                self._texts.origins_of(a, between),
                self._texts.origins_of(b, between),
                self._texts.copy_of(a, b),
                families=self._families,
            )
            self._texts.ties[a, b] = known
        return known


def _changed(clusters: Sequence[tuple[str, ...]], placed: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """The clusters that are not together already: what was made of the others still holds."""
    before: dict[str, set[str]] = {}
    for one, where in placed.items():
        if where is not None:
            before.setdefault(where, set()).add(one)
    together = set(map(frozenset, before.values()))
    return [cluster for cluster in clusters if frozenset(cluster) not in together]


def _copy_of(report: Told, source: Told, copy: origins.Copy) -> Origin:
    wire = source.outlet is not None and (known := outlet_of(source.outlet)) is not None and known.wire
    return Origin(
        report.report,
        OriginKind.WIRE if wire else OriginKind.OUTLET,
        source.outlet,
        copied=source.report,
        reasons=copy.reasons,
    )
