"""What each piece of evidence weighs, as logits: fitted by `python -m bench.linking.utterances --fit`, except as said.

`WITH_MEANING` is for pairs with a cosine of the package's vectors, `BY_WORDS` for those without. What `SET_BY_HAND`
holds no labelled pairs could fit: theirs are all of a few days, with both speakers known or neither, and stand alone.
It was set beside the example's gold, and the rest fitted around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BASE_BY_WORDS: Final = -3.313
BY_WORDS: Final[Mapping[str, float]] = {
    "containment": 2.988,
    "likeness": 6.058,
    "in a row": 3.411,
    "a short piece in a row": -7.304,
    "short": 0.000,
    "same figure": 1.217,
    "other figure": -2.726,
    "other day": -0.833,
    "question": -2.036,
    "quoted in other words": -1.981,
}
BASE_WITH_MEANING: Final = -4.237
WITH_MEANING: Final[Mapping[str, float]] = {
    "containment": 0.787,
    "likeness": 3.806,
    "in a row": 2.729,
    "a short piece in a row": -5.337,
    "short": 0.000,
    "same figure": 1.025,
    "other figure": -3.206,
    "other day": -1.290,
    "question": -1.560,
    "quoted in other words": -1.961,
    "meaning": 2.276,
    "meaning and words": 3.448,
}
SET_BY_HAND: Final[Mapping[str, float]] = {
    "negation": -0.5,
    "days apart": -0.6,
    "speakers not known": -0.4,
    "one speaker not known": -1.5,
    "tiny": -5.0,
    "surroundings": 2.0,
}
ACCEPTED: Final = 0.55
"""Score from which two passages are linked."""
