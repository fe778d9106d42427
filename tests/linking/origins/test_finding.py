"""Where a report says that its content comes from; all texts are invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.origins import OriginKind
from onrecord.domain.stories import Told
from onrecord.linking.origins import finding, origins
from onrecord.linking.origins.marks import quoted
from onrecord.settings import Settings
from onrecord.sources import gather

OWN, WIRE, OUTLET, EVENT = OriginKind.OWN, OriginKind.WIRE, OriginKind.OUTLET, OriginKind.EVENT
KNOWN = frozenset(("Halyard News Agency", "The Eskmouth Courier", "Calder Tribune", "Harvenia One", "Orlamar 24"))
MIDDLE = "\n\n" + "The council met on Monday and decided to wait for the report of its engineers. " * 12 + "\n\n"


def found(
    text: str, *, outlet: str = "The Ustrel Gazette", author: str | None = None, url: str | None = None
) -> set[tuple[OriginKind, str | None]]:
    return {(one.kind, one.name) for one in origins(Told("r", None, text, outlet, author, url), KNOWN)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ZELVIN (AP) — Two bridges were closed.", {(WIRE, "Associated Press")}),
        ("(Reuters) - Two bridges were closed.", {(WIRE, "Reuters")}),
        ("STRELL, March 3 (Halyard) - Two bridges were closed.", {(WIRE, "Halyard News Agency")}),
        ("The Associated Press contributed to this report.", {(WIRE, "Associated Press")}),
        (
            "AP writers Ida Holm in Zelvin and Jon Rask in Strell contributed to this report.",
            {(WIRE, "Associated Press")},
        ),
        ("Contributing: Ida Holm; Associated Press", {(WIRE, "Associated Press")}),
        ("With files from The Canadian Press", {(WIRE, "The Canadian Press")}),
        ("Copyright 2031 The Associated Press. All rights reserved.", {(WIRE, "Associated Press")}),
        ("(Reporting by Ida Holm; Editing by Jon Rask)", {(WIRE, "Reuters")}),
        ("ih/jr (AFP, dpa)", {(WIRE, "Agence France-Presse"), (WIRE, "Deutsche Presse-Agentur")}),
        ("— AFP", {(WIRE, "Agence France-Presse")}),
        ("By THE ASSOCIATED PRESS  OCT. 12, 2031", {(WIRE, "Associated Press")}),
        ("Ida Holm waits at the bridge. (Jon Rask/Reuters)", set()),
        ("Photograph: Jon Rask/AFP/Getty Images", set()),
        ("Ida Holm waits at the bridge. (Photo: Jon Rask via AP)", set()),
    ],
)
def test_credits(line: str, expected: set[tuple[OriginKind, str]]) -> None:
    assert found(line + MIDDLE) == expected or found(MIDDLE + line) == expected


@pytest.mark.parametrize("known", [{one} for one in sorted(KNOWN)] + [{"Calder Tribune", "The Eskmouth Courier"}])
@pytest.mark.parametrize(
    "line",
    [
        "STRELL, March 3 (Halyard) - Two bridges were closed.",
        "Mayor Ida Holm told the Courier that two bridges were closed.",
        "Two bridges were closed, Harvenia One reported on Friday, citing the Tribune.",
        "Two bridges were closed, the mayor said.",
    ],
)
def test_outlets_that_a_text_does_not_name_change_nothing(line: str, known: set[str]) -> None:
    report = "r", line + MIDDLE, "The Ustrel Gazette", None, None
    asked_anew = finding._found.__wrapped__(*report, frozenset(known))
    assert origins(Told("r", None, *report[1:]), known) == list(asked_anew.origins)


def test_a_credit_is_found_at_the_head_and_at_the_foot() -> None:
    assert found("ZELVIN (AP) — Two bridges were closed." + MIDDLE) == {(WIRE, "Associated Press")}
    assert found(MIDDLE + "The Associated Press contributed to this report.") == {(WIRE, "Associated Press")}


@pytest.mark.parametrize(
    ("author", "url", "expected"),
    [
        ("Courier staff; Halyard", None, {(WIRE, "Halyard News Agency")}),
        ("Associated Press", None, {(WIRE, "Associated Press")}),
        ("Ines Calloway; Agencies", None, {(WIRE, "agencies")}),
        ("Ines Calloway", "https://gazette.example/wires/reuters/article-1.html", {(WIRE, "Reuters")}),
        ("Ines Calloway", "https://gazette.example/2031/03/05/wires-cut", set()),
    ],
)
def test_bylines_and_addresses(author: str, url: str | None, expected: set[tuple[OriginKind, str]]) -> None:
    assert found("Two bridges were closed.", author=author, url=url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As the New York Times first reported, two bridges were closed.", (OUTLET, "The New York Times")),
        ("“We wait,” Ida Holm told CNN.", (OUTLET, "CNN")),
        ("Two bridges were closed, according to Interfax.", (WIRE, "Interfax")),
        ("According to The Guardian, two bridges were closed.", (OUTLET, "The Guardian")),
        ("In an interview with Der Spiegel, Ida Holm said that she would wait.", (OUTLET, "Der Spiegel")),
        ("She said on Friday in an interview with the public broadcaster ZRT that she would wait.", (OUTLET, "ZRT")),
        ("Ida Holm told The Paper, a Zelvin-based news website, that she would wait.", (OUTLET, "The Paper")),
        ("Ida Holm told the Kortach Evening Gazette that she would wait.", (OUTLET, "Kortach Evening Gazette")),
        ("As Kortach Online reported, two bridges were closed.", (OUTLET, "Kortach Online")),
        ("Today Halyard reported that two bridges were closed.", (WIRE, "Halyard News Agency")),
        ("The Courier, citing engineers, says that two bridges were closed.", (OUTLET, "The Eskmouth Courier")),
        ("As it has informed the channel Harvenia One, two bridges were closed.", (OUTLET, "Harvenia One")),
        ("Harvenian television reported on Tuesday that two bridges were closed.", (OUTLET, "Harvenian television")),
        ("A CNN investigation found cracks in two bridges.", (OUTLET, "CNN")),
        ("She wrote in an op-ed for Fortune magazine that bridges matter.", (OUTLET, "Fortune")),
        ("“We wait,” she told The Ustrel Gazette.", (OWN, "The Ustrel Gazette")),
        ("“We wait,” she told the Gazette.", (OWN, "The Ustrel Gazette")),
        ("Asked by our correspondent, she said that she would wait.", (OWN, "The Ustrel Gazette")),
        ("The mission told me that it would wait.", (OWN, "The Ustrel Gazette")),
        ("“We wait,” she told a news conference.", (EVENT, "press conference")),
        ("The ministry said in a short statement that it would wait.", (EVENT, "statement")),
        ("“We wait,” she said in a televised address.", (EVENT, "speech")),
        ("“We wait,” she said on Twitter.", (EVENT, "post on social media")),
        ("She testified that she had waited.", (EVENT, "hearing")),
    ],
)
def test_what_a_text_passes_on(text: str, expected: tuple[OriginKind, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The president called CNN and the New York Times enemies of the bridge.",
        "“My cousin told me that he waits,” said Ida Holm.",
        "Ida Holm told Dawn Rask that she would wait.",
        "Ida Holm told the Northern Compact that she would wait.",
        "She told the Senate Committee on Bridges all she knew.",
        "Two bridges were closed, according to the WHO.",
        "As Smith reported, two bridges were closed.",
    ],
)
def test_who_is_only_mentioned_is_no_outlet_behind_it(text: str) -> None:
    assert not [one for one in found(text) if one[0] in (OWN, WIRE, OUTLET)]


def test_the_times_are_the_ones_named_in_full() -> None:
    text = "The Los Angeles Times found cracks. “We wait,” Ida Holm told the Times."
    assert (OUTLET, "Los Angeles Times") in found(text)


def test_the_evidence_says_it() -> None:
    text = "Two bridges were closed.\n\n“We wait,” Ida Holm told CNN. As Harvenia One reported, one stays closed."
    told = Told("r", None, text, "The Ustrel Gazette")
    assert [one.evidence.of(text) for one in origins(told, KNOWN) if one.evidence] == ["CNN", "Harvenia One reported"]
    assert all(one.reasons and one.report == "r" for one in origins(told, KNOWN))


def test_the_example() -> None:
    reports = {one.name: one.report for one in gather([Path("examples/crisis/reports")], Settings()) if one.report}
    known = {report.outlet for report in reports.values() if report.outlet}

    def of(name: str) -> set[tuple[OriginKind, str | None]]:
        report = reports[name]
        told = Told(report.id, report.title, report.text, report.outlet, report.author, report.url, report.published)
        return {(one.kind, one.name) for one in origins(told, known)}

    assert of("courier-2031-03-06-same-afternoon.html") == {(WIRE, "Halyard News Agency"), (EVENT, "press conference")}
    assert of("ferryman-2031-03-06-blue-barrels.html") == {
        (OUTLET, "Harvenia One"),
        (OUTLET, "Calder Tribune"),
        (OUTLET, "The Eskmouth Courier"),
        (OWN, "The Sceptical Ferryman"),
    }
    assert (OUTLET, "Harvenia One") in of("orlamar24-2031-03-08-bombed-to-itself.html")
    assert (OWN, "Harvenia One") in of("h1-2031-03-08-0102")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we go” and left.", ["“we go”"]),
        ("He said \"we go\" and 'we stay,' they said.", ['"we go"', "'we stay,'"]),
        ("They said ‘it’s the baker’s, we go,’ and left.", ["‘it’s the baker’s, we go,’"]),
        ("The boys' boat isn't here.", []),
        ("He said “we go\nAnd left.", ["“we go"]),
        ('we go" he said. "We stay" he said.', ['"We stay"']),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == expected


WILD = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789.,", max_size=300),
    st.text(alphabet="“”\"'‘’(),.—-/©", max_size=300),
    st.lists(
        st.sampled_from(
            "told CNN The Times (AP) — By reported according to AND and A B. “ ” \n , interview with as".split(" ")
        ),
        max_size=60,
    ).map(" ".join),
)


@given(text=WILD, author=WILD, outlet=WILD)
@settings(deadline=None, max_examples=150)
def test_any_text_gives_evidence_inside_it(text: str, author: str, outlet: str) -> None:
    for one in origins(Told("r", None, text, outlet, author, outlet), (outlet,)):
        assert one.evidence is None or one.evidence.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["A", "A ", "Aa ", "told A", "(A", "“", "By A, ", "A of A ", "9", "© A ", "’", "said A, a b c "]
)
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    began = time.perf_counter()
    origins(Told("r", None, text, "The Ustrel Gazette", text[:500]))
    assert time.perf_counter() - began < 5
