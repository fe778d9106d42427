"""How a desk bears people who judge beside many who read."""
