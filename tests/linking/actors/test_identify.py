from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.actors import ActorKind
from onrecord.linking.actors import actor, actor_of, identify
from tests.linking.actors.mentions import identified, mention

KNOWN = [
    # name, source, day, actor
    ("Jens Stoltenberg", None, "2022-02-17", "person:jens-stoltenberg"),
    ("Stoltenbergaccusing", None, "2022-02-17", "person:jens-stoltenberg"),
    ("Jens Stoltenberghas", None, "2022-02-17", "person:jens-stoltenberg"),
    ("PUTIN", None, "2022-02-17", "person:vladimir-putin"),
    ("Mr. Putin", None, "2022-02-17", "person:vladimir-putin"),
    ("Zelensky", None, "2022-02-17", "person:volodymyr-zelensky"),
    ("Zelenskyy", None, "2022-02-17", "person:volodymyr-zelensky"),
    ("Zelenskiy", None, "2022-02-17", "person:volodymyr-zelensky"),
    ("Wolodymyr Zelenskyj", None, "2022-02-17", "person:volodymyr-zelensky"),
    ("Sergey Lavrow", None, "2022-02-17", "person:sergei-lavrov"),
    ("Recep Tayyip Erdoğan", None, "2022-02-17", "person:recep-tayyip-erdogan"),
    ("Recep Tayyip Erdogan", None, "2022-02-17", "person:recep-tayyip-erdogan"),
    ("Trump", "President Trump", "2019-05-05", "person:donald-trump"),
    ("Donald Trump", "former President Trump", "2022-05-05", "person:donald-trump"),
    ("Donald Trump Jr.", None, "2019-05-05", "person:donald-trump-jr"),
    ("Secretary of State Mike Pompeo", None, "2019-05-05", "person:mike-pompeo"),
    ("Rear Admiral John F. Kirby", None, "2021-05-05", "person:john-kirby"),
    ("Johnson", "Sen. Johnson", "2020-01-01", "person:ron-johnson"),
    ("Johnson", "Johnson", "2020-01-01", "person:boris-johnson"),
    ("Clinton", "President Clinton", "2019-02-08", "person:bill-clinton"),
    ("Clinton", "Mrs. Clinton", "2015-02-08", "person:hillary-clinton"),
    ("Bush", "President Bush", "2019-02-08", "person:george-w-bush"),
    ("Russia's Interfax news agency", None, "2022-02-17", "outlet:interfax"),
    ("Von der Leyen", None, "2022-02-17", "person:ursula-von-der-leyen"),
    ("Xi", None, "2022-02-17", "person:xi-jinping"),
    ("Kim", None, "2018-02-17", "person:kim-jong-un"),
    ("Kremlin", "the Kremlin", "2022-02-17", "state:ru"),
    ("White House", "the White House", "2022-02-17", "state:us"),
    ("Trump administration", "the Trump administration", "2019-12-10", "state:us"),
    ("Macron government", "the Macron government", "2019-12-10", "state:fr"),
    ("President Donald Trump’s administration", None, "2019-12-10", "state:us"),
    ("DHS Sec. Kirstjen Nielsen", None, "2018-06-10", "person:kirstjen-nielsen"),
    ("Ukrainian government", "the Ukrainian government", "2022-02-17", "state:ua"),
    ("Pentagon", "the Pentagon", "2022-02-17", "organisation:us-defence-ministry"),
    ("Russian Defense Ministry", None, "2022-02-17", "organisation:ru-defence-ministry"),
    ("Ministry of Defence of Russia", None, "2022-02-17", "organisation:ru-defence-ministry"),
    ("Moldova’s foreign ministry", None, "2022-02-17", "organisation:md-foreign-ministry"),
    ("15-member Security Council", None, "2022-02-17", "organisation:un-security-council"),
    ("US Center for Disease Control", None, "2022-02-17", "organisation:us-centers-for-disease-control"),
    ("Hezbollah", None, "2022-02-17", "group:hezbollah"),
    ("Reuters agency", None, "2022-02-17", "outlet:reuters"),
    ("German newspaper Bild", None, "2022-02-17", "outlet:bild"),
    # who held an office that day
    ("NATO Secretary General", None, "2022-02-17", "person:jens-stoltenberg"),
    ("NATO Secretary General", None, "2024-11-17", "person:mark-rutte"),
    (None, "the NATO secretary general", "2022-02-17", "person:jens-stoltenberg"),
    (None, "NATO's chief", "2009-12-01", "person:anders-fogh-rasmussen"),
    (None, "Moldova's interior minister", "2023-03-11", "person:ana-revenco"),
    (None, "the British prime minister", "2022-09-20", "person:liz-truss"),
    (None, "the British prime minister", "2022-10-26", "person:rishi-sunak"),
    (None, "the US Secretary of State", "2019-02-17", "person:mike-pompeo"),
    (None, "the Pope", "2022-02-17", "person:pope-francis"),
    (None, "the Kremlin’s official message", "2022-02-17", "state:ru"),
    (None, "Data from Reuters", "2022-02-17", "outlet:reuters"),
]
NOBODY = [
    (None, "officials"),
    (None, "a Kremlin spokesman"),
    (None, "two people familiar with the matter"),
    (None, "the prime minister"),
    (None, "the president"),
    (None, "the alliance"),
    (None, ""),
    (None, "—"),
    ("FAQ", "an FAQ"),
    ("Saturday", "he"),
    ("Police", "Police"),
    ("prime minister", "the prime minister"),
    ("President of the Republic", "the President of the Republic"),
    ("White House officials", "White House officials"),
    ("Ohio", "Protesters in Columbus"),
    ("Kremlin", "he"),
    ("Beijing and Moscow", "Beijing and Moscow"),
    ("Zelvin Communique", "the Zelvin Communique"),
    ("Smith", "Smith"),
    ("People", "People"),
    ("Ida Holm and Piet Harsany", "Ida Holm and Piet Harsany"),
]


