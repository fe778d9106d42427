"""A vector for the meaning of a passage: the same text has the same vector always, whatever else stands beside it.

The vector is the sum of a row for each word piece, at unit length. The rows are in the package as int8; they were
learned so that the sum over a sentence points where a sentence encoder's vector points
(`training/sentence_vectors.py`, measured by `bench/linking/vectors.py`). The order of words does not count: "A accused
B" and "B accused A" are alike, and so are a claim and its denial. What tells those apart must be asked besides.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.errors import OnrecordError

LONGEST: Final = 2_000
"""Characters of a passage that are looked at; what comes later does not change its vector."""


class VectorsError(OnrecordError):
    """The table of piece vectors is missing, damaged, or made for another vocabulary."""


class PassageVectors:
    """Makes vectors of passages with the table that is in the package, or in the file `table`.

    Raises:
        VectorsError: when the table or the vocabulary cannot be used.

    >>> made = PassageVectors().vectors(["The troops will leave.", "The soldiers pull out.", "Bread is dearer."])
    >>> bool(made[0] @ made[1] > made[0] @ made[2] + 0.2)
    True
    """

    def __init__(self, table: Path | None = None) -> None:
        try:
            content = _shipped_table() if table is None else table.read_bytes()
            with np.load(io.BytesIO(content), allow_pickle=False) as held:
                self._rows: NDArray[np.int8] = held["rows"]
                self._scales: NDArray[np.float64] = held["scales"].astype(np.float64)
                vocabulary = str(held["vocabulary"])
            self._tokenizer, shipped = _shipped_vocabulary()
        except Exception as error:
            raise VectorsError(f"the vectors of passages cannot be loaded ({error}); install onrecord again") from error
        if vocabulary != shipped or self._rows.dtype != np.int8 or len(self._rows) != len(self._scales):
            raise VectorsError("the vectors of passages were made for another vocabulary; install onrecord again")
        self.width: int = self._rows.shape[1]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text, of unit length, `[texts, width]`; a text of nothing known has zeros.

        The cosine of two passages is the product of their rows, `a @ b`: 1 for the same words, about 0 for passages
        that have nothing to do with each other. Only the first 2,000 characters of a text count.
        Round a cosine before it is compared with a threshold: in single precision processors differ in its 7th digit.
        """
        out = np.zeros((len(texts), self.width), np.float32)
        for row, text in enumerate(texts):
            pieces = self._pieces(text)
            if pieces:
                # In double precision this sum is exact: no processor, and no company of texts, rounds it otherwise.
                total = self._scales[pieces] @ self._rows[pieces].astype(np.float64)
                length = np.sqrt(total @ total)
                if length > 0:
                    out[row] = total / length
        return out

    def rows_of(self, pieces: Sequence[str]) -> NDArray[np.float32]:
        """The rows of pieces of the vocabulary, `[pieces, width]`: what `vectors` gives for each alone."""
        vocabulary: dict[str, int] = self._tokenizer.get_vocab()
        rows = self._rows[np.array([vocabulary[piece] for piece in pieces], np.intp)].astype(np.float32)
        lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        unit: NDArray[np.float32] = rows / np.maximum(lengths, np.float32(1e-6))
        return unit

    def _pieces(self, text: str) -> list[int]:
        text = text[:LONGEST]
        if not text.isascii():
            # A lone surrogate, as damaged JSON brings, is no text to the tokenizer.
            text = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


@cache
def shipped_vectors() -> PassageVectors:
    """The vectors of the table in the package, loaded once in a process."""
    return PassageVectors()


@lru_cache(maxsize=65_536)
def _vector(text: str) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = shipped_vectors().vectors([text])[0]
    return vector


def whole_words() -> list[str]:
    """The pieces of the vocabulary that are whole words or the beginnings of some, sorted."""
    return sorted(piece for piece in _shipped_vocabulary()[0].get_vocab() if piece[:1].isalnum())


def cosine(a: str, b: str) -> float:
    """How near two passages are in meaning, from about 0 to 1, by the table in the package.

    The vectors of the last 65,536 texts are kept: a window of two months of news has some fifty thousand.
    """
    return round(float(_vector(a) @ _vector(b)), 4)


def _shipped_table() -> bytes:
    return files("onrecord.language").joinpath("piece_vectors.npz").read_bytes()


@cache
def _shipped_vocabulary() -> tuple[Tokenizer, str]:
    """The reader's vocabulary, which is MiniLM's too, and the SHA-256 of its file."""
    content = files("onrecord.reading").joinpath("weights", "tokenizer.json").read_bytes()
    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, hashlib.sha256(content).hexdigest()
