"""What the entailment model is trained on: premises and claims of public corpora, and pairs made from news.

ClimateFEVER, CovidFact, FoolMeTwice, RTE 1 to 3, MSRP, the timelines' three wordings of one update, FNC-1, and
sentences of news negated, shortened, or with a figure or a word changed for its opposite. A tenth of each is held out,
by a hash of the claim, of the body in FNC-1, of the crisis in the timelines. A label is the set of answers that it
allows: RTE's "no" may be either.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from bench.corpora import rows_of, sum_of, updates
from bench.weighing import stance
from onrecord.language.vectors import shipped_vectors
from training.sentence_vectors import news_sentences

HELD_OUT = 10
CONTRADICTS, NEUTRAL, SUPPORTS = (1, 0, 0), (0, 1, 0), (0, 0, 1)
NOT_SUPPORTS = (1, 1, 0)
Allowed = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair with the answers that its label allows; `group` decides whether it is held out, `weight` how it counts."""

    premise: str
    claim: str
    allowed: Allowed
    source: str
    group: str
    weight: float = 1.0

    @property
    def held_out(self) -> bool:
        return int(sum_of(self.group), 16) % HELD_OUT == 0


def fool_me_twice(corpora: Path) -> Iterator[Example]:
    """Claims with gold evidence; the sentences that were also found, on the same page, are neutral."""
    for row in rows_of(corpora / "relations/claims/fool-me-twice/dataset/dev.jsonl"):
        gold = [one["text"] for one in row["gold_evidence"]]
        label = SUPPORTS if row["label"] == "SUPPORTS" else CONTRADICTS
        yield Example(" ".join(gold), row["text"], label, "fool-me-twice", row["text"])
        others = [one["text"] for one in row["retrieved_evidence"] if one["text"] not in gold]
        if others:
            yield Example(others[-1], row["text"], NEUTRAL, "fool-me-twice", row["text"], 0.5)


def covidfact(corpora: Path) -> Iterator[Example]:
    """Titles of papers and one distortion of each: the source groups them."""
    distortions: Counter[str] = Counter()
    for row in rows_of(corpora / "relations/claims/covidfact/COVIDFACT_dataset.jsonl"):
        supported = row["label"] == "SUPPORTED"
        group = row["gold_source"]
        distortions[group] += not supported
        if supported or distortions[group] <= 1:
            label = SUPPORTS if supported else CONTRADICTS
            yield Example(" ".join(row["evidence"][:2]), row["claim"], label, "covidfact", group)


def climate_fever(corpora: Path) -> Iterator[Example]:
    """Claims with sentences of an encyclopaedia, of the neutral ones the first of each claim."""
    labels = {"SUPPORTS": SUPPORTS, "REFUTES": CONTRADICTS, "NOT_ENOUGH_INFO": NEUTRAL}
    for row in rows_of(corpora / "relations/claims/climate-fever/dataset/climate-fever.jsonl"):
        neutral = False
        for one in row["evidences"]:
            label = labels[one["evidence_label"]]
            if label != NEUTRAL or not neutral:
                yield Example(one["evidence"], row["claim"], label, "climate-fever", row["claim"])
            neutral = neutral or label == NEUTRAL


def rte(corpora: Path) -> Iterator[Example]:
    """RTE 1 to 3, development and test parts; their "no" is anything but entailed."""
    with zipfile.ZipFile(corpora / "relations/rte/packages/corpora/rte.zip") as held:
        for name in sorted(held.namelist()):
            if not name.endswith(".xml"):
                continue
            # The parser of the standard library is safe here: the file is ours, and no entity of it is outside.
            for pair in ElementTree.fromstring(held.read(name)).iter("pair"):
                answer = pair.get("entailment") or pair.get("value")
                premise, claim = (" ".join((pair.findtext(tag) or "").split()) for tag in "th")
                label = SUPPORTS if answer in ("YES", "TRUE") else NOT_SUPPORTS
                yield Example(premise, claim, label, "rte", premise)


