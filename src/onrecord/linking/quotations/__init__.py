"""A quotation beside the words it renders: verbatim, cut, joined, changed, or not found.

Pure functions of two texts. What the marks mean is told in `besides.py`; none says whether anything is true.
"""

from onrecord.linking.quotations.besides import NOT_FOUND, Beside, Fidelity, Piece, PieceKind
from onrecord.linking.quotations.setting import set_beside
from onrecord.linking.quotations.spoken import Spoken

__all__ = ["NOT_FOUND", "Beside", "Fidelity", "Piece", "PieceKind", "Spoken", "set_beside"]
