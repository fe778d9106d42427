"""Sessions, tokens, attempts and searches, by a clock that is moved by hand."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable

import pytest

from onrecord.desk import Desk, passwords
from onrecord.desk.attempts import LIMITS, Kind, neighbourhood, succeeded, tried
from onrecord.desk.audit import deeds
from onrecord.desk.people import give_password, give_role, let_in, member, shut_out
from onrecord.desk.searches import MOST_SEARCHES, drop_search, keep_search, last_looked, look, searches
from onrecord.desk.sessions import IDLE, WHOLE, log_in, log_out, log_out_everywhere, session, sessions_of
from onrecord.desk.tokens import MOST_TOKENS, make_token, token, tokens_of, withdraw_token
from onrecord.domain.people import Role
from onrecord.errors import RefusedAtDesk
from tests.desk.invented import HAND, PASSWORDS, Clock

EDO = "Edo Quell"


def cookie_of(desk: Desk, name: str = EDO) -> str:
    made = log_in(desk, name, PASSWORDS[name], "192.0.2.9").cookie
    assert made
    return made


def test_each_session_has_a_cookie_of_its_own_that_is_kept_nowhere(desk: Desk) -> None:
    made = {cookie_of(desk) for _ in range(3)}
    assert len(made) == 3
    opened = sqlite3.connect(desk.path)
    dump = "\n".join(opened.iterdump())
    opened.close()
    assert not any(cookie in dump for cookie in made)
    assert all(len(cookie) >= 43 for cookie in made)


def test_a_session_that_is_used_goes_on_to_its_end(desk: Desk, clock: Clock) -> None:
    cookie = cookie_of(desk)
    for _ in range(int(WHOLE / IDLE) * 2):
        clock.move(hours=IDLE.total_seconds() / 3600 / 2)
        assert session(desk, cookie) is not None
    clock.move(seconds=1)
    assert session(desk, cookie) is None


def test_a_session_that_is_not_used_ends(desk: Desk, clock: Clock) -> None:
    cookie = cookie_of(desk)
    clock.move(seconds=IDLE.total_seconds() + 61)
    assert session(desk, cookie) is None
    assert sessions_of(desk, member(desk, EDO)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: give_password(desk, EDO, "another kettle in a harbour", HAND),
        lambda desk: shut_out(desk, EDO, HAND),
    ],
)
@pytest.mark.parametrize("outdated", [False, True])
def test_nobody_logs_in_who_is_kept_out_while_the_password_is_checked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[[Desk], object], outdated: bool
) -> None:
    checked = passwords.fits

    def fits(kept: str | None, password: str) -> bool:
        right = checked(kept, password)
        change(desk)
        return right

    monkeypatch.setattr(passwords, "fits", fits)
    monkeypatch.setattr(passwords, "outdated", lambda _kept: outdated)
    assert log_in(desk, EDO, PASSWORDS[EDO], "192.0.2.9").cookie is None
    assert sessions_of(desk, member(desk, EDO)) == []


def test_log_out_ends_one_session_and_everywhere_all(desk: Desk) -> None:
    one, other, third = (cookie_of(desk) for _ in range(3))
    found = session(desk, one)
    assert found is not None
    assert len(sessions_of(desk, found.member)) == 3
    log_out(desk, found, HAND)
    assert (session(desk, one), session(desk, other) is None) == (None, False)
    log_out_everywhere(desk, found.member, HAND)
    assert session(desk, other) is None
    assert session(desk, third) is None


@pytest.mark.parametrize("cookie", ["", "x", "' OR 1=1 --", "\ud800", "a" * 100_000])
def test_a_cookie_that_nobody_was_given_is_no_session(desk: Desk, cookie: str) -> None:
    cookie_of(desk)
    assert session(desk, cookie) is None


def test_a_role_that_was_changed_counts_at_once(desk: Desk) -> None:
    cookie = cookie_of(desk)
    give_role(desk, EDO, Role.READER, HAND)
    found = session(desk, cookie)
    assert found is not None
    assert found.member.person.role is Role.READER


def test_guessing_takes_longer_each_time_and_success_forgets_it(desk: Desk, clock: Clock) -> None:
    waits = []
    for _ in range(LIMITS[Kind.NAME].free + 6):
        answer = log_in(desk, EDO, "guessed at random", "192.0.2.9")
        assert answer.cookie is None
        waits.append(answer.wait)
        clock.move(seconds=answer.wait)
    grown = [wait for wait in waits if wait]
    assert len(grown) > 2
    assert grown == sorted(set(grown))
    clock.move(hours=2)
    assert log_in(desk, EDO, PASSWORDS[EDO], "192.0.2.9").cookie
    assert log_in(desk, EDO, "guessed at random", "192.0.2.9").wait == 0


def test_while_one_waits_not_even_the_right_password_counts(desk: Desk) -> None:
    for _ in range(LIMITS[Kind.NAME].free):
        log_in(desk, EDO, "guessed at random", "192.0.2.9")
    answer = log_in(desk, EDO, PASSWORDS[EDO], "198.51.100.3")
    assert answer.cookie is None
    assert answer.wait > 0


def test_an_unknown_name_waits_as_a_known_one(desk: Desk) -> None:
    told = {
        name: [log_in(desk, name, "guessed at random", address).wait for _ in range(8)]
        for name, address in ((EDO, "192.0.2.9"), ("Nobody", "192.0.2.10"))
    }
    assert told[EDO] == told["Nobody"]


def test_many_names_from_one_address_wait_too(desk: Desk) -> None:
    free = LIMITS[Kind.ADDRESS].free
    waits = [
        log_in(desk, f"Nobody {number}", "guessed", "2001:db8::" + format(number, "x")).wait
        for number in range(free + 1)
    ]
    assert waits[:free] == [0] * free
    assert waits[free] > 0
    assert log_in(desk, "Nobody", "guessed", "2001:db8:1::1").wait == 0


def test_an_own_log_in_does_not_let_off_who_guesses_at_others(desk: Desk) -> None:
    free = LIMITS[Kind.ADDRESS].free
    for number in range(free):
        assert log_in(desk, f"Nobody {number}", "guessed", "192.0.2.9").wait == 0
        assert number >= free - 1 or log_in(desk, EDO, PASSWORDS[EDO], "192.0.2.9").cookie
    assert log_in(desk, "Nobody more", "guessed", "192.0.2.9").wait > 0


def test_guesses_at_once_count_as_many(desk: Desk) -> None:
    taken: list[int] = []
    together = threading.Barrier(8)

    def guess() -> None:
        together.wait()
        taken.append(tried(desk, [(Kind.NAME, EDO)]))

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(0) == LIMITS[Kind.NAME].free


def test_what_was_tried_is_forgotten_after_a_day(desk: Desk, clock: Clock) -> None:
    for _ in range(5):
        tried(desk, [(Kind.NAME, EDO)])
    assert tried(desk, [(Kind.NAME, EDO)]) > 0
    clock.move(days=1, seconds=1)
    assert [tried(desk, [(Kind.NAME, EDO)]) for _ in range(5)] == [0] * 5


def test_an_attempt_taken_back_never_counts_below_none(desk: Desk) -> None:
    mark = (Kind.ADDRESS, "192.0.2.9")
    for _ in range(3):
        succeeded(desk, (Kind.NAME, EDO), mark)
    assert tried(desk, [mark]) == 0


@pytest.mark.parametrize(("address", "told"), [("", ""), ("testclient", "testclient"), ("fe80::1%eth0", "fe80::/64")])
def test_what_is_no_address_is_counted_as_it_is(address: str, told: str) -> None:
    assert neighbourhood(address) == told


def test_log_ins_are_logged_with_their_outcome(desk: Desk) -> None:
    log_in(desk, "Nobody", "guessed at random", "192.0.2.10")
    cookie_of(desk)
    told = [(row.who, row.what, row.address, row.outcome) for row in deeds(desk, limit=2)]
    assert told == [
        (EDO, "logged in", "192.0.2.9", "done"),
        ("Nobody", "tried to log in", "192.0.2.10", "refused"),
    ]
    assert "guessed" not in str(deeds(desk, limit=100))


@pytest.mark.parametrize(
    ("name", "asked", "role"),
    [
        ("Ada Brink", Role.ADMIN, Role.ADMIN),
        ("Ada Brink", Role.READER, Role.READER),
        (EDO, Role.EDITOR, Role.EDITOR),
        (EDO, Role.ADMIN, None),
        ("Rhea Moss", Role.EDITOR, None),
    ],
)
def test_a_token_goes_no_further_than_its_person(desk: Desk, name: str, asked: Role, role: Role | None) -> None:
    someone = member(desk, name)
    if role is None:
        with pytest.raises(RefusedAtDesk, match="cannot go further"):
            make_token(desk, someone, "script", asked, 30, HAND)
        return
    found = token(desk, make_token(desk, someone, "script", asked, 30, HAND))
    assert found is not None
    assert found.person.role is role
    give_role(desk, EDO, Role.ADMIN, HAND)  # so that there is another
    give_role(desk, name, Role.READER, HAND)
    found = token(desk, make_token(desk, member(desk, name), "other", Role.READER, 30, HAND))
    assert found is not None
    assert {one.person.role for one in tokens_of(desk, member(desk, name))} == {Role.READER}


def test_who_was_shut_out_or_set_lower_since_they_asked_gets_no_token(desk: Desk) -> None:
    edo = member(desk, EDO)
    give_role(desk, EDO, Role.READER, HAND)
    with pytest.raises(RefusedAtDesk, match="cannot go further"):
        make_token(desk, edo, "script", Role.EDITOR, 30, HAND)
    shut_out(desk, EDO, HAND)
    with pytest.raises(RefusedAtDesk, match="is shut out"):
        make_token(desk, edo, "script", Role.READER, 30, HAND)
    let_in(desk, EDO, Role.EDITOR, "another kettle in a harbour", HAND)
    assert tokens_of(desk, member(desk, EDO)) == []


def test_a_token_ends_and_is_withdrawn(desk: Desk, clock: Clock) -> None:
    edo = member(desk, EDO)
    one, other = (make_token(desk, edo, name, Role.EDITOR, 30, HAND) for name in ("one", "other"))
    found = token(desk, one)
    assert found is not None
    with pytest.raises(RefusedAtDesk, match="no such token"):
        withdraw_token(desk, member(desk, "Rhea Moss"), found.number, HAND)
    withdraw_token(desk, edo, found.number, HAND)
    assert token(desk, one) is None
    assert token(desk, other) is not None
    clock.move(days=30, seconds=1)
    assert token(desk, other) is None
    assert tokens_of(desk, edo) == []
    make_token(desk, edo, "other", Role.EDITOR, 30, HAND)


@pytest.mark.parametrize(("name", "days"), [("", 30), ("\x00", 30), ("one", 0), ("one", -1), ("one", 10**9)])
def test_a_token_that_cannot_be_is_refused(desk: Desk, name: str, days: int) -> None:
    with pytest.raises(RefusedAtDesk, match="token"):
        make_token(desk, member(desk, EDO), name, Role.READER, days, HAND)


def test_a_name_is_one_tokens_and_there_are_not_too_many(desk: Desk) -> None:
    edo = member(desk, EDO)
    make_token(desk, edo, "0", Role.READER, 30, HAND)
    with pytest.raises(RefusedAtDesk, match="already"):
        make_token(desk, edo, "0", Role.READER, 30, HAND)
    for number in range(1, MOST_TOKENS):
        make_token(desk, edo, str(number), Role.READER, 30, HAND)
    with pytest.raises(RefusedAtDesk, match="withdraw one"):
        make_token(desk, edo, "more", Role.READER, 30, HAND)


def test_a_search_is_kept_replaced_and_dropped(desk: Desk) -> None:
    keep_search(desk, EDO, "the weir", "/statements?text=weir")
    keep_search(desk, EDO, "Bridges", "/reports?text=bridge&page=2")
    keep_search(desk, EDO, "the weir", "/statements?text=weir*")
    keep_search(desk, "Rhea Moss", "the weir", "/docket")
    assert [(one.name, one.query) for one in searches(desk, EDO)] == [
        ("Bridges", "/reports?text=bridge&page=2"),
        ("the weir", "/statements?text=weir*"),
    ]
    with pytest.raises(RefusedAtDesk, match="no such search"):
        drop_search(desk, "Rhea Moss", searches(desk, EDO)[0].number)
    drop_search(desk, EDO, searches(desk, EDO)[0].number)
    assert [one.name for one in searches(desk, EDO)] == ["the weir"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "statements",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/a\r\nb",
        "/é",
        "/" * 3000,
    ],
)
def test_a_search_never_leads_out_of_the_pages(desk: Desk, query: str) -> None:
    with pytest.raises(RefusedAtDesk, match="address of a list"):
        keep_search(desk, EDO, "x", query)


def test_there_are_not_too_many_searches(desk: Desk) -> None:
    for number in range(MOST_SEARCHES):
        keep_search(desk, EDO, str(number), "/docket")
    with pytest.raises(RefusedAtDesk, match="drop one"):
        keep_search(desk, EDO, "more", "/docket")
    keep_search(desk, EDO, "0", "/figures")


def test_when_somebody_last_looked(desk: Desk, clock: Clock) -> None:
    first = clock.time
    assert (last_looked(desk, EDO), look(desk, EDO)) == (None, None)
    clock.move(hours=3)
    assert look(desk, EDO) == first
    assert last_looked(desk, EDO) == clock.time
    assert last_looked(desk, "Rhea Moss") is None
