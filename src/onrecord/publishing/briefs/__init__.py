"""Briefs: composed from a weighed view, written as Markdown, HTML, JSON, Word and PDF.

`word.docx` and `portable.pdf` need an extra and are imported from their modules.
"""

from onrecord.publishing.briefs.composing import Asked, composed
from onrecord.publishing.briefs.writing import html, markdown

__all__ = ["Asked", "composed", "html", "markdown"]
