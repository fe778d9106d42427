"""Finds a reader by its name: those of this package, and those that other packages offer.

"auto" reads transcripts by their labels and everything else with the tagger; any other name is one reader for all.

A package offers one under the entry point group `onrecord.readers`; the entry is called without arguments and gives
something that fits `onrecord.reading.reader.Reader`. Only a reader that is asked for is loaded.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from onrecord.errors import ReaderError
from onrecord.reading.reader import Reader

GROUP = "onrecord.readers"
AUTO = "auto"
OURS = ("tagger", "transcript", "rules")


def reader_names() -> list[str]:
    """The names that `load_reader` takes."""
    return sorted({AUTO, *OURS, *entry_points(group=GROUP).names})


def load_reader(name: str = AUTO, *, threads: int = 1) -> Reader:
    """The reader of that name; `threads` are for the tagger.

    Raises:
        ReaderError: when there is none of that name, or it cannot be loaded.
    """
    if name == "tagger":
        from onrecord.reading.reader import TaggerReader

        return TaggerReader(threads=threads)
    if name == AUTO:
        from onrecord.reading.fitting import FittingReader

        return FittingReader(load_reader("tagger", threads=threads))
    if name == "transcript":
        from onrecord.reading.transcripts import TranscriptReader

        return TranscriptReader()
    if name == "rules":
        from onrecord.reading.rules import RuleReader

        return RuleReader()
    found = entry_points(group=GROUP, name=name)
    if not found:
        raise ReaderError(f"there is no reader {name!r}; there are {', '.join(reader_names())}")
    try:
        reader: Reader = next(iter(found)).load()()
        reader.identity  # noqa: B018  (a reader without one is found here, not after an hour of reading)
    except Exception as error:
        raise ReaderError(f"the reader {name!r} cannot be loaded: {type(error).__name__}: {error}") from error
    return reader
