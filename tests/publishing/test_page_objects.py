"""Page objects from a real ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.domain.reports import MarkKind
from onrecord.domain.statements import Kind
from onrecord.errors import NotOnRecord
from onrecord.ledger.view import StatementFilter, View
from onrecord.publishing import lists
from onrecord.publishing.filters import read_form
from onrecord.publishing.lists import (
    Paging,
    front_page,
    paged,
    record_page,
    report_list,
    skipped_list,
    speaker_list,
    statement_list,
)
from onrecord.publishing.pages import report_page, speaker_page, statement_page
from onrecord.publishing.segments import Role
from tests.publishing.invented import DAM, HOSTILE_WORD, write_record


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = write_record(tmp_path_factory.mktemp("pages") / "record.ledger", copies=30)
    with View(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("page", "total", "pages", "first", "last", "previous", "following"),
    [
        (1, 0, 1, 0, 0, None, None),
        (1, 25, 1, 1, 25, None, None),
        (1, 26, 2, 1, 25, None, 2),
        (2, 26, 2, 26, 26, 1, None),
        (9, 26, 2, 0, 0, 2, None),
    ],
)
def test_paging(
    page: int, total: int, pages: int, first: int, last: int, previous: int | None, following: int | None
) -> None:
    paging = Paging(page, total)
    assert (paging.pages, paging.first, paging.last, paging.previous, paging.next) == (
        pages,
        first,
        last,
        previous,
        following,
    )
    assert paging.exists == (page <= pages)


@pytest.mark.parametrize(
    ("values", "page", "asked"),
    [
        ({}, 1, ["count", (25, 0)]),
        ({}, 2, ["count", (25, 25)]),
        ({}, 3, ["count"]),
        ({"since": "never"}, 1, []),
    ],
)
def test_no_more_is_looked_up_than_a_page_shows(values: dict[str, str], page: int, asked: list[object]) -> None:
    done: list[object] = []

    def count() -> int:
        done.append("count")
        return 30

    def rows(*, limit: int, offset: int) -> list[str]:
        done.append((limit, offset))
        return ["row"]

    paging, found = paged(read_form(values), page, count, rows)
    assert done == asked
    assert list(found) == (["row"] if len(asked) == 2 else [])
    assert paging.total == (30 if asked else 0)


def test_a_report_page_holds_the_text_to_the_character(view: View) -> None:
    shown = report_page(view, "weir.html")
    assert "".join(segment.text for segment in shown.segments) == DAM
    assert shown.length == len(DAM)
    assert [entry.number for entry in shown.statements] == list(range(1, 8))
    assert {entry.kind: entry.statements for entry in shown.legend} == {
        Kind.DIRECT: 1,
        Kind.INDIRECT: 4,
        Kind.MIXED: 2,
    }
    assert shown.unread == (MarkKind.BOILERPLATE, MarkKind.CAPTION)
    marked = [paragraph.mark for paragraph in shown.paragraphs]
    assert marked == [None, None, None, None, MarkKind.CAPTION, None, MarkKind.BOILERPLATE]


def test_every_part_of_every_statement_is_in_the_segments(view: View) -> None:
    shown = report_page(view, "weir.html")
    for one in view.statements(StatementFilter(report=shown.report.id)):
        for role, spans in ((Role.SOURCE, one.source), (Role.CUE, one.cue), (Role.CONTENT, one.content)):
            for part, span in enumerate(spans):
                covered = [
                    segment.text
                    for segment in shown.segments
                    if any((c.statement, c.role, c.part) == (one.statement.id, role, part) for c in segment.covers)
                ]
                assert "".join(covered) == span.text


def test_a_report_of_which_nothing_is_known_says_so(view: View) -> None:
    shown = report_page(view, "letter.txt")
    assert (shown.report.title, shown.report.outlet, shown.report.link) == ("letter.txt", None, None)
    assert (shown.report.published.words, shown.report.retrieved.words) == ("date not stated", "not stated")
    assert (shown.statements, shown.legend, shown.unread) == ((), (), ())


def test_published_and_retrieved_are_told_apart(view: View) -> None:
    report = report_page(view, "weir.html").report
    assert report.published.iso == "2031-04-08T06:40:00Z"
    assert report.retrieved.iso == "2031-04-08T09:00:00Z"


def test_a_statement_page_shows_outer_and_inner_statement(view: View) -> None:
    entries = report_page(view, "weir.html").statements
    inner = next(entry for entry in entries if entry.nested_in)
    shown = statement_page(view, inner.id)
    assert shown.outer is not None
    assert shown.outer.speaker == "unnamed (two officials who took part in the call)"
    assert [one.id for one in statement_page(view, shown.outer.id).inner] == [inner.id]
    for place in shown.places:
        assert DAM[place.start : place.end] == place.text
    assert [place.role for place in shown.places] == [Role.SOURCE, Role.CUE, Role.CONTENT]
    assert shown.statement.number == inner.number


def test_a_statement_list_pages_through_everything_once(view: View) -> None:
    form = read_form({})
    total = view.count(form.filter)
    seen = [entry.id for page in range(1, 9) for entry in statement_list(view, form, page).statements]
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"text": "animals", "outlet": "Ansk Weekly"}, 1),
        ({"speaker": "quell"}, 3),
        ({"kind": "mixed"}, 2),
        ({"since": "2031-04-09", "until": "2031-04-09"}, 3),
        ({"outlet": "Orlen Courier", "kind": "direct"}, 1),
        ({"text": "zebra"}, 0),
        ({"kind": "none such"}, 0),
    ],
)
def test_a_statement_list_follows_its_form(view: View, values: dict[str, str], count: int) -> None:
    shown = statement_list(view, read_form(values))
    assert (shown.paging.total, len(shown.statements)) == (count, count)
    assert shown.form.given == values


def test_snippets_show_the_statement_in_its_place(view: View) -> None:
    (entry,) = statement_list(view, read_form({"text": "wagons"})).statements
    assert entry.snippet is not None
    words = "".join(segment.text for segment in entry.snippet.segments)
    assert words == "A spokesman for the rail company said it had moved eleven wagons to higher ground."
    assert entry.speaker == "unnamed (A spokesman for the rail company)"


def test_a_speaker_page_has_only_that_speaker_newest_first(view: View) -> None:
    shown = speaker_page(view, "Piet Hallam")
    assert shown.speaker.statements == shown.paging.total == 32
    assert {entry.name for entry in shown.statements} == {"Piet Hallam"}
    assert [entry.report.input for entry in shown.statements[:2]] == ["ansk.txt", "weir.html"]
    assert shown.outlets == (("Copies", 30), ("Ansk Weekly", 1), ("Orlen Courier", 1))
    assert len(speaker_page(view, "Piet Hallam", 2).statements) == 7


@pytest.mark.parametrize("name", ["Piet", "piet hallam", "Nobody", "", "%"])
def test_a_speaker_page_is_for_the_whole_name(view: View, name: str) -> None:
    with pytest.raises(NotOnRecord):
        speaker_page(view, name)


def test_speakers_reports_and_skipped_inputs_are_listed(view: View) -> None:
    assert [entry.name for entry in speaker_list(view, read_form({"text": "hal"})).speakers] == ["Piet Hallam"]
    assert [entry.input for entry in report_list(view, read_form({"text": "spillway"})).reports] == ["weir.html"]
    skipped = skipped_list(view, "empty")
    assert skipped.reasons == (("empty", 3), ("language: es", 1))
    assert [entry.name for _, entry in skipped.inputs] == ["empty-0.txt", "empty-1.txt", "empty-2.txt"]
    assert HOSTILE_WORD in skipped_list(view, "language: es").inputs[0][1].detail
    assert skipped_list(view, "no such reason").inputs == ()


def test_the_front_page_shows_the_surest_statements_of_the_newest_reports(view: View) -> None:
    shown = front_page(view)
    assert [story.report.input for story in shown.newest[:2]] == ["ansk.txt", "weir.html"]
    assert [entry.confidence_words for entry in shown.newest[1].statements] == ["98%", "99%"]
    assert shown.speakers[0].name == "Piet Hallam"


def test_the_record_page_adds_up(view: View) -> None:
    shown = record_page(view)
    totals = shown.totals
    assert totals.inputs == totals.read + totals.duplicate + totals.skipped == 39
    assert (shown.digest, shown.head) == (view.digest(), view.head())
    assert shown.reader == "careful 1.2.0"


@pytest.mark.parametrize("page", [report_page, statement_page])
def test_what_is_not_on_record_is_said_so(view: View, page: object) -> None:
    with pytest.raises(NotOnRecord):
        page(view, "ffffffffffff")  # type: ignore[operator]


def test_an_empty_record_has_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    from onrecord.ledger.writer import Writer

    path = tmp_path_factory.mktemp("empty") / "record.ledger"
    Writer(path).close()
    with View(path) as empty:
        assert front_page(empty).newest == ()
        assert record_page(empty).reader is None
        assert statement_list(empty, read_form({})).paging.total == 0


def test_the_digest_of_a_long_record_is_reckoned_only_where_it_is_asked_for(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record_page(view).digest == view.digest()
    monkeypatch.setattr(lists, "RECKONED_UNASKED", view.length() - 1)
    assert record_page(view).digest is None
    assert record_page(view, digest=True).digest == view.digest()
