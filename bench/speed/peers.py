"""Ours beside others: `python -m bench.speed.peers --corpora DIR [--articles 2000] [--peer NAME …]`.

Articles a second and peak memory on the same articles of reports/us-2018-2020, and F1 on PolNeAR's dev part by the
corpus's own scorer, each program in an environment and a process of its own, pinned to one core. Programs that are no
package are taken from a folder: `--source citron=DIR --source gendergaptracker=DIR`. Older ones need an older Python,
which is looked for on the path (python3.7, python3.10, python3.12). What cannot be run is named with the reason.

The clock runs while a program reads and not while it loads; it counts seconds of the processor, which other work on the
machine hardly changes, and beside them those of the wall. Programs take turns, some articles at a time, so that all
meet the same hours. How a program is given its texts and how its spans are taken is tried in every reasonable way, and
the way that scores best is the one that is shown and timed (`peers_run/mapping.py`); only ours is taken as it is.
With all of them two thousand articles take more than an hour; Ctrl-C shows what was measured until then.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.corpora import ARCHIVE, rows_of, text_of
from bench.speed.peers_run import environments, mapping
from bench.speed.peers_run.environments import NotRun, Running
from bench.speed.peers_run.rows import Row, table
from bench.speed.peers_run.scoring import Dev

TURN = 50
"""Articles that a program reads before the next one has its turn."""


def articles(corpora: Path, wanted: int, seed: int) -> list[str]:
    """Texts of the archive, drawn without return; the same ones for the same seed."""
    texts = [text_of(row) for row in rows_of(corpora / ARCHIVE)]
    return random.Random(seed).sample([text for text in texts if text.strip()], wanted)


def started(row: Row, folder: Path, sources: dict[str, Path], dev: Dev, core: int) -> Running:
    """The program of a row, installed, trained and loaded.

    Raises:
        NotRun: when one of it fails.
    """
    told = environments.options(row.peer, folder, sources)
    python = environments.environment(row.peer, folder)
    if row.peer.trained:
        training = folder / "train.jsonl"
        dev.training(training)
        environments.train(python, row.peer, told, training.resolve())
    running = Running(row.peer, python, told, folder, core)
    row.loaded = running.loaded
    return running


def choose(row: Row, running: Running, dev: Dev) -> None:
    """Reads dev in every way and keeps the one that scores best."""
    best, answers, texts = -1.0, [], list(dev.texts.values())
    for way in running.ways:
        said = running.read(way, texts, spans=True)
        for mapped in [mapping.AS_GIVEN] if row.peer.ours else mapping.MAPPINGS:
            tried = [mapped.attributions(text, found) for text, found in zip(texts, said["quotations"], strict=True)]
            score = dev.linked(tried)
            if score > best:
                best, answers = score, tried
                row.way, row.mapped, row.refused_on_dev = way, mapped, said["refused"]
    row.scores = dev.scores(answers)


def read(row: Row, running: Running, texts: Sequence[str]) -> None:
    """Has the program read some articles and adds what it took."""
    said = running.read(row.way, texts, spans=False)
    row.articles += len(texts)
    row.seconds += said["seconds"]
    row.cpu_seconds += said["cpu_seconds"]
    row.memory = max(row.memory, said["memory"])
    row.found += said["found"]
    row.refused += said["refused"]
    row.reasons = sorted({*row.reasons, *said["reasons"]})[:3]


def measure(rows: Sequence[Row], texts: Sequence[str], dev: Dev, folder: Path, sources: dict[str, Path]) -> None:
    """Fills the rows; a program that fails on the way has its reason and what was measured until then.

    The articles are read by a process that has read nothing before, so that the peak of its memory is theirs.
    """
    core, running = max(os.sched_getaffinity(0)), {}
    for row in rows:
        print(f"{row.peer.system}: installed and measured on dev …", file=sys.stderr)
        try:
            on_dev = started(row, folder, sources, dev, core)
            choose(row, on_dev, dev)
            on_dev.close()
            running[row.peer.name] = started(row, folder, sources, dev, core)
        except NotRun as reason:
            row.reason = str(reason)
    for at in range(0, len(texts), TURN):
        print(f"{at} of {len(texts)} articles read by each …", file=sys.stderr)
        for row in rows:
            try:
                if not row.reason:
                    read(row, running[row.peer.name], texts[at : at + TURN])
            except NotRun as reason:
                row.reason = str(reason)
    for one in running.values():
        one.close()


def main() -> None:
    every = environments.peers()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds polnear/ and reports/")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=8, help="which articles are drawn")
    parser.add_argument(
        "--peer", action="append", choices=[one.name for one in every], help="only this one; repeatable"
    )
    parser.add_argument("--source", action="append", default=[], metavar="NAME=DIR", help="the code of one; repeatable")
    parser.add_argument("--environments", type=Path, default=Path("build/peers"), help="where they are kept")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    sources = {name: Path(place) for name, _, place in (one.partition("=") for one in args.source)}
    rows = [Row(peer) for peer in every if not args.peer or peer.name in args.peer]
    folder = args.environments.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    texts = articles(args.corpora, args.articles, args.seed)
    before = os.getloadavg()[0]
    try:
        measure(rows, texts, Dev(args.corpora), folder, sources)
    except KeyboardInterrupt:
        for row in rows:
            row.reason = row.reason or ("" if row.articles else "broken off before")
    done = max(row.articles for row in rows)
    if args.json:
        print(json.dumps([{**asdict(row), "mapped": str(row.mapped)} for row in rows]))
        return
    length = sum(map(len, texts)) / len(texts)
    of = f"{done} of {len(texts)} articles of {ARCHIVE} (seed {args.seed})"
    print(f"{of}, {length:.0f} characters each; one core each,")
    print(f"load of the machine {before:.1f} before and {os.getloadavg()[0]:.1f} after")
    print("\n".join(table(rows)))


if __name__ == "__main__":
    main()
