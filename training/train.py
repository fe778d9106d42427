"""Fine-tunes the tagger on PolNeAR; resumable, and of one seed.

python -m training.train --corpus DIR --encoder DIR --out DIR [--epochs 8] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.windows import Windower
from training.damage import Damage
from training.examples import IGNORE, Example, make_examples
from training.model import Tagger, load_encoder
from training.polnear import read_split

PIECES_A_STEP = 1024
POINTER_WEIGHT = 0.3


def batches(examples: list[Example], rng: np.random.Generator) -> Iterator[list[Example]]:
    """Examples in random order, neighbours of like length together, about PIECES_A_STEP pieces each."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces) + rng.random() * 24)
    groups: list[list[Example]] = [[]]
    for i in order:
        if (len(groups[-1]) + 1) * len(examples[i].pieces) > PIECES_A_STEP * 1.15:
            groups.append([])
        groups[-1].append(examples[i])
    for k in rng.permutation(len(groups)):
        yield groups[int(k)]


def collate(group: list[Example]) -> tuple[Tensor, ...]:
    """Pads a group; returns pieces, mask, labels, to_cue, to_source."""
    length = max(len(e.pieces) for e in group)
    pieces = np.zeros((len(group), length), np.int64)
    mask = np.zeros((len(group), length), np.float32)
    labels = np.full((len(group), length), IGNORE, np.int64)
    to_cue = np.zeros((len(group), length, length), bool)
    to_source = np.zeros((len(group), length, length), bool)
    for i, example in enumerate(group):
        n = len(example.pieces)
        pieces[i, :n], mask[i, :n], labels[i, :n] = example.pieces, 1, example.labels
        to_cue[i, :n, :n], to_source[i, :n, :n] = example.to_cue, example.to_source
    return tuple(torch.from_numpy(a) for a in (pieces, mask, labels, to_cue, to_source))


def pointer_loss(logits: Tensor, gold: Tensor, columns: Tensor) -> Tensor:
    """Mean of -log of the probability that lands on any gold column, over rows that have one."""
    rows = gold.any(-1)
    if not rows.any():
        return logits.sum() * 0
    logits = logits.float().masked_fill(~columns[:, None, :], -1e4)
    right = logits.masked_fill(~gold, -1e4).logsumexp(-1)
    return (logits.logsumexp(-1) - right)[rows].mean()


def loss_of(model: Tagger, group: list[Example]) -> Tensor:
    pieces, mask, labels, to_cue, to_source = collate(group)
    with torch.autocast("cpu", torch.bfloat16):
        tags, cue_logits, source_logits = model(pieces, mask)
    columns = labels != IGNORE
    columns[:, 0] = True
    tagging = F.cross_entropy(tags.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
    pointing = pointer_loss(cue_logits, to_cue, columns) + pointer_loss(source_logits, to_source, columns)
    return tagging + POINTER_WEIGHT * pointing


def parameter_groups(model: Tagger, rate: float, head_rate: float) -> list[dict[str, object]]:
    heads = ("labels.", "pointers.", "distance")
    new = [p for name, p in model.named_parameters() if name.startswith(heads)]
    old = [p for name, p in model.named_parameters() if p.requires_grad and not name.startswith(heads)]
    return [{"params": old, "lr": rate}, {"params": new, "lr": head_rate}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder polnear, with train/ and dev/")
    parser.add_argument("--encoder", type=Path, required=True, help="all-MiniLM-L6-v2: config, tokenizer, weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--damage", type=float, default=0.2, help="share of examples that are damaged")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    windower = Windower(tokenizer)
    reports = read_split(args.corpus, "train", every_annotator=True)
    examples = [example for report in reports for example in make_examples(report, windower)]
    total = sum(len(e.pieces) for e in examples)
    print(f"{len(examples)} examples, {total} pieces", flush=True)

    model = Tagger()
    load_encoder(model, args.encoder)
    model.words.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(parameter_groups(model, args.rate, args.head_rate), weight_decay=0.01, fused=True)
    steps = args.epochs * sum(1 for _ in batches(examples, np.random.default_rng(0)))
    warm = steps // 20
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min((k + 1) / warm, max(0.0, (steps - k) / (steps - warm)))
    )
    damage = Damage(tokenizer, args.damage)
    checkpoint = args.out / "checkpoint.pt"
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
        print(f"goes on after epoch {first}", flush=True)

    began = time.monotonic()
    for epoch in range(first, args.epochs):
        rng = np.random.default_rng([args.seed, epoch])
        torch.manual_seed(1000 * args.seed + epoch)
        model.train()
        mean, seen = 0.0, 0
        for k, group in enumerate(batches([damage(e, rng) for e in examples], rng)):
            loss = loss_of(model, group)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            mean += (loss.item() - mean) * 0.01 if k else loss.item()
            seen += sum(len(e.pieces) for e in group)
            if k % 100 == 0:
                minutes = (time.monotonic() - began) / 60
                print(
                    json.dumps(
                        {
                            "epoch": epoch,
                            "step": k,
                            "loss": round(mean, 4),
                            "pieces": seen,
                            "minutes": round(minutes, 2),
                        }
                    ),
                    flush=True,
                )
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch + 1,
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
    torch.save(model.state_dict(), args.out / "tagger.pt")


if __name__ == "__main__":
    main()
