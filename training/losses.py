"""What training lowers, and how fast: losses against gold and against a teacher, and the rates of the optimiser."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from training.model import Tagger

POINTER_WEIGHT = 0.3
POINTING = 0.05
"""Rows of a teacher's pointers count where it takes a word for content (for a cue) with so much probability."""


def pointer_loss(logits: Tensor, gold: Tensor, columns: Tensor) -> Tensor:
    """Mean of -log of the probability that lands on any gold column, over rows that have one."""
    rows = gold.any(-1)
    logits = logits.float().masked_fill(~columns[:, None, :], -1e4)
    right = logits.masked_fill(~gold, -1e4).logsumexp(-1)
    # Counted and not chosen, so that an accelerator need not be asked how many there are before it goes on.
    return ((logits.logsumexp(-1) - right) * rows).sum() / rows.sum().clamp(min=1)


def soft_loss(logits: Tensor, soft: Tensor) -> Tensor:
    """Mean cross-entropy against a teacher's probabilities, over rows that have any, each by how much is left of it."""
    lost = -(soft * logits.float().log_softmax(-1)).sum(-1)
    return lost.sum() / soft.sum().clamp(min=1e-6)


def parameter_groups(model: Tagger, rate: float, head_rate: float) -> list[dict[str, object]]:
    heads = ("labels.", "pointers.", "distance")
    new = [p for name, p in model.named_parameters() if name.startswith(heads)]
    old = [p for name, p in model.named_parameters() if p.requires_grad and not name.startswith(heads)]
    return [{"params": old, "lr": rate}, {"params": new, "lr": head_rate}]


def warm_then_down(steps: int) -> Callable[[int], float]:
    """The share of the rate at a step: up over the first twentieth, then down in a line to nothing."""
    warm = max(1, steps // 20)
    return lambda k: min((k + 1) / warm, max(0.0, (steps - k) / max(1, steps - warm)))
