from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from onrecord.domain.actors import ActorKind
from onrecord.linking.actors import actor, load, search
from onrecord.linking.actors.naming import names_nobody, plain, read
from onrecord.linking.actors.offices import described, office_key
from onrecord.linking.actors.sources import body_words, disagreement
from onrecord.linking.actors.spelling import folded, sounded


def test_the_table_is_whole() -> None:
    table, seen = load(), set()
    for one in table.actors():
        assert one.id not in seen
        seen.add(one.id)
        assert one.kind is not None
        assert not one.local
        assert one.name.strip() == one.name != ""
        assert table.actor(one.id) == one
        for office in one.offices:
            assert office.start is None or office.end is None or office.start < office.end, one
            assert office.of is None or table.actor(office.of) is not None, office
    assert len(seen) > 5000


def test_the_files_are_small_and_name_their_sources() -> None:
    folder = files("onrecord.linking.actors").joinpath("table")
    assert sum(len(one.read_bytes()) for one in folder.iterdir()) < 1_500_000
    sources = folder.joinpath("SOURCES.md").read_text(encoding="utf-8")
    assert all(word in sources for word in ("REIGN", "countrynames", "Factbook", "CC0", "MIT"))


def test_offices_have_days() -> None:
    stoltenberg = actor("person:jens-stoltenberg")
    assert stoltenberg is not None
    assert stoltenberg.kind is ActorKind.PERSON
    held = next(one for one in stoltenberg.offices if one.of == "organisation:nato")
    assert (held.title, held.start, held.end) == ("secretary general", date(2014, 10, 1), date(2024, 10, 1))
    # The last day is still an office, the day after no more.
    holders = load().holders("secretary general", "organisation:nato")
    assert {one.actor for one in holders if one.on(date(2024, 9, 30))} == {"person:jens-stoltenberg"}
    assert {one.actor for one in holders if one.on(date(2024, 10, 1))} == {"person:mark-rutte"}


def test_one_holder_a_day_of_the_highest_offices() -> None:
    table = load()
    states = [one.id for one in table.actors() if one.kind is ActorKind.STATE]
    for state in states:
        for office in ("president", "prime minister", "chancellor", "leader", "foreign minister", "defence minister"):
            holders = table.holders(office, state)
            for year in range(2005, 2026) if holders else ():
                for month in (3, 9):
                    day = date(year, month, 15)
                    assert len({one.actor for one in holders if one.on(day)}) <= 1, (state, office, day)


def test_wikidata_ids_come_from_the_sources() -> None:
    biden, nato = actor("person:joe-biden"), actor("organisation:nato")
    assert biden is not None
    assert biden.wikidata == "Q6279"
    assert nato is not None
    assert nato.wikidata is None


def test_unknown_ids_are_nobody() -> None:
    assert actor("person:ida-holm") is None
    assert actor("organisation:zz-foreign-ministry") is None
    assert actor("organisation:md-foreign-ministry") is not None
    assert actor("") is None


def test_search_finds_by_parts_of_names() -> None:
    assert search("stoltenberg")[0].id == "person:jens-stoltenberg"
    assert "group:hezbollah" in [one.id for one in search("hizbollah")]
    assert search("") == []
    assert len(search("a", most=3)) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
        ("Sergei Lavrov", "Sergey Lavrow"),
        ("Yuri Ushakov", "Yury Ushakov"),
        ("Alexander Novak", "Aleksandr Novak"),
        ("Khalid", "Halid"),
    ],
)
def test_transliterations_sound_alike(one: str, other: str) -> None:
    assert sounded(folded(one)) == sounded(folded(other))


@pytest.mark.parametrize(("one", "other"), [("Tomas Belvedy", "Tomas Belvody"), ("Mark Lane", "Mark Lang")])
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sounded(folded(one)) != sounded(folded(other))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Council Member Alondra Cano", "alondra cano"),
        ("General of the Army Ruslav Dmerin", "ruslav dmerin"),
        ("Minister of Foreign Affairs Elzbet Tormann", "elzbet tormann"),
        ("Justice Department", "justice department"),
        ("Attorney General's Office of Orlamar", "attorney general office of orlamar"),
        ("Ida Holm, the mayor of Zelvin", "ida holm"),
        ("Ida Holm (Homeland)", "ida holm"),
        ("Halvikwarned", "halvik"),
    ],
)
def test_names_without_titles(written: str, name: str) -> None:
    assert read(written).name == name


def test_plain_names() -> None:
    assert plain("robert s mueller iii") == "robert mueller"
    assert plain("t r belvedy") == "t r belvedy"


@pytest.mark.parametrize(
    "name",
    ["officials", "Two people familiar", "Kremlin spokesman", "Monday", "GOP lawmakers", "New York court", "12", ""],
)
def test_words_that_name_nobody(name: str) -> None:
    assert names_nobody(name)


@pytest.mark.parametrize(
    "name", ["Ida Holm", "習近平", "Council of Sorvat", "Washington Post", "Harvenia One", "Homeland party"]
)
def test_words_that_name_somebody(name: str) -> None:
    assert not names_nobody(name)


def test_offices_are_one_however_worded() -> None:
    assert office_key("minister of foreign affairs") == office_key("foreign secretary") == "foreign minister"
    assert office_key("chairwoman") == office_key("chairman")
    assert described("prime minister of harvenia") == (("prime minister", None, "harvenia"),)
    assert described("harvenia") == ()


def test_sources_at_odds_with_a_name() -> None:
    assert disagreement("it", "Ida Holm", ActorKind.PERSON)
    assert disagreement("she", "Northern Compact", ActorKind.ORGANISATION)
    assert disagreement("analysts at the Northern Compact", "Northern Compact", ActorKind.ORGANISATION)
    assert disagreement("a spokesman for the Compact", "Northern Compact", ActorKind.ORGANISATION)
    assert disagreement("shops across Harvenia", "Harvenia", ActorKind.STATE)
    assert disagreement("the government of Harvenia", "Harvenia", ActorKind.STATE) is None
    assert disagreement("a statement by the Northern Compact", "Northern Compact", ActorKind.ORGANISATION) is None
    assert (
        disagreement("Ministry of Peace of Harvenia", "Ministry of Peace of Harvenia", ActorKind.ORGANISATION) is None
    )
    assert disagreement("Harvenia's Bureau of Peace", "Bureau of Peace", ActorKind.ORGANISATION) is None
    assert disagreement("they", "Ida Holm", ActorKind.PERSON)
    assert disagreement("they", "Northern Compact", ActorKind.ORGANISATION) is None
    assert disagreement("Friends for Zelvin President Ida Holm", "Ida Holm", ActorKind.PERSON) is None
    assert disagreement("the Compact", "Northern Compact", ActorKind.ORGANISATION) is None
    assert disagreement("Ida Holm, a spokeswoman", "Ida Holm", ActorKind.PERSON) is None
    assert disagreement("a spokeswoman, Ida Holm", "Ida Holm", ActorKind.PERSON) is None


def test_bodies_named_by_what_they_put_out() -> None:
    assert body_words("a Borderwatch Trust analysis") == "Borderwatch Trust"
    assert body_words("a statement from the Northern Compact") == "Northern Compact"
    assert body_words("A Borderwatch Trust poll released on Monday") == "Borderwatch Trust"
    assert body_words("the group") is None
