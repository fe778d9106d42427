"""Citron, from a folder that holds its repository: all classifiers trained by its own code, or that of cues alone.

Given a file of attributions (`training`), it trains first and does nothing else. VerbNet is not there to be given, so
the classifier of cues does without classes of verbs. Coreferences are not resolved: they move no span.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import parsed
import spacy
from serving import serve


def _parser(options):
    """The pipeline as Citron's own function makes it, which asks for one by a name that the package may not have."""
    sys.path.insert(0, options["source"])
    from citron import utils

    nlp = parsed.pipeline(options["pipeline"])
    spacy.load = lambda _: nlp
    return utils.get_parser()


def train(options):
    """Trains classifiers into the folder of models, each text parsed once for all of them."""
    nlp = _parser(options)
    from citron.content import ContentClassifier, ContentResolver
    from citron.cue import CueClassifier
    from citron.source import SourceClassifier, SourceResolver

    rest = [ContentClassifier, SourceClassifier, ContentResolver, SourceResolver]
    if options["trained"] == "cues":
        own = next((Path(options["source"]) / "models").glob("en_*"))
        for part in rest:
            shutil.copy(own / part.MODEL_FILENAME, options["models"])
        rest = []
    parsed_texts = {}

    def parse(text):
        if text not in parsed_texts:
            parsed_texts[text] = nlp(text)
        return parsed_texts[text]

    with TemporaryDirectory() as folder, TemporaryDirectory() as verbnet:
        with Path(options["training"]).open(encoding="utf-8") as lines:
            for k, line in enumerate(lines):
                (Path(folder) / f"{k:04d}.json").write_text(json.dumps(as_citron(json.loads(line))))
        CueClassifier.build_model(parse, folder, options["models"], verbnet)
        for part in rest:
            part.build_model(parse, folder, options["models"])


def as_citron(report):
    """A report with attributions in the form that Citron is trained on: one cue, which must be there."""

    def written(spans):
        return [{"start": a, "end": b, "text": report["text"][a:b]} for a, b in spans]

    quotes = [
        {
            "cue": max(written(one["cue"]), key=lambda cue: len(cue["text"])),
            "sources": written(one["source"]),
            "contents": written(one["content"]),
        }
        for one in report["attributions"]
        if one["cue"] and one["content"]
    ]
    return {"text": report["text"], "quotes": quotes}


def load(options):
    nlp = _parser(options)
    from citron.citron import Citron
    from citron.content import ContentClassifier, ContentResolver
    from citron.cue import CueClassifier
    from citron.source import SourceClassifier, SourceResolver

    # Its constructor would load the resolver of coreferences too, whose model asks for a list of names to be fetched.
    citron = object.__new__(Citron)
    citron.cue_classifier = CueClassifier(options["models"])
    citron.content_classifier = ContentClassifier(options["models"])
    citron.source_classifier = SourceClassifier(options["models"])
    citron.content_resolver = ContentResolver(options["models"])
    citron.source_resolver = SourceResolver(options["models"])

    def quotations(doc):
        for one in citron.get_quotes(doc, resolve_coreferences=False):
            source = [parsed.reach(span) for span in one.sources]
            content = [parsed.reach(span) for span in one.contents]
            yield {
                "source": source,
                "phrase": [place for span in one.sources for place in parsed.phrase(list(span), content)],
                "cue": [parsed.reach(one.cue)],
                "content": content,
            }

    return parsed.ways(nlp, quotations)


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    if "training" in given:
        train(given)
    else:
        serve(load)
