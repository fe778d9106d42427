"""What a work in steps keeps stays out of the garbage collector's rounds until the work ends."""

from __future__ import annotations

import gc
import weakref

import pytest

from onrecord.settling import settling


def test_what_is_there_at_the_end_of_a_step_is_not_looked_through_until_the_work_ends() -> None:
    kept = [[number] for number in range(10_000)]
    with settling() as settle:
        assert not gc.isenabled()
        settle()
        assert gc.get_freeze_count() > len(kept)
        assert not any(one is kept for one in gc.get_objects())
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert any(one is kept for one in gc.get_objects())


def test_a_work_that_fails_leaves_nothing_out() -> None:
    def stopped() -> None:
        with settling() as settle:
            settle()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_only_holds_itself_at_the_end_of_a_step_is_let_go() -> None:
    class Ring:
        held: Ring

    ring = Ring()
    ring.held = ring
    known = weakref.ref(ring)
    with settling() as settle:
        del ring
        settle()
        assert known() is None


def test_where_the_collector_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with settling() as settle:
            settle()
        assert not gc.isenabled()
    finally:
        gc.enable()
