"""Stories: reports of one happening, the same ones in whatever order they came.

`features` takes a report down to its gist, `links` finds which gists are alike and why, `clusters` groups reports by
their links and by people's judgements, `regrouped` puts new ones beside those that are grouped. `story` titles one.
"""

from onrecord.linking.stories.candidates import Index, links
from onrecord.linking.stories.comparing import FLOOR, WINDOW, Likeness, likeness
from onrecord.linking.stories.gist import Gist, features
from onrecord.linking.stories.grouping import SAME, clusters, grouped
from onrecord.linking.stories.regrouping import among, regrouped
from onrecord.linking.stories.telling import story

__all__ = [
    "FLOOR",
    "SAME",
    "WINDOW",
    "Gist",
    "Index",
    "Likeness",
    "among",
    "clusters",
    "features",
    "grouped",
    "likeness",
    "links",
    "regrouped",
    "story",
]
