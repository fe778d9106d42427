"""Every address of the application, filled with what is on a record, and what a page of it may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from starlette.routing import Mount

from onrecord.ledger.weighed_view import WeighedView
from onrecord.web.entrance import API

FILL = re.compile(r"\{[^}]*\}")
LEADING = ("src", "href", "action", "poster", "data", "background", "srcset", "cite", "ping", "xlink:href")
"""Attributes that lead somewhere."""
NEVER = frozenset("iframe object embed base frame applet template math style foreignobject img video audio".split())
SCRIPTS = ("/static/parts.js", "/static/judging.js", "/static/earlier.js")


def routes(app: Any, *methods: str) -> list[tuple[str, str]]:
    """A method and an address of every route; what an address has to be filled with is a word in braces."""
    found = []
    for route in app.routes:
        if isinstance(route, Mount):
            inside = routes(route.app, *methods) if isinstance(route.app, FastAPI) else [("GET", "/paper.css")]
            found += [(method, route.path + path) for method, path in inside]
        else:
            found += [(method, route.path) for method in sorted(route.methods)]
    return [(method, path) for method, path in found if not methods or method in methods]


def filled(path: str, value: str) -> str:
    return FILL.sub(lambda _: quote(value, safe=""), path)


def addresses(app: Any, things: Mapping[str, Sequence[str]]) -> list[str]:
    """Every address that can be asked for, with the things of a record by the words in braces."""
    found = []
    for _, path in routes(app, "GET"):
        names = re.findall(r"\{([a-z_]+)", path)
        if not names:
            found.append(path)
        elif names[0] in things:
            found += [filled(path, value) for value in things[names[0]]]
        else:
            assert path.startswith(API), f"say what stands at {path}"
    return found


def everything(ledger: Path) -> dict[str, list[str]]:
    """All that is on a record, by the words in braces."""
    with WeighedView(ledger) as view:
        return {
            "statement_id": [one.statement.id for one in view.statements(limit=None)],
            "report_id": [one.id for one in view.reports(limit=None)],
            "name": [one.name for one in view.speakers(limit=None)],
            "utterance_id": [one.id for one in view.utterances(limit=None)],
            "actor_id": [one.actor.id for one in view.actors(limit=None)],
            "story_id": [one.id for one in view.stories(limit=None)],
            "relation_id": [one.id for one in view.relations(limit=None)],
            "lineage_id": [one.id for one in view.lineages(limit=None)],
            "brief_id": [id_ for id_, _ in view.briefs()],
        }


class Held(HTMLParser):
    """What a page holds that could run, be fetched or lead away; `faults` is empty when there is nothing of the kind."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.in_script = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.in_script = tag == "script"
        if tag in NEVER or (tag == "script" and told.get("src") not in SCRIPTS):
            self.faults.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in told:
            self.faults.append("<meta http-equiv>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.faults.append(f"{name} of <{tag}>")
            if name in LEADING and not self._stays(tag, told, value or ""):
                self.faults.append(f"{name}={value!r} of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False

    def handle_data(self, data: str) -> None:
        if self.in_script and data.strip():
            self.faults.append(f"script in the page: {data[:60]!r}")

    def _stays(self, tag: str, told: Mapping[str, str | None], value: str) -> bool:
        if value == "" or value.startswith(("#", "?")) or re.match(r"/(?![/\\])", value):
            return True
        away = tag == "a" and "noreferrer" in (told.get("rel") or "").split()
        return away and re.match(r"https?://[^\s/]", value) is not None
