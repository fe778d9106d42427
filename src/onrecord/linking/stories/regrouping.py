"""New reports into stories, with a look at no more of the others than they can change.

A topic that goes on for months hangs together in one chain of links: all of it may depend on a new report, and next
to nothing does. Average-link agglomeration with a bar that only rises is reducible (Bruynooghe, 1978): a group is never
more like others than the parts that it was made of. So groups that are each other's likest join whatever happens
elsewhere, and where a new report changes nothing, everything behind it stays as it was. Stories around the new reports
are grouped without and with them. Where groups that came out otherwise, or at another time, are linked to reports
outside, the stories of these are taken in and all is grouped again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain

from onrecord.domain.judgements import Judgement, Subject, latest
from onrecord.linking.agglomeration import Pair
from onrecord.linking.stories.grouping import followed, is_strong

Near = Callable[[Collection[str]], Mapping[str, Mapping[str, float]]]
"""Of some reports: what they are linked with, and how alike they are."""
Beside = Callable[[Collection[str]], Collection[str]]
"""Of some reports: all that stand in their stories, they too; what is in no story yet is left out."""


def regrouped(
    new: Iterable[str], near: Near, beside: Beside, judgements: Iterable[Judgement] = ()
) -> list[tuple[str, ...]]:
    """The clusters of new reports and of all whose cluster they change, as grouping everything would make them.

    What stands in stories must have been grouped by the same links and judgements, without the new reports.
    """
    judged = list(judgements)
    fresh = set(new)
    tied: dict[str, set[str]] = {}
    for a, b in latest(judged, Subject.REPORT):
        tied.setdefault(a, set()).add(b)
        tied.setdefault(b, set()).add(a)
    inside: set[str] = set()
    # What is in no story, as what is judged and not on the record, is asked for once.
    asked = set(fresh)
    wanted = {*_linked(fresh, near), *chain.from_iterable(tied.get(one, ()) for one in fresh)} - fresh
    while True:
        while wanted:
            asked |= wanted
            inside |= set(beside(wanted)) - fresh
            wanted = set(chain.from_iterable(tied.get(one, ()) for one in inside | fresh)) - inside - asked
        scores = among(near(inside | fresh))
        before, after = (followed(reports, scores, judged) for reports in (inside, inside | fresh))
        changed = set(chain.from_iterable(one.members for one in before.joins ^ after.joins))
        wanted = _linked(changed, near) - inside - asked
        if not wanted:
            return after.groups


def _linked(reports: Collection[str], near: Near) -> set[str]:
    """What some reports are linked with so strongly that groups of theirs may join."""
    return {other for links in near(reports).values() for other, score in links.items() if is_strong(score)}


def among(near: Mapping[str, Mapping[str, float]]) -> dict[Pair, float]:
    """The scores of the pairs among some reports out of what each is linked with, the lesser id first."""
    return {
        (one, other): score
        for one, links in near.items()
        for other, score in links.items()
        if one < other and other in near
    }
