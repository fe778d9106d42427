"""Feeds against the collections that the makers of two other readers test theirs with."""
