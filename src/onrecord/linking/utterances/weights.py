"""What each piece of evidence weighs, as logits: fitted by `python -m bench.linking.utterances --fit`, except as said.

`BY_WORDS` is for pairs that words settle or where there are no vectors, `WITH_MEANING` for those with a cosine.
`SET_BY_HAND` has no labelled pairs to be fitted on: they are all of one happening, with their speakers known or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BASE_BY_WORDS: Final = -3.310
BY_WORDS: Final[Mapping[str, float]] = {
    "containment": 2.993,
    "likeness": 6.121,
    "in a row": 3.360,
    "a short piece in a row": -7.406,
    "short": 0.000,
    "same figure": 1.213,
    "other figure": -2.723,
    "other day": -0.838,
    "question": -2.029,
    "quoted in other words": -2.007,
}
BASE_WITH_MEANING: Final = -4.042
WITH_MEANING: Final[Mapping[str, float]] = {
    "containment": 0.688,
    "likeness": 3.693,
    "in a row": 2.703,
    "a short piece in a row": -5.734,
    "short": 0.000,
    "same figure": 1.008,
    "other figure": -3.198,
    "other day": -1.332,
    "question": -1.635,
    "quoted in other words": -1.952,
    "meaning": 2.067,
    "meaning and words": 3.802,
}
SET_BY_HAND: Final[Mapping[str, float]] = {
    "negation": -0.5,
    "days apart": -0.35,
    "speakers not known": -0.4,
    "one speaker not known": -1.0,
    "tiny": -5.0,
    "surroundings": 2.0,
}
ACCEPTED: Final = 0.5
"""Score from which two passages are linked."""
