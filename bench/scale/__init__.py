"""What a large record costs: measured times of shards, replayed on many workers; docs/scale.md is made of it."""
