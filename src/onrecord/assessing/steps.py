"""The steps of weighing: what is new or changed, five hundred utterances at a time, each time in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from onrecord.assessing.nearby import FAR, Nearby
from onrecord.assessing.openings import opening_days
from onrecord.closing import Closing
from onrecord.domain.docket import FORWARD, Entry
from onrecord.domain.figures import Counted, Lineage, Standing
from onrecord.domain.judgements import Subject, latest
from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind, Said, of_one_page
from onrecord.ledger.weighed_rows import LineageRow
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.weighings import WeighStep, WeighStore
from onrecord.places import Place, place_of
from onrecord.settings import Settings
from onrecord.settling import settling
from onrecord.weighing import docket, figures, relations

VERSION: Final = "4"
"""Of weighing; what another version derived is made anew."""

AT_ONCE: Final = 500
"""Utterances weighed in one step; a kill loses at most so many, and the next run weighs them again."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one run did and what is there now."""

    utterances: int
    relations: int
    contradictions: int
    lineages: int
    entries: int

    def as_json(self) -> dict[str, int]:
        return {
            "weighed": self.utterances,
            "relations": self.relations,
            "contradictions": self.contradictions,
            "figures followed": self.lineages,
            "docket entries": self.entries,
        }

    def __str__(self) -> str:
        said = f"{self.utterances} utterance" + ("" if self.utterances == 1 else "s")
        return (
            f"weighed {said}: relations {self.relations}, of which contradictions {self.contradictions}, "
            f"figures followed {self.lineages}, docket entries {self.entries}"
        )


