"""Indicators: definitions from TOML, series by day from the record, change points, and the words for them."""

from onrecord.weighing.indicators.changes import shifts
from onrecord.weighing.indicators.counting import series
from onrecord.weighing.indicators.definitions import definitions
from onrecord.weighing.indicators.matching import matches
from onrecord.weighing.indicators.telling import sentence

__all__ = ["definitions", "matches", "sentence", "series", "shifts"]
