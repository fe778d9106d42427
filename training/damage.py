"""Damages training examples as the web damages news, so that the tagger has seen it.

Marks and words are dropped as pieces together with their labels, so nothing needs to be aligned again.
"""

from __future__ import annotations

import numpy as np
from tokenizers import Tokenizer

from training.examples import Example


class Damage:
    """Draws one kind of damage for a share of the examples: quotation marks dropped or straightened, articles lost."""

    def __init__(self, tokenizer: Tokenizer, share: float) -> None:
        piece = tokenizer.token_to_id
        self.share = share
        self.straight = piece('"')
        self.curly = np.asarray([piece("“"), piece("”")])
        self.closing = np.asarray([piece("”"), piece('"')])
        self.articles = np.asarray([piece("the"), piece("a"), piece("an")])

    def __call__(self, example: Example, rng: np.random.Generator) -> Example:
        if rng.random() >= self.share:
            return example
        pieces = example.pieces
        kind = rng.integers(4)
        if kind == 0:
            straight = np.where(np.isin(pieces, self.curly), self.straight, pieces)
            return Example(straight, example.labels, example.to_cue, example.to_source)
        chance = rng.random(len(pieces))
        if kind == 1:
            drop = np.isin(pieces, self.closing) & (chance < 0.3)
        elif kind == 2:
            drop = np.isin(pieces, [*self.curly, self.straight]) & (chance < 0.5)
        else:
            drop = np.isin(pieces, self.articles) & (chance < 0.4)
        return without(example, drop)


def without(example: Example, drop: np.ndarray) -> Example:
    """The example with some pieces gone; a span whose first word goes begins at its next one."""
    labels = example.labels.copy()
    for at in np.flatnonzero(drop):
        after = at + 1
        while after < len(labels) and labels[after] < 0:
            after += 1
        if labels[at] in (1, 3, 5) and after < len(labels) and labels[after] == labels[at] + 1:
            labels[after] = labels[at]
    keep = np.flatnonzero(~drop)
    square = np.ix_(keep, keep)
    return Example(example.pieces[keep], labels[keep], example.to_cue[square], example.to_source[square])
