"""The reader of this project, with all that it reads of a statement beside its spans."""

from __future__ import annotations

from serving import Found, Part, serve

from onrecord.domain.reports import Report
from onrecord.reading.reader import TaggerReader


def load(_):
    reader = TaggerReader()

    def read(texts):
        for text in texts:
            statements = reader.read_report(Report(capture="", text=text))
            # Statements inside statements are not annotated in the corpus, and no other program here finds them.
            outer = [one for one in statements if one.nested_in is None]
            yield Found([Part(0, text, text, [quotation(one) for one in outer])])

    return {"by article": read}


def quotation(statement):
    spans = {
        role: [[span.start, span.end] for span in getattr(statement, role)] for role in ("source", "cue", "content")
    }
    return {**spans, "phrase": spans["source"]}


if __name__ == "__main__":
    serve(load)
