"""Files of a work folder, which several processes write: each is there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import BatchError


@contextmanager
def written(path: Path, before: Callable[[str], None] | None = None) -> Iterator[BinaryIO]:
    """A file to write to, which takes its name when it is whole and on the disk.

    `before` is told its SHA-256 just before it takes its name.

    Raises:
        BatchError: when it cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            beginning = Path(file.name)
            try:
                yield file  # type: ignore[misc]  # it writes bytes, and says so in a type of its own
                file.flush()
                os.fsync(file.fileno())
                if before is not None:
                    with beginning.open("rb") as whole:
                        before(hashlib.file_digest(whole, "sha256").hexdigest())
                beginning.replace(path)
            except BaseException:
                beginning.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BatchError(f"{path} cannot be written: {error.strerror or error}; make room or change who may") from error


def write_json(path: Path, value: object) -> None:
    """Keeps a value as JSON.

    Raises:
        BatchError: when it cannot be written.
    """
    with written(path) as file:
        file.write(json.dumps(value).encode("ascii") + b"\n")


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a file; None where there is no file.

    Raises:
        BatchError: when it cannot be read, or holds no object.
    """
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BatchError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise BatchError(_damaged(path, str(error))) from error
    if not isinstance(value, dict):
        raise BatchError(_damaged(path, "no object"))
    return value


def _damaged(path: Path, why: str) -> str:
    return f"{path} is damaged ({why}); remove the folder it is in: what is not loaded yet is read again"
