"""The example's gold as renderings, its pairs, its clusters, and B-cubed.

A gold passage is rendered with what the reader makes of its characters, so that no gold act or figure helps; who
speaks is the gold's, since actors are measured elsewhere. Reports of the example are one story, so all pairs of one
speaker, or of an unknown one with any, are pairs to be judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import combinations

from bench.corpora import rows_of
from bench.linking.scores import b_cubed
from bench.linking.utterance_pairs import Pair, rendering
from bench.quality.example import EXAMPLE, gold, located, reports
from bench.rendered import rendered
from onrecord.domain.spans import Span
from onrecord.domain.statements import Kind
from onrecord.domain.utterances import Rendering
from onrecord.language.words import words_of
from onrecord.linking.utterances.scoring import never
from onrecord.reading.reader import TaggerReader

Groups = list[tuple[str, ...]]


@cache
def example() -> tuple[tuple[Rendering, ...], Groups]:
    """The gold passages and the gold's groups of them, those told once as groups of one."""
    texts = dict(reports())
    passages: list[Rendering] = []
    by_words: dict[tuple[str, str], str] = {}
    for name, rows in gold().items():
        report = texts[name]
        for row in rows:
            content = located(report.text, row["content"])  # type: ignore[arg-type]
            context = " ".join(span.of(report.text) for span in content)
            for part in row["passages"]:  # type: ignore[attr-defined]
                (span,) = located(report.text, [part])
                speaker = str(row["speaker"]) if row["speaker"] else None
                made = rendering(
                    report.text,
                    span,
                    report=name,
                    speaker=str(row["speaker_name"]) if speaker else None,
                    published=report.published,
                    outlet=report.outlet,
                    quoted=row["kind"] == Kind.DIRECT.value,
                )
                made = replace(
                    made, statement=str(row["id"]), actor=speaker, context=context, passage=f"{row['id']}:{span.start}"
                )
                passages.append(made)
                by_words[str(row["id"]), part["exact"]] = made.passage
    groups: Groups = []
    for told in rows_of(EXAMPLE / "gold" / "utterances.jsonl"):
        groups.append(tuple(by_words[one["statement"], one["exact"]] for one in told["members"]))
    taken = {one for group in groups for one in group}
    return tuple(passages), groups + [(one.passage,) for one in passages if one.passage not in taken]


def completed(passages: Iterable[Rendering], groups: Groups) -> Groups:
    """The gold's groups, with passages of four words or more joined that one speaker says in the very same words.

    The gold follows utterances through the crisis and leaves out what two versions of one page both print; those are
    one act of speech by its own rules.
    """
    parent = {one: group[0] for group in groups for one in group}
    same: dict[tuple[object, ...], str] = {}
    moved: dict[str, str] = {}

    def root(one: str) -> str:
        while one in moved:
            one = moved[one]
        return one

    for passage in passages:
        words = words_of(passage.words)
        if len(words) >= 4:
            group = root(parent[passage.passage])
            first = root(same.setdefault((passage.actor, words), group))
            if first != group:
                moved[group] = first
    joined: dict[str, list[str]] = {}
    for one, group in parent.items():
        joined.setdefault(root(group), []).append(one)
    return [tuple(group) for group in joined.values()]


def example_pairs() -> list[Pair]:
    """Pairs of the example's gold passages: all of one utterance, and all others that one speaker may have said.

    Pairs of two pieces of one statement are left out, being one utterance only by way of a third passage.
    """
    passages, groups = example()
    groups = completed(passages, groups)
    group_of = {one: number for number, group in enumerate(groups) for one in group}
    found = []
    for a, b in combinations(passages, 2):
        if not never(a, b) and (a.actor == b.actor or a.actor is None or b.actor is None):
            same = group_of[a.passage] == group_of[b.passage]
            found.append(Pair(a, b, same, "example", False, "example", ""))
    return found


@cache
def found_by_reader() -> tuple[list[Rendering], dict[str, str]]:
    """The passages that the reader finds in the example, and which gold passage each is, by the share of characters.

    A found passage is the gold one that it shares most with, if that is half of either; a gold passage that several
    are takes the one that shares most. The speaker is the gold's where they are aligned, else the name that the reader
    gives.
    """
    reader = TaggerReader()
    by_report: dict[str, list[Rendering]] = defaultdict(list)
    for one in example()[0]:
        by_report[one.report].append(one)
    found: list[Rendering] = []
    best: dict[str, tuple[float, str]] = {}
    for name, report in reports():
        for statement in reader.read_report(report):
            for passage in statement.passages:
                near = max(
                    by_report[name], key=lambda one: (_shared(one.span, passage.span), one.passage), default=None
                )
                share = _shared(near.span, passage.span) if near else 0.0
                ours = f"read:{statement.id[:12]}:{passage.span.start}"
                made = rendered(report, statement, passage, name=name, id_=ours)
                if near is not None and share >= 0.5:
                    made = replace(made, actor=near.actor, speaker=near.speaker)
                    if near.passage not in best or (share, ours) > best[near.passage]:
                        best[near.passage] = share, ours
                found.append(made)
    return found, {ours: of for of, (_, ours) in best.items()}


def _shared(a: Span, b: Span) -> float:
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    return both / max(a.end - a.start, b.end - b.start)


def b_cubed_f1(found: Iterable[tuple[str, ...]], gold: Iterable[tuple[str, ...]]) -> float:
    """B-cubed F1, 0 to 1, over the members of `gold`; who is in no found group is alone."""
    wanted = {one: {str(number)} for number, group in enumerate(gold) for one in group}
    groups = list(found)
    missing = wanted.keys() - {one for group in groups for one in group}
    return b_cubed(wanted, [*groups, *((one,) for one in missing)]).f1 / 100
