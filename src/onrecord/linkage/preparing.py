"""What linking works out of reports before it decides anything: pure functions, so that any process can do it.

`prepared` reads who speaks, the passages, and what reports are compared by out of each report alone; `compared` judges
the pairs of what is new and what stands near to it in time. Which of it belongs together is decided later, in one
place and in one order, from what came out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from onrecord.domain.actors import Actor, Identification
from onrecord.domain.judgements import Judgement
from onrecord.domain.passages import Passage
from onrecord.domain.stories import Told
from onrecord.domain.utterances import Link, Rendering
from onrecord.ledger.linked_rows import Unlinked
from onrecord.linkage import passages
from onrecord.linking import actors, origins, stories, utterances


@dataclass(frozen=True, slots=True)
class Part:
    """Reports that are linked in one step, and what people judged of who is the same as whom."""

    reports: tuple[Unlinked, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was read out of the reports of a part, each by itself.

    `made` are the passages of the renderings by their ids. Gists and sketches are in the order of the reports' ids,
    all else in the order of the reports.
    """

    identified: tuple[Identification, ...]
    actors: tuple[Actor, ...]
    renderings: tuple[Rendering, ...]
    made: Mapping[str, Passage]
    gists: tuple[stories.Gist, ...]
    fingerprints: tuple[origins.Fingerprint, ...]
    origins: Mapping[str, origins.Reading]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is new beside what is near to it: one partition, by time and by who speaks.

    `share` is the number of this one and how many there are: each passage that is new is asked for its pairs in one of
    them, by its speaker. Of known passages that come in several parts, the new ones are compared among themselves with
    those that are `within`. `pairs` are reports of `told` whose wordings are laid side by side.
    """

    new: tuple[Rendering, ...]
    known: tuple[Rendering, ...] = ()
    within: bool = True
    share: tuple[int, int] = (0, 1)
    gists: tuple[stories.Gist, ...] = ()
    near: tuple[stories.Gist, ...] = ()
    told: Mapping[str, Told] | None = None
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs of passages and of reports that are alike; `copies` has None for a pair that shares too little."""

    links: tuple[Link, ...]
    alike: tuple[Link, ...]
    copies: Mapping[tuple[str, str], origins.Copy | None]


def prepared(part: Part) -> Prepared:
    """What each report of a part is compared by."""
    identified, known = _identified(part)
    renderings, made = passages.renderings(part.reports, {one.mention.statement: one for one in identified})
    told = sorted((one.told for one in part.reports), key=lambda one: one.report)
    return Prepared(
        identified=tuple(identified),
        actors=tuple(known),
        renderings=tuple(renderings),
        made=made,
        gists=tuple(map(stories.features, told)),
        fingerprints=tuple(map(origins.fingerprint, told)),
        origins={one.told.report: origins.read_origins(one.told) for one in part.reports},
    )


def compared(one: Beside) -> Compared:
    """What is alike of what is new and what is near to it."""
    asked = None if one.share[1] == 1 else {new.passage for new in one.new if _falls_to(new, one.share)}
    told = one.told or {}
    return Compared(
        links=tuple(utterances.links(one.new, one.known, within=one.within, asked=asked)),
        alike=tuple(Link(two.a, two.b, two.score, two.reasons) for two in stories.links(one.gists, one.near)),
        copies={(a, b): origins.compared(told[a], told[b]) for a, b in one.pairs},
    )


def _falls_to(rendering: Rendering, share: tuple[int, int]) -> bool:
    """Whether a passage is asked for its pairs in this share; those of one speaker are all in the same."""
    number, many = share
    return crc32((rendering.actor or rendering.passage).encode()) % many == number


def _identified(part: Part) -> tuple[list[Identification], list[Actor]]:
    mentions = [mention for one in part.reports for mention in passages.mentions(one)]
    spoken = {statement: said for one in part.reports for statement, said in one.spoken.items()}
    alone = [actors.judged(one, spoken.get(one.mention.statement)) for one in actors.identify(mentions)]
    chosen = actors.merged({one.actor for one in alone if one.actor}, part.judgements)
    found = [one if one.actor is None else replace(one, actor=chosen[one.actor]) for one in alone]
    # A local actor is known by its own mentions only, so that is where it is taken from, also when it was merged.
    known = {one.actor: actors.actor_of(one) for one in alone if one.actor is not None}
    known |= _of_the_table({one.actor for one in found if one.actor} - known.keys())
    known |= _of_the_table({two.actor for one in found if one.actor is None for two in one.candidates} - known.keys())
    offices = {office.of for one in known.values() if one is not None for office in one.offices if office.of}
    known |= _of_the_table(offices - known.keys())
    return found, [one for one in known.values() if one is not None]


def _of_the_table(ids: Iterable[str]) -> dict[str, Actor | None]:
    return {one: actors.actor(one) for one in ids}


def among(found: Sequence[Compared]) -> Compared:
    """What several partitions of one part found, as one."""
    return Compared(
        links=tuple(link for one in found for link in one.links),
        alike=tuple(link for one in found for link in one.alike),
        copies={pair: copy for one in found for pair, copy in one.copies.items()},
    )
