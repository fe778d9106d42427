"""Windows in the memory of an accelerator, with their gold or a teacher's word, damaged as they are drawn.

Every window takes the same width, so that a batch is a choice of rows. Damage is that of `training.damage`, for a whole
batch at once: marks straightened or lost, articles lost, paragraphs joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.examples import IGNORE

KINDS = 5


@dataclass(frozen=True, slots=True)
class Rows:
    """Some windows `[n, width]`, padded with piece 0.

    `heads` are the pieces that begin a word, `mask` those that are no padding. With gold, `labels` `[n, width]` are
    indices into `encoder.LABELS` (IGNORE off the heads) and `to_cue` and `to_source` `[n, width, width]` true where a
    word may point. With a teacher's word, `labels` are probabilities `[n, width, 7]` and the pointers probabilities.
    """

    pieces: Tensor
    heads: Tensor
    mask: Tensor
    labels: Tensor | None = None
    to_cue: Tensor | None = None
    to_source: Tensor | None = None

    def __len__(self) -> int:
        return len(self.pieces)

    def some(self, rows: Tensor) -> Rows:
        """The windows of these numbers."""
        names = ("pieces", "heads", "mask", "labels", "to_cue", "to_source")
        return Rows(*(None if getattr(self, name) is None else getattr(self, name)[rows] for name in names))  # type: ignore[arg-type]  # the first three are always there

    @property
    def columns(self) -> Tensor:
        """Where a pointer may point: at words, and at the first piece for none."""
        found = self.heads.clone()
        found[:, 0] = True
        return found


def padded(flat: np.ndarray, lengths: np.ndarray, width: int, filler: int) -> np.ndarray:
    """Arrays one after the other as rows of one width."""
    out = np.full((len(lengths), width), filler, flat.dtype)
    out[np.arange(width)[None, :] < lengths[:, None]] = flat
    return out


def held(arrays: dict[str, np.ndarray], part: str, width: int, device: torch.device) -> Rows:
    """One part of a packed file; its gold with it, where it has any."""
    lengths = arrays[f"{part}.lengths"].astype(np.int64)
    pieces = padded(arrays[f"{part}.pieces"], lengths, width, 0)
    mask = np.arange(width)[None, :] < lengths[:, None]

    def there(value: np.ndarray) -> Tensor:
        return torch.from_numpy(value).to(device)

    if f"{part}.labels" not in arrays:
        heads = padded(arrays[f"{part}.heads"], lengths, width, 0)
        return Rows(there(pieces.astype(np.int32)), there(heads), there(mask))
    labels = padded(arrays[f"{part}.labels"], lengths, width, IGNORE)
    pointers = []
    for name in ("to_cue", "to_source"):
        square = torch.zeros(len(lengths), width, width, dtype=torch.bool)
        window, row, column = torch.from_numpy(arrays[f"{part}.{name}"].astype(np.int64)).T
        square[window, row, column] = True
        pointers.append(square.to(device))
    heads = labels != IGNORE
    return Rows(there(pieces.astype(np.int32)), there(heads), there(mask), there(labels), *pointers)


def joined(first: Rows, second: Rows) -> Rows:
    """The windows of both, of one width, without what is said of them."""
    names = ("pieces", "heads", "mask")
    return Rows(*(torch.cat([getattr(first, name), getattr(second, name)]) for name in names))


class Damaging:
    """Draws one kind of damage for a share of the windows of a batch."""

    def __init__(self, tokenizer: Tokenizer, share: float, device: torch.device) -> None:
        def ids(*pieces: str) -> Tensor:
            return torch.tensor([tokenizer.token_to_id(piece) for piece in pieces], device=device)

        self.share = share
        self.straight, self.separator = ids('"'), ids("[SEP]")
        self.curly, self.closing = ids("“", "”"), ids("”", '"')
        self.marks, self.articles = ids("“", "”", '"'), ids("the", "a", "an")

    def __call__(self, rows: Rows, chance: torch.Generator) -> Rows:
        device = rows.pieces.device
        kind = torch.randint(KINDS, (len(rows), 1), generator=chance, device=device)
        hit = torch.rand(len(rows), 1, generator=chance, device=device) < self.share
        drawn = torch.rand(rows.pieces.shape, generator=chance, device=device)
        pieces = torch.where(
            hit & (kind == 0) & torch.isin(rows.pieces, self.curly), self.straight.to(rows.pieces.dtype), rows.pieces
        )
        last = rows.mask.sum(-1, keepdim=True) - 1
        inner = torch.arange(pieces.shape[1], device=device)[None, :] < last
        drop = hit & (
            ((kind == 1) & torch.isin(pieces, self.closing) & (drawn < 0.3))
            | ((kind == 2) & torch.isin(pieces, self.marks) & (drawn < 0.5))
            | ((kind == 3) & torch.isin(pieces, self.articles) & (drawn < 0.4))
            | ((kind == 4) & torch.isin(pieces, self.separator) & inner & (drawn < 0.6))
        )
        return without(replace(rows, pieces=pieces), drop)


def without(rows: Rows, drop: Tensor) -> Rows:
    """The windows with some pieces gone, what is left moved up; a span whose first word goes begins at its next one."""
    order = torch.argsort((drop | ~rows.mask).to(torch.uint8), dim=-1, stable=True)
    mask = torch.gather(rows.mask & ~drop, 1, order)
    pieces = torch.where(mask, torch.gather(rows.pieces, 1, order), 0)
    heads = torch.gather(rows.heads, 1, order) & mask
    labels = rows.labels
    if labels is not None and labels.dim() == 2:
        labels = torch.where(mask, torch.gather(labels, 1, order), IGNORE)
        labels = begun(labels, heads)
    elif labels is not None:
        wide = order[:, :, None].expand(-1, -1, labels.shape[-1])
        labels = torch.gather(labels, 1, wide) * mask[:, :, None]
    squares = []
    for square in (rows.to_cue, rows.to_source):
        if square is not None:
            size = order.shape[1]
            square = torch.gather(square, 1, order[:, :, None].expand(-1, -1, size))
            square = torch.gather(square, 2, order[:, None, :].expand(-1, size, -1))
            both = mask[:, :, None] & mask[:, None, :]
            square = square & both if square.dtype == torch.bool else square * both
        squares.append(square)
    return Rows(pieces, heads, mask, labels, *squares)


def begun(labels: Tensor, heads: Tensor) -> Tensor:
    """Labels in which an inside label that follows no word of its role begins a span."""
    place = torch.arange(labels.shape[1], device=labels.device).expand_as(labels)
    upto = torch.where(heads, place, -1).cummax(-1).values
    before = torch.cat([torch.full_like(upto[:, :1], -1), upto[:, :-1]], 1)
    former = torch.where(before >= 0, torch.gather(labels, 1, before.clamp(min=0)), 0)
    inside = (labels > 0) & (labels % 2 == 0)
    follows = (former == labels) | (former == labels - 1)
    return torch.where(inside & ~follows, labels - 1, labels)


def drawn(rows: Rows, size: int, chance: torch.Generator) -> Iterator[Rows]:
    """Batches of so many windows, or of all where there are fewer, in random order and without end."""
    size = min(size, len(rows))
    while True:
        order = torch.randperm(len(rows), generator=chance, device=rows.pieces.device)
        for at in range(0, len(rows) - size + 1, size):
            yield rows.some(order[at : at + size])
