"""The same ledger in SQLite and in PostgreSQL, beside each other."""
