"""Small invented PDFs, made line by line, so that a test knows what stands where."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Drawn = tuple[float, float, float, str]
"""Points from the left and from the bottom, the size of the letters, the words."""

RELEASE: tuple[tuple[Drawn, ...], ...] = (
    (
        (70, 800, 8, "Harven Ministry of Ports"),
        (70, 740, 20, "Harven opens the harbour"),
        (70, 710, 11, "Eskmouth, 7 March 2031"),
        (70, 680, 11, "“The first pier is open,” Minister Ana Lenz said on Friday. The minis-"),
        (70, 667, 11, "ter added that a long-"),
        (70, 654, 11, "term plan for all of the piers of the harbour is to be made this spring."),
        (70, 630, 11, "Karl Oder of the pilots said that nobody had asked the pilots, who were to"),
        (280, 30, 8, "Page 1 of 2"),
    ),
    (
        (70, 800, 8, "Harven Ministry of Ports"),
        (70, 740, 11, "be told by the end of the month of what the ministry has in mind for them."),
        (70, 716, 11, "The harbour was closed in the winter of the year before, when the ice came."),
        (280, 30, 8, "Page 2 of 2"),
    ),
)  # fmt: skip


def drawn(pages: Sequence[Sequence[Drawn]], **told: str) -> bytes:
    """A PDF with these words at these places; `told` are its title, author and password."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, encrypt=told.get("password"))
    canvas.setTitle(told.get("title", "untitled"))
    canvas.setAuthor(told.get("author", "anonymous"))
    for page in pages:
        for x, y, size, words in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
