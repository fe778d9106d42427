"""Reads PolNeAR (Newell, Margolin and Ruths, LREC 2018) from its brat files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.domain.spans import Span
from onrecord.reading.decode import ROLES


@dataclass(frozen=True, slots=True)
class Attribution:
    """One annotated attribution; a role is empty where the annotator marked none."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def role(self, name: str) -> tuple[Span, ...]:
        spans: tuple[Span, ...] = getattr(self, name)
        return spans


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report as one annotator marked it; `name` is the text file's name without its suffix."""

    name: str
    annotator: str
    text: str
    attributions: tuple[Attribution, ...]


def read_attributions(path: Path) -> list[Attribution]:
    """The attributions of one brat file; lines that the corpus left damaged are passed over."""
    spans: dict[str, list[Span]] = {}
    found = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            head = rest.split("\t")[0].partition(" ")[2]
            if re.fullmatch(r"\d+ \d+(;\d+ \d+)*", head):
                pairs = (tuple(map(int, part.split())) for part in head.split(";"))
                spans[key] = [Span(start, end) for start, end in pairs if start < end]
        elif key.startswith("E"):
            roles: dict[str, list[Span]] = {role: [] for role in ROLES}
            for part in rest.split():
                name, _, reference = part.partition(":")
                role = re.sub(r"\d+$", "", name).lower()
                if role in roles:
                    roles[role].extend(spans.get(reference, []))
            found.append(Attribution(*(tuple(sorted(roles[role])) for role in ROLES)))
    return found


def read_split(corpus: Path, split: str, *, every_annotator: bool) -> Iterator[Annotated]:
    """The reports of `train` or `dev` in order of name; once each, or once for every annotator."""
    seen = set()
    for path in sorted((corpus / split / "attributions").glob("*.ann")):
        name, _, annotator = path.stem.rpartition("_")
        if name in seen and not every_annotator:
            continue
        seen.add(name)
        text = (corpus / split / "text" / f"{name}.txt").read_text(encoding="utf-8")
        yield Annotated(name, annotator, text, tuple(read_attributions(path)))
