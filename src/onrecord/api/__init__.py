"""The interface for programs: the record as JSON over HTTP, read only, under `/api/v1` of the web application.

Bodies are the rows that the exports write; a list wraps them as `{"items": [...], "next": cursor or null, "total": n}`.
"""

from onrecord.api.app import create_api

__all__ = ["create_api"]
