"""What pages, commands and exports tell of words that an outlet has changed: against a page seen three times."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.assessing import Assessment, standing
from onrecord.domain.doubts import Doubt, DoubtKind
from onrecord.domain.reports import Input
from onrecord.domain.versions import gone
from onrecord.ledger.snapshot import Snapshot
from onrecord.ledger.versions_view import VersionsView
from onrecord.ledger.weighed_view import WeighedView
from onrecord.ledger.writer import Writer
from onrecord.linkage import Linkage
from onrecord.publishing.briefs import Asked, composed
from onrecord.publishing.briefs.changes import changes
from onrecord.publishing.briefs.pages import brief_page
from onrecord.publishing.review import review_page
from onrecord.publishing.tables.recorded import REPORTS
from onrecord.publishing.versions.exports import versions_row
from onrecord.publishing.versions.flags import CHANGED
from onrecord.web.app import create_app
from onrecord.web.rendering import environment
from tests.edited import FIRST, PAGE, SECOND, THIRD, hours, recorded, text_of
from tests.ledger.material import LATER_READER

ELSEWHERE = (
    "The weir will hold, Mayor Ida Holm said on Monday. The governor, Oskar Brandt, denied that 500 people left.\n"
)
V1 = text_of(FIRST, at=hours(1))
V2 = text_of(SECOND, at=hours(5), title="Two hurt at the weir")
V3 = text_of(THIRD, at=hours(30), title="Two hurt at the weir")
OTHER = text_of(ELSEWHERE, at=hours(3), url="https://post.example/1", outlet="The Post")
SEEN = ("Nobody was hurt", "300 people")
"""Words of the first text that stand otherwise in the second."""


def told(one: Input) -> str:
    assert one.report is not None
    return one.report.id


def weigh(path: Path) -> None:
    with Linkage(path) as linkage:
        linkage.finish()
    with Assessment(path) as assessment:
        assessment.finish()


def statement_with(path: Path, report: Input, words: str) -> str:
    with WeighedView(path) as view:
        for one in view.statements():
            if one.report.id == told(report) and any(words in span.text for span in one.content):
                return one.statement.id
    raise AssertionError(words)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first text, a brief and a judgement on it; then what the outlet did."""
    path = tmp_path_factory.mktemp("versions") / "news.ledger"
    recorded(path, [V1, OTHER])
    weigh(path)
    with WeighedView(path) as view:
        made = composed(view, Asked(text="people"), by="Ada Reed", made=datetime(2031, 5, 1, tzinfo=UTC))
        assert changes(view, made) == ()
    with Writer(path) as writer:
        writer.record_brief(made)
    standing(path, statement_with(path, V1, "Nobody"), True, why="read it myself", by="Ada Reed")
    recorded(path, [V2, V3, gone(PAGE, 404, hours(60))])
    weigh(path)
    return path


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(ledger), base_url="http://127.0.0.1") as opened:
        yield opened


