"""Which programs there are, and an environment and a process for each.

An environment is made once, in a folder that is kept, from the package index alone. A process is pinned to one core and
has one thread for arithmetic. What cannot be made or started is `NotRun` with the reason.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

RUNNERS = Path(__file__).parent
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class NotRun(Exception):
    """A program could not be installed or started; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program; see peers.toml."""

    name: str
    system: str
    runner: str
    indirect: bool
    said: str
    requirements: Sequence[str] = ()
    built: Sequence[str] = ()
    pipeline: str = ""
    python: str = ""
    source: str = ""
    trained: str = ""

    @property
    def ours(self) -> bool:
        return not self.requirements


def peers() -> list[Peer]:
    """All programs, ours first."""
    table = tomllib.loads((RUNNERS / "peers.toml").read_text(encoding="utf-8"))
    return [Peer(name, **fields) for name, fields in table.items()]


def environment(peer: Peer, folder: Path) -> Path:
    """The Python of the program's environment, which is made where it is not there yet.

    Raises:
        NotRun: when its Python or a package is not to be had.
    """
    if peer.ours:
        return Path(sys.executable)
    place, asked = folder / peer.name, json.dumps([peer.python, *peer.requirements, *peer.built])
    made, python = place / "made.json", place / "bin" / "python"
    if made.is_file() and made.read_text(encoding="utf-8") == asked:
        return python
    interpreter = shutil.which(f"python{peer.python}") if peer.python else sys.executable
    if interpreter is None:
        raise NotRun(f"needs Python {peer.python}: no python{peer.python} on the path")
    shutil.rmtree(place, ignore_errors=True)
    _do([interpreter, "-m", "venv", str(place)])
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if peer.built:
        _do([*install, "--upgrade", "pip", "wheel"])
    # Wheels where there are any: old releases are not built anew, since what builds them is newer than they are.
    _do([*install, *(["--only-binary", ":all:"] if peer.built else []), *peer.requirements])
    if peer.built:
        _do([*install, "--no-deps", *peer.built])
    made.write_text(asked, encoding="utf-8")
    return python


def options(peer: Peer, folder: Path, sources: dict[str, Path]) -> dict[str, str]:
    """What the runner is told.

    Raises:
        NotRun: when the program is no package and its code was not given.
    """
    told = {"pipeline": peer.pipeline, "models": str(folder / f"{peer.name}-models"), "trained": peer.trained}
    if peer.source:
        family = peer.name.partition("-")[0]
        if family not in sources:
            raise NotRun(f"is no package: give its code ({peer.source}) with --source {family}=DIR")
        told["source"] = str(sources[family].resolve())
    return told


def train(python: Path, peer: Peer, told: dict[str, str], training: Path) -> None:
    """Trains the program's classifiers, unless they are there.

    Raises:
        NotRun: when its training fails.
    """
    models = Path(told["models"])
    if not models.is_dir():
        unfinished = models.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        given = json.dumps({**told, "models": str(unfinished), "training": str(training)})
        _do([str(python), str(RUNNERS / peer.runner), given], _surroundings(peer), unfinished)
        unfinished.rename(models)


class Running:
    """A program that has loaded and answers over a pipe."""

    def __init__(self, peer: Peer, python: Path, told: dict[str, str], folder: Path, core: int) -> None:
        self._log = folder / f"{peer.name}.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(python), str((RUNNERS / peer.runner).resolve()), json.dumps(told)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
                env=_surroundings(peer), cwd=folder, preexec_fn=partial(os.sched_setaffinity, 0, {core}),
            )  # fmt: skip
        ready = self._answer()
        self.ways: list[str] = ready["ways"]
        self.loaded: float = ready["loaded"]

    def read(self, way: str, texts: Sequence[str], *, spans: bool) -> dict[str, Any]:
        """What was found in some texts, with seconds, seconds of the processor and peak bytes (serving.py).

        Raises:
            NotRun: when the program died over them.
        """
        lines = [json.dumps({"way": way, "texts": len(texts), "spans": spans}), *map(json.dumps, texts)]
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write("\n".join(lines) + "\n")
            pipe.flush()
        except BrokenPipeError:
            raise NotRun(self._last_words()) from None
        return self._answer()

    def close(self) -> None:
        self._process.communicate()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise NotRun(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _last_words(self) -> str:
        self._process.wait()
        return _reason(self._log.read_text(encoding="utf-8", errors="replace")) or f"ended {self._process.returncode}"


def _surroundings(peer: Peer) -> dict[str, str]:
    """The variables that a program is run with: those of the bench, less the paths that are only ours."""
    ours = {} if peer.ours else {"PYTHONPATH": "", "PYTHONNOUSERSITE": "1"}
    return {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "TOKENIZERS_PARALLELISM": "false", **ours}


def _do(command: Sequence[str], env: dict[str, str] | None = None, cwd: Path | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, check=False)
    if done.returncode:
        raise NotRun(_reason(done.stderr) or _reason(done.stdout) or f"{command[0]} ended {done.returncode}")


def _reason(written: str) -> str:
    """The line of a log that says what went wrong: the last one of an error, else the last one."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "rror" in line), lines[-1] if lines else "")[:300]
