"""Utterances → relations, figures' lineage, docket, indicators: pure functions of what is said, never of the store.

Each part stands alone and judges a pair by the two things alone, so that what comes out does not depend on the order in
which reports came. None of it says what is true: it says what stands against what.
"""
