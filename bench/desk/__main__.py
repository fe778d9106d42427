"""How a desk bears people who judge beside many who read.

`python -m bench.desk --ledger PLACE [--writers 10] [--readers 50] [--seconds 600] [--think 5] [--ponder 20]` starts
`onrecord serve` on the ledger, which is written to (measure a copy). Readers open pages and search as in `bench.load`,
and wait a while between two (exponential, `--think` seconds on average); writers open the review, look at what it shows
for `--ponder` seconds, and send a form of it. In the end every judgement that was acknowledged is looked for on the
record, and the record is verified.

With `--break COMMAND` the command is run by the shell half way, to stop the database hard and start it again. What
fails from then on for `--grace` seconds is counted apart, and nothing that was acknowledged may be lost.
"""

from __future__ import annotations

import argparse
import subprocess
import threading
import time

from bench.desk.writers import Put, Writer, write
from bench.load.readers import Waits, at, memory, print_waits, served, things, use
from onrecord.ledger.verify import verify
from onrecord.ledger.weighed_view import WeighedView

DERIVED = frozenset({"utterances", "actors", "stories", "relations", "figures", "docket"})


class Parted(Waits):
    """Waits of which those of a time in which something is broken stand apart.

    What was linked or weighed has an address only as long as no judgement says otherwise: what is not found there any
    more was judged away, and is counted as `gone`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.broken = Waits()
        self.until = 0.0
        self.gone = 0

    def add(self, sort: str, waited: float, status: int) -> None:
        """Adds one to those of its time."""
        now = time.perf_counter()
        if now - waited < self.until:
            self.broken.add(sort, waited, status)
        elif status == 404 and sort.removeprefix("one of ") in DERIVED:
            super().add(sort, waited, 200)
            self.gone += 1
        else:
            super().add(sort, waited, status)


def judged(ledger: str) -> set[str]:
    """The ids of all judgements on the record."""
    with WeighedView(ledger) as view:
        return {one.id for one in view.judgements()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--writers", type=int, default=10)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--think", type=float, default=5)
    parser.add_argument("--ponder", type=float, default=20)
    parser.add_argument("--break", dest="broken", metavar="COMMAND", help="Stops the database hard and starts it.")
    parser.add_argument("--grace", type=float, default=15)
    told = parser.parse_args()
    before = judged(told.ledger)
    process, address, start = served(told.ledger)
    waits, put = Parted(), Put()
    try:
        known = things(address)
        until = time.perf_counter() + told.seconds
        people = [
            threading.Thread(target=use, args=(address, known, seed, until, told.think, waits))
            for seed in range(told.readers)
        ]
        people += [
            threading.Thread(target=write, args=(Writer(address, number, waits, put), until, told.ponder))
            for number in range(told.writers)
        ]
        for one in people:
            one.start()
        if told.broken:
            time.sleep(told.seconds / 2)
            waits.until = time.perf_counter() + 3_600
            subprocess.run(told.broken, shell=True, check=True, stdout=subprocess.DEVNULL)
            waits.until = time.perf_counter() + told.grace
        for one in people:
            one.join()
        held = memory(process.pid)
    finally:
        process.terminate()
        process.wait()
    print_waits(waits)
    if told.broken:
        lost = f"; of them no 200: {waits.broken.amiss() or 'none'}"
        print(f"while the database was broken: {len(waits.broken.every())} asked for{lost}")
    after = judged(told.ledger)
    lost_ones = put.acknowledged - after
    verified = verify(told.ledger)
    slow = at(0.95, waits.every())
    print(
        f"{told.readers} readers, {told.think:g} s between two pages, and {told.writers} writers, {told.ponder:g} s "
        f"between two judgements; start {start:.2f} s"
    )
    print(f"judged away meanwhile: {waits.gone}; no 200: {waits.amiss() or 'none'}; memory of the pages {held:.0f} MB")
    print(
        f"judgements: {len(put.acknowledged)} acknowledged, {put.meanwhile} told that somebody judged meanwhile, "
        f"{put.unanswered} without an answer; on the record {len(after - before)} more than before"
    )
    sound = "holds" if verified.holds else "FAILS"
    print(f"lost: {len(lost_ones)}; 95 in 100 answers within {slow:.0f} ms; verify: {sound}")
    extra = len((after - before) - put.acknowledged)
    if lost_ones or extra > put.unanswered or waits.wrong or not verified.holds:
        raise SystemExit("something was lost or went wrong")


if __name__ == "__main__":
    main()
