"""A record of the hostile pages, read, linked and weighed as anybody's are, with a brief on it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from onrecord import Ledger
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer
from onrecord.publishing.briefs import Asked, composed
from tests.sources.hostile import PAGES


@lru_cache(maxsize=1)
def hostile_ledger() -> Path:
    """The ledger; whoever writes to it copies it first."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-hostile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "hostile.ledger"
    for name, content in PAGES.items():
        (folder / "pages").mkdir(exist_ok=True)
        (folder / "pages" / f"{name} <script>alert(1)<!-- -->.html").write_bytes(content)
    with Ledger(path) as made:
        made.add(folder / "pages")
        made.link()
        made.weigh()
    with WeighedView(path) as view:
        brief = composed(view, Asked(text="cranes"), by="Ida Holm", made=datetime.now(UTC))
    with Writer(path) as writer:
        writer.record_brief(brief)
    return path
