"""The docket: what somebody is bound to or foretells, when it falls due, and what later passages say of it.

Pure functions of utterances. The program enters, gathers and suggests; a person decides.
"""

from onrecord.weighing.docket.entering import entry
from onrecord.weighing.docket.gathering import Later, best, evidence
from onrecord.weighing.docket.suggesting import suggested

__all__ = ["Later", "best", "entry", "evidence", "suggested"]
