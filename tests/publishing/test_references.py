"""References: the same source in words, for TeX and for programs, whatever its title tries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate

import pytest

from onrecord.errors import NotOnRecord
from onrecord.ledger.view import View
from onrecord.publishing.references import Reference, report_reference, statement_reference
from tests.publishing.invented import write_record


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = write_record(tmp_path_factory.mktemp("references") / "record.ledger", with_hostile=True)
    with View(path) as opened:
        yield opened


WHOLE = Reference(
    id="ab12",
    title="Weir & {gates}: 50% shut_down",
    outlet="The Post",
    author="Ida Holm",
    published=datetime(2031, 3, 7, 9, tzinfo=UTC),
    retrieved=datetime(2031, 3, 8, tzinfo=UTC),
    address="https://post.example/a_b?c={d}",
    speaker="Keat Ling",
    words="we shut it",
    place="Characters 4 to 14 of its text, capture SHA-256 00ff",
)


def test_in_words() -> None:
    assert WHOLE.plain == (
        "Keat Ling: “we shut it”, in: Ida Holm: “Weir & {gates}: 50% shut_down”, The Post, 7 March 2031, "
        "https://post.example/a_b?c={d} (retrieved 8 March 2031). "
        "Characters 4 to 14 of its text, capture SHA-256 00ff."
    )


def test_for_tex() -> None:
    assert WHOLE.bibtex == (
        "@online{onrecord:ab12,\n"
        r"  title = {Weir \& \textbraceleft{}gates\textbraceright{}: 50\% shut\_down},"
        "\n  author = {{Ida Holm}},\n  organization = {The Post},\n  date = {2031-03-07},\n"
        "  url = {https://post.example/a_b?c=%7Bd%7D},\n  urldate = {2031-03-08},\n"
        "  note = {Keat Ling: “we shut it”. Characters 4 to 14 of its text, capture SHA-256 00ff},\n}\n"
    )


def test_for_programs() -> None:
    assert WHOLE.csl == {
        "id": "onrecord:ab12",
        "type": "article-newspaper",
        "title": "Weir & {gates}: 50% shut_down",
        "author": [{"literal": "Ida Holm"}],
        "container-title": "The Post",
        "issued": {"date-parts": [[2031, 3, 7]]},
        "accessed": {"date-parts": [[2031, 3, 8]]},
        "URL": "https://post.example/a_b?c={d}",
        "note": "Keat Ling: “we shut it”. Characters 4 to 14 of its text, capture SHA-256 00ff",
    }


def test_a_statement_is_cited_in_its_report(view: View) -> None:
    one = next(iter(view.statements(limit=None)))
    found = statement_reference(view, one.statement.id)
    text = view.report(one.report.id).report.text
    (start, end), *_ = re.findall(r"(\d+) to (\d+)", found.place)
    assert text[int(start) : int(end)] == one.content[0].text
    assert found.words.startswith(" ".join(one.content[0].text.split())[:40])
    assert report_reference(view, one.report.id).words == ""
    assert report_reference(view, one.report.id).place.startswith("Capture SHA-256 ")


@pytest.mark.parametrize("reference", [statement_reference, report_reference])
def test_what_is_not_there_cannot_be_cited(view: View, reference: object) -> None:
    with pytest.raises(NotOnRecord):
        reference(view, "000000000000")  # type: ignore[operator]


def in_braces(entry: str) -> bool:
    """Whether an entry ends at its last brace, counted as BibTeX counts: behind a backslash too."""
    deep = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in entry.rstrip("\n")))
    return deep[-1] == 0 and deep.count(0) == entry.index("{") + 1


@pytest.mark.parametrize("title", ["{", "}", "a} , note = {b", "\\{", "\\}", "}{", "{}"])
def test_a_brace_alone_ends_nothing(title: str) -> None:
    assert in_braces(
        replace(WHOLE, title=title, author=title, words=title, address=f"https://post.example/{title}").bibtex
    )


def test_every_reference_stays_in_its_braces(view: View) -> None:
    for head in view.reports(limit=None):
        found = report_reference(view, head.id)
        assert in_braces(found.bibtex)
        assert len(found.plain.splitlines()) == 1
        assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", found.plain + found.bibtex)
        assert found.address == "" or found.address.startswith("http")
