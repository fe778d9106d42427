"""A linked and weighed record as it stood at the end of an earlier day: with what had been published by then.

Renderings, reports, figures, evidence and decisions that came later are left out, and what is left is counted again.
Which passages are one utterance, who an actor is and how two things stand is told as it is known now, with what people
judged (docs/decisions/0013): an earlier day's view shows what could be read then, not how well it was read. What has no
time of publication is in no such view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from onrecord.domain.days import whole_day
from onrecord.domain.docket import Status
from onrecord.domain.figures import Standing
from onrecord.domain.judgements import NOT_EVIDENCE, Judgement
from onrecord.domain.utterances import Difference, Rendering
from onrecord.errors import NotOnRecord
from onrecord.ledger import linked_schema as linked
from onrecord.ledger import weighed_schema as weighed
from onrecord.ledger.linked import ActorRow, ShownActor, ShownStory, ShownUtterance, UtteranceHead
from onrecord.ledger.linked_rows import groups_of, rendering_of
from onrecord.ledger.parts import rows_with
from onrecord.ledger.rows import time_text
from onrecord.ledger.schema import report
from onrecord.ledger.shown import ReportHead, time_in
from onrecord.ledger.versions import counted_as, reports_counted
from onrecord.ledger.versions_schema import page_text
from onrecord.ledger.weighed import DocketRow, LineageHead, ShownLineage, ShownPassage
from onrecord.ledger.weighed_reading import judgements_named
from onrecord.ledger.weighed_view import WeighedView
from onrecord.linking.utterances.differences import difference, fullest
from onrecord.places import Place
from onrecord.settings import Settings

MOST_NAMES: Final = 50
"""Names of an actor that are counted."""


class EarlierView(WeighedView):
    """The record as it stood at the end of `day`, in UTC.

    Asking for what had not been published by then raises `NotOnRecord`.

    Raises:
        LedgerMissing, LedgerUnreadable, LedgerVersion: when there is no ledger of this version at `path`.
    """

    def __init__(self, path: Place | str, settings: Settings = Settings(), *, day: date) -> None:
        super().__init__(path, settings)
        self.day = day
        self.end = datetime.combine(day, time.max, UTC)

    def today(self) -> datetime:
        """The end of the day."""
        return self.end

    def utterances(self, **asked: Any) -> Iterator[UtteranceHead]:
        """Utterances as `LinkedView.utterances` lists them, each counted with what had been published."""
        heads = [one.head for one in self.whole_utterances(list(super().utterances(**asked)))]
        return iter(sorted(heads, key=lambda head: (-head.origins, -head.reports)))

    def utterances_of(self, statement_id: str) -> list[UtteranceHead]:
        """The utterances of a statement, each counted with what had been published."""
        told = (one for one in super().utterances_of(statement_id) if self._was_out(one.first))
        return [one.head for one in self.whole_utterances(told)]

    def actor(self, id_or_name: str, *, utterances: int = 50) -> ShownActor:
        """The actor with what had been published of it.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        shown = super().actor(id_or_name, utterances=utterances)
        actor, spoken, rendering = shown.row.actor, linked.spoken.c, linked.rendering.c
        counted = (
            select(
                func.count(),
                func.count(counted_as().distinct()),
                func.count(report.c.outlet.distinct()),
                func.min(report.c.published),
                func.max(report.c.published),
            )
            .join_from(linked.spoken, report, report.c.id == spoken.report)
            .join(page_text, page_text.c.report == report.c.seq, isouter=True)
            .where(spoken.actor == actor.id, *self._published_by_then(report.c.published))
        )
        uses = func.count(rendering.statement.distinct())
        names = (
            select(rendering.speaker, uses)
            .where(rendering.actor == actor.id, rendering.speaker.is_not(None))
            .where(*self._published_by_then(rendering.published))
            .group_by(rendering.speaker)
            .order_by(uses.desc(), rendering.speaker)
            .limit(MOST_NAMES)
        )
        with self._reading() as connection:
            statements, reports, outlets, first, last = connection.execute(counted).one()
            called = tuple((str(name), int(count)) for name, count in connection.execute(names))
        said = self.count_utterances(actor=actor.id)
        return replace(
            shown,
            row=ActorRow(actor, statements, reports, outlets, said, time_in(first), time_in(last)),
            names=called,
            by_day=tuple((day, count) for day, count in shown.by_day if day <= self.day),
        )

    def lineages(self, **asked: Any) -> list[LineageHead]:
        """Figures followed, as `FiguresView.lineages` lists them, each counted with what had been published."""
        return [one.head for one in self.whole_lineages(super().lineages(**asked))]

    def passage(self, id_or_prefix: str) -> ShownPassage:
        """The passage, where it had been published.

        Raises:
            NotOnRecord: when there is none, more than one, or it came later.
        """
        _, one = self.judged(id_or_prefix)
        with self._reading() as connection:
            found = self._passages(connection, {one}).get(one)
        if found is None:
            raise self._later("passage", id_or_prefix)
        return found

    def _published_by_then(
        self, published: ColumnElement[str], *passages: ColumnElement[str]
    ) -> tuple[ColumnElement[bool], ...]:
        end, rendering = time_text(self.end), linked.rendering.c
        out = (
            select(rendering.passage).where(rendering.passage == one, rendering.published <= end) for one in passages
        )
        return (published <= end, *(one.exists() for one in out))

    def _was_out(self, published: datetime | None) -> bool:
        return published is not None and published <= self.end

    def _later(self, what: str, asked: str) -> NotOnRecord:
        return NotOnRecord(f"nothing of the {what} {asked[:12]!r} had been published by {whole_day(self.day)}")

    def _not_shown(self, what: str, asked: str) -> NotOnRecord:
        return self._later(what, asked)

    def _shown(self, connection: Connection, id_: str) -> ShownUtterance:
        shown = super()._shown(connection, id_)
        kept = [one for one in shown.renderings if self._was_out(one.report.published)]
        if not kept:
            raise self._later("utterance", id_)
        if len(kept) == len(shown.renderings):
            return shown
        query = select(linked.rendering).where(linked.rendering.c.passage.in_([one.passage for one in kept]))
        worded = {row["passage"]: rendering_of(row) for row in connection.execute(query).mappings()}
        full = fullest(worded.values())
        renderings = tuple(replace(one, difference=_difference(full, worded[one.passage])) for one in kept)
        reports = {one.report.id: one.report for one in kept}
        groups = _among(shown.groups, reports)
        head = replace(
            shown.head,
            speaker=next((one.speaker for one in (full, *worded.values()) if one.speaker), None),
            fullest=next(one.span for one in kept if one.passage == full.passage),
            passages=len(kept),
            reports=len(set(reports_counted(connection, reports).values())),
            outlets=_outlets(reports.values()),
            origins=len(groups),
            first=min(_days(reports.values())),
            last=max(_days(reports.values())),
        )
        return ShownUtterance(
            head=head,
            renderings=renderings,
            groups=groups,
            ties=tuple(one for one in shown.ties if {one.a, one.b} <= reports.keys()),
            origins=tuple(one for one in shown.origins if one.report in reports),
            links=tuple(one for one in shown.links if {one.a, one.b} <= worded.keys()),
        )

    def _shown_story(self, connection: Connection, id_: str) -> ShownStory:
        shown = super()._shown_story(connection, id_)
        kept = {one.id: one for one in shown.reports if self._was_out(one.published)}
        if not kept:
            raise self._later("story", id_)
        groups = _among(shown.groups, kept)
        titles = [one.title for one in kept.values() if one.title]
        head = replace(
            shown.head,
            title=shown.head.title if shown.head.title in titles or not titles else titles[0],
            first=min(_days(kept.values())),
            last=max(_days(kept.values())),
            reports=len(set(reports_counted(connection, kept).values())),
            outlets=_outlets(kept.values()),
            origins=len(groups),
        )
        return replace(
            shown,
            head=head,
            reports=tuple(kept.values()),
            groups=groups,
            ties=tuple(one for one in shown.ties if {one.a, one.b} <= kept.keys()),
            origins=tuple(one for one in shown.origins if one.report in kept),
            links=tuple(one for one in shown.links if {one.a, one.b} <= kept.keys()),
        )

    def _passages(self, connection: Connection, passages: Collection[str]) -> dict[str, ShownPassage]:
        every = super()._passages(connection, passages)
        found = {id_: one for id_, one in every.items() if self._was_out(one.report.published)}
        carried = self._carried(connection, {one.utterance for one in found.values()})
        counted = {id_: (one, *carried[one.utterance]) for id_, one in found.items()}
        return {id_: replace(one, reports=reports, origins=origins) for id_, (one, reports, origins) in counted.items()}

    def _carried(self, connection: Connection, utterances: Collection[str]) -> dict[str, tuple[int, int]]:
        """How many reports had each utterance by then, and how many independent origins these were."""
        rendering = linked.rendering.c
        out = select(rendering.utterance, rendering.report).where(*self._published_by_then(rendering.published))
        reports: dict[str, set[str]] = {}
        for row in rows_with(connection, out, rendering.utterance, utterances):
            reports.setdefault(row["utterance"], set()).add(row["report"])
        grouped = select(linked.utterance.c.id, linked.utterance.c.groups)
        groups = {
            row["id"]: groups_of(row["groups"])
            for row in rows_with(connection, grouped, linked.utterance.c.id, utterances)
        }
        page = reports_counted(connection, {one for its in reports.values() for one in its})
        return {one: (len({page[each] for each in its}), len(_among(groups[one], its))) for one, its in reports.items()}

    def _lineages_wanted(
        self, figures: int, text: str | None, actor: str | None, story: str | None, utterance: str | None
    ) -> list[ColumnElement[bool]]:
        figure = weighed.figure.c
        out = select(func.count()).where(figure.lineage == weighed.lineage.c.id)
        out = out.where(*self._published_by_then(figure.published)).correlate(weighed.lineage)
        return [*super()._lineages_wanted(1, text, actor, story, utterance), out.scalar_subquery() >= figures]

    def _followed(self, connection: Connection, head: LineageHead) -> ShownLineage:
        shown = super()._followed(connection, head)
        if not shown.figures:
            raise self._later("figure", head.id)
        counted = [one.counted for one in shown.figures]
        standing = Counter(one.standing for one in shown.ties)
        dates = _days([one.passage.report for one in shown.figures])
        made = replace(
            head,
            figures=len(counted),
            values=len({(one.figure.value, one.low, one.high) for one in counted}),
            speakers=len({one.rendering.actor or one.rendering.speaker for one in counted} - {None}),
            disputes=standing[Standing.DISPUTE],
            revisions=standing[Standing.REVISION],
            first=min(dates),
            last=max(dates),
        )
        scopes = [(other, tie) for other, tie in shown.scopes if other.id != head.id and self._was_out(other.first)]
        return replace(shown, head=made, scopes=tuple(scopes))

    def _entries(self) -> Any:
        evidence, rendering = weighed.evidence.c, linked.rendering.c
        out = (
            select(func.count())
            .join_from(weighed.evidence, linked.rendering, rendering.passage == evidence.passage)
            .where(evidence.entry == weighed.entry.c.utterance, evidence.bearing != NOT_EVIDENCE)
            .where(*self._published_by_then(rendering.published))
            .correlate(weighed.entry)
            .scalar_subquery()
        )
        return select(weighed.entry, out.label("evidence"))

    def _docket(self, connection: Connection, rows: Sequence[RowMapping]) -> list[DocketRow]:
        judged = judgements_named(connection, [row["judgement"] for row in rows])
        late = [row["utterance"] for row in rows if row["judgement"] and judged[row["judgement"]].made > self.end]
        decided = self._decided(connection, late)
        found = []
        for one in super()._docket(connection, rows):
            if one.entry.utterance in late:
                its = decided.get(one.entry.utterance)
                one = replace(one, status=Status(its[-1].verdict) if its else None)
            found.append(one)
        return found

    def _decided(self, connection: Connection, entries: Sequence[str]) -> dict[str, list[Judgement]]:
        every = super()._decided(connection, entries)
        return {entry: [one for one in its if one.made <= self.end] for entry, its in every.items()}


def _days(reports: Iterable[ReportHead]) -> list[datetime]:
    return [one.published for one in reports if one.published is not None]


def _outlets(reports: Iterable[ReportHead]) -> int:
    return len({one.outlet for one in reports if one.outlet})


def _among(groups: Iterable[Sequence[str]], reports: Container[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of reports with only some reports; what a later report ties together stays tied."""
    kept = (tuple(one for one in group if one in reports) for group in groups)
    return tuple(group for group in kept if group)


def _difference(full: Rendering, one: Rendering) -> Difference | None:
    return None if one.passage == full.passage else difference(full, one)