def msrp(corpora: Path) -> Iterator[Example]:
    """Every other pair of the training part: paraphrases support each other, the rest are not against each other."""
    path = corpora / "relations/paraphrase/para/msr/msr-para-train.tsv"
    for line in path.read_text("utf-8-sig").splitlines()[1:]:
        same, _, _, left, right = line.split("\t")[:5]
        if len(left) % 2:
            continue
        yield Example(left, right, SUPPORTS if same == "1" else (0, 1, 1), "msrp", left, 0.5)


def timelines(corpora: Path) -> Iterator[Example]:
    """Wordings of one update by three people support each other; those of another update of the crisis are neutral."""
    tables: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(dict)
    for name, table in updates(corpora):
        _, crisis, person = name.split("/")
        tables[crisis][person] = table
    for crisis in sorted(tables):
        people = [tables[crisis][person] for person in sorted(tables[crisis])]
        told = [
            [one["Update"].replace("\\n", " ").strip() for one in row]
            for row in zip(*people, strict=True)
            if all(2 <= len(one["Update"].split()) <= 60 for one in row)
        ]
        rng = np.random.default_rng(7)
        for i, texts in enumerate(told):
            a = int(rng.integers(len(texts)))
            left, right = texts[a], texts[(a + 1) % len(texts)]
            yield Example(left, right, SUPPORTS, "timelines", crisis)
            other = told[(i + int(rng.integers(1, 4))) % len(told)]
            yield Example(left, other[(a + 1) % len(other)], NEUTRAL, "timelines", crisis)
            against = opposed(right, rng)
            if against is not None and (against.way == "negation" or against.was in left):
                yield Example(left, against.text, CONTRADICTS, "timelines", crisis)


def fnc(corpora: Path) -> Iterator[Example]:
    """Headlines and the nearest sentences of bodies: one in two that agree, one in six that discuss."""
    labels = {"agree": SUPPORTS, "disagree": CONTRADICTS, "discuss": NEUTRAL}
    one_in = {"agree": 2, "disagree": 1, "discuss": 6}
    for one in stance.pairs(corpora):
        chance = int(sum_of(f"{one.headline} {one.number}"), 16)
        if one.stance in labels and chance % one_in[one.stance] == 0:
            near = stance.nearest(one.headline, one.body)
            yield Example(near, one.headline, labels[one.stance], "fnc1", one.body)


