"""How to cite a report or a statement on the record: in plain words, for BibTeX, and as CSL-JSON.

What is cited is the report as its outlet published it. Behind it stands what lets anybody find the words again: the
characters of the report's text and the SHA-256 of the capture that this text was taken from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from onrecord.domain.paging import page_words
from onrecord.domain.statements import Kind
from onrecord.ledger.shown import RecordedReport
from onrecord.ledger.view import View
from onrecord.publishing.exports import joined
from onrecord.publishing.wording import day_words, printable, web_address

_SPECIAL: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts a brace even behind a backslash: a title with one alone would end the entry.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
"""Characters that mean something to TeX. The rest is written as it is: BibTeX's successors read UTF-8."""

_WHOSE_WORDS: Final = {
    Kind.DIRECT: "",
    Kind.INDIRECT: ", in the report’s words",
    Kind.MIXED: ", in part in the report’s words",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited, ready to be printed; `words` and `speaker` are empty where a whole report is cited.

    `place` says at which characters of which capture the words stand.
    """

    id: str
    title: str
    outlet: str
    author: str
    published: datetime | None
    retrieved: datetime | None
    address: str
    speaker: str
    words: str
    place: str

    @property
    def plain(self) -> str:
        """In one line, for a footnote."""
        said = f"{self.speaker}: “{self.words}”, in: " if self.words else ""
        by = f"{self.author}: " if self.author else ""
        day = "no date" if self.published is None else day_words(self.published)
        parts = [f"{said}{by}“{self.title}”", self.outlet, day]
        if self.address:
            seen = "" if self.retrieved is None else f" (retrieved {day_words(self.retrieved)})"
            parts.append(f"{self.address}{seen}")
        return ", ".join(part for part in parts if part) + f". {self.place}."

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX or BibLaTeX (`@online`)."""
        fields = {
            "title": self.title,
            "author": self.author,
            "organization": self.outlet,
            "date": "" if self.published is None else self.published.date().isoformat(),
            "url": self.address,
            "urldate": "" if self.retrieved is None else self.retrieved.date().isoformat(),
            "note": self._note,
        }
        lines = [f"  {name} = {{{_in_tex(name, value)}}}," for name, value in fields.items() if value]
        return "\n".join((f"@online{{onrecord:{self.id},", *lines, "}\n"))

    @property
    def csl(self) -> dict[str, object]:
        """An item of CSL-JSON, version 1.0.2."""
        item: dict[str, object] = {"id": f"onrecord:{self.id}", "type": "article-newspaper", "title": self.title}
        if self.author:
            item["author"] = [{"literal": self.author}]
        if self.outlet:
            item["container-title"] = self.outlet
        for name, moment in (("issued", self.published), ("accessed", self.retrieved)):
            if moment is not None:
                item[name] = {"date-parts": [[moment.year, moment.month, moment.day]]}
        if self.address:
            item["URL"] = self.address
        return {**item, "note": self._note}

    @property
    def _note(self) -> str:
        return f"{self.speaker}: “{self.words}”. {self.place}" if self.words else self.place


def report_reference(view: View, report: str) -> Reference:
    """The reference of a report.

    Raises:
        NotOnRecord: when there is no such report.
    """
    recorded = view.report(report)
    return _reference(recorded, recorded.head.id, "", "", "")


def statement_reference(view: View, statement: str) -> Reference:
    """The reference of a statement in its report.

    Raises:
        NotOnRecord: when there is no such statement.
    """
    found = view.statement(statement)
    recorded = view.report(found.report.id)
    places = ", ".join(f"{span.start} to {span.end}" for span in found.content)
    page = page_words(found.report.page_starts, found.content[0].start, found.content[-1].end)
    where = f"{page[:1].upper()}{page[1:]}, characters" if page else "Characters"
    name = found.statement.speaker.name or " ".join(span.text for span in found.source) or "unnamed"
    name += _WHOSE_WORDS[found.statement.kind]
    return _reference(recorded, found.statement.id, name, joined(found.content), f"{where} {places} of its text, ")


def _reference(recorded: RecordedReport, id_: str, speaker: str, words: str, where: str) -> Reference:
    head = recorded.head
    capture = f"capture SHA-256 {recorded.capture_sha256}"
    return Reference(
        id=id_,
        title=_line(head.title or head.input),
        outlet=_line(head.outlet or ""),
        author=_line(head.author or ""),
        published=head.published,
        retrieved=head.retrieved,
        address=web_address(head.url) or "",
        speaker=_line(speaker),
        words=_line(words),
        place=f"{where}{capture}" if where else capture[:1].upper() + capture[1:],
    )


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _in_tex(name: str, value: str) -> str:
    if name in ("url", "date", "urldate"):
        return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", value)
    plain = value.translate(_SPECIAL)
    # An author in braces is one name as it stands, and not two of "and".
    return f"{{{plain}}}" if name == "author" else plain
