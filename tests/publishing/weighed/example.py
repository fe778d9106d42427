"""The example's ledger, read, linked and weighed once for all tests of one run."""

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
from onrecord.settings import Settings, families_in
from onrecord.sources.example import hypotheses_file, indicators_file, outlets_file, reports_folder


def weighed_ledger() -> Path:
    """The ledger; whoever writes to it copies it first."""
    made = _made()
    if isinstance(made, Exception):
        raise made
    return made


def briefed_ledger(folder: Path) -> Path:
    """A copy of the ledger in `folder`, with a brief on its record."""
    path = Path(shutil.copy(weighed_ledger(), folder / "example.ledger"))
    with WeighedView(path) as view:
        made = composed(view, Asked(text="withdraw"), by="Ida Holm", made=datetime.now(UTC))
    with Writer(path) as writer:
        writer.record_brief(made)
    return path


@lru_cache(maxsize=1)
def _made() -> Path | Exception:
    # What cannot be made is not tried again for each test.
    try:
        return _weighed()
    except Exception as error:
        return error


def _weighed() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="onrecord-weighed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "example.ledger"
    with outlets_file() as outlets:
        settings = Settings(families=families_in(outlets))
    with reports_folder() as reports, Ledger(path, settings) as made:
        made.add(reports)
        made.link()
        made.weigh()
    return path


def example_settings() -> Settings:
    """Settings with the example's indicators and hypotheses."""
    with indicators_file() as indicators, hypotheses_file() as hypotheses:
        return Settings(indicators=indicators, hypotheses=hypotheses)
