"""The append-only, hash-chained store: one writer, any number of views, and a check of the whole."""
