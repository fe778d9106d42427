"""Matrices of hypotheses read from TOML; people fill them in, nothing here decides a cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from onrecord.domain.hypotheses import Consistency, Hypothesis, Matrix, Row, RowKind
from onrecord.errors import SettingsError
from onrecord.settings import toml_in

MOST: Final = 100
"""Matrices, and hypotheses and watched signs of one; rows may be ten times as many."""
LONGEST: Final = 2_000

_CELLS: Final = ", ".join(f'"{one}"' for one in Consistency)


def definitions(text: str, where: str) -> tuple[Matrix, ...]:
    """The matrices that the TOML `text` defines; `where` names it in messages.

    Raises:
        SettingsError: when it cannot be read, saying in which matrix and row what is wrong and what to write.
    """
    table = toml_in(text, where)
    unknown = sorted(set(table) - {"matrix"})
    if unknown:
        raise SettingsError(f"{where}: unknown table {unknown[0]!r}; write each matrix as [[matrix]]")
    found = [_matrix(one, where) for one in _tables(table, "matrix", where, MOST)]
    names = [one.name for one in found]
    twice = sorted({one for one in names if names.count(one) > 1})
    if twice:
        raise SettingsError(f"{where}: two matrices are called {twice[0]!r}; give each a name of its own")
    return tuple(found)


def matrices_in(path: Path) -> tuple[Matrix, ...]:
    """The matrices in a file.

    Raises:
        SettingsError: when it cannot be read.
    """
    try:
        return definitions(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _matrix(table: Mapping[str, Any], where: str) -> Matrix:
    name = _text(table, "name", where, needed=True) or ""
    here = f"{where}, matrix {name!r}"
    hypotheses = tuple(_hypothesis(one, here) for one in _tables(table, "hypothesis", here, MOST))
    keys = [one.key for one in hypotheses]
    if len(hypotheses) < 2:
        raise SettingsError(f"{here}: one hypothesis cannot compete; write two [[matrix.hypothesis]] or more")
    twice = sorted({one for one in keys if keys.count(one) > 1})
    if twice:
        raise SettingsError(f"{here}: two hypotheses have the key {twice[0]!r}")
    rows = tuple(_row(one, keys, here) for one in _tables(table, "evidence", here, 10 * MOST))
    watch = table.get("watch", [])
    if not isinstance(watch, list) or len(watch) > MOST or not all(isinstance(one, str) for one in watch):
        raise SettingsError(f'{here}: watch is a list of at most {MOST} texts, as in watch = ["plasma moves west"]')
    _known(table, {"name", "hypothesis", "evidence", "watch"}, here)
    return Matrix(name, hypotheses, rows, tuple(one[:LONGEST] for one in watch))


def _hypothesis(table: Mapping[str, Any], here: str) -> Hypothesis:
    key = _text(table, "key", f"{here}, a hypothesis", needed=True) or ""
    if not key.isidentifier() or key in {*RowKind, "why"}:
        raise SettingsError(f'{here}: the key {key!r} of a hypothesis must be one word of letters, as in key = "lever"')
    text = _text(table, "text", f"{here}, hypothesis {key!r}", needed=True) or ""
    deception = table.get("deception", False)
    if not isinstance(deception, bool):
        raise SettingsError(f"{here}, hypothesis {key!r}: write deception = true or false")
    _known(table, {"key", "text", "deception"}, f"{here}, hypothesis {key!r}")
    return Hypothesis(key, text, deception)


def _row(table: Mapping[str, Any], keys: list[str], here: str) -> Row:
    kinds = [kind for kind in RowKind if kind.value in table]
    if len(kinds) != 1:
        raise SettingsError(f"{here}: a row of evidence has one of {', '.join(RowKind)}")
    what = _text(table, kinds[0].value, f"{here}, a row of evidence", needed=True) or ""
    place = f"{here}, row {what[:40]!r}"
    cells: dict[str, Consistency] = {}
    for key in keys:
        value = table.get(key)
        if not isinstance(value, str) or value not in tuple(Consistency):
            raise SettingsError(f"{place}: say how it goes with {key!r}: {key} = one of {_CELLS}")
        cells[key] = Consistency(value)
    _known(table, {kinds[0].value, "why", *keys}, place)
    return Row(kinds[0], what, cells, _text(table, "why", place))


def _tables(table: Mapping[str, Any], key: str, where: str, most: int) -> list[Mapping[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SettingsError(f"{where}: write each {key} as a table in double brackets")
    if len(found) > most:
        raise SettingsError(f"{where}: there are {len(found)} of {key}, and at most {most} can be shown")
    return found


def _text(table: Mapping[str, Any], key: str, where: str, *, needed: bool = False) -> str | None:
    value = table.get(key)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise SettingsError(f"{where}: {key} is a text of 1 to {LONGEST} characters")
    return value.strip()


def _known(table: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}; there are {', '.join(sorted(known))}")
