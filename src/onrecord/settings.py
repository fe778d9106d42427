"""One frozen `Settings`, built once at an entry point and handed down.

A value comes from, in this order: the command line, an `ONRECORD_*` variable, `onrecord.toml` in the working
directory, the default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from onrecord.errors import SettingsError

_FILES: Final = ("indicators", "hypotheses")
_MOST_PARTS: Final = 500
_MANY_PARTS: Final = re.compile(rf"^(?:[^.\n]*+\.){{{_MOST_PARTS}}}", re.MULTILINE)
_ONE_LINE = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_OTHER_STRINGS = re.compile(r"\"\"\"|\'\'\'|\\")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; sizes in bytes, times in seconds."""

    threads: int = 1
    """Threads of the encoder."""
    max_input: int = 20_000_000
    """A capture larger than this is skipped: `too large`."""
    max_text: int = 1_000_000
    """A report's text longer than this many characters is skipped: `too long`."""
    busy_timeout: float = 10.0
    """How long to wait for another writer of the ledger."""
    commit_every: int = 32
    """Reports in one transaction of the ledger; a kill loses at most so many, and the next run reads them again."""

    families: Mapping[str, str] = field(default_factory=dict)
    """The publisher of each outlet by its name: an `[[outlet]]` in onrecord.toml with a `name` and a `family`."""
    indicators: Path | None = None
    """The file that defines indicators; indicators.toml in the working directory where there is one."""
    hypotheses: Path | None = None
    """The file with matrices of hypotheses; hypotheses.toml in the working directory where there is one."""

    @classmethod
    def load(
        cls, directory: Path | None = None, environment: Mapping[str, str] | None = None, **given: object
    ) -> Settings:
        """The settings in force; values of None in `given` count as not given.

        Raises:
            SettingsError: for an unknown key or a value that is not of the setting's kind.
        """
        directory = Path.cwd() if directory is None else directory
        environment = os.environ if environment is None else environment
        chosen: dict[str, object] = {}
        families: Mapping[str, str] = {}
        path = directory / "onrecord.toml"
        if path.is_file():
            table = _table(path)
            chosen.update(table.get("onrecord", {}))
            families = _families(table, path)
        known = {f.name: f for f in fields(cls) if f.name not in ("families", *_FILES)}
        desk = {name: _file(name, directory, environment, given.pop(name, None), chosen) for name in _FILES}
        for name in known:
            value = environment.get(f"ONRECORD_{name.upper()}")
            if value is not None:
                chosen[name] = value
        chosen.update({name: value for name, value in given.items() if value is not None})
        unknown = sorted(set(chosen) - set(known))
        if unknown:
            raise SettingsError(f"unknown setting {unknown[0]!r}; there are {', '.join(sorted(known))}")
        defaults = cls()
        parsed = {name: _parsed(name, value, getattr(defaults, name)) for name, value in chosen.items()}
        return replace(defaults, families=families, **desk, **parsed)  # type: ignore[arg-type]  # each of its default's type


def _file(
    name: str, directory: Path, environment: Mapping[str, str], given: object, table: dict[str, object]
) -> Path | None:
    named = table.pop(name, None)
    value = given or environment.get(f"ONRECORD_{name.upper()}") or named
    if value is None:
        usual = directory / f"{name}.toml"
        return usual if usual.is_file() else None
    if not isinstance(value, str | Path):
        raise SettingsError(f"setting {name!r}: {value!r} is not the place of a file")
    return directory / value


def families_in(path: Path) -> Mapping[str, str]:
    """The publishers of outlets that a TOML file names.

    Raises:
        SettingsError: when it cannot be read.
    """
    return _families(_table(path), path)


def toml_in(text: str, where: str) -> dict[str, Any]:
    """The table that a text in TOML holds; `where` names it in messages.

    Raises:
        SettingsError: when it cannot be read.
    """
    # The parser takes time by the square of a key's parts. Full stops in texts are no parts, as in lists of addresses;
    # where a text ends is sure while none has escapes or several lines.
    bare = text if _OTHER_STRINGS.search(text) else _ONE_LINE.sub("''", text)
    if _MANY_PARTS.search(bare):
        raise SettingsError(
            f"{where} cannot be read as TOML: a line of more than {_MOST_PARTS} parts between full stops"
        )
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{where} cannot be read as TOML: {error}") from error


def _table(path: Path) -> dict[str, Any]:
    try:
        return toml_in(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}") from error


def _families(table: Mapping[str, Any], path: Path) -> Mapping[str, str]:
    outlets = table.get("outlet", [])
    if not isinstance(outlets, list) or not all(isinstance(one, dict) for one in outlets):
        raise SettingsError(f'{path}: write each outlet as [[outlet]] with name = "…" and family = "…"')
    families: dict[str, str] = {}
    for one in outlets:
        name, family = one.get("name"), one.get("family", one.get("name"))
        if not isinstance(name, str) or not name or not isinstance(family, str):
            raise SettingsError(f"{path}: an [[outlet]] needs a name, and its family is a name too")
        families[name] = family
    return families


def _parsed(name: str, value: object, default: int | float) -> int | float:
    try:
        number = type(default)(str(value))
    except (TypeError, ValueError) as error:
        raise SettingsError(f"setting {name!r}: {value!r} is not a number") from error
    if number <= 0:
        raise SettingsError(f"setting {name!r}: {value!r} is not greater than zero")
    return number
