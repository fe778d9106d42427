"""Writes the proof of a brief: a folder, or a zip where the name ends so."""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.custody.zips import entry
from onrecord.domain.briefs import Brief
from onrecord.domain.ids import sha256
from onrecord.ledger import databases, schema
from onrecord.ledger.chain import head_of
from onrecord.ledger.parts import in_parts
from onrecord.ledger.weighed_view import WeighedView
from onrecord.places import Place, place_of
from onrecord.proof import layout
from onrecord.proof.files import ProofError
from onrecord.publishing.briefs import html, markdown
from onrecord.publishing.placing import beside
from onrecord.settings import Settings


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where; `seal` is the line to write down."""

    place: Path
    brief: str
    files: int
    seal: str


def write(ledger: Place | str, brief: str, place: Path, settings: Settings = Settings()) -> Written:
    """Writes the proof of the brief with this id into the folder or zip `place`, which must not be there yet.

    Raises:
        NotOnRecord: when there is no such brief.
        ProofError: when `place` is taken.
        SettingsError: when nothing can be written there.
    """
    if place.exists():
        raise ProofError(f"{place} is there already; name another place for the proof, or remove it first")
    with WeighedView(ledger, settings) as view:
        id_, found = view.brief(brief)
    with beside(place) as inside:
        inside.mkdir()
        seal = _filled(inside, place_of(ledger), id_, found, settings)
        count = sum(1 for one in inside.rglob("*") if one.is_file())
        if place.suffix == ".zip":
            with beside(place) as packed:
                _zipped(inside, packed)
                packed.replace(place)
        else:
            inside.rename(place)
    return Written(place, id_, count, seal)


def _filled(folder: Path, ledger: Place, id_: str, brief: Brief, settings: Settings) -> str:
    engine = databases.opened(ledger, settings, "read")
    try:
        with databases.translated(ledger, "read"), engine.connect() as connection:
            rows = _Rows(connection, id_, brief)
            _written(folder / layout.CHAIN, _chain(connection))
            _written(folder / layout.ROWS, rows.lines())
            for capture, captured in rows.captures():
                _bytes(folder / layout.CAPTURES / capture, captured)
            for report, text in rows.texts():
                _bytes(folder / layout.TEXTS / f"{report}.txt", text.encode("utf-8"))
            content = str(connection.execute(select(schema.brief.c.content).where(schema.brief.c.id == id_)).scalar())
            head = head_of(connection)
    finally:
        engine.dispose()
    _bytes(folder / layout.BRIEF, content.encode("utf-8"))
    _bytes(folder / layout.PAGE, html(brief, id_).encode("utf-8"))
    _bytes(folder / layout.PLAIN, markdown(brief, id_).encode("utf-8"))
    _bytes(folder / layout.README, layout.WORDS.encode("utf-8"))
    files = {one.relative_to(folder).as_posix(): one for one in sorted(folder.rglob("*")) if one.is_file()}
    manifest = {
        "proof": layout.VERSION,
        "brief": id_,
        "head": head,
        "files": {
            name: {"sha256": sha256(one.read_bytes()), "size": one.stat().st_size} for name, one in files.items()
        },
    }
    written = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    _bytes(folder / layout.MANIFEST, written)
    seal = sha256(written)
    _bytes(folder / layout.SEAL, f"{seal}\n".encode("ascii"))
    return seal


class _Rows:
    """The rows of the record that a brief rests on, each after those it refers to."""

    def __init__(self, connection: Connection, id_: str, brief: Brief) -> None:
        self._connection = connection
        cited = brief.citations
        self._reports = self._of(schema.report, schema.report.c.id, {one.report for one in cited})
        self._captures = self._of(schema.capture, schema.capture.c.id, {one["capture"] for one in self._reports})
        self._statements = self._of(schema.statement, schema.statement.c.id, {one.statement for one in cited})
        readings = {one["reading"] for one in self._statements}
        self._readings = self._of(schema.reading, schema.reading.c.id, readings)
        self._inputs = self._of(schema.given, schema.given.c.report, {one.report for one in cited})
        passages = {one.passage for one in cited}
        judged = self._of(schema.judgement, schema.judgement.c.a, passages | {one.statement for one in cited})
        judged += self._of(schema.judgement, schema.judgement.c.b, passages)
        # What takes a judgement back is a judgement on it.
        judged += self._of(schema.judgement, schema.judgement.c.a, {one["id"] for one in judged})
        self._judgements = list({one["seq"]: one for one in judged}.values())
        self._briefs = self._of(schema.brief, schema.brief.c.id, {id_})

    def lines(self) -> Iterator[str]:
        """The rows as lines of JSON; the texts of reports stand in files of their own."""
        for table, rows in (
            (schema.capture, self._captures),
            (schema.report, [{**one, "text": ""} for one in self._reports]),
            (schema.reading, self._readings),
            (schema.statement, self._statements),
            (schema.given, self._inputs),
            (schema.judgement, self._judgements),
            (schema.brief, self._briefs),
        ):
            for row in sorted(rows, key=lambda one: int(one["seq"])):
                yield layout.row_line(table.name, row)

    def captures(self) -> Iterator[tuple[str, bytes]]:
        for one in self._captures:
            yield one["id"], zlib.decompress(one["content"])

    def texts(self) -> Iterator[tuple[str, str]]:
        for one in self._reports:
            yield one["id"], one["text"]

    def _of(self, table: Table, column: Any, wanted: Iterable[Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for part in in_parts(sorted({one for one in wanted if one is not None})):
            rows = self._connection.execute(select(table).where(column.in_(part))).mappings()
            found += [dict(row) for row in rows]
        return found


def _chain(connection: Connection) -> Iterator[str]:
    query = select(schema.entry).order_by(schema.entry.c.seq)
    for row in connection.execute(query, execution_options={"yield_per": 1_000}).mappings():
        yield layout.row_line("entry", dict(row))


def _written(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines)


def _bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _zipped(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                packed = entry(one.relative_to(folder).as_posix())
                # Told before, so that more than 2 GB take the form that is made for them.
                packed.file_size = one.stat().st_size
                with one.open("rb") as file, archive.open(packed, "w") as out:
                    shutil.copyfileobj(file, out)
