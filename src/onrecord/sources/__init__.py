"""Sources: bytes become captures, captures become reports, and nothing is lost in silence.

Reads plain text, HTML, PDF, JSON, JSON Lines, WARC, WACZ and Parquet from files, folders, glob patterns and standard
input. Only `fetching` touches the network.
"""

from onrecord.sources.extraction import text_of
from onrecord.sources.gather import count, from_text, gather
from onrecord.sources.metadata import Defaults

__all__ = ["Defaults", "count", "from_text", "gather", "text_of"]
