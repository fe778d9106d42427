"""Briefs as they are kept: JSON without spaces, keys in order, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onrecord.domain.briefs import WORDING, Brief, Citation, Form, Part, Section, Sentence, brief_id, words
from onrecord.ledger.rows import Row, time_of, time_text


def brief_row(one: Brief) -> Row:
    """A brief as a row of its table.

    Raises:
        ValueError: when a sentence cannot be made of what it cites.
    """
    content = brief_json(one)
    return {
        "id": brief_id(content),
        "title": one.title,
        "by": one.by,
        "made": time_text(one.made),
        "content": content,
    }


def brief_json(one: Brief) -> str:
    """A brief as JSON; each sentence stands in it with its words, as they come out of what it cites.

    Raises:
        ValueError: when a sentence cannot be made of what it cites.
    """
    cited = {citation: number for number, citation in enumerate(one.citations)}
    content = {
        "wording": WORDING,
        "title": one.title,
        "asked": dict(sorted(one.asked.items())),
        "made": time_text(one.made),
        "by": one.by,
        "head": one.head,
        "citations": [_citation_row(citation) for citation in cited],
        "sections": [
            {
                "part": section.part.value,
                "sentences": [
                    {
                        "form": sentence.form.value,
                        "cites": [cited[citation] for citation in sentence.citations],
                        "facts": dict(sorted(sentence.facts.items())),
                        "words": words(sentence),
                    }
                    for sentence in section.sentences
                ],
            }
            for section in one.sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def brief_of(content: str) -> Brief:
    """The brief that JSON holds.

    Raises:
        ValueError, KeyError, TypeError, IndexError: for what no writer of ours wrote.
    """
    found = json.loads(content)
    citations = [_citation(one) for one in found["citations"]]
    return Brief(
        title=found["title"],
        asked=found["asked"],
        sections=tuple(
            Section(
                Part(section["part"]),
                tuple(
                    Sentence(Form(one["form"]), tuple(citations[place] for place in one["cites"]), one["facts"])
                    for one in section["sentences"]
                ),
            )
            for section in found["sections"]
        ),
        made=time_of(found["made"]),
        by=found["by"],
        head=found["head"],
    )


def brief_fault(row: Mapping[str, Any]) -> str | None:
    """What is wrong with a kept brief: an id that is not its content's, or a sentence that is not its citations'.

    Sentences that another version worded cannot be made again; `is_worded_here` tells.
    """
    if brief_id(row["content"]) != row["id"]:
        return "has an id that is not that of what it says"
    found = json.loads(row["content"])
    if found["wording"] != WORDING:
        return None
    brief = brief_of(row["content"])
    for section, kept in zip(brief.sections, found["sections"], strict=True):
        for sentence, said in zip(section.sentences, kept["sentences"], strict=True):
            if words(sentence) != said["words"]:
                return f"has a sentence that its citations do not bear: {said['words'][:80]!r}"
    return None


def is_worded_here(content: str) -> bool:
    """Whether this version words sentences as the one did that kept the brief."""
    return bool(json.loads(content)["wording"] == WORDING)


def _citation_row(one: Citation) -> dict[str, Any]:
    return {
        "report": one.report,
        "input": one.input,
        "capture": one.capture,
        "text_sha256": one.text_sha256,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "speaker": one.speaker,
        "named": one.named,
        "passage": one.passage,
        "statement": one.statement,
        "utterance": one.utterance,
        "origins": one.origins,
        "outlet": one.outlet,
        "title": one.title,
        "url": one.url,
        "published": None if one.published is None else time_text(one.published),
        "published_is_day": one.published_is_day,
        "quoted": one.quoted,
        "lead": one.lead,
        "described": one.described,
    }


def _citation(row: Mapping[str, Any]) -> Citation:
    published = row["published"]
    return Citation(**{**row, "published": None if published is None else time_of(published)})
