"""Expressions of time: found, and resolved against the day a report was published (`finding.py` first)."""

from onrecord.reading.times.finding import find_times

__all__ = ["find_times"]
