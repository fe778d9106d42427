"""Watching: feeds and pages become reports on the record as they are published, and every later text of a page too.

    fetching ─ Fetched ─→ State.hold ─→ the archive of captures ─→ pipeline.record ─→ linkage, assessing

What is fetched is held in the state beside the ledger before anything else is done with it, so that whatever stops the
program, nothing is fetched again and nothing is lost: the next run goes on with what is held. `watch.py` is the loop.
"""

from onrecord.watching.events import Event, What
from onrecord.watching.rhythm import Rhythm
from onrecord.watching.state import State, state_path
from onrecord.watching.watch import Watch

__all__ = ["Event", "Rhythm", "State", "Watch", "What", "state_path"]
