"""spaCy with textacy's extraction of direct quotations."""

from __future__ import annotations

import parsed
from serving import serve
from textacy.extract.triples import direct_quotations

if __name__ == "__main__":
    serve(
        lambda options: parsed.ways(parsed.pipeline(options["pipeline"], ["ner"]), parsed.found_by(direct_quotations))
    )
