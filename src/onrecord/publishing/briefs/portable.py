"""A brief as a PDF; needs the extra `onrecord[brief]`.

The built-in fonts of PDF have no Cyrillic, and not every quotation mark. So a font is put into the file: DejaVu Sans
where the machine has it (Latin, Cyrillic, Greek and more), else Bitstream Vera, which comes with reportlab (Latin).
A character that the font lacks, or that it would set wrongly (scripts from right to left, and those whose letters
join), is written as its code point, "[U+4E60]", and the last page says so: nothing is dropped or guessed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Final

from onrecord.domain.briefs import Brief
from onrecord.errors import ExtraMissing, SettingsError
from onrecord.publishing.briefs.writing import FOOT, blocks, head_words, source_words, written
from onrecord.publishing.wording import web_address

DEJAVU: Final = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts/dejavu",
    "/Library/Fonts",
    os.path.join(os.environ.get("WINDIR", "C:\\Windows"), "Fonts"),  # noqa: PTH118
)
"""Where systems keep DejaVu Sans."""
REPLACED: Final = (
    "[U+…] stands for a character that the font of this PDF cannot set; the brief as HTML, Markdown or Word has it."
)
_SET_RIGHT: Final = frozenset("L EN ES ET AN CS B S WS ON NSM".split())
"""Classes of Unicode's bidirectional algorithm that stand in a line from left to right as they come."""
_LAST_UNJOINED: Final = 0x0900
"""From here on, up to Georgian, letters join or move as reportlab does not have them do."""
_FIRST_AGAIN: Final = 0x10A0


def pdf(brief: Brief, id_: str) -> bytes:
    """The brief as a PDF with numbered sources; the same bytes for the same brief, font and version of reportlab.

    Raises:
        SettingsError: when reportlab is not installed.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.lib.units import mm
        from reportlab.platypus import Paragraph, SimpleDocTemplate
    except ImportError as error:
        raise ExtraMissing("a PDF", "reportlab", "brief") from error
    regular, bold, known = _fonts()

    def style(name: str, size: float, **more: object) -> object:
        return ParagraphStyle(
            name, **{"fontName": regular, "fontSize": size, "leading": size * 1.4, "spaceAfter": 5, **more}
        )

    title = style("title", 17, fontName=bold, spaceAfter=10)
    heading = style("heading", 12, fontName=bold, spaceBefore=12, keepWithNext=1)
    body, small = style("body", 10), style("small", 8)
    item = style("item", 10, leftIndent=5 * mm, bulletIndent=1 * mm)
    source = style("source", 8, leftIndent=8 * mm, bulletIndent=0)
    lacking: set[str] = set()

    def text(words: str) -> str:
        return escape(_settable(words, known, lacking))

    parts = [Paragraph(text(brief.title), title), Paragraph(text(head_words(brief)), small)]
    for block in blocks(brief):
        parts.append(Paragraph(block.heading, heading))
        for line in block.lines:
            links = "".join(f'<a href="#source-{n}">[{n}]</a>' for n in line.cites)
            parts.append(Paragraph(f"{text(line.words)} {links}", item, bulletText="–"))
        if not block.lines:
            parts.append(Paragraph(block.empty, body))
    parts.append(Paragraph("Sources", heading))
    for number, one in enumerate(brief.citations, 1):
        address = web_address(one.url)
        told = source_words(one) + (f"; {address}" if address else "")
        parts.append(Paragraph(f'<a name="source-{number}"/>{text(told)}', source, bulletText=f"{number}."))
    parts += [Paragraph(FOOT, small), Paragraph(text(written(id_)), small)]
    if lacking:
        parts.append(Paragraph(escape(REPLACED), small))
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=brief.title,
        author=brief.by,
        creator="onrecord",
        lang="en",
        invariant=1,
    )
    document.build(parts)
    return made.getvalue()


def _fonts() -> tuple[str, str, Collection[int]]:
    """The names of a regular and a bold font, and the characters that both have."""
    from reportlab import rl_config
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    places = [(Path(folder) / "DejaVuSans.ttf", Path(folder) / "DejaVuSans-Bold.ttf") for folder in DEJAVU]
    vera = next(Path(one) for one in rl_config.TTFSearchPath if (Path(one) / "Vera.ttf").is_file())
    for number, pair in enumerate([*places, (vera / "Vera.ttf", vera / "VeraBd.ttf")]):
        if all(one.is_file() for one in pair):
            try:
                fonts = [TTFont(f"onrecord-{number}-{place}", str(one)) for place, one in enumerate(pair)]
            except (TTFError, OSError):
                continue
            for font in fonts:
                registerFont(font)
            return (
                fonts[0].fontName,
                fonts[1].fontName,
                frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts)),
            )
    raise SettingsError("no font for a PDF was found; install reportlab again")


def _settable(text: str, known: Collection[int], lacking: set[str]) -> str:
    """The text with the code point in place of what the font cannot set; `lacking` takes up what that was."""
    made = []
    for one in unicodedata.normalize("NFC", text):
        point = ord(one)
        joins = _LAST_UNJOINED <= point < _FIRST_AGAIN
        if one in "\n\r\t" or (point in known and not joins and unicodedata.bidirectional(one) in _SET_RIGHT):
            made.append(one)
        else:
            lacking.add(one)
            made.append(f"[U+{point:04X}]")
    return "".join(made)
