"""Reading figures followed through time from a ledger that has been weighed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, true

from onrecord.domain.figures import Counted
from onrecord.errors import NotOnRecord
from onrecord.ledger import linked_schema
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.linked_reading import ids_in, not_one
from onrecord.ledger.parts import in_parts
from onrecord.ledger.queries import page
from onrecord.ledger.search import askable
from onrecord.ledger.search_view import SearchView
from onrecord.ledger.shown import LocatedSpan
from onrecord.ledger.weighed import LineageHead, ShownFigure, ShownLineage, ShownPassage
from onrecord.ledger.weighed_reading import (
    figures_followed,
    figures_where,
    lineage_in,
    lineages_wanted,
    passages_at,
    reports_of,
)
from onrecord.ledger.weighed_rows import tie_of


class FiguresView(SearchView):
    """A view that also shows which figures count one thing and how they stand to each other."""

    def lineages(
        self,
        *,
        text: str | None = None,
        figures: int = 1,
        actor: str | None = None,
        story: str | None = None,
        utterance: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[LineageHead]:
        """Figures followed: those with disputes first, then revisions, then the most values; `figures` the fewest."""
        lineage = tables.lineage.c
        query = select(tables.lineage).where(*self._lineages_wanted(figures, text, actor, story, utterance))
        order = lineage.disputes, lineage.revisions, lineage.values_given, lineage.figures
        query = query.order_by(*(one.desc() for one in order), lineage.last.desc().nulls_last(), lineage.id)
        with self._reading() as connection:
            return [lineage_in(row) for row in connection.execute(page(query, limit, offset)).mappings()]

    def count_lineages(
        self,
        *,
        text: str | None = None,
        figures: int = 1,
        actor: str | None = None,
        story: str | None = None,
        utterance: str | None = None,
    ) -> int:
        """How many lineages `lineages` would show without a limit."""
        query = select(func.count()).select_from(tables.lineage)
        with self._reading() as connection:
            wanted = self._lineages_wanted(figures, text, actor, story, utterance)
            return int(connection.execute(query.where(*wanted)).scalar_one())

    def lineage(self, id_or_prefix: str) -> ShownLineage:
        """The lineage with this id, or the one that the figure of this id is in.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        asked = askable(id_or_prefix)
        with self._reading() as connection:
            found = ids_in(connection, tables.lineage, tables.lineage.c.id, asked) or ids_in(
                connection, tables.figure, tables.figure.c.id, asked, wanted=tables.figure.c.lineage
            )
            if len(found) != 1:
                raise NotOnRecord(not_one("figure", asked, found))
            query = select(tables.lineage).where(tables.lineage.c.id == found[0])
            return self._followed(connection, lineage_in(connection.execute(query).mappings().one()))

    def whole_lineages(self, heads: Sequence[LineageHead]) -> Iterator[ShownLineage]:
        """These lineages with their figures."""
        with self._reading() as connection:
            for head in heads:
                yield self._followed(connection, head)

    def figures(self, lineages: Collection[str] | None = None) -> Iterator[ShownFigure]:
        """The figures of some lineages, or of all, by lineage and published time."""
        with self._reading() as connection:
            query = select(tables.lineage.c.id).order_by(tables.lineage.c.id)
            ids = list(connection.execute(query).scalars()) if lineages is None else sorted(lineages)
            for part in in_parts(ids):
                yield from self._figures(connection, part)

    def counted(self) -> list[Counted]:
        """All figures, by id."""
        with self._reading() as connection:
            return figures_where(connection, true())

    def first_seen(self) -> dict[str, date]:
        """The first day of publication that is on the record of each outlet."""
        rendering = linked_schema.rendering.c
        query = select(rendering.outlet, func.min(rendering.published)).group_by(rendering.outlet)
        query = query.where(rendering.outlet.is_not(None), rendering.published.is_not(None))
        with self._reading() as connection:
            return {outlet: date.fromisoformat(first[:10]) for outlet, first in connection.execute(query)}

    def _lineages_wanted(
        self, figures: int, text: str | None, actor: str | None, story: str | None, utterance: str | None
    ) -> list[ColumnElement[bool]]:
        return lineages_wanted(text, figures, actor, story, utterance)

    def _followed(self, connection: Connection, head: LineageHead) -> ShownLineage:
        members = self._figures(connection, [head.id])
        inside = {one.counted.id for one in members}
        tie = tables.figure_tie.c
        query = select(tables.figure_tie).where(or_(tie.a.in_(sorted(inside)), tie.b.in_(sorted(inside))))
        ties = [tie_of(row) for row in connection.execute(query.order_by(tie.a, tie.b)).mappings()]
        across = {one.b if one.a in inside else one.a: one for one in ties if not {one.a, one.b} <= inside}
        others = (
            select(tables.figure.c.id.label("of_figure"), tables.lineage)
            .join_from(tables.figure, tables.lineage, tables.lineage.c.id == tables.figure.c.lineage)
            .where(tables.figure.c.id.in_(sorted(across)))
            .order_by(tables.lineage.c.id, tables.figure.c.id)
        )
        scopes: dict[str, tuple[LineageHead, Any]] = {}
        for row in connection.execute(others).mappings():
            scopes.setdefault(row["id"], (lineage_in(row), across[row["of_figure"]]))
        return ShownLineage(
            head=head,
            figures=tuple(members),
            ties=tuple(one for one in ties if {one.a, one.b} <= inside),
            scopes=tuple(scopes.values()),
        )

    def _figures(self, connection: Connection, lineages: Sequence[str]) -> list[ShownFigure]:
        followed = list(figures_followed(connection, tables.figure.c.lineage.in_(lineages)))
        passages = self._passages(connection, {one.rendering.passage for _, one in followed})
        found = []
        for lineage, one in sorted(followed, key=lambda row: (row[0], *_published(row[1]))):
            shown = passages.get(one.rendering.passage)
            if shown is None:
                continue
            span, begin = one.figure.span, one.rendering.span.start
            words = one.rendering.words[span.start - begin : span.end - begin]
            number = LocatedSpan(shown.report.id, shown.report.input, span.start, span.end, words)
            found.append(ShownFigure(one, number, shown, lineage))
        return found

    def _passages(self, connection: Connection, passages: Collection[str]) -> dict[str, ShownPassage]:
        return passages_at(connection, passages, self._heads(connection, reports_of(connection, passages)))


def _published(one: Counted) -> tuple[bool, datetime | None, str]:
    """For an order by published time, those without one last, then by id."""
    when = one.rendering.published
    return when is None, when, one.id
