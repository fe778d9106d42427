"""Files that are there whole or not at all: written beside their place, and put into it when they are done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from onrecord.errors import SettingsError


def placed(place: Path, lines: Iterable[str]) -> int:
    """Writes lines of text into the file `place`, in place of any that is there; returns how many there were.

    Whatever ends it early, Ctrl-C too, leaves what was there before.

    Raises:
        SettingsError: when nothing can be written there.
    """
    count = 0
    with beside(place) as unfinished:
        if place.exists() and not place.is_file():
            raise SettingsError(f"{place} is no file that could be replaced; name another")
        with unfinished.open("x", encoding="utf-8", newline="\n") as out:
            for line in lines:
                out.write(line)
                count += 1
            _settled(out.fileno())
        unfinished.replace(place)
    return count


@contextmanager
def placing(folder: Path) -> Iterator[Path]:
    """A new folder whose files come into `folder` when the block has ended well, in place of those of their names.

    Raises:
        SettingsError: when nothing can be written there.
    """
    with beside(folder) as unfinished:
        if folder.exists() and not folder.is_dir():
            raise SettingsError(f"{folder} is a file; name a folder")
        unfinished.mkdir()
        yield unfinished
        for one in unfinished.iterdir():
            with one.open("rb") as written:
                _settled(written.fileno())
        if not folder.exists():
            unfinished.rename(folder)
            return
        for one in sorted(unfinished.iterdir()):
            one.replace(folder / one.name)


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """A name beside `place` for what is not finished; nothing is left there whatever happens.

    Raises:
        SettingsError: when nothing can be written there.
    """
    if not place.name:
        raise SettingsError(f"{place} names no file or folder to write; give it a name")
    if not place.parent.is_dir():
        raise SettingsError(f"{place} cannot be written: {place.parent} is no folder")
    unfinished = place.with_name(f".{place.name[:100]}-{token_hex(6)}.part")
    try:
        yield unfinished
    except OSError as error:
        raise SettingsError(f"{place} cannot be written: {error.strerror or error}") from error
    finally:
        if unfinished.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
        else:
            unfinished.unlink(missing_ok=True)


def _settled(file: int) -> None:
    # A rename may reach the disk before what was written; a power cut would then leave an empty file.
    os.fsync(file)
