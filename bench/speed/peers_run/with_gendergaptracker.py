"""GenderGapTracker's extractor of quotations, from a folder that holds its repository."""

from __future__ import annotations

import sys
from pathlib import Path

import parsed
from serving import serve


def load(options):
    folder = Path(options["source"]) / "nlp" / "english"
    sys.path.insert(0, str(folder))
    import quote_extractor
    from utils import preprocess_text

    nlp = parsed.pipeline(options["pipeline"], ["ner"])
    verbs = folder / "rules" / "quote_verb_list.txt"
    extractor = quote_extractor.QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(verbs)}})

    def quotations(doc):
        for one in extractor.extract_quotes(doc):
            content, source = _place(one["quote_index"]), _place(one["speaker_index"])
            speaker = [t for a, b in source for t in doc if a <= t.idx < b and not t.is_space]
            yield {
                "source": source,
                "phrase": parsed.phrase(speaker, content) if speaker else [],
                "cue": _place(one["verb_index"]),
                "content": content,
            }

    return parsed.ways(nlp, quotations, preprocess_text)


def _place(written):
    """Characters written as "(3,9)"; none where it says "(0,0)" or nothing."""
    first, _, last = written.strip("()").partition(",")
    return [[int(first), int(last)]] if last and int(last) else []


if __name__ == "__main__":
    serve(load)
