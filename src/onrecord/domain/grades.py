"""Grades after the Admiralty code (NATO AJP-2.1): how reliable a source is, apart from how credible one item is.

People give them; the program only refuses what the record contradicts.
"""

from __future__ import annotations

from enum import StrEnum


class Reliability(StrEnum):
    """Of a source; a new one is F, which says that nothing is known of it, not that it is bad."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class Credibility(StrEnum):
    """Of an item, whoever it comes from."""

    CONFIRMED = "1"
    """By other, independent sources: refused with fewer than two independent origins."""
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


RELIABILITY_WORDS = {
    Reliability.COMPLETELY: "completely reliable",
    Reliability.USUALLY: "usually reliable",
    Reliability.FAIRLY: "fairly reliable",
    Reliability.NOT_USUALLY: "not usually reliable",
    Reliability.UNRELIABLE: "unreliable",
    Reliability.CANNOT_BE_JUDGED: "reliability cannot be judged",
}

CREDIBILITY_WORDS = {
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLY_TRUE: "probably true",
    Credibility.POSSIBLY_TRUE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.CANNOT_BE_JUDGED: "truth cannot be judged",
}
