"""What a search finds in the example is held to a floor, by words alone and with meaning."""

from __future__ import annotations

from bench.search.__main__ import means, outcomes
from onrecord.ledger.weighed_view import WeighedView
from tests.publishing.weighed.example import weighed_ledger


def test_meaning_finds_what_words_miss() -> None:
    with WeighedView(weighed_ledger()) as view:
        found = list(outcomes(view))
    assert len(found) >= 20
    words, both, right = means(found)
    assert words < 0.1
    assert both >= 0.7
    assert right >= 0.6
    withdrawal = next(one for one in found if one.question.typed == "troops pulled back")
    assert withdrawal.first_right >= withdrawal.first - 1
