"""Check the worked crisis: every gold row must point at characters that are really in a report.

Run it from anywhere, with the standard library only::

    python examples/crisis/check.py

It loads the reports (JSON Lines and saved pages), resolves every selector of every gold file in the text of its
report, follows every reference from one gold file to another, and prints the counts. Each mistake is printed with
the file and line where it stands, and the exit status is 1 if there was any.

The text of a saved page is the text of the ``<p>``, ``<h2>``, ``<li>`` and ``<blockquote>`` elements inside its
``<article>``, in order, white space collapsed, joined by a blank line. A selector is ``{"exact": ..., "prefix": ...}``:
``prefix + exact`` must occur exactly once in that text, and ``exact`` must not cross a paragraph.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PARAGRAPH_BREAK = "\n\n"

Row = dict[str, Any]
Span = tuple[int, int]

ACTS = {"claim", "denial", "demand", "commitment", "warning", "prediction", "question", "opinion"}
KINDS = {"direct", "indirect", "mixed"}
ACTOR_KINDS = {"person", "organisation", "state", "group"}
RELATIONS = {"repeats", "corroborates", "contradicts", "revises", "narrows", "answers", "denies"}
ORIGIN_RELATIONS = {"copy", "same-event", "cites", "independent"}
STATUSES = {"open", "due", "met", "partly", "not met", "withdrawn", "cannot be told"}

REQUIRED = {
    "actors": {"id", "name", "kind", "roles", "aliases"},
    "statements": {
        "id", "report", "source", "cue", "content", "kind", "speaker", "speaker_name", "nested_in", "passages",
    },
    "utterances": {"id", "actor", "members"},
    "relations": {"kind", "a", "b", "why"},
    "figures": {
        "statement", "exact", "counted", "place", "value", "low", "high", "unit", "as_of", "actor", "lineage",
    },
    "docket": {"statement", "exact", "act", "actor", "due", "rule", "status", "evidence"},
    "stories": {"id", "title", "reports"},
    "origins": {"a", "b", "relation", "why"},
    "furniture": {"report", "exact"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One report as a reader of this folder sees it: where it came from and its text."""

    id: str
    outlet: str
    url: str
    title: str
    published: str
    text: str


@dataclass(slots=True)
class Problems:
    """The mistakes found so far, in the order in which they were found."""

    lines: list[str] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        self.lines.append(f"{where}: {what}")

    def unless(self, holds: bool, where: str, what: str) -> None:
        if not holds:
            self.add(where, what)


