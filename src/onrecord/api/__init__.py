"""The interface for programs: the record as JSON over HTTP, under `/api/v1` of the web application.

All is read, but judgements, which can be sent.

Bodies are the rows that the exports write; a list wraps them as `{"items": [...], "next": cursor or null, "total": n}`.
"""

from onrecord.api.app import create_api

__all__ = ["create_api"]
