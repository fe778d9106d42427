"""How well figures are read: `python -m bench.quality.figures [--corpora DIR] [--mistakes]`.

figures.jsonl holds contents of statements of news reports with every figure in them, as ids and offsets into four
corpora (docs/labelling.md has the rules). Half of the reports are for tuning: `--mistakes` shows theirs. The other half
is kept back; "unseen" was drawn and labelled after the reader was written. The project's own example
has gold too, with its text. Times are read by the project's own reader, so that its mistakes count as well.

- value: the figure shares a character with the labelled one, and value, low and high are equal;
- counted: it shares a character, and the last words of the phrases counted do; of figures that count something;
- both: the value, and what is counted or that nothing is;
- bound, unit: accuracy over the figures whose value is right; place, as of: F1 over those that have one.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpora import ARCHIVE, FIVE_COUNTRIES, NEW_YORK_TIMES, casualties, gathered, labelled, rows_of
from bench.corpora import reports as found_reports
from bench.quality.attributions import Count
from bench.quality.example import EXAMPLE, gold, located
from bench.quality.example import reports as example_reports
from onrecord.domain.passages import Figure
from onrecord.domain.reports import Report
from onrecord.domain.spans import Span
from onrecord.reading.figures import find_figures
from onrecord.reading.times import find_times

LABELS = Path(__file__).parent / "figures.jsonl"
PARTS = ("tuning", "kept back", "unseen")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled figure; `as_of` is where the time stands that it holds for.

    Those of the example have no `bound`, `place` and `as_of`.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    counted: Span | None
    place: Span | None
    as_of: Span | None


@dataclass(frozen=True, slots=True)
class Content:
    """One content of a statement with all its figures; `part` is "tuning", "kept back" or "unseen"."""

    part: str
    source: str
    report: str
    text_sha256: str
    content: Span
    figures: tuple[Label, ...]


@dataclass(slots=True)
class Scores:
    """Counts of each measure, and how many of the figures with the right value have the right bound and unit."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    bound: int = 0
    unit: int = 0

    def numbers(self) -> dict[str, float]:
        """Every measure as a share from 0 to 1."""
        found = {}
        for name, count in self.counts.items():
            found[f"{name} precision"] = count.precision
            found[f"{name} recall"] = count.recall
            found[f"{name} f1"] = count.f1
        right = max(self.counts["value"].right, 1)
        return found | {"bound accuracy": self.bound / right, "unit accuracy": self.unit / right}


def labels(path: Path = LABELS) -> list[Content]:
    """The labelled contents."""

    def span(pair: list[int] | None) -> Span | None:
        return None if pair is None else Span(*pair)

    found = []
    for row in rows_of(path):
        figures = tuple(
            Label(
                Span(*f["span"]), f["value"], f["low"], f["high"], f["bound"], f["unit"],
                span(f["counted"]), span(f["place"]), span(f["as_of"]),
            )
            for f in row["figures"]
        )  # fmt: skip
        found.append(
            Content(row["part"], row["source"], row["report"], row["text_sha256"], Span(*row["content"]), figures)
        )
    return found


def reports(corpora: Path, wanted: set[str]) -> Iterator[tuple[str, Report]]:
    """The wanted reports by name, read as `onrecord read` would."""
    for corpus in (FIVE_COUNTRIES, NEW_YORK_TIMES):
        yield from found_reports(corpora, corpus, wanted)
    yield from gathered(row for row in casualties(corpora) if row["id"] in wanted)
    yield from found_reports(corpora, ARCHIVE, wanted)


def read(report: Report, content: Span) -> list[Figure]:
    """The figures of one content."""
    return find_figures(report.text, content, find_times(report.text, content, report.published))


