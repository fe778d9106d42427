"""Transcripts: texts in which every turn begins with who takes it ("MR. ODER: We will not leave.").

A transcript is a primary source: nobody tells what was said, the words stand there. `turns_of` tells whether a report
is one and takes its turns apart; `TranscriptReader` makes statements of them.
"""

from onrecord.reading.transcripts.labels import Label, Sort, label_at
from onrecord.reading.transcripts.reader import TranscriptReader
from onrecord.reading.transcripts.recognising import Turn, is_transcript, turns_of

__all__ = ["Label", "Sort", "TranscriptReader", "Turn", "is_transcript", "label_at", "turns_of"]
