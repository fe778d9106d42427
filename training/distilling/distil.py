"""Trains teachers on PolNeAR, has them label news, and trains pupils on both: `python -m training.distilling.distil`.

python -m training.distilling.distil --packed DIR --out DIR [--teachers 3] [--pupils 0,1,2,3,4,5 1,3,5]

A pupil is named by the layers of the shipped tagger that it begins with. Its weights are written to `--out` in half
precision and without the word vectors, which are those of the shipped tagger; `training.distilling.install` takes them
from there. On one H100 some eight minutes; on a processor it runs as well, for days.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import count
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.windows import WIDTH
from training.distilling.rounding import unrounded
from training.distilling.windows import Damaging, Rows, drawn, held, joined
from training.examples import IGNORE
from training.export import restored
from training.losses import (
    POINTER_WEIGHT,
    POINTING,
    parameter_groups,
    pointer_loss,
    soft_loss,
    warm_then_down,
)
from training.model import MPNET, Tagger, shipped_tokenizer

SHORT = 64
"""Pieces of a row of clauses."""


def answered(model: Tagger, rows: Rows) -> tuple[Tensor, Tensor, Tensor]:
    """What a tagger says of some windows: label logits and the two pointers', shut where none may point."""
    with torch.autocast(rows.pieces.device.type, torch.bfloat16):
        labels, to_cue, to_source = model(rows.pieces.long(), rows.mask.float())
    shut = ~rows.columns[:, None, :]
    return labels.float(), to_cue.float().masked_fill(shut, -1e4), to_source.float().masked_fill(shut, -1e4)


def gold_loss(said: tuple[Tensor, ...], rows: Rows) -> Tensor:
    """The loss against the gold, as in `training.train`."""
    labels, *pointing = said
    assert rows.labels is not None
    assert rows.to_cue is not None
    assert rows.to_source is not None
    tagging = F.cross_entropy(labels.flatten(0, 1), rows.labels.flatten().long(), ignore_index=IGNORE)
    columns = rows.columns
    lost = [pointer_loss(one, gold, columns) for one, gold in zip(pointing, (rows.to_cue, rows.to_source), strict=True)]
    return tagging + POINTER_WEIGHT * (lost[0] + lost[1])


def taught_loss(said: tuple[Tensor, ...], rows: Rows) -> Tensor:
    """The loss against the teachers' word, as in `training.train`."""
    labels, *pointing = said
    assert rows.labels is not None
    assert rows.to_cue is not None
    assert rows.to_source is not None
    lost = [soft_loss(one, soft.float()) for one, soft in zip(pointing, (rows.to_cue, rows.to_source), strict=True)]
    return soft_loss(labels, rows.labels.float()) + POINTER_WEIGHT * (lost[0] + lost[1])


def trained(
    model: Tagger,
    gold: Rows,
    taught: Sequence[tuple[Rows, int, int]],
    *,
    name: str,
    batch: int,
    steps: int,
    rate: float,
    head_rate: float,
    seed: int,
    damaging: Damaging,
    seconds: float = math.inf,
) -> None:
    """Trains a tagger in place on the gold and on what was taught: rows, how many in a step, and in which steps.

    What is taught comes in every first, second or third step and so on. Where `seconds` would not be enough for all
    steps, there are so many steps as there is time for.
    """
    device = gold.pieces.device
    torch.manual_seed(seed)
    chance = torch.Generator(device).manual_seed(seed)
    model.train()
    model.words.requires_grad_(False)
    optimizer = torch.optim.AdamW(parameter_groups(model, rate, head_rate), weight_decay=0.01, fused=True)
    golden = drawn(gold, batch, chance)
    sources: list[tuple[Iterator[Rows], int]] = [(drawn(rows, size, chance), every) for rows, size, every in taught]
    began, first, mean = time.monotonic(), 20, 0.0
    for k in count():
        if k == first:
            # The first steps are slower, so they are not asked how long one takes.
            settled = time.monotonic()
        if k == 3 * first:
            each = (time.monotonic() - settled) / (2 * first)
            steps = min(steps, int((seconds - (time.monotonic() - began)) / each) + k)
            print(json.dumps({"name": name, "steps": steps, "ms": round(each * 1000, 1)}), flush=True)
        if k >= steps:
            break
        share = warm_then_down(steps)(k)
        for group, base in zip(optimizer.param_groups, (rate, head_rate), strict=True):
            group["lr"] = base * share
        optimizer.zero_grad()
        total = torch.zeros((), device=device)
        drawn_now = [damaging(next(source), chance) for source, every in sources if k % every == 0]
        rows = damaging(next(golden), chance)
        # What is as wide goes through the model in one: an accelerator waits for its orders otherwise.
        beside = next((one for one in drawn_now if one.pieces.shape[1] == rows.pieces.shape[1]), None)
        if beside is None:
            lost = gold_loss(answered(model, rows), rows)
        else:
            drawn_now.remove(beside)
            both = answered(model, joined(rows, beside))
            lost = gold_loss(tuple(one[: len(rows)] for one in both), rows)
            lost = lost + taught_loss(tuple(one[len(rows) :] for one in both), beside)
        lost.backward()
        total += lost.detach()
        for one in drawn_now:
            lost = taught_loss(answered(model, one), one)
            lost.backward()
            total += lost.detach()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if k % 100 == 99:
            mean = float(total) if not mean else 0.7 * mean + 0.3 * float(total)
            seen = round(time.monotonic() - began, 1)
            print(json.dumps({"name": name, "step": k + 1, "loss": round(mean, 4), "seconds": seen}), flush=True)
    model.eval()


