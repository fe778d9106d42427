"""Words can be read: every pair of colours that is used for text keeps the contrast of WCAG 2.2, level AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import onrecord.web
from onrecord.publishing.weighed.figure_picture import MOST_SPEAKERS

STATIC = Path(onrecord.web.__file__).parent / "static"
TEXT = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("soft", "paper"),
    ("soft", "sheet"),
    ("red", "paper"),
    ("red-ink", "red"),
    ("paper", "ink"),
    ("unread", "paper"),
    ("lit-ink", "lit"),
    *((("ink", kind)) for kind in ("direct", "indirect", "mixed")),
    *((("soft", kind)) for kind in ("direct", "indirect", "mixed")),
    *(((f"{kind}-ink", ground)) for kind in ("direct", "indirect", "mixed") for ground in ("paper", "sheet", kind)),
]
SHAPES = [
    ("field", "paper"),
    ("field", "sheet"),
    ("red", "sheet"),
    ("focus", "paper"),
    *(((f"{kind}-line", "paper")) for kind in ("direct", "indirect", "mixed", "source", "cue")),
]


def palettes() -> dict[str, dict[str, str]]:
    """The colours by day and by night."""
    sheet = (STATIC / "paper.css").read_text(encoding="utf-8")
    day, night = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\n *\}", sheet, re.S)
    )
    return {"day": day, "night": {**day, **night}}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def speakers() -> dict[str, str]:
    """The colour of each speaker of a figure, by its class."""
    sheet = (STATIC / "weighed.css").read_text(encoding="utf-8")
    return dict(re.findall(r"^\.(s\d+) \{\n  color: var\(--([a-z-]+)\);\n\}", sheet, re.M))


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize(
    ("front", "back", "least"), [*((*pair, 4.5) for pair in TEXT), *((*pair, 3.0) for pair in SHAPES)]
)
def test_colours_keep_their_contrast(time: str, front: str, back: str, least: float) -> None:
    colours = palettes()[time]
    assert contrast(colours[front], colours[back]) >= least


@pytest.mark.parametrize("time", ["day", "night"])
def test_marks_of_speakers_are_seen_and_no_two_share_a_colour(time: str) -> None:
    colours, of = palettes()[time], speakers()
    assert sorted(of) == [f"s{number}" for number in range(1, MOST_SPEAKERS + 1)]
    assert len({colours[one] for one in of.values()}) == MOST_SPEAKERS
    for ground in ("paper", "sheet"):
        assert {one for one in of.values() if contrast(colours[one], colours[ground]) < 3.0} == set()


def test_sheets_use_only_colours_that_there_are() -> None:
    known = set(palettes()["day"]) | {"shadow", "serif", "sans", "mono"}
    for file in STATIC.glob("*.css"):
        assert set(re.findall(r"var\(--([a-z-]+)", file.read_text(encoding="utf-8"))) <= known, file.name


def test_sheets_and_scripts_fetch_nothing() -> None:
    for file in STATIC.iterdir():
        content = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", content), file.name