def _equal(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else math.isclose(a, b, rel_tol=1e-3)


def _share(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and a.overlaps(b)


def _last_word(text: str, span: Span) -> Span | None:
    words = list(_WORD.finditer(text, span.start, span.end))
    return Span(words[-1].start(), words[-1].end()) if words else None


def same_counted(text: str, a: Span | None, b: Span | None) -> bool:
    """Whether two phrases end in the same word of the text."""
    if a is None or b is None:
        return a is b
    last, other = _last_word(text, a), _last_word(text, b)
    return last is not None and other is not None and last.overlaps(other)


def same_value(a: Label, b: Figure) -> bool:
    """Whether number and edges are equal."""
    return _equal(a.value, b.value) and _equal(a.low, b.low) and _equal(a.high, b.high)


def pairs(wanted: Iterable[Label], found: Iterable[Figure]) -> list[tuple[Label | None, Figure | None]]:
    """Labels and figures that share characters, those with equal values first; the rest alone."""
    left, right, out = list(wanted), list(found), []
    tests: tuple[Callable[[Label, Figure], bool], ...] = (same_value, lambda _a, _b: True)
    for test in tests:
        for label in list(left):
            other = next((f for f in right if f.span.overlaps(label.span) and test(label, f)), None)
            if other is not None:
                out.append((label, other))
                left.remove(label)
                right.remove(other)
    return [*out, *((label, None) for label in left), *((None, figure) for figure in right)]


def score(
    text: str,
    wanted: Iterable[Label],
    found: Iterable[Figure],
    scores: Scores,
    counted_equal: Callable[[Label, Figure], bool] | None = None,
) -> list[str]:
    """Adds one content to the scores; the kinds of mistakes made, with the characters."""
    wrong = []
    for label, figure in pairs(wanted, found):
        counts = scores.counts
        for name in ("value", "both"):
            counts[name].gold += label is not None
            counts[name].found += figure is not None
        for name, of_label, of_figure in (
            ("counted", label and label.counted, figure and figure.counted),
            ("place", label and label.place, figure and figure.place),
            ("as of", label and label.as_of, figure and figure.as_of),
        ):
            counts[name].gold += of_label is not None
            counts[name].found += of_figure is not None
        if label is None or figure is None:
            shown = label or figure
            wrong.append(f"{'missed' if figure is None else 'extra'}: {shown.span.of(text)!r}")  # type: ignore[union-attr]
            continue
        value = same_value(label, figure)
        equal = counted_equal or (lambda a, b: same_counted(text, a.counted, b.counted))
        counted = equal(label, figure)
        counts["value"].right += value
        counts["both"].right += value and counted
        counts["counted"].right += counted and label.counted is not None and figure.counted is not None
        counts["place"].right += _share(label.place, figure.place)
        counts["as of"].right += _share(label.as_of, figure.as_of and figure.as_of.span)
        if value:
            scores.bound += label.bound == figure.bound.value
            scores.unit += label.unit == figure.unit
        if not value:
            wrong.append(
                f"value: {label.span.of(text)!r} {label.value, label.low, label.high} "
                f"is read as {figure.span.of(text)!r} {figure.value, figure.low, figure.high}"
            )
        elif label.bound and (label.bound != figure.bound.value or label.unit != figure.unit):
            wrong.append(f"unit or bound: {label.span.of(text)!r} {figure.unit} {figure.bound.value}")
        as_of = figure.as_of and figure.as_of.span
        for name, a, b, same in (
            ("counted", label.counted, figure.counted, counted),
            ("place", label.place, figure.place, _share(label.place, figure.place)),
            ("as of", label.as_of, as_of, _share(label.as_of, as_of)),
        ):
            if not same and (a or b) and (label.bound or name == "counted"):
                wrong.append(f"{name} of {label.span.of(text)!r}: {a and a.of(text)!r} is read as {b and b.of(text)!r}")
    return wrong


def measure(corpora: Path, mistakes: list[str] | None = None) -> dict[str, Scores]:
    """The scores by part; the mistakes of the tuning part are added to `mistakes`."""
    by_report: dict[str, list[Content]] = defaultdict(list)
    for content in labels():
        by_report[content.text_sha256].append(content)
    scores: dict[str, Scores] = defaultdict(Scores)
    names = {contents[0].report for contents in by_report.values()}
    for digest, report in labelled(by_report.keys(), reports(corpora, names)):
        for row in by_report[digest]:
            wrong = score(report.text, row.figures, read(report, row.content), scores[row.part])
            if mistakes is not None and row.part == "tuning":
                mistakes += [f"{row.report} {row.content.start}: {one}" for one in wrong]
    return dict(scores)


def _example_labels(report: str, text: str, contents: dict[str, tuple[Span, ...]]) -> Iterator[tuple[Label, str]]:
    """The example's gold figures of one report, with the words that may say what each counts."""
    for row in rows_of(EXAMPLE / "gold" / "figures.jsonl"):
        if row["statement"] not in contents:
            continue
        whole = row.get("prefix", "") + row["exact"]
        for part in contents[row["statement"]]:
            at = text.find(whole, part.start, part.end)
            if at >= 0:
                start = at + len(row.get("prefix", ""))
                span = Span(start, start + len(row["exact"]))
                yield (
                    Label(span, row["value"], row["low"], row["high"], "", row["unit"], span, None, None),
                    f"{row['exact']} {row['counted']} {row['unit']}".lower(),
                )
                break
        else:
            raise ValueError(f"the gold's {whole!r} does not stand in {row['statement']} of {report}")


def measure_example(mistakes: list[str] | None = None) -> Scores:
    """Value and what is counted on the example; its gold describes in words what is counted, so words are compared."""
    scores, statements = Scores(), gold()
    for name, report in example_reports():
        text = report.text
        contents = {str(row["id"]): located(text, row["content"]) for row in statements.get(name, [])}  # type: ignore[arg-type]
        wanted = dict(_example_labels(name, text, contents))
        parts = sorted({span for spans in contents.values() for span in spans})
        outer = [span for span in parts if not any(o != span and o.covers(span) for o in parts)]
        found = [figure for span in outer for figure in read(report, span)]

        def said(label: Label, figure: Figure, words: dict[Label, str] = wanted, text: str = text) -> bool:
            last = None if figure.counted is None else _last_word(text, figure.counted)
            return last is None if figure.unit else last is not None and last.of(text).lower() in words[label]

        wrong = score(text, wanted, found, scores, said)
        if mistakes is not None:
            mistakes += [f"{name}: {one}" for one in wrong]
    return scores


def _print(title: str, scores: Scores, names: Iterable[str]) -> None:
    print(f"{title}\n  {'':8} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'found':>6} {'gold':>6}")
    for name in names:
        c = scores.counts[name]
        shares = f"{100 * c.precision:9.1f} {100 * c.recall:7.1f} {100 * c.f1:6.1f}"
        print(f"  {name:8} {shares} {c.right:6} {c.found:6} {c.gold:6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder that holds reports/")
    parser.add_argument("--mistakes", action="store_true", help="show those of the tuning part and of the example")
    args = parser.parse_args()
    mistakes: list[str] | None = [] if args.mistakes else None
    _print("example", measure_example(mistakes), ("value", "counted", "both"))
    if args.corpora:
        scores = measure(args.corpora, mistakes)
        for part in PARTS:
            _print(part, scores[part], ("value", "counted", "both", "place", "as of"))
            numbers = scores[part].numbers()
            print(f"  bound {100 * numbers['bound accuracy']:.1f}, unit {100 * numbers['unit accuracy']:.1f}")
    print("\n".join(mistakes or ()))


if __name__ == "__main__":
    main()
