"""Publishes the example crisis on this computer, day by day: `python examples/newsroom --speed 1440 --port 8400`."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

# Run as a folder, this file is no part of a package; the checkout is where it is found from.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from examples.newsroom.serving import Server
from examples.newsroom.site import BEGINNING, Site
from examples.newsroom.sources import source_lines


def main() -> int:
    """Serves until it is interrupted."""
    parser = argparse.ArgumentParser(prog="newsroom", description=__doc__)
    parser.add_argument("--speed", type=float, default=1440.0, help="how fast time goes: 1440 is a day a minute")
    parser.add_argument("--port", type=int, default=8400, help="at 127.0.0.1")
    parser.add_argument("--start", type=datetime.fromisoformat, default=BEGINNING, help="when, as 2031-03-03T12:00Z")
    parser.add_argument("--sources", type=Path, help="write a sources file for `onrecord watch` there, and exit")
    parser.add_argument("--trouble", action="store_true", help="with --sources: the addresses that misbehave as well")
    told = parser.parse_args()
    if told.start.tzinfo is None:
        parser.error("--start needs a zone, such as Z")
    if told.sources is not None:
        lines = source_lines(f"http://127.0.0.1:{told.port}", trouble=told.trouble)
        told.sources.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"written: {told.sources}")
        return 0
    begun = time.monotonic()

    def now() -> datetime:
        return told.start + timedelta(seconds=(time.monotonic() - begun) * told.speed)

    try:
        server = Server(Site(now), told.port, talk=True)
    except OSError as error:
        print(f"port {told.port} cannot be had: {error.strerror}; choose another: --port", file=sys.stderr)
        return 1
    with server:
        print(
            f"The newsroom is open at {server.root}/ from {told.start:%d %b %Y, %H:%M}; Ctrl+C closes it.", flush=True
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
