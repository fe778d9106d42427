"""What status is suggested from what evidence, and when none is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.docket import Bearing, Entry, Evidence, Status
from onrecord.domain.passages import Act
from onrecord.weighing.docket import suggested
from onrecord.weighing.docket.gathering import OWN, PART

DUE = datetime(2031, 3, 10, tzinfo=UTC)
AFTER = DUE + timedelta(hours=1)


def entry(act: Act = Act.COMMITMENT, end: datetime | None = DUE) -> Entry:
    return Entry("u:1", "p:1", act, "halvik", "Halvik", "Met when it is so.", None, end)


def piece(bearing: Bearing, score: float, *reasons: str, of: str = "u:1") -> Evidence:
    return Evidence(of, f"u:{bearing}{score}", f"p:{bearing}{score}", bearing, score, reasons)


FOR, AGAINST, BACK = Bearing.FOR, Bearing.AGAINST, Bearing.WITHDRAWS


@pytest.mark.parametrize(
    ("act", "given_", "status"),
    [
        (Act.COMMITMENT, [], Status.CANNOT_BE_TOLD),
        (Act.COMMITMENT, [piece(FOR, 0.8)], Status.MET),
        (Act.COMMITMENT, [piece(FOR, 0.8, PART)], Status.PARTLY),
        (Act.COMMITMENT, [piece(FOR, 0.8, PART), piece(FOR, 0.7)], Status.MET),
        (Act.COMMITMENT, [piece(AGAINST, 0.8)], Status.NOT_MET),
        (Act.COMMITMENT, [piece(FOR, 0.8), piece(AGAINST, 0.8)], Status.CANNOT_BE_TOLD),
        (Act.COMMITMENT, [piece(FOR, 0.4), piece(AGAINST, 0.8)], Status.CANNOT_BE_TOLD),
        (Act.COMMITMENT, [piece(FOR, 0.5)], Status.CANNOT_BE_TOLD),
        (Act.COMMITMENT, [piece(FOR, 0.9, OWN)], Status.CANNOT_BE_TOLD),
        (Act.COMMITMENT, [piece(FOR, 0.5, OWN), piece(AGAINST, 0.8)], Status.CANNOT_BE_TOLD),
        (Act.COMMITMENT, [piece(BACK, 0.6)], Status.WITHDRAWN),
        (Act.PREDICTION, [piece(BACK, 0.6)], Status.NOT_MET),
        (Act.COMMITMENT, [piece(FOR, 0.9, of="u:2")], Status.CANNOT_BE_TOLD),
    ],
)
def test_only_strong_evidence_of_one_kind_is_followed(act: Act, given_: list[Evidence], status: Status) -> None:
    found, why = suggested(entry(act), given_, AFTER)
    assert found is status
    assert why
    assert all(why)


@pytest.mark.parametrize("end", [None, DUE])
@pytest.mark.parametrize("bearing", list(Bearing))
def test_before_its_day_an_entry_is_open_whatever_is_said(end: datetime | None, bearing: Bearing) -> None:
    status, why = suggested(entry(end=end), [piece(bearing, 1.0)], DUE - timedelta(hours=1))
    assert status is Status.OPEN
    assert why


PIECES = st.lists(
    st.builds(
        piece,
        st.sampled_from(list(Bearing)),
        st.floats(0, 1),
        st.sampled_from([OWN, PART, "says “no sign”"]),
    ),
    max_size=6,
)


@given(PIECES, st.randoms(), st.sampled_from([Act.COMMITMENT, Act.DEMAND, Act.WARNING, Act.PREDICTION]))
def test_the_order_of_the_evidence_is_no_matter(given_: list[Evidence], random: Random, act: Act) -> None:
    shuffled = list(given_)
    random.shuffle(shuffled)
    status, why = suggested(entry(act), given_, AFTER)
    assert (status, why) == suggested(entry(act), shuffled, AFTER)
    assert status not in (Status.OPEN, Status.DUE)
    if status is Status.MET:
        assert any(one.bearing is Bearing.FOR and OWN not in one.reasons for one in given_)
