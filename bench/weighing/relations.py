"""How well relations between utterances are told: `python -m bench.weighing.relations --corpora DIR`.

relations.jsonl holds pairs of passages of real news and how the one stands to the other (docs/labelling-relations.md
has the rules), as offsets into reports. Each side is made into an utterance of one rendering as production has it: the
report is read, the statement that the passage stands in gives cue, kind and context, and act, negation, figures and
times are what the reader makes of the labelled characters. Speakers are the label's, looked up as linking does.

relations_fresh.jsonl holds such pairs that nobody chose: they are drawn by `relations_draw`.

Prints precision, recall and F1 of each kind and of "unrelated", macro-F1 over the seven kinds and over all eight, and
of contradicts precision and recall, for both halves and the fresh pairs, beside two baselines: always the commonest
kind, and shared words with a negation on one side. `--mistakes` lists the mistakes of the half "tuning"; those of the
half kept back and of the fresh pairs are not to be looked at.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.corpora import CASUALTIES, Row, casualties, gathered, labelled, moment, rows_of
from bench.corpora import reports as found_reports
from bench.linking.scores import Score
from bench.linking.utterance_pairs import is_quoted
from bench.rendered import said_once
from onrecord.domain.actors import Mention
from onrecord.domain.judgements import UNRELATED
from onrecord.domain.relations import RelationKind, Said
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.domain.statements import Basis, Kind, Statement
from onrecord.domain.utterances import Rendering
from onrecord.language.words import rarity, words_of
from onrecord.linking.actors import identify
from onrecord.reading.acts import act_of
from onrecord.reading.figures import find_figures
from onrecord.reading.reader import TaggerReader
from onrecord.reading.times import find_times
from onrecord.weighing.relations import relation, relations

LABELS = Path(__file__).with_name("relations.jsonl")
FRESH = Path(__file__).with_name("relations_fresh.jsonl")
"""Pairs that were drawn (`relations_draw`), not chosen, and labelled when the half kept back had been scored often."""
SPLITS = ("tuning", "kept back")
KINDS = tuple(kind.value for kind in RelationKind)
NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|den(?:y|ied|ies))\b|n['’]t\b", re.IGNORECASE)
"""The cue of the baseline."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two utterances, how a reader found `a` to stand to `b`, and in which half the pair is."""

    a: Said
    b: Said
    kind: str
    split: str
    doubtful: bool
    note: str


def labels() -> list[Row]:
    """The rows of the labelled set."""
    return list(rows_of(LABELS))


@dataclass(frozen=True, slots=True)
class Read:
    """A report with labelled passages, and what the reader found in it."""

    report: Report
    statements: tuple[Statement, ...]


def read(corpora: Path, rows: Sequence[Row]) -> dict[str, Read]:
    """The labelled reports, read, by the sums of their texts."""
    texts = labelled({row[f"sha256_{side}"] for row in rows for side in "ab"}, _reports(corpora, rows))
    reader = TaggerReader()
    return {digest: Read(report, tuple(reader.read_report(report))) for digest, report in texts}


def pairs(held: Mapping[str, Read], rows: Sequence[Row]) -> list[Pair]:
    """The labelled pairs as utterances."""
    found = []
    for number, row in enumerate(rows):
        ends = [_said(row, side, held[row[f"sha256_{side}"]], f"{number}{side}") for side in "ab"]
        found.append(Pair(ends[0], ends[1], row["kind"], row["split"], row["doubtful"], row["note"]))
    return found


def _reports(corpora: Path, rows: Sequence[Row]) -> Iterator[tuple[str, Report]]:
    wanted: dict[str, set[str]] = {}
    for row in rows:
        for side in "ab":
            wanted.setdefault(row[f"corpus_{side}"], set()).add(row[f"report_{side}"])
    for corpus, names in sorted(wanted.items()):
        if corpus == CASUALTIES:
            yield from gathered(row for row in casualties(corpora) if row["id"] in names)
        else:
            yield from found_reports(corpora, corpus, names)


