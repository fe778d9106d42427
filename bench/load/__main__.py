"""How the pages bear many readers: `python -m bench.load --ledger FILE [--users 20] [--seconds 60] [--think 2]`.

Starts `onrecord serve` on the ledger in a process of its own, looks at the lists for pages to open, and then lets so
many users open pages and search, each waiting a while (exponential, `--think` seconds on average; 0 for none) between
two. Prints for each sort of page how many were opened, the median, the 95th in a hundred and the longest wait in
milliseconds, what was no 200, how long the start took and how much memory the process came to need.
"""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path

from bench.load.readers import Waits, memory, print_waits, served, things, use


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=2)
    told = parser.parse_args()
    process, address, start = served(told.ledger)
    try:
        known = things(address)
        waits = Waits()
        until = time.perf_counter() + told.seconds
        users = [
            threading.Thread(target=use, args=(address, known, seed, until, told.think, waits))
            for seed in range(told.users)
        ]
        for user in users:
            user.start()
        for user in users:
            user.join()
        held = memory(process.pid)
    finally:
        process.terminate()
        process.wait()
    print_waits(waits)
    rate = len(waits.every()) / told.seconds
    print(f"{told.users} users, {rate:.1f} pages a second; no 200: {waits.amiss() or 'none'}")
    print(f"start to the first page {start:.2f} s, memory {held:.0f} MB")


if __name__ == "__main__":
    main()
