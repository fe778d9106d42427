"""Pages made to do harm, read as `onrecord read` reads them: bounded in time, and nothing in them but text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from onrecord.domain.reports import Input, Report
from onrecord.settings import Settings
from onrecord.sources import gather
from onrecord.sources.metadata import LONGEST_FIELD
from tests.sources.hostile import HEAVY, PAGES, PROMPT, SCRIPT, TRAPS

MOST_TIME = 5.0
"""Seconds of a processor."""


def given(folder: Path, content: bytes) -> Input:
    path = folder / "page.html"
    path.write_bytes(content)
    (one,) = gather([path], Settings())
    return one


def report(folder: Path, name: str) -> Report:
    found = given(folder, PAGES[name]).report
    assert found is not None, name
    return found


def fields(one: Report) -> list[str]:
    return [field for field in (one.title, one.author, one.outlet, one.url, one.language) if field is not None]


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_a_report_of_plain_bounded_text(tmp_path: Path, name: str) -> None:
    began = time.process_time()
    one = report(tmp_path, name)
    assert time.process_time() - began < MOST_TIME
    assert "cranes are safe" in one.text
    assert len(one.text) < 20_000
    for field in (*fields(one), one.text):
        assert "\0" not in field
        field.encode("utf-8")
    assert all(len(field) <= LONGEST_FIELD and "\n" not in field for field in fields(one))


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_page_is_soon_over(tmp_path: Path, name: str) -> None:
    began = time.process_time()
    one = given(tmp_path, HEAVY[name])
    assert time.process_time() - began < MOST_TIME
    assert (
        one.report is not None
        or one.reason in {"no article text", "too long", "too large"}
        or one.reason.startswith("language")
    )
    if one.report is not None:
        assert all(len(field) <= LONGEST_FIELD for field in fields(one.report))


@pytest.mark.parametrize("number", range(len(TRAPS)))
def test_an_address_that_is_a_trap_is_no_address(tmp_path: Path, number: int) -> None:
    url = report(tmp_path, f"trap-{number}").url
    assert url is None or re.match(r"https?://[^\s/]", url), url
    assert url is None or not re.search(r"[\x00-\x20]", url), url


def test_what_runs_on_the_page_is_no_part_of_its_text(tmp_path: Path) -> None:
    text = report(tmp_path, "active").text
    assert "Stay calm" in text
    for word in ("alert", "elsewhere.example", "@import", "Go"):
        assert word not in text


def test_script_in_fields_stays_the_text_that_it_is(tmp_path: Path) -> None:
    one = report(tmp_path, "fields")
    assert SCRIPT in one.text
    assert one.url is None
    assert one.published is not None


def test_what_readers_do_not_see_is_not_read(tmp_path: Path) -> None:
    text = report(tmp_path, "prompt").text
    assert text.count(PROMPT) == 1
    assert "Hidden said" not in text
    assert "Unseen Person" not in text


def test_what_stands_deep_in_what_is_hidden_is_not_put_back(tmp_path: Path) -> None:
    deep = "<div hidden><section><article><p>Unseen Person said that nobody may see this.</p></article></section></div>"
    one = given(tmp_path, PAGES["charsets"].replace(b"</article>", f"</article>{deep}".encode())).report
    assert one is not None
    assert "Unseen Person" not in one.text


def test_a_page_that_shows_nothing_until_a_script_runs_is_read(tmp_path: Path) -> None:
    hidden = PAGES["charsets"].replace(b"<article>", b'<article style="display:none">')
    found = given(tmp_path, hidden).report
    assert found is not None
    assert "cranes are safe" in found.text


def test_entities_are_not_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    text = report(tmp_path, "entities").text
    assert "aaaaaaaaaa" not in text
    assert "root:" not in text


def test_utf_7_is_not_decoded(tmp_path: Path) -> None:
    one = report(tmp_path, "utf-7")
    assert "+ADw-script+AD4-" in one.text
    assert SCRIPT not in one.text


def test_outlets_that_look_alike_are_three(tmp_path: Path) -> None:
    assert len({report(tmp_path, name).outlet for name in PAGES if name.startswith("outlet-")}) == 3


def test_a_page_with_many_elements_or_attributes_says_why_it_is_not_read(tmp_path: Path) -> None:
    for name in ("headings", "attributes"):
        one = given(tmp_path, HEAVY[name])
        assert one.reason == "too large"
        assert "elements" in one.detail


def test_where_links_begin_is_not_where_the_page_stands(tmp_path: Path) -> None:
    assert b"<base href" in PAGES["active"]
    assert report(tmp_path, "active").url is None
