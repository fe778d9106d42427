"""onrecord: who said what, when, as reported by whom.

>>> import onrecord
>>> reader = onrecord.Reader()
>>> for statement in reader.read("The bridge is safe, engineer Tom Reyes said."):
...     print(statement.speaker.name, statement.kind)
Tom Reyes indirect

The names here are the public ones; they are loaded when they are first used, because the reader's weights take time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.domain.reports import Capture, Input, Report
    from onrecord.domain.spans import Span
    from onrecord.domain.statements import Kind, Speaker, Statement
    from onrecord.errors import OnrecordError
    from onrecord.pipeline import Ledger, Tally
    from onrecord.reading.reader import TaggerReader as Reader
    from onrecord.settings import Settings

_HOMES = {
    "Capture": ("onrecord.domain.reports", "Capture"),
    "Input": ("onrecord.domain.reports", "Input"),
    "Kind": ("onrecord.domain.statements", "Kind"),
    "Ledger": ("onrecord.pipeline", "Ledger"),
    "OnrecordError": ("onrecord.errors", "OnrecordError"),
    "Reader": ("onrecord.reading.reader", "TaggerReader"),
    "Report": ("onrecord.domain.reports", "Report"),
    "Settings": ("onrecord.settings", "Settings"),
    "Span": ("onrecord.domain.spans", "Span"),
    "Speaker": ("onrecord.domain.statements", "Speaker"),
    "Statement": ("onrecord.domain.statements", "Statement"),
    "Tally": ("onrecord.pipeline", "Tally"),
}

__all__ = [
    "Capture",
    "Input",
    "Kind",
    "Ledger",
    "OnrecordError",
    "Reader",
    "Report",
    "Settings",
    "Span",
    "Speaker",
    "Statement",
    "Tally",
    "__version__",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
