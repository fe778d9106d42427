"""What both linking and weighing are held to while they go on from step to step."""

from __future__ import annotations

import gc

from onrecord.assessing import Assessment
from onrecord.linkage import Linkage


def settles(work: Linkage | Assessment) -> None:
    """Holds that what a work in steps keeps stays out of the collector's rounds until it ends, here in the middle."""
    with work:
        work.forget()
        running = work.run()
        next(running)
        assert gc.get_freeze_count() > 0
        del running
    assert gc.get_freeze_count() == 0
