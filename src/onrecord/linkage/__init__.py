"""Linking a record, what is new of it, a few reports at a time:

    unlinked reports ─ actors.identify ─→ who speaks
                     ─ utterances.links, clusters ─→ what was said once and told many times
                     ─ stories.links, clusters ─→ which reports tell one happening
                     ─ origins.origins, copies, independence ─→ where they have it from

Every pair is judged by a pure function of the two, and clusters are made anew wherever a pair came or went, so the
result does not depend on the order in which reports came or on how many were linked at once. A person's judgements
override; the latest on a pair counts.
"""

from onrecord.linkage.steps import VERSION, Linkage, Linked

__all__ = ["VERSION", "Linkage", "Linked"]
