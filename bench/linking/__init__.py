"""Linking, measured: `python -m bench.linking --corpora DIR`."""
