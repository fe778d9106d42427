"""How fast several workers read, and whether the record is the same whatever happens to them."""
