"""Reading from a ledger what people judged: all of it in order, what was taken back, and what is newest on a thing."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from onrecord.domain.judgements import OF_STATEMENTS, Judgement, Subject, taken_back
from onrecord.ledger.corrections import judgements_on, latest_on
from onrecord.ledger.parts import rows_with
from onrecord.ledger.queries import there
from onrecord.ledger.rows import judgement_of
from onrecord.ledger.schema import judgement
from onrecord.ledger.versions_view import VersionsView


class JudgedView(VersionsView):
    """A view that also shows judgements."""

    def judgements(self, ids: Collection[str] | None = None) -> list[Judgement]:
        """What persons judged, of these passages, actors or reports or of all, in the order of recording."""
        query = select(judgement).where(*self._ask.upto(judgement))
        with self._reading() as connection:
            if ids is None:
                return [judgement_of(row) for row in connection.execute(query.order_by(judgement.c.seq)).mappings()]
            sides = judgement.c.a, judgement.c.b
            rows = {row["seq"]: row for side in sides for row in rows_with(connection, query, side, ids)}
            return [judgement_of(rows[seq]) for seq in sorted(rows)]

    def judgement(self, id_or_prefix: str) -> Judgement:
        """The judgement with this id, of which the beginning will do, six digits or more.

        Raises:
            NotOnRecord: when there is none, or more than one.
        """
        with self._reading() as connection:
            found = self._ask.resolved(connection, judgement, id_or_prefix, named=False)
            return judgement_of(there(connection, select(judgement).where(judgement.c.id == found)))

    def taken_back(self, ids: Collection[str]) -> dict[str, Judgement]:
        """Which of some judgements were taken back, each with the word that first did so."""
        query = select(judgement).where(judgement.c.subject == Subject.UNDONE.value, *self._ask.upto(judgement))
        with self._reading() as connection:
            return taken_back(judgement_of(row) for row in rows_with(connection, query, judgement.c.a, ids))

    def corrected(self) -> list[str]:
        """The statements on which a judgement counts, in the order in which they were first judged."""
        with self._reading() as connection:
            told = judgements_on(connection, OF_STATEMENTS, until=self._ask.until)
        return list(dict.fromkeys(one.a for one in told))

    def latest_on(self, subject: Subject, a: str, b: str = "") -> str:
        """The id of the newest judgement of this sort on a thing or a pair, as `corrections.latest_on`."""
        with self._reading() as connection:
            return latest_on(connection, subject, a, b)