def _said(row: Row, side: str, held: Read, name: str) -> Said:
    """One labelled passage as an utterance told once."""
    report = held.report
    text, span = report.text, Span(row[f"start_{side}"], row[f"end_{side}"])
    published = moment(row[f"published_{side}"]) if row[f"published_{side}"] else None
    around = _around(span, held.statements)
    cue = () if around is None else around.cue
    kind = around.kind if around is not None else Kind.DIRECT if is_quoted(text, span) else Kind.INDIRECT
    times = find_times(text, span, published)
    acted = act_of(text, span, cue, kind)
    speaker = row[f"speaker_{side}"]
    return said_once(
        Rendering(
            passage=name,
            statement=f"{report.id}:{around.id if around is not None else span.start}",
            report=report.id,
            span=span,
            words=span.of(text),
            act=acted.act,
            negated=acted.negated,
            conditional=acted.conditional,
            quoted=is_quoted(text, span),
            figures=tuple(find_figures(text, span, times)),
            times=tuple(times),
            speaker=speaker,
            actor=actor_id(speaker, name, report.id, published),
            outlet=report.outlet,
            published=published,
            context="" if around is None else " ".join(part.of(text) for part in around.content),
            cue=" ".join(part.of(text) for part in cue),
        )
    )


def _around(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement that has half of the passage or more in its content."""

    def shared(one: Statement) -> int:
        return sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in one.content)

    having = [one for one in statements if 2 * shared(one) >= span.end - span.start]
    return min(having, key=lambda one: (sum(part.end - part.start for part in one.content), one.id), default=None)


def actor_id(speaker: str | None, statement: str, report: str, published: datetime | None) -> str | None:
    """Whom linking takes the name for, or the name itself."""
    if speaker is None:
        return None
    mention = Mention(statement, report, speaker, speaker, Basis.NAMED, None, published)
    found = next(identify([mention])).actor
    return f"name:{speaker}" if found is None else found


Method = Callable[[Said, Said], str]


def ours(a: Said, b: Said) -> str:
    """The kind that `weighing.relations` gives, whichever of the two is named first."""
    found = relation(a, b)
    return UNRELATED if found is None else found.kind.value


def shown(a: Said, b: Said) -> str:
    """The kind that pages show of the two where nobody asks about them."""
    found = next(relations([b, a]), None)
    return UNRELATED if found is None else found.kind.value


def commonest(_a: Said, _b: Said) -> str:
    """What most pairs of the set are."""
    return UNRELATED


def words_and_negation(a: Said, b: Said) -> str:
    """Contradicts where words are shared and one side has a negation, repeats where more are shared and none has."""
    one, other = (set(words_of(said.fullest.words)) for said in (a, b))
    shared, both = (sum(map(rarity, words)) for words in (one & other, one | other))
    likeness = shared / both if both else 0.0
    negated = [NEGATION.search(said.fullest.words) is not None for said in (a, b)]
    if negated[0] != negated[1]:
        return RelationKind.CONTRADICTS.value if likeness >= 0.1 else UNRELATED
    return RelationKind.REPEATS.value if likeness >= 0.25 else UNRELATED


METHODS: dict[str, Method] = {"ours": ours, "the commonest": commonest, "words and negation": words_and_negation}


@dataclass(frozen=True, slots=True)
class Scores:
    """How one method does on one half: a score for each kind and for "unrelated"."""

    kinds: dict[str, Score]

    @property
    def macro(self) -> float:
        """The mean F1 of the seven kinds, in percent."""
        return sum(self.kinds[kind].f1 for kind in KINDS) / len(KINDS)

    @property
    def macro_of_all(self) -> float:
        """The mean F1 of the seven kinds and "unrelated", in percent."""
        return sum(score.f1 for score in self.kinds.values()) / len(self.kinds)


def scored(found: Sequence[Pair], given: Sequence[str]) -> Scores:
    """The scores of what was given for some pairs."""
    return scores_of([pair.kind for pair in found], given)


def scores_of(kinds: Sequence[str], given: Sequence[str]) -> Scores:
    """The scores of what was given where these kinds are labelled."""
    right = Counter(kind for kind, answer in zip(kinds, given, strict=True) if kind == answer)
    asked, answered = Counter(kinds), Counter(given)
    return Scores({kind: Score(answered[kind], right[kind], asked[kind]) for kind in (*KINDS, UNRELATED)})


def measured(corpora: Path) -> dict[str, float]:
    """Percentages by half, method and what is measured, for a table over all of weighing."""
    rows = labels()
    found = pairs(read(corpora, rows), rows)
    out: dict[str, float] = {}
    for split in SPLITS:
        half = [pair for pair in found if pair.split == split]
        for name, method in METHODS.items():
            scores = scored(half, [method(pair.a, pair.b) for pair in half])
            contradicts = scores.kinds[RelationKind.CONTRADICTS.value]
            out[f"{name}, {split}, macro-F1 of seven"] = scores.macro
            out[f"{name}, {split}, macro-F1 of eight"] = scores.macro_of_all
            out[f"{name}, {split}, contradicts precision"] = contradicts.precision
            out[f"{name}, {split}, contradicts recall"] = contradicts.recall
            out.update({f"{name}, {split}, {kind} F1": score.f1 for kind, score in scores.kinds.items()})
    return out


def measured_fresh(corpora: Path) -> dict[str, float]:
    """Percentages of the fresh pairs by method and what is measured."""
    rows = list(rows_of(FRESH))
    found = pairs(read(corpora, rows), rows)
    kinds = [pair.kind for pair in found]
    related = sum(kind != UNRELATED for kind in kinds)
    out: dict[str, float] = {}
    for name, method in (("likeliest", ours), ("as shown", shown)):
        given = [method(pair.a, pair.b) for pair in found]
        answered = sum(answer != UNRELATED for answer in given)
        right = sum(kind == answer != UNRELATED for kind, answer in zip(kinds, given, strict=True))
        all_ = Score(answered, right, related)
        out[f"{name}, a relation with its kind, precision"] = all_.precision
        out[f"{name}, a relation with its kind, recall"] = all_.recall
    return out


def show(name: str, found: Sequence[Pair], methods: dict[str, Method]) -> None:
    """Prints the scores of some pairs."""
    for method, answer in methods.items():
        scores = scored(found, [answer(pair.a, pair.b) for pair in found])
        print(f"\n{name}: {method}, {len(found)} pairs")
        print(f"{'kind':14} {'labels':>7} {'precision':>10} {'recall':>7} {'F1':>6}")
        for kind, score in scores.kinds.items():
            print(f"{kind:14} {score.asked:7} {score.precision:10.1f} {score.recall:7.1f} {score.f1:6.1f}")
        print(f"macro-F1: {scores.macro:.1f} over the seven kinds, {scores.macro_of_all:.1f} with “unrelated”")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder that holds reports/")
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong in the half “tuning”")
    args = parser.parse_args()
    rows = labels()
    found = pairs(read(args.corpora, rows), rows)
    for split in SPLITS:
        half = [pair for pair in found if pair.split == split]
        show(split, half, METHODS)
        show(f"{split}, without the doubtful ones", [pair for pair in half if not pair.doubtful], {"ours": ours})
    drawn = list(rows_of(FRESH))
    show("fresh", pairs(read(args.corpora, drawn), drawn), {**METHODS, "as shown": shown})
    for pair in found if args.mistakes else ():
        given = ours(pair.a, pair.b)
        if pair.split == "tuning" and given != pair.kind:
            print(f"\nlabelled {pair.kind}{' (doubtful)' if pair.doubtful else ''}, given {given}: {pair.note}")
            for said in (pair.a, pair.b):
                print(f"  [{said.name}] {said.fullest.act.value}: {said.fullest.words}")


if __name__ == "__main__":
    main()