@torch.no_grad()
def lost_on(models: Sequence[Tagger], dev: Rows, batch: int = 64) -> dict[str, float]:
    """Mean loss of labels and of both pointers on windows with gold, of the taggers' mean."""
    sums, words = np.zeros(3), np.zeros(3)
    for at in range(0, len(dev), batch):
        rows = dev.some(torch.arange(at, min(at + batch, len(dev)), device=dev.pieces.device))
        labels, *pointing = mean_of(models, rows)
        assert rows.labels is not None
        gold = rows.labels.long()
        there = gold != IGNORE
        picked = torch.gather(labels, 2, gold.clamp(min=0)[:, :, None])[:, :, 0]
        sums[0] += float(-picked[there].clamp(min=1e-9).log().sum())
        words[0] += int(there.sum())
        for k, (one, right) in enumerate(zip(pointing, (rows.to_cue, rows.to_source), strict=True), start=1):
            assert right is not None
            told = right.any(-1)
            sums[k] += float(-(one * right).sum(-1)[told].clamp(min=1e-9).log().sum())
            words[k] += int(told.sum())
    labels_lost, cue_lost, source_lost = (sums / words).round(4).tolist()
    return {"labels": labels_lost, "to_cue": cue_lost, "to_source": source_lost}


def mean_of(models: Sequence[Tagger], rows: Rows) -> tuple[Tensor, Tensor, Tensor]:
    """Probabilities of labels and pointers, the mean of some taggers."""
    said = [tuple(one.softmax(-1) for one in answered(model, rows)) for model in models]
    labels, to_cue, to_source = (sum(parts[1:], parts[0]) / len(said) for parts in zip(*said, strict=True))
    return labels, to_cue, to_source


@torch.no_grad()
def labelled(models: Sequence[Tagger], rows: Rows, batch: int = 96) -> Rows:
    """Windows with what the teachers say of them on average, in half precision, as `training.teach` keeps it."""
    size, width = rows.pieces.shape
    device = rows.pieces.device
    labels = torch.zeros(size, width, 7, dtype=torch.float16, device=device)
    to_cue = torch.zeros(size, width, width, dtype=torch.float16, device=device)
    to_source = torch.zeros_like(to_cue)
    for at in range(0, size, batch):
        some = rows.some(torch.arange(at, min(at + batch, size), device=device))
        here = slice(at, at + len(some))
        tags, cue, source = mean_of(models, some)
        tags = tags * some.heads[:, :, None]
        labels[here] = tags.half()
        to_cue[here] = (cue * (tags[:, :, 5:7].sum(-1) > POINTING)[:, :, None]).half()
        to_source[here] = (source * (tags[:, :, 3:5].sum(-1) > POINTING)[:, :, None]).half()
    return replace(rows, labels=labels, to_cue=to_cue, to_source=to_source)


def with_layers(shipped: Tagger, chosen: Sequence[int]) -> Tagger:
    """A pupil that begins with some of the layers of the shipped tagger, and all that is around them."""
    pupil = Tagger(replace(shipped.shape, layers=len(chosen)))
    state = {name: value for name, value in shipped.state_dict().items() if not name.startswith("layers.")}
    for new, old in enumerate(chosen):
        state |= {f"layers.{new}.{name}": value for name, value in shipped.layers[old].state_dict().items()}
    pupil.load_state_dict(state)
    return pupil


