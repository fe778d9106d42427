"""Lets a trained teacher label text, softly, for a smaller tagger to learn from (Hinton et al., 2015).

python -m training.teach --teacher FILE --encoder DIR --corpora DIR --out DIR [--articles 1500]

Labels unlabelled articles of reports/us-2018-2020, then the training reports of PolNeAR, window by window. Each shard
is written whole or not at all, and one that is there is not made again, so the work can be stopped anywhere.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch

from bench.corpora import ARCHIVE, name_of, rows_of, text_of
from onrecord.reading.windows import Window, Windower
from training.examples import IGNORE, Example, Soft
from training.export import restored
from training.losses import POINTING
from training.model import Tagger, shape_of, shipped_tokenizer, trained
from training.polnear import read_split

T = TypeVar("T")
SHARD = 256
"""Windows in one file."""
LENGTHS = range(1500, 9000)
"""Characters of an article worth labelling: shorter ones are notices, longer ones lists and transcripts."""


def articles(archive: Path, many: int) -> Iterator[str]:
    """Texts of the archive in the order of their ids' hashes: the same each time, more when more are asked for."""
    rows = sorted(rows_of(archive), key=lambda row: hashlib.sha256(name_of(row).encode()).digest())
    texts = map(text_of, rows)
    fitting = (text for text in texts if len(text) in LENGTHS)
    for _, text in zip(range(many), fitting, strict=False):
        yield text


def grouped(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of `size`, the last one shorter."""
    left = iter(items)
    while group := list(islice(left, size)):
        yield group


def softened(models: Sequence[Tagger], windows: Sequence[Window]) -> list[Soft]:
    """What the teachers say of some windows on average: probabilities of labels and of pointers, rows by piece."""
    size = max(len(w.pieces) for w in windows)
    pieces, mask = np.zeros((len(windows), size), np.int64), np.zeros((len(windows), size), np.float32)
    columns = np.zeros((len(windows), size), bool)
    for i, window in enumerate(windows):
        n = len(window.pieces)
        pieces[i, :n], mask[i, :n], columns[i, :n] = window.pieces, 1, window.heads
    columns[:, 0] = True
    shut = torch.from_numpy(~columns)[:, None, :]
    said = []
    for model in models:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            logits, *pointing = model(torch.from_numpy(pieces), torch.from_numpy(mask))
        closed = [one.float().masked_fill(shut, -1e4) for one in pointing]
        said.append([one.float().softmax(-1).numpy() for one in (logits, *closed)])
    labels, to_cue, to_source = (sum(parts) / len(said) for parts in zip(*said, strict=True))
    found = []
    for i, window in enumerate(windows):
        n = len(window.pieces)
        rows = labels[i, :n].copy()
        rows[~window.heads] = 0
        found.append(
            Soft(
                rows.astype(np.float16),
                (to_cue[i, :n, :n] * (rows[:, 5:7].sum(-1) > POINTING)[:, None]).astype(np.float16),
                (to_source[i, :n, :n] * (rows[:, 3:5].sum(-1) > POINTING)[:, None]).astype(np.float16),
            )
        )
    return found


def written(path: Path, windows: Sequence[Window], softs: Sequence[Soft]) -> None:
    """One shard: every array of every window under a name of its own."""
    arrays = {}
    for k, (window, soft) in enumerate(zip(windows, softs, strict=True)):
        arrays[f"{k}.pieces"] = window.pieces.astype(np.int32)
        for name in ("labels", "to_cue", "to_source"):
            arrays[f"{k}.{name}"] = getattr(soft, name)
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez_compressed(file, **arrays)
    new.replace(path)


def read_shards(folder: Path) -> Iterator[Example]:
    """The windows of all shards of a folder, in order, with what the teacher said and without gold."""
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as held:
            for k in range(sum(name.endswith(".pieces") for name in held.files)):
                soft = Soft(*(held[f"{k}.{name}"] for name in ("labels", "to_cue", "to_source")))
                yield unlabelled(held[f"{k}.pieces"].astype(np.int64)).with_soft(soft)


def unlabelled(pieces: np.ndarray) -> Example:
    """A window without gold."""
    size = len(pieces)
    labels = np.full(size, IGNORE)
    return Example(pieces, labels, np.zeros((size, size), bool), np.zeros((size, size), bool))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, required=True, help="tagger.pt of the teacher")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder the teacher began from")
    parser.add_argument("--beside", type=Path, help="int8 weights whose word counts as much as the teacher's")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--articles-only", action="store_true", help="leave PolNeAR's training reports unlabelled")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    models = [
        trained(args.teacher, shape_of(args.encoder)).eval(),
        *([restored(args.beside).eval()] if args.beside else []),
    ]
    windower = Windower(shipped_tokenizer())
    args.out.mkdir(parents=True, exist_ok=True)

    def windows() -> Iterator[Window]:
        for text in articles(args.corpora / ARCHIVE, args.articles):
            yield from windower.windows(text)
        if not args.articles_only:
            for report in read_split(args.corpora / "polnear", "train", every_annotator=False):
                yield from windower.windows(report.text)

    began, seen = time.monotonic(), 0
    for number, shard in enumerate(grouped(windows(), SHARD)):
        path = args.out / f"{number:04}.npz"
        if path.exists():
            continue
        # Windows of one length together need no padding.
        shard.sort(key=lambda window: len(window.pieces))
        written(path, shard, [soft for group in grouped(shard, 8) for soft in softened(models, group)])
        seen += sum(len(window.pieces) for window in shard)
        minutes = round((time.monotonic() - began) / 60, 2)
        print(json.dumps({"shard": number, "pieces": seen, "minutes": minutes}), flush=True)


if __name__ == "__main__":
    main()
