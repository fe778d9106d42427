"""How well origins, copies and independence are told: `python -m bench.linking.origins [--corpora DIR]`.

Three measurements:

- pairs of reports labelled by hand (origins.jsonl: ids into the corpora with the sums of the texts; docs/labelling.md has
  the rules): of the pairs called independent, how many are (precision), and how many of the independent ones are called
  so (recall). `--mistakes` lists the wrong ones of part "tuning"; of "kept back" only the score is looked at;
- copies planted among the articles of stories/: cut, edited, reordered, with paragraphs of another article, under
  another title, outlet and date; how many are found, and how many pairs of different articles of one event are called
  copies. Natural copies among those articles, listed in copies.jsonl, are counted apart;
- the project's own example against its gold.

Beside ours: the Jaccard index of MinHashes (rensa) at the threshold that is best on the tuning half, the same text, and
one long paragraph in common.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from rensa import RMinHash

from onrecord.domain.origins import Independence
from onrecord.domain.stories import Told
from onrecord.linking.origins import Copy, compared, copies, independence, origins
from onrecord.settings import Settings
from onrecord.sources import gather

HERE = Path(__file__).parent
LABELS = HERE / "origins.jsonl"
NATURAL = HERE / "copies.jsonl"
EXAMPLE = HERE.parent.parent / "examples" / "crisis"
ARCHIVE = "reports/us-2018-2020/articles_2018_2020.jsonl.gz"
STORIES = ("stories/basil.jsonl", "stories/clusters.jsonl")
PARTS = ("tuning", "kept back")
SEED = 20431
PLANTED = 120
DONORS = 80
FAMILIES = {
    "Halyard News Agency": "Halyard cooperative",
    "The Eskmouth Courier": "Tidewater Press Group",
    "Calder Tribune": "Tidewater Press Group",
    "Orlamar 24": "Orlamar 24 Comunicación",
    "Harvenia One": "Republic of Harvenia",
    "The Sceptical Ferryman": "Odile Marsh",
}
"""The publishers of the invented outlets, as the example's README gives them."""

Pair = tuple[str, str]
_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\b\d[\d,.]*\b")
_SYNONYMS = dict(
    pair.split("/")
    for pair in """said/stated told/informed killed/slain people/persons government/administration police/officers attack/assault
    country/nation president/leader big/large large/sizeable many/numerous about/around after/following before/ahead also/too
    but/however because/since show/display showed/displayed began/started begin/start help/assist wants/seeks want/seek new/fresh
    former/ex last/past first/initial called/dubbed says/states including/among near/by several/various told/advised
    house/home city/town man/male woman/female children/kids shot/fired died/perished dead/deceased hurt/wounded
    report/account reported/noted official/functionary officials/functionaries million/m percent/pc week/weeks month/months
    year/years day/days made/produced make/produce took/seized take/seize went/moved group/band law/statute court/tribunal
    judge/justice company/firm money/funds work/labour vote/ballot election/poll statement/declaration decision/ruling""".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A pair labelled by hand: whether the two are shown to be independent."""

    part: str
    a: Told
    b: Told
    independent: bool
    ties: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a yes-or-no question; percentages."""

    found: int
    right: int
    asked: int

    @property
    def precision(self) -> float:
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.found + self.asked) if self.found + self.asked else 0.0


def read_reports(corpora: Path, corpus: str, wanted: frozenset[str] | None = None) -> Iterator[Told]:
    """The reports of one corpus file as linking compares them; only `wanted` ids, where given."""
    path = corpora / corpus
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            told = _told(row)
            if wanted is None or told.report in wanted:
                yield told


def _told(row: Mapping[str, Any]) -> Told:
    when = row.get("published") or row.get("date")
    return Told(
        report=str(row.get("id") or row.get("ID")),
        title=row.get("title"),
        text=row.get("text") or row.get("content_original") or "",
        outlet=row.get("outlet") or row.get("source"),
        author=row.get("authors") or None,
        url=row.get("url"),
        published=_moment(str(when)) if when else None,
    )


