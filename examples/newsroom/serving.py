"""A server on loopback that shows a `Site`; for tests and for trying `onrecord watch`."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from examples.newsroom.site import Site
from examples.newsroom.trouble import TROUBLE


class Server(ThreadingHTTPServer):
    """Answers for a site; `root` is its address."""

    daemon_threads = True

    def __init__(self, site: Site, port: int = 0, *, talk: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site = site
        self.talk = talk
        self.root = site.root = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks may hang up at any time; that is no error of the newsroom's."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answers, notes the request and closes the connection."""
        self.close_connection = True
        site, path = self.server.site, self.path
        if path in TROUBLE:
            site.note(path, 0)
            self._tell(path, "trouble")
            TROUBLE[path](self.connection.sendall, self.connection)
            return
        answer = site.answer(path, {name.lower(): value for name, value in self.headers.items()})
        site.note(path, answer.status)
        self._tell(path, str(answer.status))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET  # noqa: N815

    def _tell(self, path: str, how: str) -> None:
        if self.server.talk:
            print(f"{self.server.site.clock():%a %d %b %Y, %H:%M}  {how:>7}  {path[:200]!r}", flush=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing: `_tell` does."""


@contextmanager
def serve(site: Site) -> Iterator[Server]:
    """The server while the context lasts, at a port that is free."""
    server = Server(site)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        running.join()