def text_in(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_page_of_a_report_tells_its_versions_and_which_statements_were_changed(client: TestClient) -> None:
    html = client.get(f"/reports/{told(V1)}").text
    shown = text_in(html)
    assert "Version 1 of 3 of this page" in shown
    assert "The page reads otherwise now." in shown
    assert "This page was gone on 11 March 2031, 20:00 UTC: it answered 404." in shown
    assert "Version 2 , seen 9 March 2031, 13:00 UTC : changed silently" in shown
    assert "changed, and says so" in shown
    assert "Correction: an earlier version of this article" in shown
    notes = html[html.index('id="notes"') : html.index("</aside>")]
    assert notes.count(CHANGED) == 2
    assert CHANGED not in notes[notes.index("extra boats") :]


def test_the_page_of_the_text_that_stands_now_flags_nothing(client: TestClient) -> None:
    shown = text_in(client.get(f"/reports/{told(V3)}").text)
    assert "Version 3 of 3 of this page" in shown
    assert "reads otherwise" not in shown
    assert CHANGED not in shown


def test_a_report_whose_page_was_seen_once_tells_nothing_of_versions(client: TestClient) -> None:
    assert "of this page" not in client.get(f"/reports/{told(OTHER)}").text
    shown = text_in(client.get(f"/reports/{told(OTHER)}/changes").text)
    assert "found with one text only" in shown


def test_the_page_of_a_change_marks_words_for_eyes_and_for_screen_readers(client: TestClient) -> None:
    answer = client.get(f"/reports/{told(V1)}/changes", params={"against": told(V2)})
    html = answer.text
    assert answer.status_code == 200
    assert '<del><span class="away">[taken out: </span>300<span class="away">]</span></del>' in html
    assert '<ins><span class="away">[put in: </span>500<span class="away">]</span></ins>' in html
    assert '<del><span class="away">[taken out: </span>Weir holds<span class="away">]</span></del>' in html
    shown = text_in(html)
    assert "changed silently" in shown
    assert "In other words: 2" in shown
    assert "1 statement stands in both as it was read" in shown
    assert "1,204" not in shown
    assert "river in pictures" not in shown
    assert "shown here" in shown
    assert not re.search(r"<script|style=|onclick", html.replace('<script src="/static/', ""))


def test_a_change_is_shown_the_earlier_text_first_whichever_is_asked_for(client: TestClient) -> None:
    one = client.get(f"/reports/{told(V1)}/changes", params={"against": told(V2)}).text
    other = client.get(f"/reports/{told(V2)}/changes", params={"against": told(V1)}).text
    assert one == other
    now = text_in(client.get(f"/reports/{told(V1)}/changes").text)
    assert "Version 1 , seen 9 March 2031, 09:00 UTC , against version 3 " in now
    last = text_in(client.get(f"/reports/{told(V3)}/changes").text)
    assert "Version 2 , seen 9 March 2031, 13:00 UTC , against version 3 " in last


def test_a_few_digits_lead_to_the_change_and_what_is_no_text_of_the_page_is_explained(client: TestClient) -> None:
    short = client.get(f"/reports/{told(V1)[:8]}/changes?against={told(V2)[:8]}", follow_redirects=False)
    assert short.headers["location"] == f"/reports/{told(V1)}/changes?against={told(V2)[:8]}"
    assert client.get(short.headers["location"]).status_code == 200
    wrong = client.get(f"/reports/{told(V1)}/changes", params={"against": told(OTHER)})
    assert (wrong.status_code, "no text of the page" in wrong.text) == (404, True)
    assert client.get(f"/reports/{told(V1)}/changes", params={"against": "<b>"}).status_code == 404
    assert client.get("/reports/nothing/changes").status_code == 404


def changed_link(html: str) -> bool:
    return (
        f'{CHANGED} (<time datetime="2031-03-09T13:00:00Z">' in html and f"/reports/{told(V1)}/changes?against=" in html
    )


def test_pages_that_rest_on_changed_words_say_so(ledger: Path, client: TestClient) -> None:
    for words in SEEN:
        assert changed_link(client.get(f"/statements/{statement_with(ledger, V1, words)}").text)
    assert CHANGED not in client.get(f"/statements/{statement_with(ledger, V1, 'extra boats')}").text
    with WeighedView(ledger) as view:
        utterance = view.utterance(statement_with(ledger, V1, "300 people")).head.id
        promised = [row.entry.utterance for row in view.docket() if "gates" in row.passage.span.text]
        lineages = [one.id for one in view.lineages(figures=2)]
        relations = [one.id for one in view.relations()]
    assert changed_link(client.get(f"/utterances/{utterance}").text)
    # The gates are to be opened in all texts alike.
    assert promised
    assert CHANGED not in text_in(client.get(f"/docket/{promised[0]}").text)
    assert any(changed_link(client.get(f"/figures/{one}").text) for one in lineages)
    assert all(client.get(f"/relations/{one}").status_code == 200 for one in relations)


def test_a_judgement_on_changed_words_is_flagged(ledger: Path, client: TestClient) -> None:
    html = client.get(f"/statements/{statement_with(ledger, V1, 'Nobody')}").text
    judged = html[html.index('id="judged"') :]
    assert "read it myself" in judged
    assert CHANGED in judged
    today = client.get("/today?since=2020-01-01").text
    assert CHANGED in today[today.index('id="judged"') :]


def test_the_queue_flags_changed_words(ledger: Path) -> None:
    with WeighedView(ledger) as view:
        doubts = [Doubt(DoubtKind.STATEMENT, statement_with(ledger, V1, words), "", 0.5, 1, 0) for words in SEEN]
        doubts.append(Doubt(DoubtKind.STATEMENT, statement_with(ledger, V1, "extra boats"), "", 0.5, 1, 0))
        pages = [review_page(view, doubts, number, view.today(), None) for number in (1, 2, 3)]
    changed = [side.changed for one in pages if one.item is not None for side in one.item.sides]
    assert [None if one is None else one.report for one in changed] == [told(V1), told(V1), None]
    html = environment().get_template("review.html").render(shown=pages[0], told=None)
    assert CHANGED in html


def test_a_brief_is_told_what_changed_at_the_outlet(ledger: Path, client: TestClient) -> None:
    with WeighedView(ledger) as view:
        ((id_, brief),) = view.briefs()
        found = changes(view, brief)
    assert any(
        re.fullmatch(r"the words of source \d+ were changed at the outlet, 9 March 2031, 13:00 UTC", one)
        for one in found
    )
    html = client.get(f"/briefs/{id_}").text
    assert "were changed at the outlet" in html
    assert CHANGED in html[html.index('id="sources"') :]


def test_a_brief_made_after_the_change_has_it_beside_its_source_alone(ledger: Path) -> None:
    with WeighedView(ledger) as view:
        made = composed(view, Asked(text="300 people"), by="Ada Reed", made=datetime(2031, 6, 1, tzinfo=UTC))
        assert changes(view, made) == ()
        shown = brief_page(view, "id", made)
    assert any(one.changed is not None and one.changed.words == CHANGED for one in shown.sources)


def test_today_lists_silent_edits_and_counts_those_that_say_so(client: TestClient) -> None:
    shown = text_in(client.get("/today?since=2020-01-01").text)
    assert "Silent edits" in shown
    assert "[taken out: Weir holds ]" in shown.replace("[taken out:  ", "[taken out: ")
    assert "changed: the headline and 2 paragraphs" in shown
    assert "1 page was changed and says so" in shown
    assert "Silent edits" not in text_in(client.get("/today?since=2040-01-01").text)


def test_the_list_of_reports_tells_which_version_each_is(client: TestClient) -> None:
    shown = text_in(client.get("/reports").text)
    assert [shown.count(f"version {number} of 3") for number in (1, 2, 3)] == [1, 1, 1]
    assert "version 3 of 3, the last seen" in shown


def test_the_interface_for_programs_tells_versions(client: TestClient) -> None:
    report = client.get(f"/api/v1/reports/{told(V1)}").json()
    assert (report["version"], report["superseded_by"]) == (1, told(V3))
    assert report["changed"] == "2031-03-09T13:00:00Z"
    assert report["gone_since"] == "2031-03-11T20:00:00Z"
    found = client.get(f"/api/v1/reports/{told(V1)}/versions", params={"against": told(V2)}).json()
    assert [one["version"] for one in found["versions"]] == [1, 2, 3]
    change = found["change"]
    assert change["told"] == "changed silently"
    assert [(one["old"]["text"], one["new"]["text"]) for one in change["edits"]] == [
        ("Nobody was", "Two people were"),
        ("300", "500"),
    ]
    for one in change["edits"]:
        assert FIRST[one["old"]["start"] : one["old"]["end"]] == one["old"]["text"]
        assert SECOND[one["new"]["start"] : one["new"]["end"]] == one["new"]["text"]
    other = client.get(f"/api/v1/reports/{told(OTHER)}/versions").json()
    assert (other["version"], other["change"]) == (1, None)
    assert client.get(f"/api/v1/reports/{told(V1)}/versions", params={"against": told(OTHER)}).status_code == 404


def test_the_table_of_reports_tells_which_version_each_is(ledger: Path) -> None:
    with Snapshot(ledger) as view:
        rows = {str(row["id"]): row for row in REPORTS.records(view)}
    shown = {id_: (row["version"], row["version_of"], row["superseded_by"]) for id_, row in rows.items()}
    assert shown == {
        told(V1): (1, None, told(V3)),
        told(V2): (2, told(V1), told(V3)),
        told(V3): (3, told(V1), None),
        told(OTHER): (1, None, None),
    }


def onrecord(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_the_command_shows_the_history_and_the_change_without_colour_in_a_pipe(ledger: Path) -> None:
    done = onrecord("versions", told(V1)[:10], "--against", told(V2), "--ledger", ledger)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert f"{PAGE}: 3 versions" in done.stdout
    assert "said that [-300-] {+500+} people had left" in done.stdout
    assert "headline: [-Weir holds-] {+Two hurt at the weir+}" in done.stdout
    assert "gone on 11 March 2031" in done.stdout
    with VersionsView(ledger) as view:
        expected = versions_row(view, told(V1), told(V2))
    printed = onrecord("versions", told(V1), "--against", told(V2), "--ledger", ledger, "--json")
    assert json.loads(printed.stdout) == expected
    alone = onrecord("versions", told(OTHER), "--ledger", ledger)
    assert "no other text of the page is on the record" in alone.stdout
    assert onrecord("versions", "nothing", "--ledger", ledger).returncode == 3
    assert onrecord("versions", told(V1), "--against", told(OTHER), "--ledger", ledger).returncode == 3


def test_today_in_a_terminal_has_the_silent_edits(ledger: Path) -> None:
    printed = onrecord("today", "--since", "2020-01-01", "--ledger", ledger).stdout
    assert "silent edits (1)" in printed
    assert "“Weir holds” is now “Two hurt at the weir” (the headline and 2 paragraphs)" in printed
    found = json.loads(onrecord("today", "--since", "2020-01-01", "--ledger", ledger, "--json").stdout)
    assert found["silent_edits"]["total"] == found["edits_that_say_so"] == 1
    assert found["silent_edits"]["items"][0]["new"] == told(V2)


def test_hostile_texts_are_shown_as_text(tmp_path: Path, client_of: Callable[[Path], TestClient]) -> None:
    evil = "<script>alert(1)</script> “\u202eIt holds,” Ida Holm said. <img src=x onerror=alert(1)>"
    one = text_of(f"{evil} Here.\n", at=hours(1), title="<b>Weir</b>")
    other = text_of(f"Updated <i>now</i>: soon\n\n{evil} There <script>.\n", at=hours(2), title="<u>Weir</u>")
    opened = client_of(recorded(tmp_path / "evil.ledger", [one, other]))
    for path in (f"/reports/{told(one)}", f"/reports/{told(one)}/changes", "/today?since=2020-01-01"):
        html = opened.get(path).text
        assert not re.search(r"<script>|<img|<b>|<u>|<i>", html)
    assert "&lt;script&gt;" in opened.get(f"/reports/{told(one)}/changes").text


def test_texts_too_large_to_compare_word_by_word_are_told_to_be(
    tmp_path: Path, client_of: Callable[[Path], TestClient]
) -> None:
    one, other = (text_of(words * 30_000, at=hours(at)) for at, words in ((1, "a b "), (2, "b a ")))
    path = tmp_path / "huge.ledger"
    with Writer(path) as writer:
        for given in (one, other):
            writer.record_read(given, LATER_READER, ())
    opened = client_of(path)
    assert "compared word by word all through" in opened.get(f"/reports/{told(one)}/changes").text


def test_furniture_alone_makes_two_reports_of_one_version(
    tmp_path: Path, client_of: Callable[[Path], TestClient]
) -> None:
    one, other = text_of(FIRST, at=hours(1)), text_of(FIRST.replace("1,204", "1,999"), at=hours(2))
    opened = client_of(recorded(tmp_path / "same.ledger", [one, other]))
    assert "of this page" not in opened.get(f"/reports/{told(one)}").text
    shown = text_in(opened.get(f"/reports/{told(one)}/changes", params={"against": told(other)}).text)
    assert "found with one text only" in shown
