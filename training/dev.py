"""Scores a tagger in torch on PolNeAR dev, before it is exported, or one too large to be: `python -m training.dev`.

python -m training.dev --tagger FILE --encoder DIR --corpora DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from bench.quality.polnear import measure
from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import TaggerReader
from training.model import Tagger, shape_of, trained


class TorchSession:
    """Stands where the runtime's session stands: pieces in, logits of labels and vectors of pointers out."""

    def __init__(self, model: Tagger) -> None:
        self.model = model.eval()

    def run(self, _outputs: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        pieces = torch.from_numpy(inputs["pieces"])[None]
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            states = self.model.encode(pieces, torch.ones(pieces.shape))
            labels, pointers = self.model.labels(states), self.model.pointers(states)
        return [labels[0].float().numpy(), pointers[0].float().numpy()]


class TorchEncoder(Encoder):
    """The encoder with another model inside."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self._session = TorchSession(model)
        self._distance = model.distance.detach().numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagger", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="the folder it began from, for its shape")
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    reader = TaggerReader()
    reader._encoder = TorchEncoder(trained(args.tagger, shape_of(args.encoder)))
    print(measure(reader, args.corpora))


if __name__ == "__main__":
    main()
