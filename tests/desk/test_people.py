"""Letting in, roles, passwords, shutting out."""

from __future__ import annotations

import pytest

from onrecord.desk import Desk, passwords
from onrecord.desk.audit import deeds
from onrecord.desk.people import (
    count_let_in,
    give_password,
    give_role,
    let_in,
    member,
    members,
    recognised,
    shut_out,
)
from onrecord.desk.sessions import log_in, session
from onrecord.desk.tokens import make_token, token
from onrecord.domain.people import LONGEST_NAME, Role, name_fault
from onrecord.errors import RefusedAtDesk
from tests.desk.invented import HAND, PASSWORDS

GOOD = "gravel under the old pier"


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("Ida Holm", True),
        ("ida.holm@desk.example", True),
        ("عائشة", True),
        ("Ngũgĩ wa Thiong'o", True),
        ("<b>Ida</b>", True),
        ("7", True),
        ("x" * LONGEST_NAME, True),
        ("x" * (LONGEST_NAME + 1), False),
        ("", False),
        (" ", False),
        (" Ida", False),
        ("Ida\tHolm", False),
        ("Ida\u202eHolm", False),
        ("Ida\u200bHolm", False),
        ("Ida\x00", False),
        ("\ud800", False),
        ("---", False),
    ],
)
def test_a_name_can_be_seen_as_it_is(desk: Desk, name: str, fine: bool) -> None:
    assert (name_fault(name) is None) == fine
    if fine:
        assert let_in(desk, name, Role.READER, GOOD, HAND).name == name
    else:
        with pytest.raises(RefusedAtDesk, match="name"):
            let_in(desk, name, Role.READER, GOOD, HAND)


@pytest.mark.parametrize("name", ["Ada Brink", "ada brink", "ADA BRINK", "Ａda Brink"])
def test_a_name_that_looks_like_anothers_is_taken(desk: Desk, name: str) -> None:
    with pytest.raises(RefusedAtDesk, match="taken"):
        let_in(desk, name, Role.READER, GOOD, HAND)


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        (GOOD, True),
        ("пароль на старом молу", True),
        ("short", False),
        ("eleven char", False),
        ("x" * 257, False),
        ("aaaaaaaaaaaaaaaa", False),
        ("abababababababab", False),
        ("my name is nora vey", False),
        ("NoraVeyNoraVey nora vey", False),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(desk: Desk, password: str, fine: bool) -> None:
    if fine:
        let_in(desk, "Nora Vey", Role.READER, password, HAND)
        assert recognised(desk, "nora vey", password) is not None
    else:
        with pytest.raises(RefusedAtDesk, match="password") as told:
            let_in(desk, "Nora Vey", Role.READER, password, HAND)
        assert password not in str(told.value)


def test_a_password_counts_however_its_accents_are_typed(desk: Desk) -> None:
    let_in(desk, "Nora Vey", Role.READER, "cafe\u0301 by the harbour", HAND)
    assert recognised(desk, "Nora Vey", "caf\u00e9 by the harbour") is not None


@pytest.mark.parametrize(
    ("name", "password", "known"),
    [
        ("Ada Brink", PASSWORDS["Ada Brink"], True),
        ("ada BRINK", PASSWORDS["Ada Brink"], True),
        ("Ada Brink", PASSWORDS["Edo Quell"], False),
        ("Ada Brink", "", False),
        ("Ada Brink", PASSWORDS["Ada Brink"] + " ", False),
        ("Nobody", PASSWORDS["Ada Brink"], False),
        ("", "", False),
        ("' OR 1=1 --", "x", False),
        ("\ud800", "\ud800", False),
        ("Ada Brink", "x" * 1_000_000, False),
    ],
)
def test_who_has_both_is_recognised(desk: Desk, name: str, password: str, known: bool) -> None:
    assert (recognised(desk, name, password) is not None) == known


def test_an_unknown_name_costs_a_hash_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    quick = passwords.hasher()

    class Counting:
        hash = quick.hash

        def verify(self, kept: str, password: str) -> bool:
            checked.append(password)
            return quick.verify(kept, password)

        check_needs_rehash = quick.check_needs_rehash

    monkeypatch.setattr(passwords, "hasher", Counting)
    shut_out(desk, "Rhea Moss", HAND)
    for name in ("Ada Brink", "Nobody", "Rhea Moss"):
        assert recognised(desk, name, "guessed at random") is None
    assert len(checked) == 3


