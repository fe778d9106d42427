"""The templates of weighed pages: text of reports stays text, headings and ids are sound, nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from onrecord.domain.docket import Status
from onrecord.domain.figures import FigureTie, Standing
from onrecord.domain.hypotheses import RowKind
from onrecord.domain.relations import RelationKind
from onrecord.ledger.due_days import DueCount
from onrecord.ledger.linked import ActorHead
from onrecord.ledger.weighed import Grade
from onrecord.publishing.days import slider
from onrecord.publishing.filters import read_form
from onrecord.publishing.lists import Paging
from onrecord.publishing.weighed.calendar import due_calendar
from onrecord.publishing.weighed.entries import lineage_entry, relation_entry
from onrecord.publishing.weighed.figure_page import lineage_page
from onrecord.publishing.weighed.folding import More, RelationGroup
from onrecord.publishing.weighed.indicators import indicator_page
from onrecord.publishing.weighed.matrices import Found, matrix_page
from onrecord.publishing.weighed.pages import (
    DocketList,
    LineageList,
    RelationList,
    as_of_words,
    docket_days,
    docket_page,
    grade_entry,
    relation_page,
)
from onrecord.web.rendering import environment
from tests.publishing.linked.invented_links import HOSTILE
from tests.publishing.weighed.invented_weighings import (
    FIRST,
    entry,
    figure,
    judgement,
    lineage,
    matrix,
    passage,
    relation,
    series,
    shift,
)

NOW = datetime(2031, 4, 5, 12, tzinfo=UTC)
BAD = ActorHead("local:bad", HOSTILE, None, True)
SIDE = passage("a", HOSTILE, BAD, outlet=HOSTILE, title=HOSTILE)
RELATION = relation("contradicts", SIDE, passage("b"), (HOSTILE,), judgement(why=HOSTILE))
FIGURES = lineage(
    (figure("a", 4, actor=BAD, outlet=HOSTILE, words=HOSTILE), figure("b", 9, published=3), figure("c", 5)),
    (FigureTie("f-b", "f-a", Standing.DISPUTE, 0.9, (HOSTILE,)),),
)
GROUP = RelationGroup(relation_entry(RELATION), (More("u-a", "contradicts", HOSTILE, 4),))
SERIES = series([4.0, None, 5.0, 4.0, 9.0, 0.0])
SHOWN_SERIES = indicator_page(SERIES, (shift(4, 6),), (f"rising {HOSTILE}",), {"p-day0": SIDE})
FORM = read_form({"text": HOSTILE})
ALONE = {"days": slider((), None), "judge": None, "changed": {}, "lacking": ()}
"""What stands around a page about which nothing else is known."""


def docket(form: dict[str, str], total: int) -> DocketList:
    rows = [
        entry(HOSTILE, end).row for end in (datetime(2031, 4, 5, tzinfo=UTC), datetime(2031, 4, 9, tzinfo=UTC), None)
    ]
    days = docket_days(rows, NOW) if total else ()
    counts = [DueCount(row.entry.end, row.status, 1) for row in rows] if total else []
    calendar = due_calendar(counts, NOW)
    return DocketList(read_form(form), Paging(1, total), days, as_of_words(NOW), 1, 1, calendar)


def grades() -> dict[str, object]:
    shown = grade_entry(Grade(judgement("C", HOSTILE), (judgement("D", HOSTILE),), None))
    item = grade_entry(Grade(judgement("3", HOSTILE), (), SIDE))
    return {"sources": (shown,), "items": (item,)}


@pytest.fixture(autouse=True)
def _grades_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.publishing.weighed.pages.grade_words", lambda one: "fairly reliable")


PAGES: list[tuple[str, Callable[[], dict[str, object]]]] = [
    (
        "relations.html",
        lambda: {
            "shown": RelationList(FORM, "contradicts", None, False, Paging(1, 61), (GROUP,)),
            "kinds": tuple(RelationKind),
        },
    ),
    (
        "relations.html",
        lambda: {"shown": RelationList(read_form({}), "", None, True, Paging(1, 0), ()), "kinds": tuple(RelationKind)},
    ),
    ("relation.html", lambda: {"shown": relation_page(RELATION)}),
    (
        "figures.html",
        lambda: {"shown": LineageList(FORM, Paging(1, 61), (lineage_entry(FIGURES.head, FIGURES.figures),))},
    ),
    ("figures.html", lambda: {"shown": LineageList(read_form({"text": "\0"}), Paging(1, 0), ())}),
    ("figure.html", lambda: {"shown": lineage_page(FIGURES)}),
    ("docket.html", lambda: {"shown": docket({"text": HOSTILE}, 3)}),
    ("docket.html", lambda: {"shown": docket({}, 0)}),
    (
        "entry.html",
        lambda: {
            "shown": docket_page(entry(HOSTILE), NOW, (Status.MET, (HOSTILE,))),
            "as_of": as_of_words(NOW),
        },
    ),
    ("indicators.html", lambda: {"indicators": [SHOWN_SERIES, SHOWN_SERIES], "form": FORM, "asked": True}),
    ("indicators.html", lambda: {"indicators": [], "form": read_form({}), "asked": False}),
    ("indicators.html", lambda: {"indicators": [], "form": read_form({"since": "soon"}), "asked": True}),
    (
        "hypotheses.html",
        lambda: {
            "matrices": [matrix_page(matrix(*RowKind), Found({f"passage {HOSTILE}": SIDE}, {f"words {HOSTILE}": 3}))],
            "asked": True,
        },
    ),
    ("hypotheses.html", lambda: {"matrices": [], "asked": False}),
    ("grades.html", grades),
    ("grades.html", lambda: {"sources": (), "items": ()}),
]


@pytest.mark.parametrize(("template", "made"), PAGES)
def test_templates_print_every_page_without_markup_of_reports(
    template: str, made: Callable[[], dict[str, object]]
) -> None:
    shown = environment().get_template(template).render(ALONE | made())
    assert "<script" not in shown
    assert "style=" not in shown
    assert shown.count("<h1") == 1
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    for names in re.findall(r'(?:labelledby|describedby)="([^"]+)"', shown):
        assert set(names.split()) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_both_sides_have_as_many_parts_so_that_they_stand_at_one_height() -> None:
    shown = environment().get_template("relation.html").render(ALONE, shown=relation_page(RELATION))
    sides = shown.split('<div class="side">')[1:]
    assert [re.findall(r'<p class="([a-z]+)"', side.split("</div>")[0]) for side in sides] == [
        ["words", "by", "about"],
        ["words", "by", "about"],
    ]


def test_words_that_stand_in_several_utterances_are_told_so() -> None:
    page = matrix_page(matrix(RowKind.WORDS, RowKind.PASSAGE), Found({}, {f"words {HOSTILE}": 3}))
    assert [row.missing for row in page.rows] == ["in 3 utterances: quote more", "not on this record"]
    assert [(one.text[:5], one.against) for one in page.columns] == [("It ho", 0), ("It br", 2)]


def test_the_days_of_the_page_are_those_of_the_series() -> None:
    assert date(2031, 4, 1) == FIRST
    assert [row.day for row in SHOWN_SERIES.rows][:3] == ["1 April 2031", "2 April 2031", "3 April 2031"]
