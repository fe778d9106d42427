"""Figures through time: what each counts, which count one thing, and how each stands to those before it.

`counted` reads an utterance's figures (`counting.py`), `opened` gives those of no day the one that their report opens
with (`opening.py`), `lineages` groups those of a block (`grouping.py`), `ties` sets
each against the nearest earlier ones (`tying.py`). A lineage is one thing counted in one place, or one event's toll;
its speakers may differ, so that a dispute stands inside it. Nothing here says which number is right.
"""

from onrecord.weighing.figures.counting import counted
from onrecord.weighing.figures.grouping import lineages
from onrecord.weighing.figures.opening import OPENING, is_dayless, opened, opening_day
from onrecord.weighing.figures.tying import ties

__all__ = ["OPENING", "counted", "is_dayless", "lineages", "opened", "opening_day", "ties"]
