"""Checks a proof: needs the folder or the zip alone, no ledger and no network.

What stands in it comes from somebody else: sizes and numbers are limited, no name leads out of it, nothing is unpacked
to the disk, and nothing in it is run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from onrecord.domain.briefs import Brief
from onrecord.domain.ids import sha256
from onrecord.domain.judgements import NOBODY_NAMED, Judgement, Subject, spans_in
from onrecord.domain.passages import passage_id
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.errors import InputError
from onrecord.ledger.brief_rows import brief_fault, brief_of, is_worded_here
from onrecord.ledger.rows import body, entry_hash, finding_id, judgement_of, statement_of, time_text
from onrecord.ledger.schema import CHAINED, NO_HASH
from onrecord.ledger.soundness import row_fault
from onrecord.proof import layout
from onrecord.proof.files import Files, ProofError, files_of
from onrecord.publishing.briefs import html, markdown
from onrecord.sources.extraction import text_of

MOST_FAULTS: Final = 200

Row = dict[str, Any]
Thing = TypeVar("Thing")
_UNREADABLE: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError)
"""What reading back something raises that no writer of ours wrote."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which file."""

    file: str
    problem: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, by sort, what was found, and what no check of this command covers."""

    brief: str
    seal: str
    checked: Mapping[str, int]
    faults: tuple[Fault, ...]
    uncovered: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def check(place: Path) -> Checked:
    """Checks the proof at `place`.

    Raises:
        ProofError: when there is none, or it is larger than anything that this command looks into.
    """
    with files_of(place) as files:
        return _Check(files).run()


@dataclass(slots=True)
class _Check:
    """One check; every stage notes its faults, and one that breaks off does not stop the others."""

    files: Files
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)

    def run(self) -> Checked:
        names = set(self.files.names())
        seal, manifest = self._manifest(names)
        self._listed(names, manifest)
        no_rows: list[tuple[str, Row]] = []
        no_texts: dict[str, str] = {}
        no_entries: dict[tuple[str, str], str] = {}
        entries = self._stage("chain", lambda: self._chain(names, str(manifest.get("head", ""))), no_entries)
        rows = self._stage("rows", lambda: self._rows(names), no_rows)
        brief = self._stage("brief", lambda: self._brief(manifest), None)
        texts = self._stage("texts", lambda: self._texts(names, rows), no_texts)
        self._stage("rows", lambda: self._vouched(rows, entries, texts), None)
        if brief is not None:
            self._stage("citations", lambda: self._citations(brief, rows, texts), None)
            self._stage("pages", lambda: self._pages(brief, str(manifest.get("brief", "")), names), None)
        self.uncovered += [
            "which reports are independent of each other, what stands against what, and which numbers count one thing: "
            "these are as the program, or a person who judged, held them on the record as it stood then",
            "that the record holds nothing else on the matter: a proof shows what is cited, not what is left out",
            "that what was said is so",
        ]
        faults = self.faults[:MOST_FAULTS]
        if len(self.faults) > MOST_FAULTS:
            faults.append(Fault("", f"{len(self.faults) - MOST_FAULTS} more faults are not listed"))
        return Checked(str(manifest.get("brief", "")), seal, self.counts, tuple(faults), tuple(self.uncovered))

    def _fault(self, file: str, problem: str) -> None:
        self.faults.append(Fault(file, problem))

    def _stage(self, file: str, what: Callable[[], Thing], otherwise: Thing) -> Thing:
        try:
            return what()
        except _UNREADABLE as error:
            self._fault(file, f"holds what no writer of ours wrote ({type(error).__name__}: {str(error)[:120]})")
            return otherwise

    def _manifest(self, names: set[str]) -> tuple[str, dict[str, Any]]:
        for name in (layout.MANIFEST, layout.SEAL):
            if name not in names:
                raise ProofError(f"this is no proof: it has no {name}")
        content = self.files.read(layout.MANIFEST)
        seal = sha256(content)
        if self.files.read(layout.SEAL).decode("ascii", "replace").strip() != seal:
            self._fault(layout.MANIFEST, "does not have the SHA-256 that stands in SEAL")
        found: object = self._stage(layout.MANIFEST, lambda: json.loads(content), None)
        if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
            self._fault(layout.MANIFEST, "is no manifest of a proof")
            return seal, {}
        return seal, found

    def _listed(self, names: set[str], manifest: Mapping[str, Any]) -> None:
        listed = manifest.get("files", {})
        for name in sorted(names - listed.keys() - {layout.MANIFEST, layout.SEAL}):
            self._fault(name, "is not in the manifest")
        for name, facts in listed.items():
            if name not in names:
                self._fault(name, "is in the manifest and not there")
            elif not isinstance(facts, dict) or sha256(self.files.read(name)) != facts.get("sha256"):
                self._fault(name, "was changed: it does not have the SHA-256 that the manifest gives")
        self.counts["files"] = len(listed)

    def _chain(self, names: set[str], head: str) -> dict[tuple[str, str], str]:
        """The bodies that the chain vouches for, by kind and id."""
        vouched: dict[tuple[str, str], str] = {}
        previous, expected = NO_HASH, 1
        for _, row in self._lines(names, layout.CHAIN):
            if row["seq"] != expected or row["previous"] != previous or entry_hash(row) != row["hash"]:
                self._fault(layout.CHAIN, f"entry {expected} is not what the one before it goes on to")
                return vouched
            previous, expected = row["hash"], expected + 1
            vouched[row["kind"], row["id"]] = row["body"]
        self.counts["entries of the chain"] = expected - 1
        if previous != head:
            self._fault(layout.CHAIN, "does not end in the head that the manifest gives")
        return vouched

    def _rows(self, names: set[str]) -> list[tuple[str, Row]]:
        return list(self._lines(names, layout.ROWS))

    def _lines(self, names: set[str], name: str) -> Iterator[tuple[str, Row]]:
        if name in names:
            for line in self.files.read(name).decode("utf-8").splitlines():
                yield layout.row_in(line)

    def _texts(self, names: set[str], rows: list[tuple[str, Row]]) -> dict[str, str]:
        """The texts of reports, each held to what comes out of its capture."""
        texts: dict[str, str] = {}
        media = {row["id"]: row["media_type"] for table, row in rows if table == "capture"}
        for table, row in rows:
            if table != "report":
                continue
            name, captured = f"{layout.TEXTS}{row['id']}.txt", f"{layout.CAPTURES}{row['capture']}"
            if name not in names or captured not in names:
                self._fault(name if name not in names else captured, "is missing")
                continue
            texts[row["id"]] = self.files.read(name).decode("utf-8")
            try:
                again = text_of(self.files.read(captured), media[row["capture"]])
            except InputError as error:
                self._fault(captured, f"makes no report any more: {error}")
                continue
            if again != texts[row["id"]]:
                # Another version of the extractor may read a page otherwise, which is no fault of the proof.
                self.uncovered.append(
                    f"that the text of report {row['id'][:12]} comes out of its capture: it was taken out by "
                    f"{row['extractor']}, and this installation takes out another text"
                )
        self.counts["texts taken out of their captures again"] = len(texts)
        return texts

    def _vouched(
        self,
        rows: list[tuple[str, Row]],
        entries: Mapping[tuple[str, str], str],
        texts: Mapping[str, str],
    ) -> None:
        """Holds every row to the chain, and to itself."""
        reports = {row["id"]: row["report"] for table, row in rows if table == "reading"}
        for table, kept in rows:
            row = dict(kept)
            if table == "capture" and sha256(self.files.read(f"{layout.CAPTURES}{row['id']}")) != row["id"]:
                self._fault(f"{layout.CAPTURES}{row['id']}", "does not have the SHA-256 that is its name")
            if table == "report":
                row["text"] = texts.get(row["id"], "")
            entry = finding_id(row["reading"], row["id"]) if table == "statement" else row["id"]
            if entries.get((table, entry)) != body(CHAINED[table], row):
                self._fault(layout.ROWS, f"{table} {row['id'][:12]} is not what the chain vouches for")
            if table == "statement":
                row["report"] = reports[row["reading"]]
            problem = row_fault(table, row, texts.__getitem__)
            if problem is not None:
                self._fault(layout.ROWS, f"{table} {row['id'][:12]} {problem}")
        self.counts["rows of the record"] = len(rows)

    def _brief(self, manifest: Mapping[str, Any]) -> Brief | None:
        content = self.files.read(layout.BRIEF).decode("utf-8")
        problem = brief_fault({"content": content, "id": manifest.get("brief")})
        if problem is not None:
            self._fault(layout.BRIEF, problem)
        if not is_worded_here(content):
            self.uncovered.append("that each sentence is made of what it cites: another version worded this brief")
        return brief_of(content)

    def _citations(self, brief: Brief, rows: list[tuple[str, Row]], texts: Mapping[str, str]) -> None:
        """Holds every citation to the report's characters, the speaker in the record, and the outlet and time."""
        reports = {row["id"]: row for table, row in rows if table == "report"}
        statements = {row["id"]: row for table, row in rows if table == "statement"}
        told: dict[str, list[Judgement]] = {}
        for table, row in rows:
            if table == "judgement":
                told.setdefault(row["a"], []).append(judgement_of(row))
        for number, one in enumerate(brief.citations, 1):
            problem = _citation_fault(one, reports, statements, texts, told.get(one.statement, []))
            if problem is not None:
                self._fault(layout.BRIEF, f"source {number} {problem}")
        kept = {row["content"] for table, row in rows if table == "brief"}
        if kept != {self.files.read(layout.BRIEF).decode("utf-8")}:
            self._fault(layout.BRIEF, "is not the brief that the record has")
        self.counts["citations"] = len(brief.citations)
        self.counts["sentences"] = sum(len(section.sentences) for section in brief.sections)

    def _pages(self, brief: Brief, id_: str, names: set[str]) -> None:
        """Holds the pages that people read to the brief that was checked."""
        for name, made in ((layout.PAGE, html(brief, id_)), (layout.PLAIN, markdown(brief, id_))):
            if name in names and self.files.read(name).decode("utf-8") != made:
                self.uncovered.append(
                    f"{name}: this version of onrecord writes the same brief otherwise; read brief.json"
                )


