"""A model of nothing but int8 products, written on the spot: how fast this machine takes those of the tagger.

The few messages of ONNX that it takes are encoded here (https://protobuf.dev/programming-guides/encoding), so that
measuring needs no package that reading does not.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import onnxruntime

Shape = tuple[int, int]
_FLOAT, _UINT8, _INT8, _INT32 = 1, 2, 3, 6
_VARINT, _BYTES = 0, 2


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number: int, value: int | bytes | str) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | _VARINT) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _value(name: str, kind: int, width: int) -> bytes:
    """A tensor `[rows, width]` that goes in or comes out."""
    shape = _field(1, _field(2, "rows")) + _field(1, _field(1, width))
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def model_of(shapes: Sequence[Shape], whole: bool = True) -> bytes:
    """A model that multiplies `[rows, k]` with a constant `[k, m]` for each shape; in float where not `whole`."""
    chosen = np.random.default_rng(0)
    given, constant, made = (_UINT8, _INT8, _INT32) if whole else (_FLOAT, _FLOAT, _FLOAT)
    graph = _field(2, "products")
    for number, (k, m) in enumerate(shapes):
        names = f"x{k}", f"w{number}", f"y{number}"
        node = b"".join(_field(1, name) for name in names[:2]) + _field(2, names[2])
        graph += _field(1, node + _field(4, "MatMulInteger" if whole else "MatMul"))
        weights = chosen.integers(-127, 128, (k, m)).astype(np.int8 if whole else np.float32)
        tensor = _field(1, k) + _field(1, m) + _field(2, constant) + _field(8, names[1])
        graph += _field(5, tensor + _field(9, weights.tobytes()))
        graph += _field(12, _value(names[2], made, m))
    for k in sorted({k for k, _ in shapes}):
        graph += _field(11, _value(f"x{k}", given, k))
    return _field(1, 9) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 18))


class Products:
    """Takes products of these shapes, all of them each time, on one thread."""

    def __init__(self, shapes: Sequence[Shape], whole: bool = True) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._kind = np.uint8 if whole else np.float32
        self._widths = {k for k, _ in shapes}
        self._multiplications = sum(k * m for k, m in shapes)
        self._session = onnxruntime.InferenceSession(
            model_of(shapes, whole), options, providers=["CPUExecutionProvider"]
        )

    def seconds(self, rows: int, times: int = 5) -> float:
        """The fewest CPU seconds of so many tries for inputs of so many rows."""
        chosen = np.random.default_rng(0)
        given = {f"x{k}": chosen.integers(0, 255, (rows, k)).astype(self._kind) for k in self._widths}
        best = float("inf")
        for _ in range(times):
            began = time.thread_time()
            self._session.run(None, given)
            best = min(best, time.thread_time() - began)
        return best

    def rate(self, rows: int, times: int = 5) -> float:
        """Multiplications a second with inputs of so many rows."""
        return rows * self._multiplications / self.seconds(rows, times)
