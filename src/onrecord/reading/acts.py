"""What somebody does by saying a passage: claims, denies, demands, commits, warns, predicts, asks or judges.

Decided by rules alone (`act_rules`), in the order of the rules of labelling in docs/labelling.md. Any text is answered,
in time that grows with its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.reading.act_flags import cue_of, is_asked, is_conditional, is_negated, own_side, words_of
from onrecord.reading.act_rules import rule

RIGHT: dict[Act, float] = {
    Act.CLAIM: 0.51,
    Act.COMMITMENT: 0.62,
    Act.DEMAND: 0.76,
    Act.DENIAL: 0.65,
    Act.OPINION: 0.61,
    Act.PREDICTION: 0.58,
    Act.QUESTION: 0.66,
    Act.WARNING: 0.83,
}
"""The share of answers of each act that was right on labels that the rules were not written by.

Those are the parts "drawn last" of bench/quality/acts.jsonl and "training" of acts_training.jsonl, 563 passages. Two
answers that are right as often as all are (0.6) were added to each act, so that few passages do not say too much.
"""


@dataclass(frozen=True, slots=True)
class Acted:
    """The act of a passage; `sure` is the share of such answers that was right, 0 to 1."""

    act: Act
    negated: bool
    conditional: bool
    sure: float


def act_of(text: str, passage: Span, cue: Sequence[Span], kind: Kind, speaker_known: bool = True) -> Acted:
    """What is done by saying a passage under its cue; a speaker who is not known has no side to commit.

    >>> text = 'Russia, she said, "will pay a heavy price if it attacks"'
    >>> acted = act_of(text, Span(19, 55), [Span(12, 16)], Kind.MIXED)
    >>> acted.act.value, acted.conditional
    ('warning', True)
    """
    words, said = words_of(text, passage), cue_of(text, cue)
    negated = is_negated(words)
    conditional = is_conditional(text, passage, words, said)
    act = rule(
        words,
        said,
        asked=is_asked(text, passage),
        negated=negated,
        conditional=conditional,
        direct=kind is Kind.DIRECT,
        own=speaker_known and own_side(text, passage),
    )
    return Acted(act, negated, conditional, RIGHT[act])
