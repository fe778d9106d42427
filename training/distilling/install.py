"""Puts a pupil of `training.distilling.distil` into the package: `python -m training.distilling.install --help`.

python -m training.distilling.install --pupil FILE --corpora DIR
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.build import WEIGHTS, encoder_folder, install
from training.export import restored
from training.model import Tagger


def pupil(path: Path, shipped: Tagger) -> Tagger:
    """A pupil as it was written, with the word vectors of the shipped tagger, which it was trained on."""
    with np.load(path) as held:
        state = {name: torch.from_numpy(held[name].astype(np.float32)) for name in held.files}
    layers = sum(name.endswith(".attend.bias") for name in state)
    model = Tagger(replace(shipped.shape, layers=layers))
    model.load_state_dict(state | {"words.weight": shipped.words.weight})
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupil", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    install(pupil(args.pupil, restored(WEIGHTS / "tagger.onnx")), encoder_folder(), args.corpora)


if __name__ == "__main__":
    main()