OPPOSITES = (
    ("increase", "decrease"), ("increased", "decreased"), ("rise", "fall"), ("rose", "fell"), ("rising", "falling"),
    ("win", "lose"), ("won", "lost"), ("began", "ended"), ("begin", "end"), ("started", "stopped"),
    ("confirmed", "denied"), ("confirm", "deny"), ("support", "oppose"), ("supported", "opposed"),
    ("supports", "opposes"), ("accepted", "rejected"), ("accept", "reject"), ("approved", "rejected"),
    ("more", "fewer"), ("higher", "lower"), ("true", "false"), ("guilty", "innocent"), ("alive", "dead"),
    ("open", "closed"), ("allowed", "banned"), ("released", "detained"), ("arrived", "left"), ("first", "last"),
    ("succeeded", "failed"), ("success", "failure"), ("before", "after"), ("gained", "lost"), ("safe", "dangerous"),
    ("withdraw", "deploy"), ("withdrew", "deployed"), ("agreed", "refused"), ("likely", "unlikely"),
    ("legal", "illegal"), ("good", "bad"), ("better", "worse"), ("strong", "weak"), ("improved", "worsened"),
    ("growing", "shrinking"), ("no", "several"), ("all", "none of the"), ("increasing", "decreasing"),
)  # fmt: skip
_OPPOSITE = {a: b for one in OPPOSITES for a, b in (one, one[::-1])}
_WORD = re.compile(r"\b[a-z]+\b")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|must)\b(?! (?:not|been not|no)\b)(?!n't)"
)
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|do)(?: not\b|n't\b|n’t\b)")
_FIGURE = re.compile(r"(?<![\w.,:/-])(\d{1,3}(?:,\d{3})+|\d{1,4})(?![\w:/-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Opposed:
    """A text made to say the opposite or another figure, the way it was done, and the words that it put others for."""

    text: str
    way: str
    was: str


def opposed(text: str, rng: np.random.Generator) -> Opposed | None:
    """A text against this one, by one of the ways that are open, the rarer ones first; None where none is."""
    ways = []
    if found := list(_NOT.finditer(text)):
        ways.append(("negation", found[0], found[0][1]))
    elif found := list(_AUXILIARY.finditer(text)):
        ways.append(("negation", found[0], found[0][1] + " not"))
    if found := [one for one in _FIGURE.finditer(text) if not 1900 <= int(one[1].replace(",", "")) <= 2100]:
        value = int(found[0][1].replace(",", ""))
        factor = float(rng.choice([0.3, 0.5, 2.0, 3.0]))
        other = max(1, round(value * factor)) + (1 if value < 3 else 0)
        ways.append(("figure", found[0], f"{other:,}" if "," in found[0][1] else str(other)))
    if found := [one for one in _WORD.finditer(text) if one[0] in _OPPOSITE]:
        ways.append(("opposite", found[0], _OPPOSITE[found[0][0]]))
    if not ways:
        return None
    way, place, instead = ways[-1] if rng.random() < 0.6 else ways[int(rng.integers(len(ways)))]
    return Opposed(text[: place.start()] + instead + text[place.end() :], way, place[0])


DENIALS = (
    "Officials denied that {}", "It is not true that {}", "There is no evidence that {}",
    "We have seen no sign that {}", "A spokesman rejected the report that {}",
    "The ministry said it was false that {}", "Nobody has shown that {}",
)  # fmt: skip
AFFIRMATIONS = (
    "Officials confirmed that {}", "It is true that {}", "There is evidence that {}",
    "We have seen signs that {}", "A spokesman repeated the report that {}",
    "The ministry said that {}", "They have shown that {}",
)  # fmt: skip


def framed(text: str, frames: tuple[str, ...], rng: np.random.Generator) -> str:
    """The text put behind words that deny or affirm it."""
    first = text.split(" ", 1)[0]
    inner = text[0].lower() + text[1:] if first in {"The", "A", "An", "He", "She", "It", "They", "In", "We"} else text
    return frames[int(rng.integers(len(frames)))].format(inner)


def made(corpora: Path, count: int = 3_000) -> Iterator[Example]:
    """Pairs made from sentences of news: opposed, shortened, doubly negated, and near ones that say something else."""
    texts = list(news_sentences(corpora, count))
    vectors = shipped_vectors().vectors(texts)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    nearest = likeness.argmax(1)
    rng = np.random.default_rng(5)
    for i, text in enumerate(texts):
        against = opposed(text, rng)
        if against is not None:
            pair = (text, against.text) if rng.random() < 0.5 else (against.text, text)
            yield Example(*pair, CONTRADICTS, f"made by {against.way}", text)
            if rng.random() < 0.3:
                yield Example(against.text, shortened(against.text), SUPPORTS, "made by shortening", text, 0.7)
        if rng.random() < 0.3 and not text.endswith(("?", "”", '"')):
            denied = rng.random() < 0.6
            premise = framed(text, DENIALS if denied else AFFIRMATIONS, rng)
            yield Example(premise, text, CONTRADICTS if denied else SUPPORTS, "made by framing", text)
        if rng.random() < 0.3:
            yield Example(text, shortened(text), SUPPORTS, "made by shortening", text, 0.7)
        if rng.random() < 0.2:
            yield Example(text, texts[int(nearest[i])], NEUTRAL, "made of neighbours", text, 0.7)


def shortened(text: str) -> str:
    """The text up to its last comma, where that leaves a good part of it."""
    head, _, _ = text.rpartition(", ")
    return head + "." if len(head) > 0.4 * len(text) else text


SOURCES: tuple[Callable[[Path], Iterator[Example]], ...] = (
    fool_me_twice,
    covidfact,
    climate_fever,
    rte,
    msrp,
    timelines,
    fnc,
    made,
)


def general_examples(corpora: Path) -> list[Example]:
    return [example for source in SOURCES for example in source(corpora)]
