"""The interface answers as its OpenAPI document says: a few hundred cases here, `python -m bench.contract` for more."""

from __future__ import annotations

import pytest

from tests.publishing.weighed.example import weighed_ledger

pytest.importorskip("schemathesis", reason="schemathesis is not installed")


def test_schemathesis_finds_nothing() -> None:
    from bench.contract.__main__ import asked

    cases, code, printed = asked(weighed_ledger(), examples=4)
    assert cases > 100, printed
    assert code == 0, printed
