"""No words of ours say what is true, who lied, or whom to trust: pages and reasons say what stands against what.

Read are all templates, all words in the code that can reach a page or a terminal, the documents, and every sentence that
weighing makes of the example. Words of reports, in quotation marks, are theirs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.assessing import indicators_in, suggestion, watched
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing import weighed_exports as exports
from onrecord.publishing.weighed.entries import relation_entry
from tests.publishing.weighed.example import example_settings, weighed_ledger

PACKAGE = Path(onrecord.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
VERDICT = re.compile(
    r"\b(?:lied|liars?|lying|(?:a|the|white) lies?|(?:is|are|was|were|be|being) (?:un)?(?:true|false|truthful|fake)"
    r"|(?:true|false|fake|bogus) (?:claims?|statements?|stor(?:y|ies)|news|reports?)|prove[sdn]? (?:that|to be|false|true)"
    r"|debunk\w*|misinform\w*|disinform\w*|(?:un)?trustworth\w*|hoax\w*|fabricat\w*|untruths?"
    r"|(?:truth|credibility|trust|reliability) scores?|the truth (?:is|about)|turned out to be|the true one)\b",
    re.IGNORECASE,
)
DENIED = (
    "that it is true is not",
    "not that it is true",
    "not the true one",
    "what is true",
)
"""Where we say that we do not say it."""
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»")
WORDED = ("publishing", "weighing", "assessing", "cli", "web", "linking/origins")
"""Where the code words what people read."""


def verdicts(text: str) -> list[str]:
    """The verdicts in a text."""
    text = " ".join(text.split())
    for phrase in DENIED:
        text = re.sub(re.escape(phrase), " ", text, flags=re.IGNORECASE)
    return [found[0] for found in VERDICT.finditer(text)]


def ours(text: str) -> str:
    """The words of a sentence that are not quoted."""
    return QUOTED.sub(" … ", text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister lied about the weir",
        "This claim is false",
        "which proves that the gates were open",
        "debunked by two outlets",
        "a trustworthy source",
        "truth score: 4",
        "It was untrue",
        "known for disinformation",
        "it turned out to be so",
    ],
)
def test_a_verdict_would_be_found(text: str) -> None:
    assert verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "What Ida Holm says stands against what Ansk says",
        "That something was said is shown; that it is true is not.",
        "no sign of a withdrawal, against a withdrawal that is said to have begun",
        "how far each day lies from the baseline",
    ],
)
def test_what_stands_against_what_is_no_verdict(text: str) -> None:
    assert not verdicts(text)


def test_words_of_a_report_are_its_own() -> None:
    assert not verdicts(ours("Ansk says “the warden lied”, against “the gates were shut”"))


@pytest.mark.parametrize("template", sorted((PACKAGE / "web" / "templates").glob("*.html")), ids=lambda one: one.name)
def test_templates_hold_no_verdict(template: Path) -> None:
    source = re.sub(r"\{#.*?#\}", " ", template.read_text(encoding="utf-8"), flags=re.S)
    words = re.sub(r"<[^>]*>", " ", source)
    assert not verdicts(words)


def literals(tree: ast.Module) -> Iterator[str]:
    """The words in code, without docstrings."""
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(one.value if isinstance(one, ast.Constant) else " … " for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def worded() -> list[Path]:
    found = [path for part in WORDED for path in sorted((PACKAGE / part).rglob("*.py"))]
    # Lists of words are what reports may say, and patterns are looked for there.
    lists = ("vocabulary.py", "_words.py", "relations/senses.py")
    return [path for path in found if not path.as_posix().endswith(lists)]


@pytest.mark.parametrize("path", worded(), ids=lambda one: one.relative_to(PACKAGE).as_posix())
def test_code_words_no_verdict(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # A sentence has spaces; what has bars or brackets is a pattern.
    said = [one for one in literals(tree) if " " in one and not set("|\\^") & set(one)]
    assert not [one for one in said if verdicts(one)]


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").glob("*.py")), ids=lambda one: one.name)
def test_help_of_commands_holds_no_verdict(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [one for one in told if verdicts(ours(one))]


@pytest.mark.parametrize(
    "path",
    [
        ROOT / "README.md",
        ROOT / "docs" / "words.md",
        *sorted((ROOT / "docs" / "how-to").glob("*.md")),
        *sorted((ROOT / "docs" / "reference").glob("*.md")),
        *sorted((ROOT / "docs" / "notebooks").glob("*.ipynb")),
    ],
    ids=lambda one: one.name,
)
def test_documents_hold_no_verdict(path: Path) -> None:
    assert not verdicts(ours(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def view() -> Iterator[WeighedView]:
    with WeighedView(weighed_ledger()) as opened:
        yield opened


def sentences(view: WeighedView) -> Iterator[str]:
    """Every sentence that weighing and publishing make of the example."""
    now = view.today()
    for row in view.relations():
        entry = relation_entry(row)
        yield entry.heading.words
        yield from row.reasons
    for lineage in view.whole_lineages(view.lineages()):
        for tie in [*lineage.ties, *(tie for _, tie in lineage.scopes)]:
            yield from tie.reasons
    for shown in view.whole_entries(view.docket()):
        yield shown.row.entry.rule
        yield from shown.row.entry.reasons
        yield from suggestion(shown, now)[1]
        for one in shown.evidence:
            yield from one.reasons
    settings = example_settings()
    assert settings.indicators is not None
    for found in watched(view, indicators_in(settings.indicators)):
        yield from found.sentences
        yield from (one.words for one in found.series.breaks)
        yield from (reason for shift in found.shifts for reason in shift.reasons)


def test_no_sentence_of_the_example_is_a_verdict(view: WeighedView) -> None:
    told = list(sentences(view))
    assert len(told) > 100
    assert not [one for one in told if verdicts(ours(one))]


def test_no_line_of_a_terminal_is_a_verdict(view: WeighedView) -> None:
    now = view.today()
    lines: list[str] = []
    for row in view.relations(limit=30):
        lines += exports.relation_lines(row)
    for lineage in view.whole_lineages(view.lineages(limit=10)):
        lines += exports.lineage_lines(lineage)
    for shown in view.whole_entries(view.docket(limit=30)):
        lines += exports.docket_lines(shown, now, suggestion(shown, now))
    assert len(lines) > 100
    assert not [one for one in lines if verdicts(ours(one))]


def test_every_exemption_is_needed() -> None:
    read = [
        *(PACKAGE / "web" / "templates").glob("*.html"),
        *PACKAGE.rglob("*.py"),
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
    ]
    whole = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in read).casefold()
    assert [phrase for phrase in DENIED if phrase not in whole] == []
