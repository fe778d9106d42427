"""How the pages bear many readers at once."""
