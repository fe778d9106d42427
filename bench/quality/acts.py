"""How well passages are cut and their acts told: `python -m bench.quality.acts [--corpora DIR]`.

Always measures the project's own example. With the corpora also acts.jsonl, passages of news with the act, negation and
condition that a careful reader finds, as offsets into reports (docs/labelling.md has the rules); part "tuning" may be
looked at, of "kept back" only the scores. Whoever wrote the program had labelled both, so "drawn last" was drawn from
other reports and labelled when the program was written. acts_training.jsonl holds passages labelled later by another
reader, to train and calibrate on, and acts_test.jsonl passages that nothing was chosen by: trust
that. acts_second.jsonl holds a second reader's labels.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import rows_of, texts
from bench.quality import example
from bench.quality.attributions import Count
from onrecord.domain.passages import Act
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.reading.acts import Acted, act_of
from onrecord.reading.clauses import passages

LABELS = Path(__file__).parent / "acts.jsonl"
TRAINING = Path(__file__).parent / "acts_training.jsonl"
TEST = Path(__file__).parent / "acts_test.jsonl"
SECOND = Path(__file__).parent / "acts_second.jsonl"
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled passage; `act` is None where it is marked bad: no passage of anything said."""

    part: str
    drawn: str
    corpus: str
    report: str
    text_sha256: str
    passage: Span
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    kind: Kind
    speaker_known: bool
    act: Act | None
    negated: bool
    conditional: bool

    @property
    def key(self) -> Key:
        return self.text_sha256, self.passage.start, self.passage.end


@dataclass(frozen=True, slots=True)
class Answer:
    """What the labels say of one passage, and what the program says."""

    act: Act
    negated: bool
    conditional: bool
    found: Acted


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers by what was measured: "example", "tuning", "kept back".

    With `boundaries` of the example: how many passages were cut exactly as the gold has them.
    """

    answers: dict[str, list[Answer]]
    boundaries: Count | None = None


def labels(path: Path = LABELS, part: str | None = None) -> list[Label]:
    """The labels in the order of the file, as `part` where one is given; older files may leave the source out."""
    found = []
    for row in rows_of(path):
        found.append(
            Label(
                part=row["part"] if part is None else part,
                drawn=row["drawn"],
                corpus=row["corpus"],
                report=row["report"],
                text_sha256=row["text_sha256"],
                passage=Span(*row["passage"]),
                source=tuple(Span(*pair) for pair in row.get("source") or ()),
                cue=tuple(Span(*pair) for pair in row["cue"]),
                kind=Kind(row["kind"]),
                speaker_known=row["speaker_known"],
                act=None if row["bad"] else Act(row["act"]),
                negated=row["negated"],
                conditional=row["conditional"],
            )
        )
    return found


def measure_example() -> Measured:
    """Acts of the example's gold passages, and how its contents are cut."""
    answers: list[Answer] = []
    right = found = known = 0
    wanted = example.gold()
    for name, report in example.reports():
        for row in wanted.get(name, []):
            source, cue, content = (example.located(report.text, row[role]) for role in ("source", "cue", "content"))  # type: ignore[arg-type]
            gold = set()
            for passage in row["passages"]:  # type: ignore[attr-defined]
                span = _inside(report.text, content, passage["exact"])
                gold.add(span)
                acted = act_of(report.text, span, cue, Kind(str(row["kind"])), row["speaker"] is not None)
                flags = bool(passage.get("negated")), bool(passage.get("conditional"))
                answers.append(Answer(Act(passage["act"]), *flags, acted))
            cut = set(passages(report.text, content, (*source, *cue)))
            right, found, known = right + len(cut & gold), found + len(cut), known + len(gold)
    return Measured({"example": answers}, Count(right, found, known))


def _inside(text: str, content: Sequence[Span], exact: str) -> Span:
    for part in content:
        at = text.find(exact, part.start, part.end)
        if at >= 0:
            return Span(at, at + len(exact))
    raise ValueError(f"the gold's passage {exact!r} stands in no part of its content")


