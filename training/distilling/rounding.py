"""An encoder's weights rounded to bytes, so that it can be carried to an accelerator: it is trained on from there."""

from __future__ import annotations

import numpy as np
import torch

STEP = 1 / 16
"""A weight is rounded to this share of its row's standard deviation; word vectors to twice as much."""


def rounded(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """Weights as whole numbers of steps of each row, in bytes; what has no rows stays as it is, in half precision."""
    held: dict[str, np.ndarray] = {}
    for name, value in state.items():
        if value.dim() != 2 or not name.endswith(".weight") or name.startswith(("labels", "pointers", "relative")):
            held[name] = value.numpy().astype(np.float32)
            continue
        share = 2 * STEP if name.startswith("words") else STEP
        step = (value.std(-1, keepdim=True) * share).clamp(min=1e-8)
        step = torch.maximum(step, value.abs().amax(-1, keepdim=True) / 127)
        held[f"{name}|steps"] = torch.round(value / step).to(torch.int8).numpy()
        held[f"{name}|step"] = step.numpy().astype(np.float32)
    return held


def unrounded(held: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    """The weights of `rounded`."""
    state = {}
    for name, value in held.items():
        base, _, kind = name.partition("|")
        if not kind:
            state[name] = torch.from_numpy(value)
        elif kind == "steps":
            state[base] = torch.from_numpy(value.astype(np.float32) * held[f"{base}|step"])
    return state
