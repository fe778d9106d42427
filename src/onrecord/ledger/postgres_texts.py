"""Texts in PostgreSQL: the one character that it does not take, and functions on texts that SQLite is given in Python.

PostgreSQL refuses U+0000 in a text. On the way in it is put as U+FDD0, a code point that stands for no character, and
taken back on the way out, so that the text, its offsets and every hash over it are what they were. A U+FDD0 of the text
itself, and the mark for that, U+FDD1, are put as two: U+FDD1 and the one meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.adapt import Loader
from psycopg.types.string import StrDumper
from sqlalchemy import Connection

from onrecord.ledger.search import folded

NUL: Final = "\ufdd0"
ESCAPED: Final = "\ufdd1"
_BARE: Final = re.compile(f"[\0{NUL}{ESCAPED}]")
_KEPT: Final = re.compile(f"{ESCAPED}(.)|{NUL}", re.DOTALL)
_BOTH_BEGIN: Final = b"\xef\xb7"
_LAST: Final = 0x3FFFF
"""No code point after this one is a letter, or has been set aside for letters."""
_IN_WORD: Final = re.compile(r"\w")
_TEXTS: Final = ("text", "varchar")


def kept(value: str) -> str:
    """A text as PostgreSQL can keep it.

    >>> kept("a\\0b") == "a" + NUL + "b"
    True
    """
    return _BARE.sub(lambda found: NUL if found[0] == "\0" else ESCAPED + found[0], value)


def given_back(value: str) -> str:
    """The text that `kept` made this of."""
    return _KEPT.sub(lambda found: found[1] or "\0", value)


class _Keeping(StrDumper):
    def dump(self, obj: str) -> Any:
        # Nearly every text is itself.
        return super().dump(kept(obj) if _BARE.search(obj) else obj)


class _GivingBack(Loader):
    def load(self, data: Any) -> str:
        raw = bytes(data)
        found = raw.decode("utf-8")
        return given_back(found) if _BOTH_BEGIN in raw else found


class _Whole(Loader):
    """Sums and means: whole numbers where they are, as SQLite has them."""

    def load(self, data: Any) -> int | float:
        found = bytes(data)
        return float(found) if b"." in found or b"N" in found else int(found)


def adapt(connection: psycopg.Connection[Any]) -> None:
    """Has a connection take and give texts and numbers as those of SQLite do."""
    connection.adapters.register_dumper(str, _Keeping)
    for name in _TEXTS:
        connection.adapters.register_loader(name, _GivingBack)
    connection.adapters.register_loader("numeric", _Whole)


def create_functions(connection: Connection) -> None:
    """Makes the functions that `onrecord.ledger.search` has in Python, and the one that keeps rows from changing.

    What letters are folded to, and which are parts of words, stands in two small tables, as this Python knows it.
    """
    for made in (_TABLES, _FOLDED, _IS_WORD, _CALLED, _APPEND_ONLY):
        connection.exec_driver_sql(made)
    folds, in_words = _letters()
    copied_in(connection, "onrecord_fold", ("letter", "folded"), folds)
    copied_in(connection, "onrecord_word", ("first", "last"), in_words)


def copied_in(connection: Connection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes rows into a table by COPY."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("COPY takes a connection of psycopg")
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


@cache
def _letters() -> tuple[list[tuple[str, str]], list[list[int]]]:
    """What letters are folded to, where that is another, and the ranges of those that are parts of words."""
    every = [chr(code) for code in range(1, _LAST + 1) if not 0xD800 <= code <= 0xDFFF]
    folds = [(letter, found) for letter in every if (found := _folded_letter(letter)) != letter]
    return folds, _ranges(filter(_IN_WORD.match, every))


def _folded_letter(letter: str) -> str:
    # A space that it is folded to would be taken away at the ends.
    return folded(f"a{letter}b")[1:-1]


def _ranges(letters: Iterable[str]) -> list[list[int]]:
    found: list[list[int]] = []
    for code in map(ord, letters):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


_TABLES: Final = """
CREATE TABLE onrecord_fold (letter text COLLATE "C" PRIMARY KEY, folded text COLLATE "C" NOT NULL);
CREATE TABLE onrecord_word (first integer PRIMARY KEY, last integer NOT NULL)
"""

# Most texts have no letters but those of English, beside marks that are folded to themselves.
_FOLDED: Final = """
CREATE FUNCTION onrecord_folded(value text) RETURNS text LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain text := translate(value, '“”‘’–—•', '');
    found text := value;
BEGIN
    IF octet_length(plain) = length(plain) THEN
        found := lower(value COLLATE "C");
    ELSE
        SELECT coalesce(
            string_agg(
                CASE WHEN ascii(each.letter) < 128 THEN lower(each.letter COLLATE "C") ELSE coalesce(
                    (SELECT folded FROM onrecord_fold WHERE letter = each.letter COLLATE "C"), each.letter
                ) END, '' ORDER BY each.place
            ), ''
        ) INTO found FROM regexp_split_to_table(value, '') WITH ORDINALITY AS each(letter, place);
    END IF;
    RETURN btrim(regexp_replace(found, '[\\x09-\\x0d\\x1c-\\x20]+', ' ', 'g'), ' ');
END $$
"""

_IS_WORD: Final = """
CREATE FUNCTION onrecord_is_word(letter text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT letter <> '' AND coalesce(
        (SELECT last >= ascii(letter) FROM onrecord_word WHERE first <= ascii(letter) ORDER BY first DESC LIMIT 1),
        false
    )
$$
"""

_CALLED: Final = """
CREATE FUNCTION onrecord_called(speaker text, source text, name text) RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    wanted text := onrecord_folded(name);
    words text := speaker;
    place integer;
    from_place integer := 1;
BEGIN
    IF wanted = '' THEN
        RETURN 0;
    END IF;
    IF words IS NULL THEN
        BEGIN
            SELECT string_agg(each.span ->> 2, ' ' ORDER BY each.place) INTO words
            FROM json_array_elements(source::json) WITH ORDINALITY AS each(span, place);
        EXCEPTION WHEN data_exception THEN
            RETURN 0;
        END;
    END IF;
    words := onrecord_folded(words);
    LOOP
        place := strpos(substr(words, from_place), wanted);
        IF place IS NULL OR place = 0 THEN
            RETURN 0;
        END IF;
        place := from_place + place - 1;
        IF NOT onrecord_is_word(CASE WHEN place > 1 THEN substr(words, place - 1, 1) ELSE '' END)
            AND NOT onrecord_is_word(substr(words, place + length(wanted), 1)) THEN
            RETURN 1;
        END IF;
        from_place := place + 1;
    END LOOP;
END $$
"""

_APPEND_ONLY: Final = """
CREATE FUNCTION onrecord_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
