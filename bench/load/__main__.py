"""How the pages bear many readers: `python -m bench.load --ledger FILE [--users 20] [--seconds 60] [--think 2]`.

Starts `onrecord serve` on the ledger in a process of its own, looks at the lists for pages to open, and then lets so
many users open pages and search, each waiting a while (exponential, `--think` seconds on average; 0 for none) between
two. Prints for each sort of page how many were opened, the median, the 95th in a hundred and the longest wait in
milliseconds, what was no 200, how long the start took and how much memory the process came to need.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

LISTS = (
    "/",
    "/statements",
    "/utterances",
    "/actors",
    "/stories",
    "/relations",
    "/figures",
    "/docket",
    "/reports",
    "/speakers",
    "/record",
)
WORDS = (
    "withdraw troops",
    "sanctions",
    "the",
    "election fraud",
    '"climate change"',
    "ceasefire",
    "vaccine",
    "tariffs on china",
    "gas prices",
    "killed in the attack",
    "rhododendron",
    "talks",
    "border wall",
)
NAMES = ("biden", "trump", "minister", "nato", "holm", "spokesman")
ONE = re.compile(r'href="(/(statements|utterances|actors|stories|relations|figures|docket|reports)/[^"#?]+)"')


@dataclass
class Waits:
    """Seconds by sort of page, and answers that were no 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, sort: str, waited: float, status: int) -> None:
        with self.lock:
            self.seconds[sort].append(waited)
            if status != 200:
                self.wrong[sort, status] += 1


class Reader:
    """One connection to the pages that stays open."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)

    def get(self, path: str) -> tuple[int, str, float]:
        began = time.perf_counter()
        try:
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            # The server closes what has been idle for some seconds; a browser opens it again as well.
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return answer.status, text, time.perf_counter() - began


def served(ledger: Path) -> tuple[subprocess.Popen[str], str, float]:
    """The process, the address it serves at, and the seconds until its first page."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "onrecord", "serve", "--ledger", str(ledger), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(r"http://[^\s]+", line)
        if found is not None:
            address = found[0].rstrip("/")
            Reader(address).get("/")
            return process, address, time.perf_counter() - began
    raise SystemExit(f"onrecord serve ended with {process.wait()}")


def things(address: str) -> dict[str, list[str]]:
    """Pages of single things that the first pages of the lists lead to."""
    found: dict[str, list[str]] = defaultdict(list)
    reader = Reader(address)
    for place in LISTS:
        for number in (1, 2, 3):
            status, text, _ = reader.get(f"{place}?page={number}")
            if status == 200 and place not in ("/", "/record"):
                found["lists"].append(f"{place}?page={number}")
            for path, sort in ONE.findall(text):
                found[sort].append(path.replace("&amp;", "&"))
    return {sort: sorted(set(paths)) for sort, paths in found.items()}


def asked(chosen: random.Random, known: dict[str, list[str]]) -> tuple[str, str]:
    """The sort and the address of a page that a user opens: half of the time a thing, else a list or a search."""
    kind = chosen.random()
    if kind < 0.5 and len(known) > 1:
        sort = chosen.choice(sorted(known.keys() - {"lists"}))
        return f"one of {sort}", chosen.choice(known[sort])
    if kind < 0.75:
        path = chosen.choice([*known["lists"], "/", "/today", "/record"])
        return path.partition("?")[0], path
    if kind < 0.95:
        place = chosen.choice(("/statements", "/utterances", "/reports", "/search"))
        name = "q" if place == "/search" else "text"
        return f"search {place}", f"{place}?{name}={quote(chosen.choice(WORDS))}"
    place = chosen.choice(("/actors", "/speakers"))
    return f"search {place}", f"{place}?text={quote(chosen.choice(NAMES))}"


def use(address: str, known: dict[str, list[str]], seed: int, until: float, think: float, waits: Waits) -> None:
    """What one user does until the end."""
    chosen = random.Random(seed)
    reader = Reader(address)
    time.sleep(chosen.random() * think)
    while time.perf_counter() < until:
        sort, path = asked(chosen, known)
        status, _, waited = reader.get(path)
        waits.add(sort, waited, status)
        if think:
            time.sleep(chosen.expovariate(1 / think))


def at(share: float, values: list[float]) -> float:
    """The value below which so large a share lies, in milliseconds."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1_000


def memory(process: int) -> float:
    """The most memory that the process has held, in megabytes; NaN where the system does not say."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1_000


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
    print(f"{'page':<24}{'opened':>8}{'median':>9}{'95 in 100':>11}{'longest':>9}   milliseconds")
    for sort, values in sorted(waits.seconds.items(), key=lambda one: -at(0.95, one[1])):
        print(f"{sort:<24}{len(values):>8}{at(0.5, values):>9.0f}{at(0.95, values):>11.0f}{max(values) * 1_000:>9.0f}")
    every = [one for values in waits.seconds.values() for one in values]
    print(f"{'all':<24}{len(every):>8}{at(0.5, every):>9.0f}{at(0.95, every):>11.0f}{max(every) * 1_000:>9.0f}")
    wrong = ", ".join(f"{sort} {status}: {number}" for (sort, status), number in sorted(waits.wrong.items()))
    rate = len(every) / told.seconds
    print(f"{told.users} users, {rate:.1f} pages a second; no 200: {wrong or 'none'}")
    print(f"start to the first page {start:.2f} s, memory {held:.0f} MB")


if __name__ == "__main__":
    main()
