"""The record and its chain. Ledgers before it are read again from inputs."""

revision = "0002"
down_revision = None


def upgrade() -> None:
    """Nothing: every ledger that can be brought up has this."""