class Assessment(Closing):
    """Weighs one ledger; for one thread. As a context manager it closes the ledger at the end.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion, LedgerBusy, LedgerUnwritable: when the ledger cannot be opened.
    """

    def __init__(self, path: Place | str, settings: Settings = Settings()) -> None:
        self.path = place_of(path)
        self._settings = settings
        self._store = WeighStore(self.path, settings)
        self._done = 0

    def close(self) -> None:
        """Closes what it writes to."""
        self._store.close()

    def forget(self) -> None:
        """Forgets all that was weighed; the record, its judgements and its links stay."""
        with self._store.step() as step:
            step.empty()

    def waiting(self) -> int:
        """How many utterances are to be weighed."""
        self._begin()
        return len(self._store.waiting().changed)

    def run(self) -> Iterator[str]:
        """Weighs what is new or changed and takes up judgements; yields the id of each utterance when it is weighed."""
        self._begin()
        waiting = self._store.waiting()
        with self._store.step() as step:
            step.forget(waiting.gone)
        yield from self._weigh_all(waiting.changed)
        # Once for all steps: a block is made anew as a whole, and "people killed" may be in each of them.
        with self._store.step() as step:
            blocks = step.loose_blocks()
        for block in blocks:
            with self._store.step() as step:
                self._follow(step, block)
        with self._store.step() as step:
            self._judge(step)

    def finish(self) -> Weighed:
        """Runs to the end."""
        for _ in self.run():
            pass
        return self.result()

    def result(self) -> Weighed:
        """What this run did and what is weighed now."""
        with WeighedView(self.path, self._settings) as view:
            return Weighed(
                utterances=self._done,
                relations=view.count_relations(),
                contradictions=view.count_relations(kind=RelationKind.CONTRADICTS.value),
                lineages=view.count_lineages(figures=2),
                entries=view.count_docket(),
            )

    def _begin(self) -> None:
        """Drops what another version made, and lets go of what rests on judgements that were taken back."""
        with self._store.step() as step:
            if step.state("version") != VERSION:
                step.empty()
                step.note("version", VERSION)
            step.let_go()

    def _weigh_all(self, marks: Mapping[str, str]) -> Iterator[str]:
        """Weighs utterances step by step; what is kept from one to the next is let go of at the end."""
        ids, left, nearby = list(marks), set(marks), Nearby()
        with settling() as settle:
            for start in range(0, len(ids), AT_ONCE):
                part = ids[start : start + AT_ONCE]
                with self._store.step() as step:
                    self._weigh(step, {one: marks[one] for one in part}, left, nearby)
                left.difference_update(part)
                self._done += len(part)
                settle()
                yield from part

    def _weigh(self, step: WeighStep, marks: Mapping[str, str], left: Set[str], nearby: Nearby) -> None:
        """Weighs some of the utterances that are `left`, against each other and against what is weighed already."""
        step.forget(marks)
        step.keep_said(marks)
        found = step.said(marks)
        new = list(found.values())
        nearby.move(step, new, left)
        said = found | {one.utterance: one for one in nearby.index}
        related = list(relations.relations(new, nearby.index))
        sides = {side for pair in related for side in (pair.a, pair.b)}
        pages = step.pages({rendering.report for side in sides for rendering in said[side].renderings})
        step.keep_relations((one for one in related if not of_one_page(said[one.a], said[one.b], pages)), said)
        self._docket(step, new, said, nearby)
        step.keep_figures(figure for one in new for figure in figures.counted(one))

    def _docket(self, step: WeighStep, new: Sequence[Said], said: Mapping[str, Said], nearby: Nearby) -> None:
        made = [entry for one in new if (entry := docket.entry(one)) is not None]
        step.keep_entries(made, said)
        nearby.later.add(new)
        found = [one for entry in made for one in docket.evidence(entry, said[entry.utterance], nearby.later)]
        later = docket.Later(new)
        for entry in nearby.entries.values():
            found += docket.evidence(entry, said[entry.utterance], later)
        step.keep_evidence(found)
        nearby.note(made)

    def _follow(self, step: WeighStep, block: str) -> None:
        """Makes the lineages of a block anew."""
        inside = step.figures(block)
        dayless = {one.rendering.report for one in inside if figures.is_dayless(one)}
        inside = list(figures.opened(inside, opening_days(step.openings(dayless, figures.OPENING))))
        made = figures.lineages(inside)
        by_id = {one.id: one for one in inside}
        pages = step.pages({one.rendering.report for one in inside})
        every = figures.ties(inside, made)
        ties = [one for one in every if not _edited(by_id[one.a], by_id[one.b], pages)]
        where = {figure: one.id for one in made for figure in one.figures}
        standing = Counter((where[one.a], one.standing) for one in ties if where.get(one.a) == where.get(one.b, ""))
        step.keep_lineages(block, [_row(one, block, by_id, standing) for one in made], ties)

    def _judge(self, step: WeighStep) -> None:
        """Lets what people judged stand in the place of what the program holds, and what they took back as it was."""
        judged = step.judgements(Subject.RELATION, Subject.EVIDENCE, Subject.STATUS)
        named = {one for made in judged for one in (made.a, made.b) if one}
        where = step.utterances_of(named)
        said = step.said(set(where.values()))
        # Oldest first, so that of two judgements on one utterance through different passages the latest counts.
        for one in reversed(latest(judged, Subject.RELATION).values()):
            a, b = where.get(one.a), where.get(one.b)
            if a is not None and b is not None and a != b:
                step.judge_relation(one, said[a], said[b])
        for one in reversed(latest(judged, Subject.STATUS).values()):
            if one.a in where:
                # What a person has judged is an entry, also where the program saw none.
                if not step.entries([where[one.a]]):
                    self._note(step, said[where[one.a]])
                step.judge_status(one, where[one.a])
        for one in reversed(latest(judged, Subject.EVIDENCE).values()):
            a, b = where.get(one.a), where.get(one.b)
            if a is not None and b is not None:
                step.judge_evidence(one, a, b)

    def _note(self, step: WeighStep, said: Said) -> None:
        """Puts on the docket what a person judged, with what bears on it among all that was weighed before."""
        entry = _noted(said)
        step.keep_entries([entry], {said.utterance: said})
        near = step.said(step.near([said.first], FAR))
        step.keep_evidence(docket.evidence(entry, said, docket.Later(near.values())))


def _edited(a: Counted, b: Counted, pages: Mapping[str, str]) -> bool:
    """Whether two figures stand in two texts of one page: what differs is then the outlet's doing."""
    one, other = a.rendering.report, b.rendering.report
    return one != other and one in pages and pages[one] == pages.get(other)


def _noted(said: Said) -> Entry:
    full = said.fullest
    act = full.act if full.act in FORWARD else Act.COMMITMENT
    return Entry(said.utterance, full.passage, act, said.actor, None, full.words, reasons=("a person put it here",))


def _row(
    lineage: Lineage, block: str, figures_: Mapping[str, Counted], standing: Counter[tuple[str, Standing]]
) -> LineageRow:
    members = [figures_[one] for one in lineage.figures]
    dates = sorted(one.rendering.published for one in members if one.rendering.published is not None)
    return LineageRow(
        lineage=lineage,
        block=block,
        values=len({(one.figure.value, one.low, one.high) for one in members}),
        speakers=len({one.rendering.actor or one.rendering.speaker for one in members} - {None}),
        disputes=standing[lineage.id, Standing.DISPUTE],
        revisions=standing[lineage.id, Standing.REVISION],
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )
