"""Writes the tagger as an ONNX graph of fused operators and quantises it to int8.

The graph is built here operator by operator rather than traced: it is small, its layout is what ONNX Runtime's
processor kernels are fastest at (one window, no padding), and nothing depends on a tracer's version.

Inputs: `pieces`, int64 `[length]`. Outputs: `labels` `[length, 7]` and `pointers` `[length, 4 * 64]` (queries and keys
of the content→cue pointer, then of the cue→source pointer). What the reader needs beside them (the pointers'
distance preferences, the window's width, the label names) is in the model's metadata.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.reading.encoder import LABELS
from onrecord.reading.windows import WIDTH
from training.model import MINILM, POINTER_WIDTH, Tagger

HEADS = 12
CONTRIB = "com.microsoft"


class Graph:
    """Collects nodes and weights under readable names."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: object) -> str:
        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=f"{output}/{kind}", domain=domain, **attributes)
        )
        return output

    def linear(self, x: str, name: str, layer: torch.nn.Linear) -> str:
        """x W + b; the product alone is what gets quantised."""
        w = self.weight(f"{name}.weight", layer.weight.detach().numpy().T)
        b = self.weight(f"{name}.bias", layer.bias.detach().numpy())
        return self.node("Add", [self.node("MatMul", [x, w], f"{name}.product"), b], f"{name}.sum")

    def norm(self, x: str, name: str, layer: torch.nn.LayerNorm) -> str:
        w = self.weight(f"{name}.weight", layer.weight.detach().numpy())
        b = self.weight(f"{name}.bias", layer.bias.detach().numpy())
        return self.node("LayerNormalization", [x, w, b], f"{name}.out", axis=-1, epsilon=1e-12)


def encoded(g: Graph, x: str, model: Tagger) -> str:
    """The layers of an encoder put behind `x`, the sum of words and places; the name of what the last one gives."""
    x = g.norm(x, "norm", model.norm)
    for i, layer in enumerate(model.layers):
        name = f"layer{i}"
        joined = g.linear(x, f"{name}.attend", layer.attend)
        g.nodes.append(helper.make_node("Split", [joined], [f"{name}.{p}" for p in "qkv"], axis=-1, num_outputs=3))
        mixed = g.node(
            "MultiHeadAttention", [f"{name}.{p}" for p in "qkv"], f"{name}.mixed", domain=CONTRIB, num_heads=HEADS
        )
        merged = g.linear(mixed, f"{name}.merge", layer.merge)
        x = g.norm(g.node("Add", [x, merged], f"{name}.kept"), f"{name}.norm1", layer.norm1)
        w = g.weight(f"{name}.widen.weight", layer.widen.weight.detach().numpy().T)
        b = g.weight(f"{name}.widen.bias", layer.widen.bias.detach().numpy())
        wide = g.node("MatMul", [x, w], f"{name}.wide")
        curved = g.node("BiasGelu", [wide, b], f"{name}.curved", domain=CONTRIB)
        narrow = g.linear(curved, f"{name}.narrow", layer.narrow)
        x = g.norm(g.node("Add", [x, narrow], f"{name}.kept2"), f"{name}.norm2", layer.norm2)
    return x


def build(model: Tagger) -> onnx.ModelProto:
    """The float graph of a trained tagger."""
    g = Graph()
    row = g.weight("row", np.asarray([0], np.int64))
    one = g.weight("one", np.asarray([1], np.int64))
    batch = g.node("Unsqueeze", ["pieces", row], "batch")
    length = g.node("Shape", ["pieces"], "length")
    words = g.weight("words", model.words.weight.detach().numpy())
    positions = g.weight("positions", model.positions.weight.detach().numpy()[:WIDTH])
    word = g.node("Gather", [words, batch], "word")
    place = g.node("Slice", [positions, row, length, row, one], "place")
    x = encoded(g, g.node("Add", [word, place], "embedded"), model)
    flat = g.node("Squeeze", [x, row], "states")
    for name, layer in (("labels", model.labels), ("pointers", model.pointers)):
        g.node("Identity", [g.linear(flat, name, layer)], name)
    graph = helper.make_graph(
        g.nodes, "tagger",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["length"])],
        [helper.make_tensor_value_info("labels", TensorProto.FLOAT, ["length", len(LABELS)]),
         helper.make_tensor_value_info("pointers", TensorProto.FLOAT, ["length", 4 * POINTER_WIDTH])],
        g.weights,
    )  # fmt: skip
    return whole(graph)


def whole(graph: onnx.GraphProto) -> onnx.ModelProto:
    """A graph with the versions of the operators that it is made of."""
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="onrecord")


def export(
    model: Tagger,
    target: Path,
    *,
    version: str,
    calibration: Sequence[tuple[float, float]] = ((0.0, 0.0), (1.0, 1.0)),
    quantised: bool = True,
) -> str:
    """Writes the model to `target`; returns the SHA-256 of the file.

    Every product is quantised to int8 by column, activations as they come; the heads stay in float, they are
    small and decide.
    """
    model.eval()
    metadata = {
        "version": version,
        "labels": json.dumps(LABELS),
        "width": str(WIDTH),
        "pointer_width": str(POINTER_WIDTH),
        "calibration": json.dumps([list(knot) for knot in calibration]),
        "distance": json.dumps([[round(v, 5) for v in row] for row in model.distance.detach().tolist()]),
    }
    heads = ("labels.product/MatMul", "pointers.product/MatMul")
    return write(build(model), target, metadata, quantised=quantised, in_float=heads)


def write(
    graph: onnx.ModelProto,
    target: Path,
    metadata: Mapping[str, str],
    *,
    quantised: bool,
    in_float: Sequence[str] = (),
) -> str:
    """Writes a graph to `target`, its products but those in `in_float` taken to int8; returns the file's SHA-256."""
    if quantised:
        float_path = target.with_suffix(".float.onnx")
        onnx.save(graph, float_path)
        quantize_dynamic(
            float_path, target, per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=list(in_float),
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip
        float_path.unlink()
        graph = onnx.load(target)
    del graph.metadata_props[:]
    for key, value in metadata.items():
        graph.metadata_props.add(key=key, value=value)
    onnx.save(graph, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def restored(path: Path) -> Tagger:
    """The tagger of an int8 file, its products taken back to float: to go on from weights that were shipped."""
    graph = onnx.load(path)
    held = {one.name: numpy_helper.to_array(one) for one in graph.graph.initializer}
    metadata = {one.key: one.value for one in graph.metadata_props}

    def weight(name: str) -> torch.Tensor:
        if name in held:
            return torch.from_numpy(held[name].astype(np.float32))
        whole = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
        return torch.from_numpy(whole * held[f"{name}_scale"])

    layers = sum(name.endswith(".attend.bias") for name in held)
    model = Tagger(replace(MINILM, layers=layers))
    state = model.state_dict()
    for name, value in state.items():
        if name == "distance":
            state[name] = torch.tensor(json.loads(metadata["distance"]))
        elif name == "words.weight":
            state[name] = weight("words")
        elif name == "positions.weight":
            # Only the positions of one window are shipped; no window has more.
            state[name] = torch.cat([weight("positions"), value[WIDTH:]])
        else:
            found = weight(name.replace("layers.", "layer"))
            state[name] = found.T if name.endswith(".weight") and found.dim() == 2 else found
    model.load_state_dict(state)
    return model
