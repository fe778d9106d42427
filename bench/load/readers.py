"""Readers of a desk, and how long each waited: `bench.load` has them alone, `bench.desk` beside people who judge."""

from __future__ import annotations

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

    def every(self) -> list[float]:
        """The seconds of all pages."""
        return [one for values in self.seconds.values() for one in values]

    def amiss(self) -> str:
        """What was no 200, in words."""
        return ", ".join(f"{sort} {status}: {number}" for (sort, status), number in sorted(self.wrong.items()))


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


def served(ledger: Path | str) -> tuple[subprocess.Popen[str], str, float]:
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


def print_waits(waits: Waits) -> None:
    """A line for each sort of page, those that were waited for longest first, and one for all."""
    print(f"{'page':<24}{'opened':>8}{'median':>9}{'95 in 100':>11}{'longest':>9}   milliseconds")
    sorts = sorted(waits.seconds.items(), key=lambda one: -at(0.95, one[1]))
    for sort, values in [*sorts, ("all", waits.every())]:
        print(f"{sort:<24}{len(values):>8}{at(0.5, values):>9.0f}{at(0.95, values):>11.0f}{max(values) * 1_000:>9.0f}")
