"""Watches the newsroom as a user would: `python -m bench.watching [--speed 1440] [--kills 20] [--seed 1]`.

The newsroom publishes its crisis twice, at the same address. The first time `onrecord watch` is left alone, the second
time it is killed (SIGKILL) at random moments and started again. Told are how late each report came on the record, what
became of edits and of the page that vanishes, and whether both records are the same, times of fetching aside.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.watching.recorded import record_of
from examples.newsroom.serving import Server
from examples.newsroom.site import BEGINNING, END, Site
from examples.newsroom.sources import source_lines
from onrecord.ledger.verify import verify
from onrecord.ledger.view import View

BEFORE_FIRST = BEGINNING + timedelta(hours=4)
"""Half an hour before the first report: nothing is to be seen before."""


@dataclass(frozen=True, slots=True)
class Run:
    """One publication of the crisis, and the record that was made of it."""

    ledger: Path
    site: Site
    begun: datetime
    kills: int


def main() -> int:
    """Runs both and prints what came out; 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(prog="bench.watching", description=__doc__)
    parser.add_argument(
        "--speed", type=float, default=1440.0, help="how fast time goes in the newsroom: a day a minute"
    )
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks at a feed")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=8423)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-watching-") as folder:
        left = _run(Path(folder) / "left.ledger", told, [])
        length = (END - BEFORE_FIRST).total_seconds() / told.speed
        chosen = random.Random(told.seed)
        moments = sorted(chosen.uniform(1.0, length) for _ in range(told.kills))
        killed = _run(Path(folder) / "killed.ledger", told, moments)
        faults = [*_told(left, told, "undisturbed"), *_told(killed, told, f"killed {killed.kills} times")]
        one, other = record_of(left.ledger), record_of(killed.ledger)
        print(f"\nthe same record, times of fetching aside: {'yes' if one == other else 'no'}")
        for which, rows in (("undisturbed", one - other), ("killed", other - one)):
            for row in sorted(map(str, rows))[:20]:
                print(f"  only {which}: {row[:160]}")
        faults += [] if one == other else ["the records differ"]
    return 1 if faults else 0


def _run(ledger: Path, told: argparse.Namespace, kills: list[float]) -> Run:
    begun = datetime.now(UTC)
    start = time.monotonic()

    def now() -> datetime:
        return BEFORE_FIRST + timedelta(seconds=(time.monotonic() - start) * told.speed)

    server = Server(Site(now), told.port)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    running.start()
    sources = ledger.with_suffix(".toml")
    sources.write_text("\n".join(source_lines(server.root)) + "\n", encoding="utf-8")
    looks = ",".join(f"{seconds / told.speed:.3f}s" for seconds in (3_600 * 3, 86_400, 6 * 86_400))
    command = [
        *(sys.executable, "-m", "onrecord", "watch", "--allow-loopback", "--pause", "0", "--every", f"{told.every}s"),
        *("--again", looks, "--sources", str(sources), "--ledger", str(ledger)),
    ]
    done = 0
    with (ledger.with_suffix(".log")).open("wb") as log:
        watching = subprocess.Popen(command, stdout=log, stderr=log)
        for moment in kills:
            time.sleep(max(0.0, start + moment - time.monotonic()))
            watching.send_signal(signal.SIGKILL)
            watching.wait()
            done += 1
            watching = subprocess.Popen(command, stdout=log, stderr=log)
        while now() < END:
            time.sleep(1.0)
        # What was published last has two looks' time as well.
        time.sleep(2 * told.every)
        watching.send_signal(signal.SIGINT)
        watching.wait(120)
    server.shutdown()
    server.server_close()
    running.join()
    return Run(ledger, server.site, begun, done)


def _told(run: Run, told: argparse.Namespace, name: str) -> list[str]:
    faults: list[str] = []
    with View(run.ledger) as view:
        heads = list(view.reports(limit=None))
        gone = [one.place for one in view.inputs(reason="gone", limit=None)]
        refused = [one.place for one in view.inputs(reason="not fetched", limit=None)]
    first: dict[str, datetime] = {}
    texts = Counter(head.url for head in heads)
    for head in heads:
        if head.url is not None and head.retrieved is not None:
            first[head.url] = min(head.retrieved, first.get(head.url, head.retrieved))
    late: list[float] = []
    for article in run.site.articles:
        address = run.site.root + article.path
        if article.members_only:
            continue
        if address not in first:
            faults.append(f"{article.path} is not on the record")
            continue
        published = run.begun + (article.published - BEFORE_FIRST) / told.speed
        late.append((first[address] - published).total_seconds())
    edited = [one for one in run.site.articles if len(one.versions) > 1]
    seen = sum(texts[run.site.root + one.path] > 1 for one in edited)
    fetched = Counter(one.path for one in run.site.asked if one.status == 200)
    twice = sum(fetched[one.path] > len(one.versions) for one in run.site.articles)
    holds = verify(run.ledger).holds
    print(
        f"\n{name}: {len(late)} of {sum(not one.members_only for one in run.site.articles)} reports, the latest "
        f"{max(late, default=0):.1f} s after it was published (two looks: {2 * told.every:.0f} s); edits seen {seen} "
        f"of {len(edited)}; gone {len(gone)}, forbidden {len(refused)}; pages fetched more often than they have "
        f"texts: {twice}; verify {'holds' if holds else 'does not hold'}",
        flush=True,
    )
    for fault in faults:
        print(f"  {fault}")
    if max(late, default=0) > 2 * told.every and not run.kills:
        faults.append("late")
    return faults + ([] if holds and seen == len(edited) else ["edits or verify"])


if __name__ == "__main__":
    sys.exit(main())