def kept(model: Tagger, path: Path) -> None:
    """Writes a pupil in half precision, without the word vectors."""
    state = {k: v.detach().half().cpu().numpy() for k, v in model.state_dict().items() if k != "words.weight"}
    np.savez(path, **state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packed", type=Path, required=True, help="the folder that training.distilling.packing wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--teachers", type=int, default=3)
    parser.add_argument("--teacher-epochs", type=float, default=4)
    parser.add_argument("--pupils", nargs="+", default=["0,1,2,3,4,5", "1,3,5"])
    parser.add_argument("--passes", type=float, default=8, help="passes of a pupil over the news")
    parser.add_argument("--batch", type=int, default=80, help="windows of news in a step of a pupil")
    parser.add_argument("--seconds", type=float, default=math.inf, help="time for all of it")
    parser.add_argument("--news", type=int, help="so many windows of news alone, to try it out")
    args = parser.parse_args()
    began = time.monotonic()
    device = torch.device(args.device)
    torch.backends.cuda.matmul.allow_tf32 = True
    args.out.mkdir(parents=True, exist_ok=True)
    damaging = Damaging(shipped_tokenizer(), 0.2, device)
    with np.load(args.packed / "windows.npz") as file:
        arrays = dict(file)
    gold, dev = (held(arrays, part, WIDTH, device) for part in ("gold", "dev"))
    news, clauses = held(arrays, "news", WIDTH, device), held(arrays, "clauses", SHORT, device)
    if args.news:
        news, clauses = (one.some(torch.arange(min(args.news, len(one)), device=device)) for one in (news, clauses))
    told: dict[str, object] = {"gold": len(gold), "news": len(news), "clauses": len(clauses)}
    print(json.dumps(told), flush=True)

    def at() -> float:
        return round(time.monotonic() - began, 1)

    with np.load(args.packed / "encoder.npz") as file:
        encoder = unrounded(dict(file))
    teachers = []
    for seed in range(1, args.teachers + 1):
        torch.manual_seed(seed)
        teacher = Tagger(MPNET)
        fresh = {k: v for k, v in teacher.state_dict().items() if k.startswith(("labels", "pointers", "distance"))}
        teacher.load_state_dict(encoder | fresh)
        teacher.to(device)
        trained(
            teacher, gold, (), name=f"teacher-{seed}", batch=24, steps=int(args.teacher_epochs * len(gold) / 24),
            rate=1.2e-4, head_rate=1e-3, seed=seed, damaging=damaging, seconds=0.4 * args.seconds / args.teachers,
        )  # fmt: skip
        teachers.append(teacher)
        told[f"teacher-{seed}"] = lost_on([teacher], dev)
        print(json.dumps({"teacher": seed, "dev": told[f"teacher-{seed}"], "seconds": at()}), flush=True)
    told["teachers"] = lost_on(teachers, dev)
    print(json.dumps({"teachers": told["teachers"], "seconds": at()}), flush=True)
    news, clauses = labelled(teachers, news), labelled(teachers, clauses, 256)
    del teachers
    print(json.dumps({"labelled": len(news) + len(clauses), "seconds": at()}), flush=True)
    shipped = restored(Path(str(files("onrecord.reading").joinpath("weights", "tagger.onnx"))))
    told["shipped"] = lost_on([shipped.to(device).eval()], dev)
    shipped.cpu()
    print(json.dumps({"shipped": told["shipped"]}), flush=True)
    left = [[int(one) for one in written.split(",")] for written in args.pupils]
    weights = [len(one) + 3 for one in left]
    for number, chosen in enumerate(left):
        name = f"pupil-{'-'.join(map(str, chosen))}"
        pupil = with_layers(shipped, chosen).to(device)
        share = weights[number] / sum(weights[number:])
        trained(
            pupil, gold, [(news, args.batch, 1), (clauses, 3 * args.batch, 3)], name=name,
            batch=max(1, args.batch // 6),
            steps=int(args.passes * len(news) / args.batch), rate=4e-4, head_rate=1e-3, seed=1, damaging=damaging,
            seconds=(args.seconds - at()) * share,
        )  # fmt: skip
        kept(pupil, args.out / f"{name}.npz")
        told[name] = lost_on([pupil], dev)
        print(json.dumps({"pupil": name, "dev": told[name], "seconds": at()}), flush=True)
        (args.out / "told.json").write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
