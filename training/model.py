"""The tagger in torch: a BERT encoder written out plainly, a label head and two pointer heads.

Written out because exporting the usual library's forward to ONNX changed its logits; this one agrees to 4e-6.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

POINTER_WIDTH = 64
DISTANCES = 32
"""Buckets of signed distance in pieces that a pointer may prefer (log-spaced, half to each side)."""


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT (Devlin et al., 2019)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.attend = nn.Linear(width, 3 * width)
        self.merge = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.attend(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask
        mixed = F.dropout(scores.softmax(-1), self.dropout, self.training) @ v
        mixed = self.merge(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.norm1(x + F.dropout(mixed, self.dropout, self.training))
        inner = self.narrow(F.gelu(self.widen(x)))
        return self.norm2(x + F.dropout(inner, self.dropout, self.training))


class Tagger(nn.Module):
    """Pieces `[batch, length]` and a mask of the same shape → label logits and two pointer logits.

    Returns labels `[batch, length, 7]`, content→cue and cue→source `[batch, length, length]`.
    """

    def __init__(
        self,
        *,
        vocabulary: int = 30522,
        positions: int = 512,
        width: int = 384,
        layers: int = 6,
        heads: int = 12,
        inner: int = 1536,
        labels: int = 7,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.labels = nn.Linear(width, labels)
        self.pointers = nn.Linear(width, 4 * POINTER_WIDTH)
        self.distance = nn.Parameter(torch.zeros(2, DISTANCES))
        self.dropout = dropout

    def encode(self, pieces: Tensor, mask: Tensor) -> Tensor:
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(place))
        x = F.dropout(x, self.dropout, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.encode(pieces, mask)
        labels = self.labels(F.dropout(x, self.dropout, self.training))
        q1, k1, q2, k2 = self.pointers(F.dropout(x, self.dropout, self.training)).split(POINTER_WIDTH, -1)
        buckets = distance_buckets(pieces.shape[1]).to(pieces.device)
        bias = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, :]
        to_cue = q1 @ k1.transpose(1, 2) * POINTER_WIDTH**-0.5 + self.distance[0][buckets] + bias
        to_source = q2 @ k2.transpose(1, 2) * POINTER_WIDTH**-0.5 + self.distance[1][buckets] + bias
        return labels, to_cue, to_source


def distance_buckets(length: int) -> Tensor:
    """Bucket of the signed distance from row to column, `[length, length]`; column 0 means none and has its own."""
    place = torch.arange(length)
    gap = place[None, :] - place[:, None]
    half = (DISTANCES - 2) // 2
    log = (torch.log2(gap.abs().clamp(min=1).float()) * 2).long().clamp(max=half - 1)
    bucket = torch.where(gap < 0, log, log + half)
    bucket[:, 0] = DISTANCES - 1
    return bucket


def load_encoder(model: Tagger, folder: Path) -> None:
    """Fills the encoder from a BERT checkpoint in safetensors (all-MiniLM-L6-v2's layout)."""
    config = json.loads((folder / "config.json").read_text())
    weights = load_file(folder / "model.safetensors")
    if config["num_hidden_layers"] != len(model.layers):
        raise ValueError(f"{folder}: {config['num_hidden_layers']} layers, the tagger has {len(model.layers)}")
    state = model.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"]
    # Every piece is of segment 0, so its vector is added once and for all.
    state["positions.weight"] = (
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    )
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for i in range(len(model.layers)):
            old, new = f"encoder.layer.{i}", f"layers.{i}"
            state[f"{new}.attend.{kind}"] = torch.cat(
                [weights[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            state[f"{new}.merge.{kind}"] = weights[f"{old}.attention.output.dense.{kind}"]
            state[f"{new}.norm1.{kind}"] = weights[f"{old}.attention.output.LayerNorm.{kind}"]
            state[f"{new}.widen.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
            state[f"{new}.narrow.{kind}"] = weights[f"{old}.output.dense.{kind}"]
            state[f"{new}.norm2.{kind}"] = weights[f"{old}.output.LayerNorm.{kind}"]
    model.load_state_dict(state)
