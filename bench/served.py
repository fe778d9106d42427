"""An application on a port of this computer, for as long as a measure or a test asks it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from onrecord.web.serving import listening


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which the application answers, without a slash behind it."""
    with listening(0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", server_header=False))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            serving.join()
