"""Reported quotations beside the transcripts they render: what was quoted, what was said, how the words differ."""

from onrecord.quoting.checking import Checked, check_quotes
from onrecord.quoting.transcripts import Transcript, transcript_file, transcript_on_record, transcripts_on_record

__all__ = [
    "Checked",
    "Transcript",
    "check_quotes",
    "transcript_file",
    "transcript_on_record",
    "transcripts_on_record",
]
