"""Answers that are files: their headers, and what is told in place of one."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import PlainTextResponse, Response


def attached(name: str) -> dict[str, str]:
    """The headers of an answer that a browser keeps as a file of this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def attachment(content: str | bytes, name: str, media_type: str) -> Response:
    """A whole file."""
    return Response(content, media_type=media_type, headers=attached(name))


def unusable(problems: Mapping[str, str]) -> Response:
    """What is told in place of a file when values of the form are no use: a line for each."""
    told = "".join(f"{field}: {problem}\n" for field, problem in problems.items())
    return PlainTextResponse(told, status_code=422)