def _moment(words: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(words.replace("Z", "+00:00"))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def labels(corpora: Path) -> list[Label]:
    """The labelled pairs whose texts are those that were labelled."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    wanted: dict[str, set[str]] = {}
    for row in rows:
        for side in "ab":
            wanted.setdefault(row[f"corpus_{side}"], set()).add(row[f"report_{side}"])
    told = {
        (corpus, one.report): one
        for corpus, ids in wanted.items()
        for one in read_reports(corpora, corpus, frozenset(ids))
    }
    found = []
    for row in rows:
        pair = [told[row[f"corpus_{side}"], row[f"report_{side}"]] for side in "ab"]
        for one, side in zip(pair, "ab", strict=True):
            if sha256(one.text.encode()).hexdigest() != row[f"sha256_{side}"]:
                raise SystemExit(f"{LABELS.name}: the text of {one.report} is not the one that was labelled")
        a, b = pair
        found.append(Label(row["split"], a, b, row["independent"], tuple(row["ties"]), row["doubtful"]))
    return found


def judged(label: Label) -> Independence:
    """What the program says of a labelled pair."""
    return independence(label.a, label.b, origins(label.a), origins(label.b), compared(label.a, label.b))


def score_independence(rows: Sequence[Label], said: Mapping[int, bool]) -> Score:
    found = [row for row in rows if said[id(row)]]
    return Score(len(found), sum(row.independent for row in found), sum(row.independent for row in rows))


# --- planted copies ---


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
        for line in (corpora / corpus).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            events.setdefault(row["event"], []).append(_told(row))
    donors = []
    for one in read_reports(corpora, ARCHIVE):
        if len(one.text) > 2_000:
            donors.append(one)
        if len(donors) == DONORS:
            break
    natural = {
        _pair(row["report_a"], row["report_b"])
        for row in map(json.loads, NATURAL.read_text(encoding="utf-8").splitlines() if NATURAL.exists() else ())
        if row["copy"]
    }
    chance = random.Random(SEED)
    found = {}
    for part, names in zip(PARTS, _halves(sorted(events)), strict=True):
        reports = [one for name in names for one in events[name]]
        long = [one for one in reports if len(_paragraphs(one.text)) >= 6 and 1_500 < len(one.text) < 20_000]
        planted = [planted_copy(one, donors, chance) for one in chance.sample(long, min(PLANTED, len(long)))]
        others = {_pair(a.report, b.report) for name in names for a, b in combinations(events[name], 2)}
        found[part] = Field(
            (*reports, *planted),
            frozenset(_pair(one.report, one.report.removesuffix("#copy")) for one in planted),
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
    first = [name for name in names if int(sha256(name.encode()).hexdigest(), 16) % 2 == 0]
    return first, [name for name in names if name not in set(first)]


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def score_copies(field: Field, said: Iterable[Pair]) -> Score:
    """Of the planted pairs and those of different articles of one event; natural copies count on neither side."""
    called = set(said)
    right = len(called & field.copied)
    return Score(right + len(called & field.others), right, len(field.copied))


class MinHashes:
    """The baseline: Jaccard index of the shingles of two texts, estimated by MinHash."""

    def __init__(self, reports: Iterable[Told]) -> None:
        self._of = {}
        for one in reports:
            words = [word.casefold() for word in _WORD.findall(one.text)]
            hashes = RMinHash(num_perm=128, seed=7)
            hashes.update([" ".join(words[place : place + 5]) for place in range(max(1, len(words) - 4))])
            self._of[one.report] = hashes

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


# --- the example ---


def example() -> tuple[dict[str, Told], dict[Pair, Copy], list[dict[str, str]]]:
    told = {}
    for one in gather([EXAMPLE / "reports"], Settings()):
        report = one.report
        if report is not None:
            told[one.name] = Told(
                one.name, report.title, report.text, report.outlet, report.author, report.url, report.published
            )
    found = {(copy.a, copy.b): copy for copy in copies(list(told.values()))}
    gold = [json.loads(line) for line in (EXAMPLE / "gold" / "origins.jsonl").read_text(encoding="utf-8").splitlines()]
    return told, found, gold


def of_example() -> tuple[dict[str, float], list[str]]:
    """What came out on the example, in percent, and the pairs that are not as its gold says."""
    told, found, gold = example()
    known = frozenset(one.outlet for one in told.values() if one.outlet)
    from_text = {name: origins(one, known) for name, one in told.items()}
    right: dict[str, list[bool]] = {}
    wrong = []
    for row in gold:
        a, b = row["a"], row["b"]
        said = independence(told[a], told[b], from_text[a], from_text[b], found.get(_pair(a, b)), families=FAMILIES)
        expected = {
            "copy": "copy" in said.ties,
            "cites": "cites" in said.ties or told[a].outlet == told[b].outlet,
            "same-event": "copy" not in said.ties,
            "independent": said.independent,
        }[row["relation"]]
        right.setdefault(row["relation"], []).append(expected)
        if not expected:
            wrong.append(
                f"{row['relation']}: {a} and {b}: {', '.join(said.ties) or 'independent'}: {'; '.join(said.reasons)}"
            )
    copied = {_pair(row["a"], row["b"]) for row in gold if row["relation"] == "copy"}
    right["found copies that are"] = [pair in copied for pair in found]
    return {name: 100 * sum(marks) / len(marks) for name, marks in right.items()}, wrong


def measured(corpora: Path | None = None) -> dict[str, float]:
    """Every number by its name, in percent."""
    numbers = {f"example, {name}": value for name, value in of_example()[0].items()}
    if corpora is None:
        return numbers
    rows = labels(corpora)
    said = {id(row): judged(row).independent for row in rows}
    for part in PARTS:
        for name, chosen in (
            ("", [row for row in rows if row.part == part]),
            (", not doubtful", [row for row in rows if row.part == part and not row.doubtful]),
        ):
            score = score_independence(chosen, said)
            numbers[f"independent, {part}{name}, precision"] = score.precision
            numbers[f"independent, {part}{name}, recall"] = score.recall
            everything = score_independence(chosen, dict.fromkeys(said, True))
            numbers[f"independent, {part}{name}, precision if all were called so"] = everything.precision
            alone = {id(row): compared(row.a, row.b) is None for row in chosen}
            score = score_independence(chosen, alone)
            numbers[f"independent, {part}{name}, precision by copies alone"] = score.precision
            numbers[f"independent, {part}{name}, recall by copies alone"] = score.recall
    halves = fields(corpora)
    threshold = None
    for part, field in halves.items():
        index = of_minhash(field)
        threshold = best_threshold(field, index) if threshold is None else threshold
        systems: dict[str, Iterable[Pair]] = {
            "ours": [(one.a, one.b) for one in copies(field.reports)],
            f"MinHash at {threshold:.2f}": [pair for pair, one in index.items() if one >= threshold],
            "same paragraph": of_same_paragraph(field),
            "same text": of_same_text(field),
        }
        for name, pairs in systems.items():
            called = set(pairs)
            score = score_copies(field, called)
            numbers[f"planted copies, {part}, {name}, found"] = score.recall
            numbers[f"planted copies, {part}, {name}, precision"] = score.precision
            numbers[f"planted copies, {part}, {name}, F1"] = score.f1
            if field.natural:
                share = 100 * len(called & field.natural) / len(field.natural)
                numbers[f"natural copies, {part}, {name}, found"] = share
    return numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--mistakes", action="store_true")
    args = parser.parse_args()
    for name, value in measured(args.corpora).items():
        print(f"{name:<72}{value:>7.1f}")
    if not args.mistakes:
        return
    for line in of_example()[1]:
        print(line)
    if args.corpora:
        for row in labels(args.corpora):
            said = judged(row)
            if row.part == "tuning" and said.independent != row.independent:
                print(
                    f"{row.a.report} {row.b.report} labelled {', '.join(row.ties) or 'independent'}: {'; '.join(said.reasons)}"
                )


if __name__ == "__main__":
    main()
