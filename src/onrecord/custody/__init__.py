"""Custody: what was captured, kept as it came over the wire, handed on in formats of others, and stamped with a time.

`writing` keeps exchanges in WARC files of our own, `wacz` bundles them for viewers of others; `tokens` asks for time
stamps and checks them, `stamps` keeps them. `zips` makes files of a ZIP that are the same whenever they are made;
`places` says where it lies beside a ledger. Nothing here needs a network.
"""