def test_a_hash_of_less_effort_is_made_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    more = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: more)

    def kept() -> str:
        with desk.reading() as connection:
            return str(connection.exec_driver_sql("SELECT password FROM person WHERE name = 'Ada Brink'").scalar_one())

    assert passwords.outdated(kept())
    assert recognised(desk, "Ada Brink", PASSWORDS["Ada Brink"]) is not None
    assert not passwords.outdated(kept())
    assert recognised(desk, "Ada Brink", PASSWORDS["Ada Brink"]) is not None


def test_two_who_make_a_hash_anew_at_once_are_both_recognised(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter((True, False, False))
    made = passwords.hashed

    def hashed(password: str) -> str:
        assert recognised(desk, "Ada Brink", PASSWORDS["Ada Brink"]) is not None
        other = made(password)
        with desk.writing() as connection:
            connection.exec_driver_sql("UPDATE person SET password = ? WHERE name = 'Ada Brink'", (other,))
        return made(password)

    monkeypatch.setattr(passwords, "outdated", lambda _kept: next(asked))
    monkeypatch.setattr(passwords, "hashed", hashed)
    assert recognised(desk, "Ada Brink", PASSWORDS["Ada Brink"]) is not None
    assert next(asked, None) is None


def test_who_is_shut_out_is_out_at_once_and_can_be_let_in_again(desk: Desk) -> None:
    cookie = log_in(desk, "Edo Quell", PASSWORDS["Edo Quell"], "192.0.2.9").cookie
    made = make_token(desk, member(desk, "Edo Quell"), "script", Role.EDITOR, 1, HAND)
    assert cookie
    assert session(desk, cookie)
    assert token(desk, made)
    shut_out(desk, "Edo Quell", HAND)
    assert session(desk, cookie) is None
    assert token(desk, made) is None
    assert recognised(desk, "Edo Quell", PASSWORDS["Edo Quell"]) is None
    assert members(desk)[-1].name == "Edo Quell"
    assert count_let_in(desk) == 2
    let_in(desk, "Edo Quell", Role.READER, GOOD, HAND)
    assert recognised(desk, "Edo Quell", GOOD) is not None
    assert session(desk, cookie) is None
    assert token(desk, made) is None


def test_somebody_else_does_not_get_the_name_of_who_is_shut_out(desk: Desk) -> None:
    shut_out(desk, "Edo Quell", HAND)
    with pytest.raises(RefusedAtDesk, match="taken"):
        let_in(desk, "EDO QUELL", Role.READER, GOOD, HAND)


def test_the_last_admin_stays(desk: Desk) -> None:
    for change in (
        lambda: shut_out(desk, "Ada Brink", HAND),
        lambda: give_role(desk, "Ada Brink", Role.EDITOR, HAND),
    ):
        with pytest.raises(RefusedAtDesk, match="the last"):
            change()
    give_role(desk, "Edo Quell", Role.ADMIN, HAND)
    shut_out(desk, "Ada Brink", HAND)
    assert [one.role for one in members(desk) if one.shut_out is None] == [Role.ADMIN, Role.READER]


def test_another_password_ends_every_session(desk: Desk) -> None:
    cookie = log_in(desk, "Edo Quell", PASSWORDS["Edo Quell"], "192.0.2.9").cookie
    give_password(desk, "Edo Quell", GOOD, HAND)
    assert cookie
    assert session(desk, cookie) is None
    assert recognised(desk, "Edo Quell", PASSWORDS["Edo Quell"]) is None
    assert recognised(desk, "Edo Quell", GOOD) is not None


@pytest.mark.parametrize("which", ["Nobody", 99, -1, "", "\ud800"])
def test_nobody_of_that_name_is_told(desk: Desk, which: str | int) -> None:
    with pytest.raises(RefusedAtDesk, match="nobody here"):
        member(desk, which)


def test_what_is_done_is_logged_with_who_did_it(desk: Desk) -> None:
    give_role(desk, "Rhea Moss", Role.EDITOR, HAND)
    shut_out(desk, "Rhea Moss", HAND)
    told = [(row.who, row.what) for row in deeds(desk, limit=2)]
    assert told == [("the tests", "shut out Rhea Moss"), ("the tests", "gave Rhea Moss the role of editor")]
