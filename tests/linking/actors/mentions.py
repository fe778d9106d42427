"""Mentions for the tests of actors."""

from __future__ import annotations

from datetime import UTC, datetime

from onrecord.domain.actors import Identification, Mention
from onrecord.domain.statements import Basis
from onrecord.linking.actors import identify


def mention(name: str | None, source: str | None = None, when: str | None = "2022-02-17") -> Mention:
    published = datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None
    basis = Basis.NAMED if name else Basis.UNNAMED
    return Mention("s1", "r1", name, source if source is not None else name or "", basis, None, published)


def identified(name: str | None, source: str | None = None, when: str | None = "2022-02-17") -> Identification:
    return next(identify([mention(name, source, when)]))
