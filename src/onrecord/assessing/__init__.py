"""Takes what linking derived through weighing, and keeps what comes out beside the record."""
