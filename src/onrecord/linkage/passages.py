"""The statements of a report as mentions of speakers and as renderings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from onrecord.domain.actors import Identification, Mention
from onrecord.domain.passages import Passage, passage_id
from onrecord.domain.statements import Kind, Statement
from onrecord.domain.utterances import Rendering
from onrecord.language.words import plain_words
from onrecord.ledger.linked_rows import Unlinked

MOST: Final = 1_000
"""Passages of one report that are linked; the longest transcripts have some hundreds."""

_MARK = re.compile('["“”«»„]')


def mentions(one: Unlinked) -> Iterator[Mention]:
    for statement in one.statements:
        # Where a person said who speaks, the words of the report do not speak against it.
        judged = statement.speaker.name if statement.id in one.spoken else None
        yield Mention(
            statement=statement.id,
            report=one.told.report,
            name=statement.speaker.name,
            source=judged or " ".join(span.of(one.told.text) for span in statement.source),
            basis=statement.speaker.basis,
            outlet=one.told.outlet,
            published=one.told.published,
        )


def renderings(
    reports: Sequence[Unlinked], identified: Mapping[str, Identification]
) -> tuple[list[Rendering], dict[str, Passage]]:
    """The passages of all statements; one that stands in several statements is the innermost one's.

    What a report says over and over counts once, and no more than `MOST` of its passages are compared: whoever writes
    one sentence ten thousand times must not keep the machine busy for an hour.
    """
    made: dict[str, Rendering] = {}
    passages: dict[str, Passage] = {}
    for one in reports:
        said: set[tuple[str | None, tuple[str, ...]]] = set()
        for statement in _outer_first(one.statements):
            context = " ".join(span.of(one.told.text) for span in statement.content)
            cue = " ".join(span.of(one.told.text) for span in statement.cue)
            for passage in statement.passages:
                words = passage.span.of(one.told.text)
                id_ = passage_id(one.told.report, words, passage.span)
                again = identified[statement.id].actor, tuple(plain_words(words))
                if id_ not in made and (again in said or len(said) >= MOST):
                    continue
                said.add(again)
                passages[id_] = passage
                made[id_] = Rendering(
                    passage=id_,
                    statement=statement.id,
                    report=one.told.report,
                    span=passage.span,
                    words=words,
                    act=passage.act,
                    negated=passage.negated,
                    conditional=passage.conditional,
                    quoted=_is_quoted(one.told.text, statement, passage),
                    figures=passage.figures,
                    times=passage.times,
                    speaker=statement.speaker.name,
                    actor=identified[statement.id].actor,
                    outlet=one.told.outlet,
                    published=one.told.published,
                    context=context,
                    cue=cue,
                )
    return list(made.values()), passages


def _outer_first(statements: Sequence[Statement]) -> list[Statement]:
    holders = {one.id: one.nested_in for one in statements}

    def depth(one: str | None) -> int:
        deep = 0
        while one is not None and deep < 8:
            one, deep = holders.get(one), deep + 1
        return deep

    return sorted(statements, key=lambda one: depth(one.id))


def _is_quoted(text: str, statement: Statement, passage: Passage) -> bool:
    """Whether a passage stands in quotation marks: all of a direct statement, and what marks enclose of a mixed one."""
    if statement.kind is not Kind.MIXED:
        return statement.kind is Kind.DIRECT
    content = next(span for span in statement.content if span.covers(passage.span))
    before = _MARK.findall(text, content.start, passage.span.start)
    after = _MARK.search(text, passage.span.start, min(passage.span.end + 2, len(text)))
    return len(before) % 2 == 1 or (after is not None and after.start() == passage.span.start)
