"""Reading with several workers: shards of the inputs, a file for each, and one load into the ledger in the end."""
