"""The record as pages for people: server-rendered, readable without script, and reachable from this computer only."""

from onrecord.web.app import create_app
from onrecord.web.serving import serve

__all__ = ["create_app", "serve"]
