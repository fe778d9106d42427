"""The search over the record, measured."""
