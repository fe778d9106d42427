"""Statements and judgements → actors, utterances, stories, origins.

Every function here is a pure one: the same record gives the same clusters, in whatever order it came.
"""
