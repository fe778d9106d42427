"""Stories: reports of one happening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.domain.ids import content_id


@dataclass(frozen=True, slots=True)
class Told:
    """A report as linking compares it with others: its words, its time, and whom its statements name.

    `actors` are the ids of those who speak in it, with how many statements each has.
    """

    report: str
    title: str | None
    text: str = field(repr=False)
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: datetime | None = None
    actors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one happening, earliest first, under the title of the one that is most like the others."""

    id: str
    title: str
    reports: tuple[str, ...]


def story_id(first: str) -> str:
    """The id of a story: a hash of the id of its first report (earliest published, then the lesser id)."""
    return content_id("story", first)
