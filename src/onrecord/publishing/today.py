"""What is new since somebody last looked: every line one click from its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.domain.judgements import Judgement
from onrecord.ledger.news_view import NewsView
from onrecord.publishing.judged import changed_under
from onrecord.publishing.linked.entries import UtteranceEntry, utterance_entry
from onrecord.publishing.versions.edits import EditList, edit_list
from onrecord.publishing.versions.flags import ChangedWords
from onrecord.publishing.weighed.beside import lineage_entries
from onrecord.publishing.weighed.entries import (
    DocketEntry,
    LineageEntry,
    docket_entry,
)
from onrecord.publishing.weighed.folding import RelationGroup, groups
from onrecord.publishing.wording import When, when

UNASKED = timedelta(days=1)
"""How far back is looked by who has never looked, from the newest entry of the record."""
AHEAD = timedelta(days=7)
"""How far ahead the docket is told."""


@dataclass(frozen=True, slots=True)
class ChangedIndicator:
    """An indicator that changed, in sentences that its page proves."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody said of something, and what became since of the words that it is about."""

    verdict: str
    subject: str
    about: str
    why: str
    by: str
    made: When
    changed: ChangedWords | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The page; each list with how many there are."""

    since: When
    since_text: str
    now_text: str
    reports: int
    statements: int
    looked_at: int
    carried: tuple[UtteranceEntry, ...]
    all_carried: int
    contradictions: tuple[RelationGroup, ...]
    all_contradictions: int
    moved: tuple[LineageEntry, ...]
    all_moved: int
    entered: tuple[DocketEntry, ...]
    all_entered: int
    falling_due: tuple[DocketEntry, ...]
    all_falling_due: int
    indicators: tuple[ChangedIndicator, ...]
    judged: tuple[Judged, ...]
    edits: EditList

    @property
    def nothing(self) -> bool:
        """Whether nothing came on the record, was judged or falls due."""
        return not (self.statements or self.judged or self.falling_due or self.indicators or self.edits.silent)


def since_when(view: NewsView, asked: datetime | None) -> datetime:
    """Since when news is told: since the time asked for, else for a day before the newest entry."""
    if asked is not None:
        return asked
    newest = view.last_recorded()
    return (datetime.now(UTC) if newest is None else newest) - UNASKED


def today(view: NewsView, since: datetime, changed: Sequence[ChangedIndicator] = (), *, most: int = 5) -> Today:
    """What is new in the record since a time, at most so many of each sort."""
    now = view.today()
    news = view.news(since, due=(now, now + AHEAD), most=most)
    reworded = changed_under(view, news.judgements)
    return Today(
        since=when(since),
        since_text=_text(since),
        now_text=_text(datetime.now(UTC)),
        reports=news.reports,
        statements=news.statements,
        looked_at=news.looked_at,
        carried=tuple(map(utterance_entry, news.carried)),
        all_carried=news.all_carried,
        contradictions=groups(view, news.contradictions, longest=200, most=most),
        all_contradictions=news.all_contradictions,
        moved=lineage_entries(view, list(news.moved)),
        all_moved=news.all_moved,
        entered=tuple(docket_entry(row, now) for row in news.entered),
        all_entered=news.all_entered,
        falling_due=tuple(docket_entry(row, now) for row in news.falling_due),
        all_falling_due=news.all_falling_due,
        indicators=tuple(changed),
        judged=tuple(_judged(one, reworded.get(one.a) or reworded.get(one.b)) for one in news.judgements),
        edits=edit_list(view, since, most),
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def _judged(one: Judgement, changed: ChangedWords | None) -> Judged:
    return Judged(one.verdict, one.subject.value, one.a, one.why, one.by, when(one.made), changed)
