"""What is read of good and of damaged archives, file by file; how fast, and in how much memory.

    python -m bench.archives --corpora DIR       every file in DIR/warc, beside what fastwarc alone finds in it
    python -m bench.archives --speed             20,000 invented articles as WARC and as JSON Lines

Speed and memory are those of `gather` alone, with plain text for pages: the reader takes the same time whatever an
article came in, and finding the article in a page is a thing apart. Each run is a process of its own, and its time that
of the processor without what it takes to make the articles.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from onrecord.settings import Settings
from onrecord.sources import gather
from onrecord.sources.archives.framing import Break, frames
from onrecord.sources.archives.unpacking import Unpacked
from onrecord.sources.streams import chunks_of

_CHILD = """
import io, json, resource, sys, time
from pathlib import Path
from bench.archives.making import Made, as_line, as_warc
from onrecord.settings import Settings
from onrecord.sources import gather
form, number = {"warc": as_warc, "jsonl": as_line}[sys.argv[1]], int(sys.argv[2])
list(gather(["-"], Settings(), stdin=Made(20, form)))
made = Made(number, form)
began, read, memory = time.process_time(), 0, []
for given in gather(["-"], Settings(), stdin=made):
    assert given.report is not None, given
    read += 1
    if read in (number // 10, number // 2, number):
        memory.append(int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize())
seconds = time.process_time() - began - made.seconds
print(json.dumps({"seconds": seconds, "read": read, "memory": memory}))
"""


def by_fastwarc(path: Path) -> str:
    """How many records fastwarc finds on its own, and what stopped it."""
    number = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=False):
                record.reader.read()
                number += 1
    except OSError as error:
        return f"{number}, then “{str(error).split(chr(10))[0][:40]}”"
    return str(number)


def table(folder: Path) -> None:
    """Prints what becomes of each file."""
    print(f"{'file':42} {'fastwarc alone':34} {'records':>7} {'broken':>6} {'pages':>5}  read, skipped; what is said")
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "LICENSE" not in path.name):
        with path.open("rb") as file:
            cut = list(frames(Unpacked(chunks_of(file)), Settings().max_input))
        broken = sum(isinstance(one, Break) for one in cut)
        found = list(gather([path], Settings()))
        pages = [one for one in found if "#" in one.place]
        whole = [one for one in found if "#" not in one.place]
        became = ", ".join(
            f"{reason or 'read'} {many}" for reason, many in Counter(one.reason for one in pages).items()
        )
        said = [f"{one.reason}: {one.detail}" for one in whole] + [
            f"({one.detail})" for one in pages if one.detail and one.report
        ]
        print(
            f"{path.name:42} {by_fastwarc(path):34} {len(cut) - broken:7} {broken:6} {len(pages):5}  "
            f"{'; '.join(filter(None, [became, *said]))}"
        )


def speed(number: int, times: int) -> None:
    """Prints articles a second and memory of both forms, run by turns."""
    said: dict[str, list[dict[str, float]]] = {"warc": [], "jsonl": []}
    for _ in range(times):
        for form, runs in said.items():
            command = [sys.executable, "-c", _CHILD, form, str(number)]
            runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    rates = {form: statistics.median(run["read"] / run["seconds"] for run in runs) for form, runs in said.items()}
    for form, runs in said.items():
        memory = ", ".join(f"{size / 1e6:.0f}" for size in runs[0]["memory"])  # type: ignore[attr-defined]
        print(
            f"{form:6} {number} articles, {rates[form]:6.0f} a second, {memory} MB after a tenth, half and all of them"
        )
    print(f"WARC reads at {100 * rates['warc'] / rates['jsonl']:.0f} % of the speed of JSON Lines (median of {times})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds warc/")
    parser.add_argument("--speed", action="store_true", help="measure speed and memory")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=3, help="how often each is run")
    args = parser.parse_args()
    if args.corpora is None and not args.speed:
        parser.error("give --corpora DIR, --speed, or both")
    if args.corpora is not None:
        table(args.corpora / "warc")
    if args.speed:
        speed(args.articles, args.times)


if __name__ == "__main__":
    main()
