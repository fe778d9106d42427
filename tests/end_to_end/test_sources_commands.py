"""The commands of the sources file, as people type them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from onrecord.sources.outlets import outlets_in
from tests.end_to_end.test_command_line import run

SOURCES = """# kept as it is
[[outlet]]
name = "The Eskmouth Courier"
family = "Tidewater Press Group"
country = "GB"
domains = ["eskmouthcourier.example"]
feeds = ["https://eskmouthcourier.example/rss.xml"]
per_day = 40

[[outlet]]
name = "Harvenia One [bold]x[/bold]"
"""
OPML = """<opml version="2.0"><body><outline text="Calder Press"><outline text="Calder Tribune" type="rss"
xmlUrl="https://caldertribune.example/rss" htmlUrl="https://caldertribune.example/"/></outline>
<outline text="The Eskmouth Courier" xmlUrl="https://eskmouthcourier.example/other"/></body></opml>"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    path = tmp_path / "onrecord.toml"
    path.write_text(SOURCES, encoding="utf-8")
    return path


def test_outlets_are_listed_as_a_table_and_as_json(sources: Path) -> None:
    done = run("sources", "list", "--sources", sources)
    assert done.returncode == 0
    assert "Tidewater Press Group" in done.stdout
    assert "[bold]x[/bold]" in done.stdout
    rows = json.loads(run("sources", "list", "-s", sources, "--json").stdout)["outlets"]
    assert [row["name"] for row in rows] == ["The Eskmouth Courier", "Harvenia One [bold]x[/bold]"]
    assert rows[0]["per_day"] == 40


def test_a_list_of_subscriptions_comes_in_beside_what_stands_there(sources: Path) -> None:
    opml = sources.with_name("in.opml")
    opml.write_text(OPML, encoding="utf-8")
    done = run("sources", "import", opml, "--sources", sources)
    assert done.stdout == f"1 outlet added to {sources}, 2 stood there\n"
    assert "The Eskmouth Courier stands there already" in done.stderr
    assert sources.read_text(encoding="utf-8").startswith(SOURCES)
    assert [(one.name, one.family) for one in outlets_in(sources)][-1] == ("Calder Tribune", "Calder Press")
    assert run("sources", "import", opml, "-s", sources).stdout.startswith("0 outlets added")
    new = sources.with_name("new.toml")
    assert run("sources", "import", opml, "-s", new, "--no-folders").returncode == 0
    assert outlets_in(new)[0].family == "Calder Tribune"


def test_a_list_of_subscriptions_goes_out_and_serves_as_a_sources_file(sources: Path) -> None:
    opml = sources.with_name("out.opml")
    done = run("sources", "export", "-s", sources, "-o", opml)
    assert done.stderr == "left out, since they have no feed: Harvenia One [bold]x[/bold]\n"
    assert run("sources", "export", "-s", sources).stdout == opml.read_text(encoding="utf-8")
    assert "Tidewater" in run("sources", "list", "-s", opml).stdout
    opml.write_text(opml.read_text(encoding="utf-8").replace("https://", "ftp://"), encoding="utf-8")
    assert "The Eskmouth Courier is no address of the web" in run("sources", "list", "-s", opml).stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "-s", "none.toml"], "none.toml cannot be read"),
        (["check", "-s", "empty.toml"], "there are no outlets in it"),
        (["list", "-s", "wrong.toml"], 'the key "feed" is not known; write `feeds`'),
        (["import", "wrong.toml"], "is no list of subscriptions"),
        (["export", "-s", "empty.toml", "-o", "no/such/folder.opml"], "cannot be written"),
    ],
)
def test_what_cannot_be_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.toml").write_text("", encoding="utf-8")
    Path("wrong.toml").write_text("[[outlet]]\nname = 'A'\nfeed = 'x'\n", encoding="utf-8")
    done = run("sources", *arguments)
    assert done.returncode == 2
    assert told in done.stderr.replace("\n", " ")


def feed(root: str) -> bytes:
    now = datetime.now(UTC)
    items = "".join(
        f"<item><link>{root}/{n}</link><pubDate>{now - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n in range(3)
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


@contextmanager
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            root = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            page = b'<html><link rel="alternate" type="application/rss+xml" href="/good"></html>'
            bodies = {"/good": feed(root), "/page": page, "/robots.txt": b"User-agent: *\nDisallow: /shut\n"}
            body = bodies.get(self.path, b"")
            self.send_response(301 if self.path == "/moved" else 200 if body else 404)
            if self.path == "/moved":
                self.send_header("Location", "/good")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_each_address_is_tried_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    with site() as root:
        path.write_text(f'[[outlet]]\nname = "A"\nfeeds = ["{root}/good"]\n', encoding="utf-8")
        good = run("sources", "check", "-s", path, "--allow-loopback")
        assert (good.returncode, good.stderr) == (0, "1 outlet, 1 tried: nothing wrong\n")
        assert good.stdout.startswith(f"good   A: {root}/good  3 items, the newest of ")
        addresses = ", ".join(f'"{root}/{name}"' for name in ("good", "page", "moved", "gone", "shut"))
        path.write_text(f'[[outlet]]\nname = "A"\nfeeds = [{addresses}]\n', encoding="utf-8")
        done = run("sources", "check", "-s", path, "--allow-loopback", "--json")
        refused = run("sources", "check", "-s", path)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["faults"] == 4
    assert [row["faults"] for row in told["checked"]] == [
        [],
        [f"no feed but a page; it links to {root}/good"],
        [f"moved for good: write {root}/good"],
        ["not found (404); look on the outlet's pages for another address"],
        ["robots.txt forbids it; ask the outlet, or leave it out"],
        [],
    ]
    assert refused.returncode == 1
    assert "private address" in refused.stdout
