"""Utterances: which passages render one act of speech, and how their wordings differ."""

from onrecord.linking.utterances.candidates import WINDOW
from onrecord.linking.utterances.clusters import clusters
from onrecord.linking.utterances.linking import Vectors, links
from onrecord.linking.utterances.scoring import pair_score

__all__ = ["WINDOW", "Vectors", "clusters", "links", "pair_score"]
