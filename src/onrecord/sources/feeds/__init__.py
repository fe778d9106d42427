"""Feeds and sitemaps: bytes become a `Feed` of items, each with an address, and what is broken is told in words.

Reads RSS 0.9x, 1.0 (RDF) and 2.0, Atom, CDF, JSON Feed 1.0 and 1.1, sitemaps with the news extension and indexes of
sitemaps. Nothing is fetched, no entity is expanded, nothing external is looked at. The reasons of InputError are few:
empty, too large, damaged gzip, binary, entities, not a feed, bad JSON, and nested too deep.
"""

from onrecord.sources.feeds.addresses import comparable
from onrecord.sources.feeds.discovering import feeds_linked
from onrecord.sources.feeds.items import Feed, FeedItem, Kind
from onrecord.sources.feeds.telling import PAGE, feed_in

__all__ = ["PAGE", "Feed", "FeedItem", "Kind", "comparable", "feed_in", "feeds_linked"]
