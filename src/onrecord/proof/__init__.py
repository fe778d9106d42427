"""Proof: a brief with all that anybody needs to check it, on another machine, without the ledger and the network."""

from onrecord.proof.checking import Checked, check
from onrecord.proof.writing import Written, write

__all__ = ["Checked", "Written", "check", "write"]
