"""Copies planted among the articles of stories/, and baselines that look for them.

Two halves, divided by event. Of each up to `PLANTED` articles get a copy as newsrooms make them. Asked is how many of
the planted pairs are found, and how many pairs of different articles of one event are called copies. copies.jsonl lists
pairs of those that share wording as they were found; those marked as copies there count on neither side. They were
found with the program at low thresholds and then judged by eye, so that others may be missing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, islice
from pathlib import Path

from bench.corpora import ARCHIVE, STORIES, in_tuning, rows_of
from bench.linking.minhash import sketch
from bench.linking.scores import Score
from bench.linking.told import told_of
from onrecord.domain.stories import Told

NATURAL = Path(__file__).parent / "copies.jsonl"
PARTS = ("tuning", "kept back")
SEED = 20431
PLANTED = 120
DONORS = 80

Pair = tuple[str, str]
_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\b\d[\d,.]*\b")
_SYNONYMS = dict(
    pair.split("/")
    for pair in """said/stated told/informed killed/slain people/persons government/administration police/officers
    attack/assault country/nation president/leader big/large large/sizeable many/numerous about/around
    after/following before/ahead
    also/too but/however because/since show/display showed/displayed began/started begin/start help/assist
    wants/seeks want/seek new/fresh former/ex last/past first/initial called/dubbed says/states including/among
    near/by several/various told/advised house/home city/town man/male woman/female children/kids shot/fired
    died/perished dead/deceased hurt/wounded report/account reported/noted official/functionary
    officials/functionaries million/m percent/pc week/weeks month/months year/years day/days made/produced
    make/produce took/seized take/seize went/moved group/band law/statute court/tribunal judge/justice company/firm
    money/funds work/labour vote/ballot election/poll statement/declaration decision/ruling""".split()
)


@dataclass(frozen=True, slots=True)
class Field:
    """Articles of stories/ with copies planted among them; `copied` are the planted pairs, `others` pairs of different
    articles of one event, `natural` those of them that are copies as they were found."""

    reports: tuple[Told, ...]
    copied: frozenset[Pair]
    others: frozenset[Pair]
    natural: frozenset[Pair]


def fields(corpora: Path) -> dict[str, Field]:
    """The two halves, divided by event; the same every time."""
    events: dict[str, list[Told]] = {}
    for corpus in STORIES:
        for row in rows_of(corpora / corpus):
            events.setdefault(row["event"], []).append(told_of(row))
    archive = map(told_of, rows_of(corpora / ARCHIVE))
    donors = list(islice((one for one in archive if len(one.text) > 2_000), DONORS))
    natural = {pair_of(row["report_a"], row["report_b"]) for row in rows_of(NATURAL) if row["copy"]}
    chance = random.Random(SEED)
    found = {}
    for part, names in zip(PARTS, _halves(sorted(events)), strict=True):
        reports = [one for name in names for one in events[name]]
        long = [one for one in reports if len(_paragraphs(one.text)) >= 6 and 1_500 < len(one.text) < 20_000]
        planted = [planted_copy(one, donors, chance) for one in chance.sample(long, min(PLANTED, len(long)))]
        others = {pair_of(a.report, b.report) for name in names for a, b in combinations(events[name], 2)}
        found[part] = Field(
            (*reports, *planted),
            frozenset(pair_of(one.report, one.report.removesuffix("#copy")) for one in planted),
            frozenset(others - natural),
            frozenset(others & natural),
        )
    return found


def planted_copy(told: Told, donors: Sequence[Told], chance: random.Random) -> Told:
    """A copy as newsrooms make them: cut to between 30 and 100 percent of its paragraphs, some words and figures
    changed, now and then reordered, with up to as many paragraphs of somebody else's, under another title."""
    paragraphs = _paragraphs(told.text)
    share = chance.choice((1.0, chance.uniform(0.3, 0.8), chance.uniform(0.3, 0.8), chance.uniform(0.3, 0.8)))
    kept = sorted(chance.sample(range(len(paragraphs)), max(2, round(share * len(paragraphs)))))
    if chance.random() < 0.3:
        chance.shuffle(kept)
    donor = chance.choice(donors)
    foreign = _paragraphs(donor.text)
    rate = chance.choice((0.0, 0.03, 0.08, 0.15))
    lines = [_edited(paragraphs[place], rate, foreign, chance) for place in kept]
    own = round(len(lines) * chance.choice((0.0, 0.3, 0.6, 1.0)))
    for paragraph in foreign[:own]:
        lines.insert(chance.randint(0, len(lines)), paragraph)
    when = told.published and told.published + timedelta(days=1)
    text = "\n\n".join(lines)
    return Told(f"{told.report}#copy", donor.title, text, donor.outlet, donor.author, donor.url, when)


def _edited(text: str, rate: float, foreign: Sequence[str], chance: random.Random) -> str:
    words = _WORD.findall(" ".join(foreign))

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() >= rate:
            return word
        return _SYNONYMS.get(word.lower()) or chance.choice(words)

    changed = _WORD.sub(other, text)
    return _FIGURE.sub(lambda match: str(chance.randint(2, 900)) if chance.random() < 0.3 else match.group(), changed)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _halves(names: Sequence[str]) -> tuple[list[str], list[str]]:
    return [name for name in names if in_tuning(name)], [name for name in names if not in_tuning(name)]


def pair_of(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def score_copies(field: Field, said: Iterable[Pair]) -> Score:
    """Of the planted pairs and those of different articles of one event; natural copies count on neither side."""
    called = set(said)
    right = len(called & field.copied)
    return Score(right + len(called & field.others), right, len(field.copied))


class MinHashes:
    """The baseline: Jaccard index of the shingles of two texts, estimated by MinHash."""

    def __init__(self, reports: Iterable[Told]) -> None:
        self._of = {
            one.report: sketch([word.casefold() for word in _WORD.findall(one.text)], 5, seed=7) for one in reports
        }

    def index(self, pair: Pair) -> float:
        return float(self._of[pair[0]].jaccard(self._of[pair[1]]))


def of_minhash(field: Field) -> dict[Pair, float]:
    hashes = MinHashes(field.reports)
    return {pair: hashes.index(pair) for pair in field.copied | field.others | field.natural}


def of_same_text(field: Field) -> set[Pair]:
    of = {one.report: " ".join(_WORD.findall(one.text.casefold())) for one in field.reports}
    return {(a, b) for a, b in field.copied | field.others | field.natural if of[a] == of[b]}


def of_same_paragraph(field: Field) -> set[Pair]:
    of = {
        one.report: {
            tuple(words) for line in _paragraphs(one.text) if len(words := _WORD.findall(line.casefold())) >= 20
        }
        for one in field.reports
    }
    return {(a, b) for a, b in field.copied | field.others | field.natural if of[a] & of[b]}


def best_threshold(field: Field, index: Mapping[Pair, float]) -> float:
    steps = [step / 100 for step in range(1, 100)]
    return max(steps, key=lambda step: score_copies(field, [pair for pair, one in index.items() if one >= step]).f1)
