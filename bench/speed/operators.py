"""Where the tagger's own time goes, by operator of its graph, and what the arithmetic of each comes to."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnxruntime

from bench.speed.machine import copying
from bench.speed.products import Products, Shape
from onrecord.reading.encoder import APART

PRODUCTS = "DynamicQuantizeMatMul"
ATTENTION = "MultiHeadAttention"
_PICKING = ("Gather", "Slice")
_TRIES = 5
_FLOAT_BYTES = 4


@dataclass(frozen=True, slots=True)
class Operator:
    """All nodes of one kind over some windows: seconds, and the least that the machine needs for what they do."""

    kind: str
    seconds: float
    least: float
    work: str


def operators(windows: Sequence[np.ndarray]) -> list[Operator]:
    """The kinds of operators by what they take over these windows, the dearest first.

    Each window goes through a few times, and the quickest of each node counts. The least is, for products, the time
    that a model of nothing but them takes; for attention its multiplications at the rate of float products; for the
    others their inputs and outputs at the rate of copying in memory.
    """
    fastest = _fastest(windows)
    seconds: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    multiplied: Counter[str] = Counter()
    shapes: dict[str, Shape] = {}
    for (_, name), (kind, took, event) in fastest.items():
        seconds[kind] += took
        given = [_size(shape) for shape in event["input_type_shape"]]
        made = [_size(shape) for shape in event["output_type_shape"]]
        # What picks rows out of a table reads no more of it than it gives.
        moved[kind] += _FLOAT_BYTES * (sum(made) + (sum(made) if kind in _PICKING else sum(given)))
        rows, width = _last_two(event["input_type_shape"][0])
        if kind == PRODUCTS:
            # The weights are packed and no longer told as an input, but their scales are, one for each column.
            columns = _last_two(event["output_type_shape"][0])[1]
            shapes[name] = width, columns
            multiplied[kind] += rows * width * columns
        elif kind == ATTENTION:
            multiplied[kind] += 2 * rows * rows * width
    whole = Products(list(shapes.values()))
    bare = sum(whole.seconds(len(window)) for window in windows)
    floats = Products([(1024, 1024)], whole=False).rate(1024)
    copied = copying(1 << 18)
    found = []
    for kind, took in seconds.most_common():
        if kind == PRODUCTS:
            rate = multiplied[kind] / bare
            least, work = (
                bare,
                f"{multiplied[kind] / 1e9:.1f} thousand million int8 products at {rate / 1e9:.0f} a second",
            )
        elif kind == ATTENTION:
            least = multiplied[kind] / floats
            work = f"{multiplied[kind] / 1e9:.1f} thousand million float products at {floats / 1e9:.0f} a second"
        else:
            least = moved[kind] / copied
            work = f"{moved[kind] / 1e6:.0f} MB at {copied / 1e9:.1f} GB a second"
        found.append(Operator(kind, took, least, work))
    return found


def norms_in_one(windows: Sequence[np.ndarray]) -> float:
    """The model's time with each sum and the norm behind it in one step, as a share of that with both apart."""
    took = []
    for apart in (APART, []):
        session = onnxruntime.InferenceSession(
            _model(), _options(), ["CPUExecutionProvider"], disabled_optimizers=apart
        )
        best = float("inf")
        for _ in range(_TRIES):
            began = time.thread_time()
            for window in windows:
                session.run(None, {"pieces": window})
            best = min(best, time.thread_time() - began)
        took.append(best)
    return took[1] / took[0]


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _model() -> bytes:
    return files("onrecord.reading").joinpath("weights", "tagger.onnx").read_bytes()


def _fastest(windows: Sequence[np.ndarray]) -> dict[tuple[int, str], tuple[str, float, dict[str, Any]]]:
    """Kind, seconds and what the runtime tells of each node for each window."""
    with TemporaryDirectory() as folder:
        options = _options()
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "nodes")
        session = onnxruntime.InferenceSession(
            _model(), options, providers=["CPUExecutionProvider"], disabled_optimizers=APART
        )
        for window in windows:
            for _ in range(_TRIES):
                session.run(None, {"pieces": window})
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    seen: dict[str, int] = defaultdict(int)
    fastest: dict[tuple[int, str], tuple[str, float, dict[str, Any]]] = {}
    for event in events:
        if event.get("cat") != "Node" or not event["name"].endswith("_kernel_time"):
            continue
        name, told = event["name"], event["args"]
        place = seen[name] // _TRIES, name
        seen[name] += 1
        took = event["dur"] / 1e6
        if place not in fastest or took < fastest[place][1]:
            fastest[place] = told["op_name"], took, told
    return fastest


def _shape(told: dict[str, list[int]]) -> list[int]:
    return next(iter(told.values()))


def _size(told: dict[str, list[int]]) -> int:
    return int(np.prod(_shape(told)))


def _last_two(told: dict[str, list[int]]) -> tuple[int, int]:
    shape = [1, *_shape(told)]
    return shape[-2], shape[-1]
