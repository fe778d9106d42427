"""Whether one passage contradicts, leaves open or supports another: a small cross-encoder on the processor.

It is one sign among others for `weighing.relations`, never a verdict: it says what stands against what it was shown.
"""

from onrecord.weighing.entailment.judging import Entailment, EntailmentError, shipped_entailment

__all__ = ["Entailment", "EntailmentError", "shipped_entailment"]
