"""PDF: pages of a press release become a text with paragraphs, and for each page where it begins in that text."""

from onrecord.sources.documents.extracting import extract_document

__all__ = ["extract_document"]
