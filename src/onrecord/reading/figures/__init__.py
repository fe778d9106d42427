"""Figures: numbers that count or measure something (`finding.py` first)."""

from onrecord.reading.figures.finding import find_figures

__all__ = ["find_figures"]
