"""What the runners of programs on spaCy share: a pipeline of a package, and reading by article and by paragraph.

A failure of the program on one text is a refusal of that text, as it is for whoever calls it in a loop.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import spacy
from serving import Found, Part, paragraphs


def pipeline(package, exclude=()):
    """The pipeline that a package holds, wherever in it, without the components that the program never looks at."""
    folder = Path(importlib.import_module(package).__file__).parent
    place = next(folder.rglob("tokenizer")).parent
    return spacy.load(place, disable=list(exclude))


def ways(nlp, quotations, prepare=str):
    """By article and by paragraph, in batches: larger ones take more memory and, on a processor, no less time.

    Args:
        quotations: from a parsed document to quotations, as `serving.Part` takes them.
        prepare: what the program does to a text before it is parsed.
    """

    def pieces(texts, cut):
        for k, whole in enumerate(texts):
            for start, text in cut(whole):
                try:
                    yield prepare(text), (k, start, text, None)
                except Exception as error:
                    yield "", (k, start, text, error)

    def parts(texts, cut, batch):
        for doc, (k, start, text, error) in nlp.pipe(pieces(texts, cut), as_tuples=True, batch_size=batch):
            try:
                if error is not None:
                    raise error
                yield k, Part(start, text, doc.text, list(quotations(doc))), None
            except Exception as refused:
                yield k, None, f"{type(refused).__name__}: {refused}"

    def read(texts, cut, batch):
        taken, reasons, at = [], [], 0
        for k, part, reason in parts(texts, cut, batch):
            while at < k:
                yield Found(taken, reasons)
                taken, reasons, at = [], [], at + 1
            if part is None:
                reasons.append(reason)
            else:
                taken.append(part)
        for _ in range(at, len(texts)):
            yield Found(taken, reasons)
            taken, reasons = [], []

    return {
        "by article": lambda texts: read(texts, lambda whole: [(0, whole)], 8),
        "by paragraph": lambda texts: read(texts, paragraphs, 128),
    }


def found_by(finder):
    """From a parsed document to the quotations that a finder gives as speaker, cue and content."""

    def quotations(doc):
        for one in finder(doc):
            content = [reach(one.content)]
            yield {
                "source": spans(one.speaker),
                "phrase": phrase(one.speaker, content),
                "cue": spans(one.cue),
                "content": content,
            }

    return quotations


def reach(tokens):
    """The characters from the first to the last of some tokens."""
    return [tokens[0].idx, tokens[-1].idx + len(tokens[-1])]


def spans(tokens):
    """The characters of tokens, those side by side as one span."""
    runs = []
    for token in sorted(tokens, key=lambda one: one.i):
        if runs and runs[-1][-1].i + 1 == token.i:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [reach(run) for run in runs]


def phrase(tokens, apart=()):
    """The noun phrase that stands on some tokens, without what stands in the spans it must be kept apart from."""
    first, last = min(t.left_edge.i for t in tokens), max(t.right_edge.i for t in tokens)
    doc = tokens[0].doc
    if any(doc[first].idx < b and a < doc[last].idx + len(doc[last]) for a, b in apart):
        return spans(tokens)
    return [reach(doc[first : last + 1])]
