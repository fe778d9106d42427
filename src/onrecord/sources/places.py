"""Places → files: what a file, a folder, a glob pattern or "-" stands for, in an order that never changes."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

STANDARD_INPUT = "-"
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read, or `reason` why there is none; `shown` is its place as text that can be stored."""

    path: Path | None
    shown: str
    reason: str | None = None
    detail: str = ""

    @property
    def name(self) -> str:
        return self.shown.rstrip("/").rpartition("/")[2] or self.shown


def shown(path: str | Path) -> str:
    """A path as text: with forward slashes, and with what is not UTF-8 in it as escapes."""
    text = path if isinstance(path, str) else path.as_posix()
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def find(places: Iterable[str | Path]) -> Iterator[Found]:
    """Every file that the places stand for; standard input has the path None and no reason.

    Folders are walked in the order of names: "page.html" before "page-2.html", and that before "page-10.html", so that
    texts of one page that were saved one after the other come so. Hidden files in them are passed over; links that
    leave the folder, and links to folders that hold them, are reported and not followed. A place that stands for
    nothing is "not found".
    """
    for place in places:
        if place == STANDARD_INPUT:
            yield Found(None, STANDARD_INPUT)
            continue
        try:
            yield from _of_place(place)
        except (OSError, ValueError) as error:
            yield Found(None, shown(place), "unreadable", _why(error))


def _of_place(place: str | Path) -> Iterator[Found]:
    path = Path(place)
    if str(place) and os.path.lexists(path):
        yield from _of_path(path, given=True)
        return
    # pathlib's own glob finds hidden files and refuses absolute patterns.
    is_pattern = glob.has_magic(str(place))
    matches = [Path(match) for match in glob.iglob(str(place), recursive=True)] if is_pattern else []  # noqa: PTH207
    if not matches:
        yield Found(None, shown(place), "not found", "no file, folder or pattern matches")
    for match in sorted(matches, key=lambda path: [_place_of(part) for part in path.parts]):
        # With ** a pattern matches folders and what is in them: only the files count then.
        if not (match.is_dir() and "**" in str(place)):
            yield from _of_path(match, given=True)


def _place_of(name: str) -> tuple[list[tuple[int, str]], str]:
    """What names are put in order by: letters as letters, digits as numbers, and what tells the format last."""
    path = PurePath(name)
    parts = _DIGITS.split(path.stem)
    return [(int(part) if number % 2 else -1, part) for number, part in enumerate(parts)], path.suffix


def _of_path(path: Path, *, given: bool) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Found(None, shown(path), "unreadable", _why(error))
        return
    # A pipe that somebody names, as a shell does for <(…), is meant to be read; one met on a walk would block.
    if stat.S_ISREG(mode) or (given and stat.S_ISFIFO(mode)):
        yield Found(path, shown(path))
    elif stat.S_ISDIR(mode):
        empty = True
        for found in _walk(path, Path(os.path.realpath(path))):
            empty = False
            yield found
        if empty:
            yield Found(None, shown(path), "not found", "the folder holds no file")
    else:
        yield Found(None, shown(path), "unreadable", "neither a file nor a folder")


def _walk(folder: Path, root: Path) -> Iterator[Found]:
    """Depth first without recursion, so that no nesting is too deep."""
    waiting: list[Path] = [folder]
    while waiting:
        path = waiting.pop()
        if path is not folder and path.is_symlink():
            target = Path(os.path.realpath(path))
            if not target.is_relative_to(root):
                yield Found(None, shown(path), "link not followed", "it leaves the folder")
                continue
            if target.is_dir():
                yield Found(None, shown(path), "link not followed", "it points at a folder that is read anyway")
                continue
        try:
            is_folder = path.is_dir()
            names = sorted((one.name for one in path.iterdir()), key=_place_of, reverse=True) if is_folder else []
        except OSError as error:
            yield Found(None, shown(path), "unreadable", _why(error))
            continue
        if is_folder:
            waiting.extend(path / name for name in names if not name.startswith("."))
        else:
            yield from _of_path(path, given=False)


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
