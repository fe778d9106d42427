"""Pages of utterances, actors and stories: what they hold, and that their templates are safe to show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from onrecord.domain.origins import Independence, Origin, OriginKind, Tie
from onrecord.publishing.days import slider
from onrecord.publishing.filters import read_form
from onrecord.publishing.linked.lists import actor_list, story_list, utterance_list
from onrecord.publishing.linked.pages import actor_page, story_page, utterance_page
from onrecord.publishing.linked.sourcing import Link, Standing, origin_groups, sourcings
from onrecord.publishing.linked.spread import MOST_BARS, MOST_ROWS, WIDTH, bars, spread
from onrecord.publishing.lists import Paging
from onrecord.publishing.weighed.beside import Beside
from onrecord.web.rendering import environment
from tests.publishing.linked.invented_links import (
    COPY,
    FULLEST,
    HOSTILE,
    ORIGINS,
    OWN,
    REPORTS,
    TIES,
    WIRE,
    actor,
    report,
    story,
    utterance,
)

ALONE = {
    "days": slider((), None),
    "judge": None,
    "changed": {},
    "lacking": (),
    "beside": Beside((), 0, (), 0, (), 0),
    "utterances": 0,
}
"""What stands around a page about which nothing else is known."""


def html(template: str, **values: object) -> str:
    return environment().get_template(template).render(ALONE | values)


def names(links: tuple[Link, ...]) -> list[object]:
    return [
        [link.sourcing.report.id, names(link.followers)] if link.followers else link.sourcing.report.id
        for link in links
    ]


def test_reports_with_the_same_words_share_a_wording() -> None:
    page = utterance_page(utterance())
    assert [[one.report.id for one in wording.carriers] for wording in page.wordings] == [
        ["wire", "copy"],
        ["own"],
        ["undated"],
    ]
    assert [wording.fullest for wording in page.wordings] == [True, False, False]
    assert [wording.throughout for wording in page.wordings] == [False, False, True]
    assert page.words == FULLEST
    assert page.material == ("figure differs", "modal differs")


def test_the_count_is_of_independent_origins_with_the_copies_behind_them() -> None:
    page = utterance_page(utterance())
    assert page.utterance.carried == "3 independent origins, 4 reports of 3 outlets"
    assert [names(group.chains) for group in page.origins] == [[["wire", ["copy"]]], ["own"], ["undated"]]
    assert page.origins[0].ties == ("the texts are the same in 90 of 100 words",)
    assert page.origins[1].ties == ()


def test_where_a_report_has_it_from_is_told_in_words() -> None:
    known = sourcings(REPORTS, ORIGINS, TIES)
    assert known["wire"].standing is Standing.OWN
    assert known["copy"].words == "copies Brook Wire, “Title of wire”"
    assert known["own"].words == "from a shared event: a call of the water board"
    assert known["undated"].standing is Standing.UNKNOWN


def test_a_tie_alone_makes_the_later_report_the_copy() -> None:
    known = sourcings((WIRE, COPY), (), (Independence("copy", "wire", (Tie.COPY,), ("the same text",)),))
    assert (known["wire"].standing, known["copy"].standing) == (Standing.UNKNOWN, Standing.COPY)
    assert known["copy"].behind == "wire"


@pytest.mark.parametrize(("named", "behind"), [("the Brook Wire", "wire"), ("Ansk Post", None), (None, None)])
def test_who_cites_whom_is_told_by_the_name_not_by_the_tie(named: str | None, behind: str | None) -> None:
    cited = (Origin("copy", OriginKind.OUTLET, named),)
    known = sourcings((WIRE, COPY), cited, (Independence("copy", "wire", (Tie.CITES,), ()),))
    assert (known["copy"].behind, known["wire"].behind) == (behind, None)
    assert known["copy"].standing is Standing.CITES


def test_reports_that_copy_each_other_are_still_told() -> None:
    circle = (
        Origin("wire", OriginKind.OUTLET, copied="copy"),
        Origin("copy", OriginKind.OUTLET, copied="wire"),
    )
    groups = origin_groups([("wire", "copy", "nobody")], sourcings((WIRE, COPY), circle, ()), ())
    assert (groups[0].reports, sorted(map(str, names(groups[0].chains)))) == (2, ["copy", "wire"])


def test_links_are_told_once_for_each_two_wordings_the_least_sure_first() -> None:
    assert [(link.a, link.b, link.sure) for link in utterance_page(utterance()).links] == [
        (2, 3, "60%"),
        (1, 2, "80%"),
        (1, 1, "99%"),
    ]


def test_the_picture_has_a_row_for_each_outlet_and_a_thread_to_what_was_copied() -> None:
    picture = spread(REPORTS, sourcings(REPORTS, ORIGINS, TIES))
    assert picture is not None
    assert [row.words for row in picture.rows] == ["Brook Wire", "Ansk Post", "Weir Weekly"]
    assert [dot.hollow for dot in picture.dots] == [False, True, False]
    assert len(picture.threads) == 1
    assert picture.undated == 1
    assert "Ansk Post, 3 April 2031, 09:00 UTC (copy)" in picture.words
    assert [tick.words for tick in picture.ticks] == ["2 Apr 2031", "3 Apr"]


def test_a_picture_of_very_many_reports_stays_small() -> None:
    many = [report(f"r{n}", f"Outlet {n % 90}", 1 + n % 28, n % 24) for n in range(2000)]
    picture = spread(many, {})
    assert picture is not None
    assert len(picture.rows) == MOST_ROWS
    assert picture.rows[-1].words == "77 other outlets"
    assert all(0 < dot.x < WIDTH for dot in picture.dots)
    assert all(0 < dot.y < picture.height for dot in picture.dots)


@pytest.mark.parametrize("heads", [(), (WIRE,), (replace(WIRE, published=None), COPY)])
def test_one_report_is_no_picture(heads: tuple[object, ...]) -> None:
    assert spread(heads, {}) is None  # type: ignore[arg-type]


def test_reports_of_one_moment_stand_side_by_side() -> None:
    picture = spread([replace(WIRE, id="a"), replace(WIRE, id="b")], {})
    assert picture is not None
    assert picture.dots[1].x - picture.dots[0].x >= 11


@pytest.mark.parametrize(
    ("last", "by"), [(0, "day"), (61, "day"), (62, "week"), (430, "week"), (1500, "month"), (9000, "year")]
)
def test_bars_are_of_days_weeks_months_or_years(last: int, by: str) -> None:
    first = date(2001, 2, 14)
    shown = bars([(first, 3), (first + timedelta(days=last), 2)])
    assert shown is not None
    assert shown.by == by
    assert sum(bar.number for bar in shown.bars) == 5
    assert len(shown.bars) <= MOST_BARS
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y >= 0 for bar in shown.bars)


def test_no_statement_is_no_bar() -> None:
    assert bars([]) is None


def test_offices_come_newest_first_with_days_and_names() -> None:
    offices = actor_page(actor(), {"org:board": "Water Board"}).offices
    assert [(one.title, one.of_name, one.start, one.end) for one in offices] == [
        ("chair", "Water Board", "1 January 2029", "no end stated"),
        ("engineer", None, "not stated", "31 December 2028"),
    ]


def test_an_address_is_made_of_a_sound_wikidata_id_alone() -> None:
    assert actor_page(actor()).wikidata == "Q42"
    assert actor_page(replace(actor(), wikidata="Q42/../x")).wikidata is None


def test_a_story_goes_day_by_day_with_what_has_no_date_last() -> None:
    days = story_page(story()).days
    assert [(day.when.words, [one.report.id for one in day.reports]) for day in days] == [
        ("2 April 2031", ["wire"]),
        ("3 April 2031", ["copy", "own"]),
        ("date not stated", ["undated"]),
    ]


PAGES = [
    ("utterance.html", lambda: utterance_page(utterance())),
    ("actor.html", lambda: actor_page(actor())),
    ("story.html", lambda: story_page(story())),
    ("utterances.html", lambda: utterance_list(read_form({"text": HOSTILE}), Paging(1, 61), [utterance().head])),
    ("actors.html", lambda: actor_list(read_form({"text": HOSTILE}), Paging(2, 61), [actor().row])),
    ("stories.html", lambda: story_list(read_form({}), Paging(1, 1), [story().head])),
    ("utterances.html", lambda: utterance_list(read_form({}), Paging(1, 0), [])),
    ("actors.html", lambda: actor_list(read_form({}), Paging(1, 0), [])),
    ("stories.html", lambda: story_list(read_form({"text": "\0"}), Paging(1, 0), [])),
]


@pytest.mark.parametrize(("template", "made"), PAGES)
def test_templates_print_every_page_without_markup_of_reports(template: str, made: object) -> None:
    shown = html(template, shown=made())  # type: ignore[operator]
    assert "<script>" not in shown
    assert "style=" not in shown
    assert shown.count("<h1") == 1
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:labelledby|describedby|href)="#?([a-z-]+)"', shown)) <= {*ids, "main"}


def test_an_utterance_page_tells_in_words_what_it_shows_by_lines() -> None:
    shown = html("utterance.html", shown=utterance_page(utterance()))
    for words in ("[instead of: ", "[here: ", "[added: ", "figure differs", "3 independent origins", "<desc", "<table"):
        assert words in shown
    assert "Other words throughout" in shown
    assert shown.count("<circle") == 3 + 2


def test_an_utterance_of_nobody_known_keeps_the_words_for_its_speaker() -> None:
    nobody = replace(utterance(), head=replace(utterance().head, actor=None, speaker=None))
    assert "unnamed" in html("utterance.html", shown=utterance_page(nobody))


def test_days_are_those_of_utc() -> None:
    late = replace(OWN, published=datetime(2031, 4, 3, 23, 59, tzinfo=UTC))
    days = story_page(replace(story(), reports=(late,))).days
    assert [day.when.iso for day in days] == ["2031-04-03"]


def test_a_report_that_was_copied_but_is_not_shown_is_linked() -> None:
    copied = Origin("copy", OriginKind.WIRE, "Brook Wire", copied="elsewhere")
    known = sourcings((COPY,), (copied, Origin("copy", OriginKind.OWN)), ())["copy"]
    assert (known.words, known.behind, known.outside) == ("copies Brook Wire", None, "elsewhere")
    page = story_page(replace(story(), reports=(COPY,), origins=(copied,), groups=(("copy",),)))
    assert '<a href="/reports/elsewhere">copies Brook Wire</a>' in html("story.html", shown=page)


def test_who_was_there_and_cites_another_tells_it_first_hand() -> None:
    both = (Origin("copy", OriginKind.OUTLET, "Brook Wire"), Origin("copy", OriginKind.EVENT, "a hearing"))
    known = sourcings((WIRE, COPY), both, (Independence("copy", "wire", (Tie.CITES,), ()),))["copy"]
    assert (known.standing, known.behind) == (Standing.EVENT, "wire")
    assert known.words == "from a shared event: a hearing, and cites Brook Wire"
    credit = (Origin("copy", OriginKind.WIRE, "Brook Wire"), Origin("copy", OriginKind.OWN))
    assert sourcings((COPY,), credit, ())["copy"].standing is Standing.WIRE
