"""Takes what linking derived through weighing, some utterances at a time, and keeps what comes out beside the record:

    changed utterances ─ relations.relations ─→ who contradicts, corroborates, revises, denies whom
                       ─ figures.counted, lineages, ties ─→ which figures count one thing, and what became of them
                       ─ docket.entry, evidence ─→ what was promised and foretold, and what bears on it

Every pair is judged by a pure function of the two, so the result does not depend on the order in which reports came or
on how many were weighed at once. What a person judged stands in the place of what the program holds; the latest counts.
"""

from onrecord.assessing.correcting import bounded, noted, spoken, standing, undone
from onrecord.assessing.judging import graded, judged
from onrecord.assessing.reviewing import queue
from onrecord.assessing.steps import VERSION, Assessment, Weighed
from onrecord.assessing.suggesting import suggestion
from onrecord.assessing.watching import Watched, indicators_in, watched

__all__ = [
    "VERSION",
    "Assessment",
    "Watched",
    "Weighed",
    "bounded",
    "graded",
    "indicators_in",
    "judged",
    "noted",
    "queue",
    "spoken",
    "standing",
    "suggestion",
    "undone",
    "watched",
]
