"""Fine-tunes a tagger on PolNeAR; resumable, and of one seed.

python -m training.train --corpus DIR --encoder DIR --out DIR [--epochs 8] [--seed 1]

The encoder may be the small one (all-MiniLM-L6-v2) or the teacher (all-mpnet-base-v2, `--rate 5e-5`).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.encoder import LABELS
from onrecord.reading.windows import Windower
from training.damage import Damage
from training.examples import IGNORE, Example, make_examples
from training.export import restored
from training.losses import POINTER_WEIGHT, parameter_groups, pointer_loss, soft_loss, warm_then_down
from training.model import Tagger, load_encoder, shape_of, shipped_tokenizer
from training.polnear import read_split
from training.teach import read_shards

PIECES_A_STEP = 1024
CHECKPOINT_EVERY = 200


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


@dataclass(frozen=True, slots=True)
class Batch:
    """A padded group of examples as tensors; `soft_*` are of the same shapes as what they teach."""

    pieces: Tensor
    mask: Tensor
    labels: Tensor
    to_cue: Tensor
    to_source: Tensor
    soft_labels: Tensor
    soft_to_cue: Tensor
    soft_to_source: Tensor


def collate(group: list[Example]) -> Batch:
    """Pads a group of examples."""
    many, length = len(group), max(len(e.pieces) for e in group)
    batch = Batch(
        pieces=torch.zeros(many, length, dtype=torch.long),
        mask=torch.zeros(many, length),
        labels=torch.full((many, length), IGNORE),
        to_cue=torch.zeros(many, length, length, dtype=torch.bool),
        to_source=torch.zeros(many, length, length, dtype=torch.bool),
        soft_labels=torch.zeros(many, length, len(LABELS)),
        soft_to_cue=torch.zeros(many, length, length),
        soft_to_source=torch.zeros(many, length, length),
    )
    for i, example in enumerate(group):
        n = len(example.pieces)
        batch.mask[i, :n] = 1
        for name in ("pieces", "labels"):
            getattr(batch, name)[i, :n] = torch.from_numpy(getattr(example, name))
        for name in ("to_cue", "to_source"):
            getattr(batch, name)[i, :n, :n] = torch.from_numpy(getattr(example, name))
        if example.soft is not None:
            batch.soft_labels[i, :n] = torch.from_numpy(example.soft.labels)
            batch.soft_to_cue[i, :n, :n] = torch.from_numpy(example.soft.to_cue)
            batch.soft_to_source[i, :n, :n] = torch.from_numpy(example.soft.to_source)
    return batch


def loss_of(model: Tagger, group: list[Example], teaching: float) -> Tensor:
    """The loss of a group: against the gold and, with the weight `teaching`, against what the teacher said."""
    batch = collate(group)
    with torch.autocast("cpu", torch.bfloat16):
        tags, cue_logits, source_logits = model(batch.pieces, batch.mask)
    columns = batch.soft_labels.any(-1) | (batch.labels != IGNORE)
    columns[:, 0] = True
    loss = tags.sum() * 0
    if (batch.labels != IGNORE).any():
        tagging = F.cross_entropy(tags.float().flatten(0, 1), batch.labels.flatten(), ignore_index=IGNORE)
        pointing = pointer_loss(cue_logits, batch.to_cue, columns) + pointer_loss(
            source_logits, batch.to_source, columns
        )
        loss = loss + tagging + POINTER_WEIGHT * pointing
    if teaching and batch.soft_labels.any():
        shut = ~columns[:, None, :]
        pointing = soft_loss(cue_logits.float().masked_fill(shut, -1e4), batch.soft_to_cue) + soft_loss(
            source_logits.float().masked_fill(shut, -1e4), batch.soft_to_source
        )
        loss = loss + teaching * (soft_loss(tags, batch.soft_labels) + POINTER_WEIGHT * pointing)
    return loss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder polnear, with train/ and dev/")
    parser.add_argument("--encoder", type=Path, required=True, help="its folder: config, tokenizer, weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--damage", type=float, default=0.2, help="share of examples that are damaged")
    parser.add_argument("--freeze", type=int, default=0, help="so many of the lowest layers are left as they are")
    parser.add_argument("--one-annotator", action="store_true", help="each report once, not once for every annotator")
    parser.add_argument("--taught", type=Path, help="shards of training.teach, beside the gold")
    parser.add_argument("--teaching", type=float, default=1.0, help="weight of the teacher's word beside the gold's")
    parser.add_argument("--start", type=Path, help="int8 weights to go on from, instead of the encoder's")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = shipped_tokenizer()
    windower = Windower(tokenizer)
    reports = read_split(args.corpus, "train", every_annotator=not args.one_annotator)
    examples = [example for report in reports for example in make_examples(report, windower)]
    if args.taught:
        examples = beside_the_gold(examples, read_shards(args.taught))
    total = sum(len(e.pieces) for e in examples)
    print(f"{len(examples)} examples, {total} pieces", flush=True)

    if args.start:
        model = restored(args.start)
    else:
        model = Tagger(shape_of(args.encoder))
        load_encoder(model, args.encoder)
    for frozen in (model.words, *model.layers[: args.freeze]):
        frozen.requires_grad_(False)
    optimizer = torch.optim.AdamW(parameter_groups(model, args.rate, args.head_rate), weight_decay=0.01, fused=True)
    steps = int(args.epochs * sum(1 for _ in batches(examples, np.random.default_rng(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, warm_then_down(steps))
    damage = Damage(tokenizer, args.damage)
    checkpoint = args.out / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["steps"]
        schedule.last_epoch = done
        print(f"goes on after step {done} of {steps}", flush=True)

    began, mean, seen = time.monotonic(), 0.0, 0
    for k, group in enumerate(endless(examples, damage, args.seed)):
        if k >= steps:
            break
        if k < done:
            continue
        torch.manual_seed(100_000 * args.seed + k)
        model.train()
        loss = loss_of(model, group, args.teaching)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean += (loss.item() - mean) * (0.01 if seen else 1)
        seen += sum(len(e.pieces) for e in group)
        if k % 50 == 0:
            minutes = (time.monotonic() - began) / 60
            line = {"step": k, "of": steps, "loss": round(mean, 4), "pieces": seen, "minutes": round(minutes, 2)}
            print(json.dumps(line), flush=True)
        if (k + 1) % CHECKPOINT_EVERY == 0:
            saved({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "steps": k + 1}, checkpoint)
    saved(model.state_dict(), args.out / "tagger.pt")


def beside_the_gold(gold: list[Example], taught: Iterable[Example]) -> list[Example]:
    """The gold, each window with the teacher's word where it has one, and what only the teacher has labelled."""
    softs = {example.pieces.tobytes(): example for example in taught}
    known = {example.pieces.tobytes() for example in gold}
    joined = []
    for example in gold:
        said = softs.get(example.pieces.tobytes())
        joined.append(example if said is None or said.soft is None else example.with_soft(said.soft))
    return joined + [example for key, example in softs.items() if key not in known]


def endless(examples: list[Example], damage: Damage, seed: int) -> Iterator[list[Example]]:
    """Groups of examples, epoch after epoch, each epoch damaged and ordered anew; the same for the same seed."""
    for epoch in count():
        rng = np.random.default_rng([seed, epoch])
        yield from batches([damage(e, rng) for e in examples], rng)


def saved(state: object, path: Path) -> None:
    """Writes a state so that a kill leaves the old file or the new one."""
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    main()
