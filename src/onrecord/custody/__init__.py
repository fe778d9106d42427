"""Custody: what was captured, kept as it came over the wire, handed on in formats of others, and stamped with a time.

`writing` keeps exchanges in WARC files of our own, `places` says where they lie beside a ledger.
"""
