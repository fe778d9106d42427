"""The tagger in torch: an encoder written out plainly, a label head and two pointer heads.

The encoder is BERT's (Devlin et al., 2019), or MPNet's (Song et al., 2020), which adds a preference for relative
positions to the attention: the small one ships, the large one teaches. Written out because exporting the usual
library's forward to ONNX changed its logits; this one agrees to 4e-6.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

POINTER_WIDTH = 64
DISTANCES = 32
"""Buckets of signed distance in pieces that a pointer may prefer (log-spaced, half to each side)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder; `relative` is the number of buckets of MPNet's relative positions, 0 for BERT."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    epsilon: float = 1e-12
    relative: int = 0


MINILM = Shape()
MPNET = Shape(width=768, layers=12, heads=12, inner=3072, epsilon=1e-5, relative=32)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.attend = nn.Linear(width, 3 * width)
        self.merge = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

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
        shape: Shape = MINILM,
        *,
        vocabulary: int = 30522,
        positions: int = 512,
        labels: int = 7,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        width = shape.width
        self.shape = shape
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.relative = nn.Embedding(shape.relative, shape.heads) if shape.relative else None
        self.layers = nn.ModuleList(
            Layer(width, shape.heads, shape.inner, shape.epsilon, dropout) for _ in range(shape.layers)
        )
        self.labels = nn.Linear(width, labels)
        self.pointers = nn.Linear(width, 4 * POINTER_WIDTH)
        self.distance = nn.Parameter(torch.zeros(2, DISTANCES))
        self.dropout = dropout

    def encode(self, pieces: Tensor, mask: Tensor) -> Tensor:
        length = pieces.shape[1]
        place = torch.arange(length, device=pieces.device)
        x = self.norm(self.words(pieces) + self.positions(place))
        x = F.dropout(x, self.dropout, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :]
        if self.relative is not None:
            buckets = relative_buckets(length, self.shape.relative, pieces.device)
            bias = bias + self.relative(buckets).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.encode(pieces, mask)
        labels = self.labels(F.dropout(x, self.dropout, self.training))
        q1, k1, q2, k2 = self.pointers(F.dropout(x, self.dropout, self.training)).split(POINTER_WIDTH, -1)
        buckets = distance_buckets(pieces.shape[1], pieces.device)
        bias = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, :]
        to_cue = q1 @ k1.transpose(1, 2) * POINTER_WIDTH**-0.5 + self.distance[0][buckets] + bias
        to_source = q2 @ k2.transpose(1, 2) * POINTER_WIDTH**-0.5 + self.distance[1][buckets] + bias
        return labels, to_cue, to_source


@lru_cache(maxsize=256)
def distance_buckets(length: int, device: torch.device | None = None) -> Tensor:
    """Bucket of the signed distance from row to column, `[length, length]`; column 0 means none and has its own."""
    place = torch.arange(length, device=device)
    gap = place[None, :] - place[:, None]
    half = (DISTANCES - 2) // 2
    log = (torch.log2(gap.abs().clamp(min=1).float()) * 2).long().clamp(max=half - 1)
    bucket = torch.where(gap < 0, log, log + half)
    bucket[:, 0] = DISTANCES - 1
    return bucket


@lru_cache(maxsize=256)
def relative_buckets(length: int, count: int, device: torch.device | None = None, furthest: int = 128) -> Tensor:
    """Bucket of the relative position of each pair of pieces, `[length, length]`, as MPNet and T5 count them."""
    place = torch.arange(length, device=device)
    gap = place[:, None] - place[None, :]
    half = count // 2
    exact = half // 2
    far = exact + (
        torch.log(gap.abs().clamp(min=1).float() / exact) / math.log(furthest / exact) * (half - exact)
    ).long().clamp(max=half - 1 - exact)
    return (gap < 0).long() * half + torch.where(gap.abs() < exact, gap.abs(), far)


def shipped_tokenizer() -> Tokenizer:
    """The tokenizer in the package, whose counting of pieces teacher and pupil share.

    Never the one beside a teacher's weights: MPNet's counts the same pieces from 4 on, and a teacher that is fed other
    numbers than its vectors are ordered by learns next to nothing and raises no error.
    """
    return Tokenizer.from_file(str(files("onrecord.reading").joinpath("weights", "tokenizer.json")))


def shape_of(folder: Path) -> Shape:
    """Which of the two encoders a folder holds."""
    kind = json.loads((folder / "config.json").read_text())["model_type"]
    return {"bert": MINILM, "mpnet": MPNET}[kind]


def trained(path: Path, shape: Shape = MINILM) -> Tagger:
    """A tagger as training left it."""
    model = Tagger(shape)
    model.load_state_dict(torch.load(path, weights_only=True))
    return model


def load_encoder(model: Tagger, folder: Path) -> None:
    """Fills the encoder from a checkpoint in safetensors (the layouts of all-MiniLM-L6-v2 and all-mpnet-base-v2)."""
    weights = load_file(folder / "model.safetensors")
    state = model.state_dict()
    if model.relative is None:
        names = ["attention.self.query", "attention.self.key", "attention.self.value"]
        merge, norm1 = "attention.output.dense", "attention.output.LayerNorm"
        state["words.weight"] = weights["embeddings.word_embeddings.weight"]
        # Every piece is of segment 0, so its vector is added once and for all.
        segment = weights["embeddings.token_type_embeddings.weight"][0]
        state["positions.weight"] = weights["embeddings.position_embeddings.weight"] + segment
    else:
        names = ["attention.attn.q", "attention.attn.k", "attention.attn.v"]
        merge, norm1 = "attention.attn.o", "attention.LayerNorm"
        state["words.weight"] = as_bert_counts(weights["embeddings.word_embeddings.weight"])
        # MPNet's first two positions belong to padding.
        state["positions.weight"] = weights["embeddings.position_embeddings.weight"][2:]
        state["relative.weight"] = weights["encoder.relative_attention_bias.weight"]
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for i in range(len(model.layers)):
            old, new = f"encoder.layer.{i}", f"layers.{i}"
            state[f"{new}.attend.{kind}"] = torch.cat([weights[f"{old}.{part}.{kind}"] for part in names])
            state[f"{new}.merge.{kind}"] = weights[f"{old}.{merge}.{kind}"]
            state[f"{new}.norm1.{kind}"] = weights[f"{old}.{norm1}.{kind}"]
            state[f"{new}.widen.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
            state[f"{new}.narrow.{kind}"] = weights[f"{old}.output.dense.{kind}"]
            state[f"{new}.norm2.{kind}"] = weights[f"{old}.output.LayerNorm.{kind}"]
    model.load_state_dict(state)


def as_bert_counts(words: Tensor) -> Tensor:
    """MPNet's word vectors in the order of BERT's vocabulary, so that one tokenizer serves teacher and pupil.

    MPNet counts BERT's pieces from 4 on and has marks of its own for the start, the end and the unknown.
    """
    bert = words[4:30526].clone()
    bert[[100, 101, 102]] = words[[3, 0, 2]]
    return bert
