"""The pages of briefs: the list, and one brief with its numbered sources and what has changed under it since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.domain.briefs import Brief, Citation
from onrecord.domain.spans import Span
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.briefs.changes import changes
from onrecord.publishing.briefs.writing import FOOT, Block, blocks, head_words
from onrecord.publishing.versions.flags import ChangedWords, Flags
from onrecord.publishing.wording import When, when

MOST_IN_LIST = 50


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """A brief in the list; `changed` is what no longer stands as it has it, in words."""

    id: str
    title: str
    by: str
    made: When
    sources: int
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefList:
    """The newest briefs, and how many there are in all."""

    briefs: tuple[BriefEntry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source: where its characters stand. `statement` leads to them in the report as long as it is read so.

    `changed` tells that the outlet has other words there, since the brief was made or before.
    """

    number: int
    report: str
    statement: str
    title: str
    outlet: str | None
    published: When
    words: str
    start: int
    end: int
    capture: str
    changed: ChangedWords | None = None


@dataclass(frozen=True, slots=True)
class BriefPage:
    """One brief."""

    entry: BriefEntry
    about: str
    blocks: tuple[Block, ...]
    sources: tuple[SourceEntry, ...]
    foot: str


def brief_list(view: WeighedView) -> BriefList:
    """The briefs on the record, the newest first."""
    found = view.briefs()
    return BriefList(tuple(_entry(view, id_, one) for id_, one in found[:MOST_IN_LIST]), len(found))


def brief_page(view: WeighedView, id_: str, brief: Brief) -> BriefPage:
    """The page of a brief."""
    return BriefPage(
        entry=_entry(view, id_, brief),
        about=head_words(brief),
        blocks=tuple(blocks(brief)),
        sources=tuple(_sources(view, brief)),
        foot=FOOT,
    )


def _entry(view: WeighedView, id_: str, brief: Brief) -> BriefEntry:
    return BriefEntry(id_, brief.title, brief.by, when(brief.made), len(brief.citations), changes(view, brief))


def _sources(view: WeighedView, brief: Brief) -> Iterator[SourceEntry]:
    flags = Flags(view)
    flags.look({one.report for one in brief.citations})
    for number, one in enumerate(brief.citations, 1):
        yield SourceEntry(
            number=number,
            report=one.report,
            statement=one.statement,
            title=one.title or one.input,
            outlet=one.outlet,
            published=when(one.published, one.published_is_day),
            words=_whole(one),
            start=one.start,
            end=one.end,
            capture=one.capture,
            changed=flags.of(one.report, (Span(one.start, one.end),)),
        )


def _whole(one: Citation) -> str:
    return " ".join((one.lead + one.text).split())
