"""Runs the int8 tagger over windows: word pieces in, probabilities of labels and of pointers between words out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import ReaderError
from onrecord.reading.windows import Window, Windower

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
APART = ["SkipLayerNormFusion"]
"""What the runtime must not do: a sum and a norm in one step take longer than the two of them apart."""
ALONE = 1 << 18
"""Multiplications up to which OpenBLAS, which numpy comes with, takes a product on the thread that asks for it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the tagger says of the words of one window, n words in order.

    `starts` and `ends` are character offsets `[n]`; `paragraph` numbers the window's paragraphs `[n]`; `labels` holds
    log-probabilities `[n, 7]` in the order of LABELS. `to_cue` and `to_source` are probabilities `[n, n + 1]` that a
    word's cue (its source) is the word of that column; the last column stands for none.
    """

    starts: np.ndarray
    ends: np.ndarray
    paragraph: np.ndarray
    labels: np.ndarray
    to_cue: np.ndarray
    to_source: np.ndarray


class Encoder:
    """The tagger's weights and vocabulary, loaded once.

    Args:
        weights: a folder with `tagger.onnx` and `tokenizer.json`; the one in the wheel when not given.
        threads: threads for one window; windows go through one at a time, which this model is fastest at.

    Raises:
        ReaderError: when the files are missing or damaged.
    """

    def __init__(self, weights: Path | None = None, threads: int = 1) -> None:
        folder = Path(str(files("onrecord.reading").joinpath("weights"))) if weights is None else weights
        try:
            model = (folder / "tagger.onnx").read_bytes()
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"], disabled_optimizers=APART
            )
            metadata = self._session.get_modelmeta().custom_metadata_map
            self.version: str = metadata["version"]
            self._pointer_width = int(metadata["pointer_width"])
            distance = np.asarray(json.loads(metadata["distance"]), np.float32)
            self.windower = Windower(tokenizer, int(metadata["width"]))
            labels = tuple(json.loads(metadata["labels"]))
            self.calibration = np.asarray(json.loads(metadata["calibration"]), np.float64)
        except Exception as error:
            raise ReaderError(f"the weights in {folder} cannot be loaded ({error}); install onrecord again") from error
        if labels != LABELS:
            raise ReaderError(f"the weights in {folder} know the labels {labels}, this version needs {LABELS}")
        self.sha256 = hashlib.sha256(model).hexdigest()
        self._near = distance[:, distance_buckets(self.windower.width, distance.shape[1])]

    def tag(self, window: Window) -> Words:
        """Runs one window through the model."""
        logits, pointers = self._session.run(None, {"pieces": window.pieces})
        heads = np.flatnonzero(window.heads)
        columns = np.concatenate([heads, [0]])
        q1, k1, q2, k2 = np.split(pointers, 4, axis=-1)
        scale = self._pointer_width**-0.5
        to_cue = _softmax(products(q1[heads], k1[columns]) * scale + self._near[0][heads][:, columns])
        to_source = _softmax(products(q2[heads], k2[columns]) * scale + self._near[1][heads][:, columns])
        separators = np.cumsum(window.starts < 0)
        ends = _word_ends(window, heads)
        return Words(window.starts[heads], ends, separators[heads] - 1, _log_softmax(logits[heads]), to_cue, to_source)


def products(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """`rows @ columns.T`, on this thread alone.

    Over so little work numpy's library wakes a thread for each core, and those spin for tens of milliseconds in wait of
    more: longer than a window takes, on cores where other processes read. So the rows go in blocks that are too small
    for that. None is a single row, which another routine takes and rounds otherwise.
    """
    most = max(2, ALONE // max(1, columns.size))
    blocks = max(1, min(-(-len(rows) // most), len(rows) // 2))
    out = np.empty((len(rows), len(columns)), np.float32)
    for k in range(blocks):
        block = slice(len(rows) * k // blocks, len(rows) * (k + 1) // blocks)
        np.matmul(rows[block], columns.T, out=out[block])
    return out


def distance_buckets(length: int, count: int) -> np.ndarray:
    """Bucket of the signed distance in pieces from row to column, `[length, length]`, as in training.

    Log-spaced, half of the buckets to each side; the last one is for column 0, which means none.
    """
    place = np.arange(length)
    gap = place[None, :] - place[:, None]
    half = (count - 2) // 2
    log = np.minimum((np.log2(np.maximum(np.abs(gap), 1)) * 2).astype(int), half - 1)
    bucket: np.ndarray = np.where(gap < 0, log, log + half)
    bucket[:, 0] = count - 1
    return bucket


def _word_ends(window: Window, heads: np.ndarray) -> np.ndarray:
    """Where each word ends: at the end of its last piece."""
    last: np.ndarray = np.append(heads[1:], len(window.pieces)) - 1
    # A separator may stand between a word's last piece and the next word.
    while True:
        off = window.starts[last] < 0
        if not off.any():
            break
        last = last - off
    ends: np.ndarray = window.ends[last]
    return ends


def _softmax(x: np.ndarray) -> np.ndarray:
    e: np.ndarray = np.exp(x - x.max(-1, keepdims=True))
    e /= e.sum(-1, keepdims=True)
    return e


def _log_softmax(x: np.ndarray) -> np.ndarray:
    shifted: np.ndarray = x - x.max(-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(-1, keepdims=True))
    return shifted
