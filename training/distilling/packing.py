"""Packs what training on an accelerator needs into two files: `python -m training.distilling.packing --help`.

python -m training.distilling.packing --corpora DIR --teacher DIR --out DIR [--articles 8000] [--read 1200]

`windows.npz` holds windows in word pieces and no text: PolNeAR with its labels and pointers, its dev part alike,
unlabelled news, and the clauses that the reader reads again. Reports of any labelled set of bench/ are left out of the
unlabelled ones. `encoder.npz` holds the teacher's encoder, rounded.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.corpora import (
    ARCHIVE,
    FIVE_COUNTRIES,
    NEW_YORK_TIMES,
    casualties,
    name_of,
    rows_of,
    sum_of,
    text_of,
)
from onrecord.reading.encoder import Words
from onrecord.reading.reader import TaggerReader
from onrecord.reading.windows import Window, Windower
from training.distilling.rounding import rounded
from training.examples import Example, make_examples
from training.model import Tagger, load_encoder, shape_of, shipped_tokenizer
from training.polnear import read_split
from training.teach import LENGTHS, articles

BENCH = Path(__file__).resolve().parents[2] / "bench"


def packed_windows(windows: Iterable[Window]) -> dict[str, np.ndarray]:
    """Windows one after the other: their pieces, which of these begin words, and how long each is."""
    held = list(windows)
    return {
        "pieces": np.concatenate([one.pieces for one in held]).astype(np.int16),
        "heads": np.concatenate([one.heads for one in held]),
        "lengths": np.asarray([len(one.pieces) for one in held], np.int16),
    }


def packed_examples(examples: Iterable[Example]) -> dict[str, np.ndarray]:
    """Examples with their gold; pointers as rows of window, from, to."""
    held = list(examples)
    found = {
        "pieces": np.concatenate([one.pieces for one in held]).astype(np.int16),
        "labels": np.concatenate([one.labels for one in held]).astype(np.int8),
        "lengths": np.asarray([len(one.pieces) for one in held], np.int16),
    }
    for name in ("to_cue", "to_source"):
        places = [np.argwhere(getattr(one, name)) for one in held]
        window = np.repeat(np.arange(len(held)), [len(one) for one in places])
        found[name] = np.column_stack([window, np.concatenate(places)]).astype(np.int32)
    return found


def labelled_reports() -> tuple[set[str], set[str]]:
    """Names and sums of texts of all reports that a labelled set of bench/ speaks of."""
    names: set[str] = set()
    sums: set[str] = set()

    def walk(value: Any, key: str) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                walk(one, name)
        elif isinstance(value, str):
            if "sha256" in key:
                sums.add(value)
            elif key.startswith(("report", "doc")):
                names.add(value)

    for path in sorted(BENCH.glob("*/*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                walk(json.loads(line), "")
    return names, sums


def unlabelled_texts(corpora: Path, many: int) -> Iterator[str]:
    """Texts of the archive and of war reports, without those that any labelled set speaks of."""
    names, sums = labelled_reports()
    known = {text_of(row) for row in rows_of(corpora / ARCHIVE) if name_of(row) in names}
    archive = (text for text in articles(corpora / ARCHIVE, many) if text not in known)
    rows = [*rows_of(corpora / FIVE_COUNTRIES), *rows_of(corpora / NEW_YORK_TIMES), *casualties(corpora)]
    wars = (text_of(row) for row in rows if name_of(row) not in names)
    for text in (*archive, *wars):
        if sum_of(text) not in sums and sum_of(text.strip()) not in sums and len(text) <= LENGTHS.stop:
            yield text


class Listening:
    """An encoder that keeps the windows that it is asked about."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.heard: list[Window] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def tag(self, window: Window) -> Words:
        self.heard.append(window)
        words: Words = self._encoder.tag(window)
        return words


def clauses(texts: Iterable[str], longest: int) -> Iterator[Window]:
    """The stretches of some texts that the reader reads again, as it asks for them."""
    reader: Any = TaggerReader()
    reader._encoder = Listening(reader._encoder)
    for text in texts:
        whole = sum(1 for _ in reader._encoder.windower.windows(text))
        list(reader.read(text))
        heard, reader._encoder.heard = reader._encoder.heard, []
        yield from (one for one in heard[whole:] if len(one.pieces) <= longest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of the teacher's encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=8000, help="unlabelled articles of the archive")
    parser.add_argument("--read", type=int, default=1200, help="of these so many are read, for their clauses")
    parser.add_argument("--longest", type=int, default=64, help="pieces of a clause")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = Tagger(shape_of(args.teacher))
    load_encoder(model, args.teacher)
    np.savez(args.out / "encoder.npz", **rounded(model.state_dict()))  # type: ignore[arg-type]  # names of arrays
    windower = Windower(shipped_tokenizer())
    parts = {}
    for part, split, every in (("gold", "train", True), ("dev", "dev", False)):
        reports = read_split(args.corpora / "polnear", split, every_annotator=every)
        parts[part] = packed_examples(one for report in reports for one in make_examples(report, windower))
    texts = list(unlabelled_texts(args.corpora, args.articles))
    parts["news"] = packed_windows(one for text in texts for one in windower.windows(text))
    parts["clauses"] = packed_windows(clauses(texts[:: max(1, len(texts) // max(1, args.read))], args.longest))
    flat = {f"{part}.{name}": value for part, arrays in parts.items() for name, value in arrays.items()}
    np.savez(args.out / "windows.npz", **flat)  # type: ignore[arg-type]  # names of arrays
    for part, arrays in parts.items():
        print(f"{part}: {len(arrays['lengths'])} windows, {len(arrays['pieces'])} pieces")


if __name__ == "__main__":
    main()
