"""What the formats share: names for things of the record, and JSON documents written one thing at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from onrecord.publishing.exports import json_lines

Node = dict[str, object]

NAMESPACE: Final = "urn:onrecord"
"""What the names of things begin with. They say which thing is meant and lead nowhere: a record has no address."""


def urn(sort: str, id_: str) -> str:
    """The name of a thing of the record, the same for ever, since the id is a hash of what it says.

    >>> urn("report", "08bb9198"), urn("actor", "person:ida holm")
    ('urn:onrecord:report:08bb9198', 'urn:onrecord:actor:person:ida%20holm')
    """
    return f"{NAMESPACE}:{sort}:{quote(id_, safe=':')}"


def known(**values: object) -> Node:
    """An object for JSON of the values that are known: without those that are None or an empty list."""
    return {name: value for name, value in values.items() if value is not None and value != []}


def opened(head: Mapping[str, object], key: str) -> str:
    """The beginning of a JSON object with what is in `head`, up to the value of `key`."""
    return f"{json.dumps(head, ensure_ascii=False)[:-1]}, {json.dumps(key)}: "


def document(head: Mapping[str, object], key: str, nodes: Iterable[Node]) -> Iterator[str]:
    """A JSON object with a list of nodes under `key` behind what is in `head`, a node a line.

    >>> print("".join(document({"a": 1}, "nodes", [{"b": 2}, {"b": 3}])), end="")
    {"a": 1, "nodes": [
    {"b": 2},
    {"b": 3}
    ]}
    """
    yield opened(head, key) + "["
    yield from parted(json_lines(nodes))
    yield "\n]}\n"


def parted(lines: Iterable[str]) -> Iterator[str]:
    """Lines of JSON with commas between them."""
    between = "\n"
    for line in lines:
        yield between + line.rstrip("\n")
        between = ",\n"
