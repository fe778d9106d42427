"""A brief as the bytes of a file, in each format there is."""

from __future__ import annotations

from typing import Final

from onrecord.domain.briefs import Brief, BriefFormat
from onrecord.ledger.brief_rows import brief_json
from onrecord.publishing.briefs.writing import html, markdown

MEDIA_TYPES: Final = {
    BriefFormat.MD: "text/markdown; charset=utf-8",
    BriefFormat.HTML: "text/html; charset=utf-8",
    BriefFormat.JSON: "application/json",
    BriefFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    BriefFormat.PDF: "application/pdf",
}


def written(made: Brief, named: str, format: BriefFormat) -> bytes:  # noqa: A002
    """The brief with the id `named`, in a format.

    Raises:
        SettingsError: when the extra is not installed that Word and PDF need.
    """
    match format:
        case BriefFormat.MD:
            return markdown(made, named).encode("utf-8")
        case BriefFormat.HTML:
            return html(made, named).encode("utf-8")
        case BriefFormat.JSON:
            return (brief_json(made) + "\n").encode("utf-8")
        case BriefFormat.DOCX:
            from onrecord.publishing.briefs.word import docx

            return docx(made, named)
        case BriefFormat.PDF:
            from onrecord.publishing.briefs.portable import pdf

            return pdf(made, named)