@pytest.mark.parametrize(("name", "source", "when", "expected"), KNOWN)
def test_says_who_is_meant(name: str | None, source: str | None, when: str, expected: str) -> None:
    found = identified(name, source, when)
    assert found.actor == expected
    assert found.candidates[0].actor == expected
    assert found.candidates[0].reasons
    assert actor(expected) is not None


@pytest.mark.parametrize(("name", "source"), NOBODY)
def test_leaves_unnamed_whom_nobody_names(name: str | None, source: str) -> None:
    assert identified(name, source).actor is None


def test_an_office_needs_a_day() -> None:
    assert identified(None, "the NATO secretary general", None).actor is None
    assert identified("Jens Stoltenberg", None, None).actor == "person:jens-stoltenberg"


def test_reasons_tell_the_office_of_the_day() -> None:
    now = identified("Donald Trump", None, "2019-05-05").candidates[0].reasons
    later = identified("Donald Trump", None, "2022-05-05").candidates[0].reasons
    assert any("president (United States) on 5 May 2019" in reason for reason in now)
    assert any("former president (United States), until 20 January 2021" in reason for reason in later)


def test_a_title_of_a_person_is_before_no_body() -> None:
    assert identified("Stern", "Stern magazine").actor == "outlet:stern"
    assert identified("Wagner", "Wagner").actor == "group:wagner"
    assert identified("Stern", "Mr. Stern").actor is None
    assert identified("Mr Wagner", "Mr Wagner").actor is None


def test_two_of_one_name_are_told_by_date_or_kept_as_candidates() -> None:
    assert identified("Robert Menendez", None, "2019-01-01").actor == "person:bob-menendez"
    unsure = identified("George Bush", None, "2019-01-01")
    assert unsure.actor is None
    assert len(unsure.candidates) == 2
    assert identified("George Bush", None, "2005-01-01").actor == "person:george-w-bush"


def test_a_name_of_a_state_that_is_somebody_elses_too_stays_open() -> None:
    found = identified("Georgia", "Georgia")
    assert found.actor is None
    assert [one.actor for one in found.candidates] == ["state:ge"]


def test_a_title_of_no_office_is_not_a_politician() -> None:
    assert identified("Officer Johnson", "Officer Johnson", "2020-01-01").actor != "person:boris-johnson"


@pytest.mark.parametrize(
    "name",
    ["Defence minister Tomas Belvedy", "Tomas R. Belvedy", "TOMAS BELVEDY", "Mr Tomas Belvedy", "Tomás Belvedy Jr."],
)
def test_one_local_actor_for_one_name(name: str) -> None:
    plain, found = identified("Tomas Belvedy"), identified(name)
    assert plain.actor is not None
    assert plain.actor.startswith("local:")
    assert found.actor == plain.actor


def test_one_local_body_however_its_state_stands_in_the_name() -> None:
    names = ["Harvenia’s foreign ministry", "Ministry of Foreign Affairs of Harvenia", "Harvenia Foreign Ministry"]
    assert len({identified(name).actor for name in names}) == 1
    assert identified("Olmira's foreign ministry").actor != identified(names[0]).actor


def test_other_names_are_other_local_actors() -> None:
    names = ["Tomas Belvedy", "Tina Belvedy", "Tomas Belvody", "Belvedy Trust", "Council of Belvedy"]
    assert len({identified(name).actor for name in names}) == len(names)


def test_the_actor_of_an_identification() -> None:
    person = actor_of(identified("Defence minister Tomas R. Belvedy"))
    assert person is not None
    assert (person.name, person.kind, person.local) == ("Tomas Belvedy", ActorKind.PERSON, True)
    assert person.id == identified("Tomas Belvedy").actor
    body = actor_of(identified("Ceasefire Observation Mission"))
    assert body is not None
    assert body.kind is ActorKind.ORGANISATION
    ministry = actor_of(identified("Moldovan Ministry of Foreign Affairs"))
    assert ministry is not None
    assert "Moldovan Foreign Ministry" in ministry.aliases
    assert actor_of(identified(None, "officials")) is None


@given(st.randoms(use_true_random=False))
def test_order_changes_nothing(shuffler: random.Random) -> None:
    mentions = [mention(name, source, when) for name, source, when, _ in KNOWN]
    expected = {id(one.mention): one.actor for one in identify(mentions)}
    shuffled = list(mentions)
    shuffler.shuffle(shuffled)
    assert {id(one.mention): one.actor for one in identify(shuffled)} == expected


@given(
    st.one_of(st.none(), st.text(max_size=300), st.from_regex(r"[0-9 ]{0,60}"), st.from_regex(r"[\W_]{0,60}")),
    st.text(max_size=300),
    st.sampled_from(["2022-02-17", None]),
)
def test_any_text_is_answered_or_not(name: str | None, source: str, when: str | None) -> None:
    found = identified(name, source, when)
    assert found.actor is None or found.actor == found.candidates[0].actor
    assert all(0 <= one.score <= 1 and one.reasons for one in found.candidates)
    assert [one.score for one in found.candidates] == sorted((one.score for one in found.candidates), reverse=True)
    if found.actor is not None:
        known = actor_of(found)
        assert known is not None
        assert known.id == found.actor
