"""spaCy with textacy's extraction of direct quotations."""

from __future__ import annotations

import parsed
from serving import serve
from textacy.extract.triples import direct_quotations


def quotations(doc):
    for one in direct_quotations(doc):
        content = [parsed.reach(one.content)]
        yield {
            "source": parsed.spans(one.speaker),
            "phrase": parsed.phrase(one.speaker, content),
            "cue": parsed.spans(one.cue),
            "content": content,
        }


if __name__ == "__main__":
    serve(lambda options: parsed.ways(parsed.pipeline(options["pipeline"], ["ner"]), quotations))
