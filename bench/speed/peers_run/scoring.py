"""PolNeAR's dev part with the corpus's own scorer, for many answers to the same texts."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.quality import polnear
from bench.speed.peers_run.mapping import Quotation
from training.polnear import Attribution, read_split

ROLES = ("source", "cue", "content")
LINKED = ("linked", "linked.quoted", "linked.indirect")


class Dev:
    """The texts of the dev part, and what answers to them score; of several annotators the first counts."""

    def __init__(self, corpora: Path) -> None:
        sys.path.insert(0, str(corpora.parent / "tools"))
        self._corpora = corpora
        self._scorer = importlib.import_module("attribution_scores")
        reports = list(read_split(corpora / "polnear", "dev", every_annotator=False))
        self.texts = {report.name: report.text for report in reports}
        self._gold = {report.name: [_written(one) for one in report.attributions] for report in reports}

    def training(self, target: Path) -> None:
        """Writes the reports of the train part with their attributions as JSON lines."""
        with target.open("w", encoding="utf-8") as file:
            for report in read_split(self._corpora / "polnear", "train", every_annotator=False):
                attributions = [_written(one) for one in report.attributions]
                file.write(json.dumps({"text": report.text, "attributions": attributions}) + "\n")

    def linked(self, answers: Sequence[Sequence[Quotation]]) -> float:
        """F1 of whole attributions, without a process for the scorer: for choosing."""
        texts = self.texts.items()
        docs = [(text, self._gold[name], given) for (name, text), given in zip(texts, answers, strict=True)]
        found: float = self._scorer.score(docs)["linked"]["f"]
        return found

    def scores(self, answers: Sequence[Sequence[Quotation]]) -> dict[str, float]:
        """F1 as the scorer tells it: of the tokens of each role and of whole attributions; `exact.` of exact spans."""
        with TemporaryDirectory() as folder:
            target = Path(folder) / "predictions.jsonl"
            with target.open("w", encoding="utf-8") as file:
                for name, given in zip(self.texts, answers, strict=True):
                    file.write(json.dumps({"doc": name, "attributions": given}) + "\n")
            found = polnear.scored(target, self._corpora)
        whole = found["attribution"]
        tokens = {role: whole[f"token.{role}"]["f"] for role in ROLES}
        exact = {f"exact.{role}": found["published"][role]["f"] for role in ROLES}
        return {**tokens, **exact, **{name: whole[name]["f"] for name in LINKED}}


def _written(attribution: Attribution) -> Quotation:
    return {role: [[span.start, span.end] for span in attribution.role(role)] for role in ROLES}
