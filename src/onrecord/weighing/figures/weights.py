"""What each piece of evidence weighs that two figures count one thing (`scoring.py`)."""

from __future__ import annotations

from typing import Final

OF_TOLLS: Final = {
    "base": 0.59,
    "days between": -1.30,
    "far value": -0.86,
    "meaning": 0.40,
    "names": 0.20,
    "near value": 0.39,
    "next day": -1.11,
    "one report": 0.78,
    "one report, other value": -1.26,
    "one summed": -2.77,
    "one utterance": 0.26,
    "other broad names": -0.75,
    "other day": -2.96,
    "other means": -2.28,
    "other names": -1.21,
    "other speaker": -0.27,
    "same day": 0.60,
    "same value": 2.20,
    "same value and day": 0.68,
    "share of words": 0.73,
}
"""Of those killed, wounded, …: fitted by `bench.weighing.figures --fit` on the half that is for tuning.

That was before tolls of no day got one (`opening.py`). Fitted anew they came out no better.
"""

OF_OTHERS: Final = {
    "base": -1.7,
    "noun": 0.5,
    "role": 1.0,
    "same speaker": 2.0,
    "other speaker": -0.2,
    "one report": 1.0,
    "one utterance": 2.5,
    "names": 1.6,
    "other names": -1.6,
    "far names": 0.6,
    "broad names": 0.2,
    "other broad names": -0.6,
    "kinds": 0.7,
    "other kinds": -2.0,
    "words": 0.28,
    "same value": 1.4,
    "same value and day": 2.5,
    "near value": 0.5,
    "far value": -0.5,
    "qualifiers": 0.6,
    "other qualifiers": -1.2,
    "series": 1.0,
    "same day": 1.0,
    "days apart": -0.06,
}
"""Of all other figures: set by hand on the project's own example."""
