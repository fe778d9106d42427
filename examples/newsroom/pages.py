"""Pages for reports that the example has as text only, with the furniture that pages of such outlets have."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from string import Template
from typing import Any

_AGENCY = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$title | Halyard</title>
<link rel="canonical" href="$url">
<link rel="alternate" type="application/rss+xml" title="Halyard World" href="/rss.xml">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Halyard News Agency">
<meta property="og:title" content="$title">
<meta property="og:url" content="$url">
<meta property="article:published_time" content="$published">
<meta name="author" content="$author">
<style>.rail{float:right;width:20em}.consent{position:fixed;bottom:0}.slug{color:#666}</style>
<script>window.halyard = {page: "story"};</script>
</head>
<body>
<div class="consent" role="dialog" aria-label="Privacy"><span>Halyard and its clients use cookies.</span>
<button>Agree</button> <button>Refuse</button></div>
<header><a href="/">Halyard</a>
<nav><ul><li><a href="/world">World</a></li><li><a href="/markets">Markets</a></li><li><a href="/shipping">Shipping</a>
</li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main>
<article>
<h1>$title</h1>
<div class="slug">By $author · <time datetime="$published">$published</time></div>
$paragraphs
</article>
<aside class="rail">
<div class="ad" aria-hidden="true"><a href="/out/ad">Freight rates, every morning: Halyard Shipping.</a></div>
<h2>More from World</h2>
<ul>$related</ul>
</aside>
</main>
<footer><a href="/about">About Halyard</a> <a href="/licensing">Licensing</a>
<span>© 2031 Halyard News Agency</span></footer>
</body>
</html>
""")

_BROADCASTER = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>$title — Harvenia One</title>
<meta property="og:site_name" content="Harvenia One">
<meta property="og:title" content="$title">
<meta property="og:url" content="$url">
<meta property="article:published_time" content="$published">
<meta name="author" content="$author">
<link rel="alternate" type="application/feed+json" href="/feed.json">
</head>
<body>
<div class="top"><a href="/en">HARVENIA ONE</a> <a href="/en/live">Live broadcast</a>
<a href="/en/president">The President</a> <a href="/en/army">Army</a> <a href="/en/culture">Culture</a></div>
<div class="cookie-notice">This site stores data on your device in the interest of information security.
<a href="/en/privacy">Read</a></div>
<article class="news">
<h1>$title</h1>
<div class="date"><time datetime="$published">$published</time> | $author</div>
$paragraphs
</article>
<div class="banner"><a href="/en/bonds">Bonds of National Trust: a reliable tomorrow</a></div>
<div class="read-also"><h3>Read on this subject</h3><ul>$related</ul></div>
<div class="bottom">© State Television and Radio Company Harvenia One, 2031</div>
</body>
</html>
""")


def agency_page(row: dict[str, Any], related: Sequence[tuple[str, str]]) -> str:
    """A report of the agency as its site would show it, with links to earlier ones."""
    return _page(_AGENCY, row, related)


def broadcaster_page(row: dict[str, Any], related: Sequence[tuple[str, str]]) -> str:
    """A report of the state broadcaster as its site would show it."""
    return _page(_BROADCASTER, row, related)


def front_page(name: str, links: Sequence[tuple[str, str]]) -> str:
    """An outlet's front page: its name and what it has published."""
    listed = "".join(f'<li><a href="{escape(path)}">{escape(title)}</a></li>' for path, title in links)
    head = f'<!doctype html><html lang="en"><title>{escape(name)}</title>'
    return f"{head}<h1>{escape(name)}</h1><ul>{listed}</ul></html>\n"


def _page(template: Template, row: dict[str, Any], related: Sequence[tuple[str, str]]) -> str:
    return template.substitute(
        title=escape(row["title"]),
        url=escape(row["url"]),
        published=escape(row["published"]),
        author=escape(row["author"]),
        paragraphs="\n".join(f"<p>{escape(text, quote=False)}</p>" for text in row["text"].split("\n\n")),
        related="".join(f'<li><a href="{escape(url)}">{escape(title)}</a></li>' for url, title in related),
    )
