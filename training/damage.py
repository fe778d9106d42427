"""Damages training examples as the web damages news, so that the tagger has seen it.

Marks and words are dropped as pieces together with their labels, so nothing needs to be aligned again.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tokenizers import Tokenizer

from training.examples import Example, Soft


class Damage:
    """Draws one kind of damage for a share of the examples.

    Quotation marks dropped or straightened, articles lost, paragraphs joined.
    """

    def __init__(self, tokenizer: Tokenizer, share: float) -> None:
        piece = tokenizer.token_to_id
        self.share = share
        self.straight = piece('"')
        self.curly = np.asarray([piece("“"), piece("”")])
        self.closing = np.asarray([piece("”"), piece('"')])
        self.separator = piece("[SEP]")
        self.articles = np.asarray([piece("the"), piece("a"), piece("an")])

    def __call__(self, example: Example, rng: np.random.Generator) -> Example:
        if rng.random() >= self.share:
            return example
        pieces = example.pieces
        kind = rng.integers(5)
        if kind == 0:
            straight = np.where(np.isin(pieces, self.curly), self.straight, pieces)
            return replace(example, pieces=straight)
        chance = rng.random(len(pieces))
        if kind == 1:
            drop = np.isin(pieces, self.closing) & (chance < 0.3)
        elif kind == 2:
            drop = np.isin(pieces, [*self.curly, self.straight]) & (chance < 0.5)
        elif kind == 3:
            drop = np.isin(pieces, self.articles) & (chance < 0.4)
        else:
            drop = (pieces == self.separator) & (chance < 0.6)
            drop[-1] = False
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
    soft = example.soft
    if soft is not None:
        # A pointer at a word that is gone points at nothing; the rest of its probability is left to the others.
        soft = Soft(soft.labels[keep], soft.to_cue[square], soft.to_source[square])
    return Example(example.pieces[keep], labels[keep], example.to_cue[square], example.to_source[square], soft)
