"""A brief as a Word document (Office Open XML); needs the extra `onrecord[brief]`."""

from __future__ import annotations

from io import BytesIO

from onrecord.domain.briefs import Brief
from onrecord.errors import ExtraMissing
from onrecord.publishing.briefs.writing import FOOT, blocks, head_words, source_words, written
from onrecord.publishing.wording import for_xml, web_address


def docx(brief: Brief, id_: str) -> bytes:
    """The brief as a Word document with numbered sources; it holds no macro, no field and nothing from elsewhere.

    Raises:
        SettingsError: when python-docx is not installed.
    """
    try:
        from docx import Document
        from docx.shared import Pt
    except ImportError as error:
        raise ExtraMissing("a Word document", "python-docx", "brief") from error
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = for_xml(brief.title)[:255], for_xml(brief.by)[:255], ""
    properties.created = properties.modified = brief.made.replace(tzinfo=None)
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(for_xml(brief.title), 0)
    document.add_paragraph(for_xml(head_words(brief)))
    for block in blocks(brief):
        document.add_heading(block.heading, 1)
        for line in block.lines:
            paragraph = document.add_paragraph(for_xml(line.words), style="List Bullet")
            paragraph.add_run(line.marks).font.superscript = True
        if not block.lines:
            document.add_paragraph(block.empty)
    document.add_heading("Sources", 1)
    for number, one in enumerate(brief.citations, 1):
        address = web_address(one.url)
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(4)
        run = paragraph.add_run(for_xml(f"{number}. {source_words(one)}{f'; {address}' if address else ''}"))
        run.font.size = Pt(9)
    document.add_paragraph(FOOT)
    document.add_paragraph(written(id_))
    made = BytesIO()
    document.save(made)
    return made.getvalue()
