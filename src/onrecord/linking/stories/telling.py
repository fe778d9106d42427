"""A cluster of reports → a story with a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.domain.stories import Story, story_id
from onrecord.linking.stories.comparing import Likeness
from onrecord.linking.stories.gist import Gist


def story(cluster: Sequence[Gist], links: Iterable[Likeness]) -> Story:
    """The story of a cluster that is not empty, under the title of the report that is most like the others.

    Links that lead out of the cluster are left out of it.
    """
    ordered = sorted(cluster, key=lambda gist: (gist.day is None, gist.day or 0.0, gist.report))
    reports = {gist.report for gist in ordered}
    central: dict[str, list[float]] = defaultdict(list)
    for link in links:
        if link.a in reports and link.b in reports:
            central[link.a].append(link.score)
            central[link.b].append(link.score)
    medoid = max(ordered, key=lambda gist: sum(sorted(central[gist.report])))
    return Story(story_id(ordered[0].report), medoid.title, tuple(gist.report for gist in ordered))