def measure(corpora: Path) -> Measured:
    """Acts of the labelled passages by part, and by part and how they were drawn ("kept back, random")."""
    found = labels() + labels(TRAINING) + labels(TEST, "test")
    wanted = [label for label in found if label.act is not None]
    read = texts(corpora, {(label.corpus, label.report, label.text_sha256) for label in wanted})
    answers: dict[str, list[Answer]] = defaultdict(list)
    for label in wanted:
        assert label.act is not None
        text = read[label.text_sha256]
        acted = act_of(text, label.passage, label.cue, label.kind, label.speaker_known)
        answer = Answer(label.act, label.negated, label.conditional, acted)
        answers[label.part].append(answer)
        answers[f"{label.part}, {label.drawn}"].append(answer)
    return Measured(dict(answers))


def by_act(answers: Sequence[Answer]) -> dict[Act, Count]:
    """The score of each act that the labels hold."""
    scores = {}
    for act in Act:
        items = sum(answer.act is act for answer in answers)
        given = sum(answer.found.act is act for answer in answers)
        right = sum(answer.act is act is answer.found.act for answer in answers)
        if items:
            scores[act] = Count(right, given, items)
    return scores


def macro_f1(answers: Sequence[Answer]) -> float:
    """The mean F1 over the acts that the labels hold."""
    scores = by_act(answers)
    return sum(score.f1 for score in scores.values()) / max(1, len(scores))


def flag_f1(answers: Sequence[Answer], flag: str) -> float:
    """F1 of "negated" or "conditional"."""
    pairs = [(bool(getattr(answer, flag)), bool(getattr(answer.found, flag))) for answer in answers]
    return 2 * sum(a and b for a, b in pairs) / max(1, sum(a + b for a, b in pairs))


def calibration_error(answers: Sequence[Answer]) -> float:
    """How far `sure` is from the share that is right, over ten bins of equal width."""
    gaps = [0.0] * 10
    for answer in answers:
        gaps[min(9, int(answer.found.sure * 10))] += answer.found.sure - (answer.act is answer.found.act)
    return sum(map(abs, gaps)) / max(1, len(answers))


def second_reader() -> tuple[int, float, float] | None:
    """How many passages two readers labelled, the share with the same act, and Cohen's kappa; None without them."""
    if not SECOND.exists():
        return None
    first = {label.key: label.act for label in labels() if label.act is not None}
    pairs = []
    for row in rows_of(SECOND):
        key = (row["text_sha256"], *row["passage"])
        if row.get("act") and key in first:
            pairs.append((first[key], Act(row["act"])))
    if not pairs:
        return None
    same = sum(a is b for a, b in pairs) / len(pairs)
    chance = sum(sum(a is act for a, _ in pairs) * sum(b is act for _, b in pairs) for act in Act) / len(pairs) ** 2
    return len(pairs), same, (same - chance) / (1 - chance) if chance < 1 else 1.0


def _print(name: str, answers: Sequence[Answer]) -> None:
    right = sum(answer.act is answer.found.act for answer in answers)
    print(
        f"{name}: {len(answers)} passages, right {100 * right / len(answers):.1f} %, macro-F1 {macro_f1(answers):.3f}"
    )
    print(f"  negated F1 {flag_f1(answers, 'negated'):.3f}, conditional F1 {flag_f1(answers, 'conditional'):.3f}")
    print(f"  calibration error of sure {calibration_error(answers):.3f}")
    for act, score in by_act(answers).items():
        shown = f"{score.precision:9.3f} {score.recall:7.3f} {score.f1:7.3f} {score.gold:6}"
        print(f"  {act.value:12} {shown}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds reports/")
    args = parser.parse_args()
    print(f"{'':14} {'precision':>9} {'recall':>7} {'F1':>7} {'items':>6}")
    own = measure_example()
    assert own.boundaries is not None
    cut = own.boundaries
    _print("example", own.answers["example"])
    print(f"  passages cut as in the gold: {cut.right} of {cut.gold}, {cut.found} cut, F1 {cut.f1:.3f}")
    if args.corpora is not None:
        answers = measure(args.corpora).answers
        for part in ("tuning", "kept back", "drawn last", "training", "test"):
            for name in (part, f"{part}, random", f"{part}, by words"):
                if name in answers:
                    _print(name, answers[name])
    second = second_reader()
    if second is not None:
        print(f"two readers: {second[0]} passages, same act {100 * second[1]:.1f} %, Cohen's kappa {second[2]:.3f}")


if __name__ == "__main__":
    main()
