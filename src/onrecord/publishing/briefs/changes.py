"""What has changed on the record under a brief since it was made."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from onrecord.domain.briefs import Brief, Form
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.spans import Span
from onrecord.errors import NotOnRecord
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.briefs.citing import called
from onrecord.publishing.versions.flags import CHANGED, OTHERWISE, Flags

_AT_THE_OUTLET: Final = {
    CHANGED: "were changed at the outlet",
    OTHERWISE: "stand otherwise in a later text of the page, which another program took out of it",
}


def changes(view: WeighedView, brief: Brief) -> tuple[str, ...]:
    """What no longer stands as the brief has it, in words; empty where nothing does.

    Looked at are the passages it cites (are they still read so, and who says them), the counts of origins, the
    relations it tells, judgements made since on any passage or statement that it cites, and what people decided of
    docket entries; and at the outlets: whether a page has other words there since.
    """
    told: list[str] = []
    numbers = {one: number for number, one in enumerate(brief.citations, 1)}
    cited = {one.passage for one in numbers}
    passages = view.passages_named(cited)
    flags = Flags(view)
    flags.look({one.report for one in numbers})
    for one, number in numbers.items():
        now = passages.get(one.passage)
        if now is None:
            told.append(f"source {number} is read otherwise now")
        elif now.origins != one.origins:
            told.append(f"source {number} has {now.origins} independent origins now, not {one.origins}")
        reworded = flags.of(one.report, (Span(one.start, one.end),))
        if reworded is not None and reworded.recorded > brief.made:
            told.append(f"the words of source {number} {_AT_THE_OUTLET[reworded.words]}, {reworded.since.words}")
        if now is not None and called(now) != one.speaker:
            told.append(f"source {number} is held to be said by {called(now) or 'nobody named'} now")
    later = [one for one in view.judgements(cited | {one.statement for one in numbers}) if one.made > brief.made]
    told += [_word(one) for one in later]
    for section in brief.sections:
        for sentence in section.sentences:
            number = numbers[sentence.citations[0]]
            if sentence.form is Form.AGAINST:
                a, b = (one.utterance for one in sentence.citations)
                kinds = {
                    one.kind for one in view.relations(utterance=a) if {one.a.utterance, one.b.utterance} == {a, b}
                }
                if sentence.facts["kind"] not in kinds:
                    told.append(f"source {number} is no longer held to stand as it does here")
            elif sentence.form is Form.DUE:
                with suppress(NotOnRecord):
                    decided = view.docket_entry(sentence.citations[0].utterance).row.status
                    if decided is not None and decided.value != sentence.facts["status"]:
                        told.append(f"what came of source {number} is decided now: {decided.value}")
    return tuple(dict.fromkeys(told))


def _word(one: Judgement) -> str:
    day = one.made.date().isoformat()
    if one.subject is Subject.NOTE:
        return f"{one.by} noted something on {day}"
    what = f"{one.b} of a statement" if one.subject is Subject.SPAN else one.subject.value
    return f"{one.by} judged {what} {one.verdict or 'none'} on {day}"