def _citation_fault(
    one: Any,
    reports: Mapping[str, Any],
    statements: Mapping[str, Any],
    texts: Mapping[str, str],
    told: Sequence[Judgement],
) -> str | None:
    report, statement, text = reports.get(one.report), statements.get(one.statement), texts.get(one.report)
    if report is None or statement is None or text is None:
        return "cites what does not stand in the proof"
    span = Span(one.start, one.end)
    if span.end > len(text) or span.of(text) != one.text:
        return f"does not stand at characters {one.start} to {one.end} of its report"
    if sha256(text.encode("utf-8")) != one.text_sha256 or report["capture"] != one.capture:
        return "is of another text or another capture"
    if passage_id(one.report, one.text, span) != one.passage:
        return "has an id that is not that of its characters"
    published = None if one.published is None else time_text(one.published)
    if (report["outlet"], report["title"], report["url"]) != (one.outlet, one.title, one.url):
        return "names another outlet, title or address than the record"
    if published != report["published"]:
        return "names another time than the record"
    # People may have corrected the speaker before the brief was made, or since.
    names = {None if two.verdict == NOBODY_NAMED else two.verdict for two in told if two.subject is Subject.SPEAKER}
    if one.named not in names | {statement["speaker"]}:
        return "names another speaker than the record"
    return _telling_fault(one, statement, text, [two for two in told if two.subject is Subject.SPAN])


def _telling_fault(one: Any, statement: Mapping[str, Any], text: str, told: Sequence[Judgement]) -> str | None:
    """What is wrong with how a citation tells that it was said: the marks, the words before it, who is described."""
    found, _ = statement_of(statement, one.report)
    if found.kind is not Kind.MIXED and one.quoted is not (found.kind is Kind.DIRECT):
        return "has other quotation marks than the record"
    begin = one.start - len(one.lead)
    if one.lead and (begin not in {cue.start for cue in found.cue} or text[begin : one.start] != one.lead):
        return "begins with other words than those that say that it was said"
    sources = [found.source, *(spans_in(two.verdict) for two in told if two.b == "source")]
    if one.described and one.described not in {" ".join(span.of(text) for span in spans) for spans in sources}:
        return "describes another speaker than the record"
    return None
