"""How well transcripts are recognised, and how quotations are set beside them."""
