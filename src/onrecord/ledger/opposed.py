"""Who stands against whom on a ledger that was weighed: contradictions counted by the two who speak."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, literal_column, select

from onrecord.domain.relations import RelationKind
from onrecord.ledger import linked_schema
from onrecord.ledger import weighed_schema as tables
from onrecord.ledger.linked import ActorHead
from onrecord.ledger.linked_queries import actor_columns
from onrecord.ledger.linked_reading import actor_head


@dataclass(frozen=True, slots=True)
class Opposed:
    """How often what two actors say stands against each other; `one` has the lesser id."""

    one: ActorHead
    other: ActorHead
    contradictions: int


def opposed_in(connection: Connection, most: int) -> list[Opposed]:
    """The pairs of two actors with the most contradictions between what they say, at most `most`."""
    said = linked_schema.utterance
    a, b = said.alias("said_a"), said.alias("said_b")
    in_order = a.c.actor < b.c.actor
    lesser, greater = case((in_order, a.c.actor), else_=b.c.actor), case((in_order, b.c.actor), else_=a.c.actor)
    number = func.count()
    pairs = (
        select(lesser.label("one"), greater.label("other"), number.label("number"))
        .join_from(tables.relation, a, a.c.id == tables.relation.c.a)
        .join(b, b.c.id == tables.relation.c.b)
        .where(
            tables.relation.c.kind == RelationKind.CONTRADICTS.value,
            a.c.actor.is_not(None),
            b.c.actor.is_not(None),
            a.c.actor != b.c.actor,
        )
        .group_by(literal_column("one"), literal_column("other"))
        .order_by(number.desc(), literal_column("one"), literal_column("other"))
        .limit(most)
    )
    rows = connection.execute(pairs).all()
    ids = sorted({id_ for row in rows for id_ in (row.one, row.other)})
    known = connection.execute(select(*actor_columns()).where(linked_schema.actor.c.id.in_(ids))).mappings()
    heads = {head.id: head for row in known if (head := actor_head(row)) is not None}
    return [Opposed(heads[row.one], heads[row.other], int(row.number)) for row in rows]