class ArticlePage(HTMLParser):
    """Collects the paragraphs of a saved page's article, its title and its meta elements."""

    BLOCKS = frozenset({"p", "h2", "li", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self._inside_article = False
        self._block: str | None = None
        self._pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[values.get("property") or values.get("name", "")] = values.get("content", "")
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href", "")
        elif tag == "article":
            self._inside_article = True
        elif self._inside_article and self._block is None and tag in self.BLOCKS:
            self._block, self._pieces = tag, []

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._inside_article = False
        elif tag == self._block:
            paragraph = " ".join("".join(self._pieces).split())
            if paragraph:
                self.paragraphs.append(paragraph)
            self._block = None

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self._pieces.append(data)


def read_page(path: Path) -> Report:
    """The report held by one saved page; its id is the file's name."""
    page = ArticlePage()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return Report(
        id=path.name,
        outlet=page.meta.get("og:site_name", ""),
        url=page.canonical or page.meta.get("og:url", ""),
        title=page.meta.get("og:title", ""),
        published=page.meta.get("article:published_time", ""),
        text=PARAGRAPH_BREAK.join(page.paragraphs),
    )


def load_reports(folder: Path) -> dict[str, Report]:
    """Every report under `folder`, by id (JSON Lines: the row's ``id``; pages: the file's name)."""
    found: list[Report] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(Report(**{key: row[key] for key in ("id", "outlet", "url", "title", "published", "text")}))
    found.extend(read_page(path) for path in sorted(folder.glob("*.html")))
    return {report.id: report for report in found}


def load_gold(folder: Path) -> dict[str, list[tuple[str, Row]]]:
    """The rows of every gold file, each with the place (``file:line``) to name in a message."""
    gold: dict[str, list[tuple[str, Row]]] = {}
    for name in REQUIRED:
        lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        gold[name] = [(f"{name}.jsonl:{number}", json.loads(line)) for number, line in enumerate(lines, start=1)]
    return gold


def resolve(selector: Row, text: str) -> Span:
    """The characters ``[start, end)`` that `selector` names in `text`.

    Raises ValueError if they are absent, not unique, or cross a paragraph.
    """
    exact, prefix = selector["exact"], selector.get("prefix", "")
    if not exact or PARAGRAPH_BREAK in exact:
        raise ValueError(f"is empty or crosses a paragraph: {exact!r}")
    needle = prefix + exact
    first = text.find(needle)
    if first < 0:
        raise ValueError(f"not in the report: {needle!r}")
    if text.find(needle, first + 1) >= 0:
        raise ValueError(f"more than once in the report: {needle!r}")
    return first + len(prefix), first + len(needle)


class Checker:
    """Holds what was loaded while the gold files are walked one after another."""

    def __init__(self, reports: dict[str, Report], gold: dict[str, list[tuple[str, Row]]]) -> None:
        self.reports = reports
        self.gold = gold
        self.problems = Problems()
        self.actors = {row["id"] for _, row in gold["actors"]}
        self.statements = {row["id"]: row for _, row in gold["statements"]}
        self.content: dict[str, list[Span]] = {}

    def run(self) -> list[str]:
        """Walk every file; the mistakes found, as lines to print."""
        for name, rows in self.gold.items():
            for where, row in rows:
                missing = REQUIRED[name] - row.keys()
                self.problems.unless(not missing, where, f"lacks {sorted(missing)}")
        self.check_reports()
        self.check_actors()
        self.check_statements()
        self.check_utterances()
        self.check_relations()
        self.check_figures()
        self.check_docket()
        self.check_stories_and_origins()
        return self.problems.lines

    def spans(self, where: str, selectors: list[Row], text: str) -> list[Span]:
        """The spans that `selectors` name; those that cannot be resolved are reported and left out."""
        resolved: list[Span] = []
        for selector in selectors:
            try:
                resolved.append(resolve(selector, text))
            except ValueError as error:
                self.problems.add(where, str(error))
        return resolved

    def passage(self, where: str, pointer: Row) -> None:
        """A pointer into a statement: the statement exists and the characters lie within its content."""
        row = self.statements.get(pointer["statement"])
        if row is None:
            self.problems.add(where, f"no statement {pointer['statement']}")
            return
        for start, end in self.spans(where, [pointer], self.reports[row["report"]].text):
            inside = any(first <= start and end <= last for first, last in self.content.get(row["id"], []))
            self.problems.unless(inside, where, f"outside the content of {row['id']}: {pointer['exact']!r}")

    def actor(self, where: str, actor: str | None) -> None:
        self.problems.unless(actor is None or actor in self.actors, where, f"no actor {actor}")

    def day(self, where: str, text: str | None) -> None:
        try:
            date.fromisoformat(text or "2031-03-03")
        except ValueError:
            self.problems.add(where, f"not a day: {text!r}")

    def unique(self, name: str) -> None:
        for identifier, count in Counter(row["id"] for _, row in self.gold[name]).items():
            self.problems.unless(count == 1, f"{name}.jsonl", f"{identifier} stands there {count} times")

    def check_reports(self) -> None:
        for report in self.reports.values():
            for name in ("outlet", "url", "title", "published", "text"):
                self.problems.unless(bool(getattr(report, name)), report.id, f"has no {name}")
            words = len(report.text.split())
            self.problems.unless(220 <= words <= 550, report.id, f"has {words} words")

    def check_actors(self) -> None:
        self.unique("actors")
        for where, row in self.gold["actors"]:
            self.problems.unless(row["kind"] in ACTOR_KINDS, where, f"unknown kind {row['kind']}")

    def check_statements(self) -> None:
        self.unique("statements")
        for where, row in self.gold["statements"]:
            if row["report"] not in self.reports:
                self.problems.add(where, f"no report {row['report']}")
                continue
            text = self.reports[row["report"]].text
            self.spans(where, row["source"], text)
            self.spans(where, row["cue"], text)
            content = self.content[row["id"]] = self.spans(where, row["content"], text)
            self.problems.unless(bool(content), where, "has no content")
            in_order = all(a[1] <= b[0] for a, b in pairwise(content))
            self.problems.unless(in_order, where, "has parts of content out of order")
            self.problems.unless(row["kind"] in KINDS, where, f"unknown kind {row['kind']}")
            self.problems.unless(bool(row["passages"]), where, "has no passage")
            self.actor(where, row["speaker"])
            for passage in row["passages"]:
                self.problems.unless(passage["act"] in ACTS, where, f"unknown act {passage['act']}")
                self.passage(where, {**passage, "statement": row["id"]})
            outer = row["nested_in"]
            if outer is not None:
                holds = outer in self.statements and self.statements[outer]["report"] == row["report"]
                self.problems.unless(holds, where, f"nested in {outer}, which is not in the same report")
                for start, end in content:
                    inside = any(a <= start and end <= z for a, z in self.content.get(outer, []))
                    self.problems.unless(inside, where, f"content is not within that of {outer}")

    def check_utterances(self) -> None:
        self.unique("utterances")
        for where, row in self.gold["utterances"]:
            self.actor(where, row["actor"])
            self.problems.unless(len(row["members"]) > 1, where, "has a single member")
            for member in row["members"]:
                self.passage(where, member)

    def check_relations(self) -> None:
        for where, row in self.gold["relations"]:
            self.problems.unless(row["kind"] in RELATIONS, where, f"unknown relation {row['kind']}")
            self.passage(where, row["a"])
            self.passage(where, row["b"])

    def check_figures(self) -> None:
        for where, row in self.gold["figures"]:
            self.passage(where, row)
            self.actor(where, row["actor"])
            self.day(where, row["as_of"])
            value, low, high = row["value"], row["low"], row["high"]
            self.problems.unless((value, low, high) != (None, None, None), where, "says no number")
            self.problems.unless(low is None or high is None or low <= high, where, "has its bounds reversed")

    def check_docket(self) -> None:
        for where, row in self.gold["docket"]:
            self.passage(where, row)
            self.actor(where, row["actor"])
            self.day(where, row["due"])
            self.problems.unless(row["act"] in ACTS, where, f"unknown act {row['act']}")
            self.problems.unless(row["status"] in STATUSES, where, f"unknown status {row['status']}")
            for evidence in row["evidence"]:
                self.passage(where, evidence)

    def check_stories_and_origins(self) -> None:
        self.unique("stories")
        mentioned: list[tuple[str, str]] = []
        for where, row in self.gold["stories"]:
            mentioned.extend((where, report) for report in row["reports"])
        told = {report for _, report in mentioned}
        untold = sorted(self.reports.keys() - told)
        self.problems.unless(not untold, "stories.jsonl", f"lacks {untold}")
        for where, row in self.gold["origins"]:
            mentioned.extend([(where, row["a"]), (where, row["b"])])
            self.problems.unless(row["relation"] in ORIGIN_RELATIONS, where, f"unknown relation {row['relation']}")
        for where, report in mentioned:
            self.problems.unless(report in self.reports, where, f"no report {report}")
        for where, row in self.gold["furniture"]:
            if row["report"] in self.reports:
                self.spans(where, [row], self.reports[row["report"]].text)
            else:
                self.problems.add(where, f"no report {row['report']}")


def counts(reports: dict[str, Report], gold: dict[str, list[tuple[str, Row]]]) -> Iterator[str]:
    """Lines that say how much there is of everything."""
    words = sum(len(report.text.split()) for report in reports.values())
    outlets = {report.outlet for report in reports.values()}
    yield f"reports {len(reports)}, outlets {len(outlets)}, words {words}"
    for name, rows in gold.items():
        yield f"{name} {len(rows)}"
    statements = [row for _, row in gold["statements"]]
    per_report = Counter(row["report"] for row in statements)
    yield "statements by report: " + ", ".join(f"{report} {per_report[report]}" for report in reports)
    tables = {
        "statements by kind": Counter(row["kind"] for row in statements),
        "passages by act": Counter(passage["act"] for row in statements for passage in row["passages"]),
        "relations by kind": Counter(row["kind"] for _, row in gold["relations"]),
        "docket by status": Counter(row["status"] for _, row in gold["docket"]),
    }
    for title, table in tables.items():
        yield f"{title}: " + ", ".join(f"{key} {count}" for key, count in table.most_common())
    yield f"nested statements {sum(row['nested_in'] is not None for row in statements)}"
    yield f"statements of unnamed speakers {sum(row['speaker'] is None for row in statements)}"


def main() -> int:
    """Check the folder that holds this script."""
    reports = load_reports(HERE / "reports")
    gold = load_gold(HERE / "gold")
    problems = Checker(reports, gold).run()
    for line in counts(reports, gold):
        print(line)
    for line in problems:
        print(line, file=sys.stderr)
    print(f"{len(problems)} problems" if problems else "everything resolves")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
