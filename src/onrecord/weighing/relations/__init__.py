"""Relations between utterances: repeats, corroborates, contradicts, revises, narrows, answers, denies.

    Said ─ sides (what a passage is about, its stance, its parties) ─┐
           counts (its figures, as two can be compared)              ├─ evidence of a pair ─ rules, features ─ deciding
    candidates (which pairs are asked about) ────────────────────────┘

`relation` tells the likeliest of a pair that somebody asks about, `relations` only what is sure enough to be shown
(`showing`). A pair is judged by the two alone. A relation quotes both passages and says why in words; none says what
is true.
"""

from onrecord.weighing.relations.candidates import Index
from onrecord.weighing.relations.finding import WINDOW, relation, relations

__all__ = ["WINDOW", "Index", "relation", "relations"]
