"""Runs the int8 cross-encoder over pairs of passages: texts in, probabilities out, each pair by itself.

A pair is read as `[CLS] premise [SEP] claim [SEP]` (Devlin et al., 2019). The vectors of the word pieces are those of
the tagger: training left both as they were, so the wheel holds them once. They are found in the tagger's file by their
first bytes and held to their SHA-256, and the graph takes looked-up vectors as its input. `training/entailment.py`
makes the weights and measures them. They are not in the wheel: as a sign for `weighing.relations` they were not shown
to be worth it (training/NOTES.md). Nothing here needs torch, so that it can move into the package as it is.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.errors import OnrecordError

ANSWERS: Final = ("contradicts", "neutral", "supports")
LONGEST: Final = 2_000
"""Characters of a passage that are looked at; what comes later changes nothing."""
WIDTH: Final = 96
"""Pieces of a pair that are read, marks included."""
CLAIM: Final = 44
"""Pieces that a claim keeps at least, where the premise would fill the width alone."""


class EntailmentError(OnrecordError):
    """The weights are missing or damaged, or the tagger's file does not hold their word vectors."""


class Entailment:
    """Judges pairs of passages with weights of `training.entailment`.

    Args:
        weights: a graph that it exported.
        tagger: a folder with `tagger.onnx` and `tokenizer.json`; the reader's when not given.
        threads: threads for one pair; pairs go through one at a time, so that none depends on its company.

    Raises:
        EntailmentError: when a file is missing, damaged, or made for others.
    """

    def __init__(self, weights: Path, tagger: Path | None = None, threads: int = 1) -> None:
        folder = Path(str(files("onrecord.reading").joinpath("weights"))) if tagger is None else tagger
        try:
            model = weights.read_bytes()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            facts: Mapping[str, str] = self._session.get_modelmeta().custom_metadata_map
            self.version: str = facts["version"]
            self.answers: tuple[str, ...] = tuple(json.loads(facts.get("answers", json.dumps(ANSWERS))))
            self._open = self.answers.index(facts.get("open", ANSWERS[1]))
            self._temperature = float(facts["temperature"])
            self._scale, self._zero = np.float32(facts["table_scale"]), np.float32(facts["table_zero"])
            cut = (int(facts["width"]), int(facts["claim"]))
            table = word_vectors(folder / "tagger.onnx", facts)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
            start, end = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
            if start is None or end is None:
                raise ValueError("the vocabulary has no marks for the start and the end")
            self._marks = (start, end)
        except Exception as error:
            raise EntailmentError(
                f"the weights of entailment cannot be loaded ({error}); install onrecord again"
            ) from error
        if table is None or cut != (WIDTH, CLAIM):
            raise EntailmentError("the weights of entailment were made for another tagger; install onrecord again")
        self._table = table
        self.sha256: str = hashlib.sha256(model).hexdigest()

    def judge(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """For pairs of a premise and a claim the probabilities that it contradicts, leaves open or supports the claim.

        The order counts: "ten died" may support "some died" and not the other way round. Ask both ways where neither
        comes first. Processors differ in the last digits, so round before comparing with a threshold.

        Returns:
            `[pairs, answers]` in the order of `answers`, rows of sum 1; a pair with an empty side is left open.
        """
        out = np.zeros((len(pairs), len(self.answers)))
        for row, (premise, claim) in enumerate(pairs):
            first, second = (self._pieces(text) for text in (premise, claim))
            if not first or not second:
                out[row, self._open] = 1.0
                continue
            pieces, at = joined(first, second, self._marks)
            vectors = (self._table[pieces].astype(np.float32) - self._zero) * self._scale
            kinds = (np.arange(len(pieces)) >= at).astype(np.int64)
            (logits,) = self._session.run(["logits"], {"vectors": vectors, "second": kinds})
            scaled = np.asarray(logits, np.float64) / self._temperature
            powers = np.exp(scaled - scaled.max())
            out[row] = powers / powers.sum()
        return out

    def _pieces(self, text: str) -> list[int]:
        text = text[:LONGEST]
        if not text.isascii():
            # A lone surrogate, as damaged JSON brings, is no text to the tokenizer.
            text = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def joined(premise: Sequence[int], claim: Sequence[int], marks: tuple[int, int]) -> tuple[list[int], int]:
    """The pieces of a pair with their marks (start, end), cut to WIDTH, and where the claim's begin.

    The claim keeps CLAIM pieces, or as many more as the premise leaves; the premise has the rest.

    >>> joined([5, 6], [7], (1, 2))
    ([1, 5, 6, 2, 7, 2], 4)
    """
    start, end = marks
    room = WIDTH - 3
    kept = min(len(claim), max(CLAIM, room - len(premise)))
    first = list(premise[: room - kept])
    return [start, *first, end, *claim[:kept], end], len(first) + 2


def word_vectors(path: Path, facts: Mapping[str, str]) -> NDArray[np.uint8] | None:
    """The word vectors inside the tagger's file, `[pieces, width]`, mapped and not copied; None when not there."""
    rows, width = int(facts["table_rows"]), int(facts["table_width"])
    with path.open("rb") as opened:
        content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    at = content.find(bytes.fromhex(facts["table_starts"]))
    if at < 0 or at + rows * width > len(content):
        return None
    table = np.frombuffer(content, np.uint8, rows * width, at)
    if hashlib.sha256(table.data).hexdigest() != facts["table_sha256"]:
        return None
    return table.reshape(rows, width)
