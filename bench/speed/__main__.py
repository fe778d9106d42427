"""How fast, how large, how soon: `python -m bench.speed [--corpora DIR] [--articles 60]`.

Articles and words a second on one core and on two, start-up time and peak memory, each in a fresh process. Without
the corpora it reads the project's own example over and over.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

_CHILD = """
import json, os, resource, sys, time
core = int(sys.argv[1])
os.sched_setaffinity(0, {core})
began = time.monotonic()
from onrecord import Reader
reader = Reader()
texts = json.load(open(sys.argv[2], encoding="utf-8"))
list(reader.read(texts[0]))
loaded = time.monotonic()
found = sum(len(list(reader.read(text))) for text in texts)
ended = time.monotonic()
print(json.dumps({"load": loaded - began, "seconds": ended - loaded, "statements": found,
                  "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""


def texts(corpora: Path | None, wanted: int) -> list[str]:
    """The texts to read: PolNeAR's dev part where it is at hand, else the example's reports repeated."""
    if corpora is not None:
        paths = sorted((corpora / "polnear" / "dev" / "text").glob("*.txt"))
        found = [path.read_text(encoding="utf-8") for path in paths]
    else:
        from onrecord.settings import Settings
        from onrecord.sources import gather
        from onrecord.sources.example import reports_folder

        with reports_folder() as folder:
            found = [given.report.text for given in gather([folder], Settings()) if given.report]
    return [found[k % len(found)] for k in range(wanted)]


def run(batches: list[list[str]], cores: list[int]) -> tuple[float, list[dict[str, float]]]:
    """Reads each batch in a process of its own, pinned to a core; seconds of the slowest, and what each said."""
    with TemporaryDirectory() as folder:
        processes = []
        for k, (batch, core) in enumerate(zip(batches, cores, strict=True)):
            path = Path(folder) / f"{k}.json"
            path.write_text(json.dumps(batch), encoding="utf-8")
            command = [sys.executable, "-c", _CHILD, str(core), str(path)]
            processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        said = [json.loads(process.communicate()[0]) for process in processes]
    return max(row["seconds"] for row in said), said


def startup(command: list[str], times: int = 5) -> float:
    """Median seconds of a whole process."""
    took = []
    for _ in range(times):
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.monotonic() - began)
    return sorted(took)[times // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds polnear/")
    parser.add_argument("--articles", type=int, default=60)
    args = parser.parse_args()
    all_texts = texts(args.corpora, args.articles)
    words = sum(len(text.split()) for text in all_texts)
    cores = sorted(os.sched_getaffinity(0))[:2]
    print(
        f"{len(all_texts)} articles, {words / len(all_texts):.0f} words each, "
        f"load of the machine {os.getloadavg()[0]:.1f}"
    )
    for used in ([cores[0]], cores):
        batches = [all_texts[k :: len(used)] for k in range(len(used))]
        seconds, said = run(batches, used)
        name = "one core " if len(used) == 1 else "two cores"
        print(
            f"{name}  {len(all_texts) / seconds:6.1f} articles/s  {words / seconds:8.0f} words/s  "
            f"{sum(row['statements'] for row in said):.0f} statements  "
            f"{max(row['memory'] for row in said) / 1e6:.0f} MB  loaded in {said[0]['load']:.2f} s"
        )
    help_took = startup([sys.executable, "-m", "onrecord", "--help"])
    first_took = startup(
        [sys.executable, "-c", "import onrecord; list(onrecord.Reader().read('Rain fell, she said.'))"]
    )
    print(f"start-up   {help_took:.2f} s to the help, {first_took:.2f} s to the first statement (median of five)")


if __name__ == "__main__":
    main()
