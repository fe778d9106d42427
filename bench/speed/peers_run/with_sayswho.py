"""SaysWho's finder of quotations, on a text that was prepared as SaysWho prepares it.

Its clusters of coreference need a pipeline that is in no package index; they name who is meant and move no span.
"""

from __future__ import annotations

import parsed
from sayswho.helpers import prep_text_for_quote_detection
from sayswho.quote_finder import quote_finder
from serving import serve

if __name__ == "__main__":
    serve(
        lambda options: parsed.ways(
            parsed.pipeline(options["pipeline"], ["ner"]), parsed.found_by(quote_finder), prep_text_for_quote_detection
        )
    )
