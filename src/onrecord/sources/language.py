"""Which language a text is in, from its first 3,000 characters outside boilerplate; py3langid does the work.

A declared language is a hint for texts too short to tell. English function words have a say where the classifier is
not sure: headlines and single sentences full of foreign names mislead it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from tempfile import gettempdir
from typing import Any

from onrecord.domain.reports import Mark
from onrecord.errors import OnrecordError

SAMPLE = 3_000
SURE = 0.7
"""The classifier's probability from which on it is believed against the function words."""
ENGLISH_SHARE = 0.15
"""Running English has 0.30 to 0.50 of its words in `FUNCTION_WORDS`; other languages stay below 0.1."""

# fmt: off
FUNCTION_WORDS = frozenset((
    "the", "of", "and", "to", "that", "with", "for", "from", "by", "it", "is", "was", "were", "are", "be", "been",
    "have", "has", "had", "he", "she", "they", "we", "you", "his", "her", "their", "its", "this", "these", "not",
    "but", "which", "who", "would", "will", "can", "could", "said", "says", "on", "at", "as",
))
# fmt: on
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str, marks: Sequence[Mark] = (), hint: str | None = None) -> str:
    """The ISO 639 code of the language, such as "en"; "en" too where only the hint or the words say so.

    >>> language_of("The minister said that the talks with the union had failed.")
    'en'
    """
    sample = _sample(text, marks)
    words = _WORD.findall(sample.lower())
    share = sum(word in FUNCTION_WORDS for word in words) / len(words) if words else 0.0
    code, probability = _classifier().classify(sample)
    if code == "en" or (probability < SURE and share >= ENGLISH_SHARE) or share >= 2 * ENGLISH_SHARE:
        return "en"
    unsure = probability < SURE
    if unsure and (hint or "").lower().replace("_", "-").split("-")[0] in {"en", "eng", "english"}:
        return "en"
    # A few words in Latin letters without a clear language are read rather than lost.
    if unsure and len(words) < 8 and sample.isascii():
        return "en"
    return str(code)


def _sample(text: str, marks: Sequence[Mark]) -> str:
    pieces: list[str] = []
    at = length = 0
    for mark in marks:
        pieces.append(text[at : min(mark.span.start, at + SAMPLE)])
        length += len(pieces[-1])
        at = mark.span.end
        if length >= SAMPLE:
            break
    else:
        pieces.append(text[at : at + SAMPLE])
    sample = " ".join(pieces)[:SAMPLE]
    return sample if sample.strip() else text[:SAMPLE]


@lru_cache(maxsize=1)
def _classifier() -> Any:
    # Half a second to load, so only when the first text comes.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        # It unpacks itself into the temporary folder. Without it nothing can be told from "not English", so nothing
        # may go on the record.
        raise OnrecordError(
            f"the language model cannot be unpacked in {gettempdir()} ({error}); free some room there or set TMPDIR"
        ) from error
