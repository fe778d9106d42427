"""The docket of the example against its gold: `python -m bench.weighing.docket_example [--list]`.

Two ways in: "passages of the gold" (the gold's passages, speakers and utterances; acts, figures and times are what the
reader makes of the characters and the gold's cue) and "as read" (a ledger made of the example's reports, read and
linked as `onrecord read` does). An entry of the gold is found where the utterance of its passage is entered; its due
day is right where the last day of the entry's interval is the gold's, none included. A status is right where what is
suggested on the evening of 11 March 2031 is the gold's. Evidence is counted by utterance, the `MOST` surest of each
entry.

The gold does not claim to name every entry, nor every passage that bears on one: what is given beyond it is counted
(and listed with `--list`) and precision against the gold alone is a lower bound. The weights of
`onrecord.weighing.docket` were fitted on the example's passages among others, so what is found here is no test of them;
`bench.weighing.docket` has one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from bench.corpora import rows_of
from bench.linking.utterance_example import completed, example
from bench.quality.example import EXAMPLE, gold, located, reports
from bench.weighing.relations_example import read_said, said_of
from onrecord.domain.docket import Entry, Evidence, Status
from onrecord.domain.passages import Act
from onrecord.domain.relations import Said
from onrecord.domain.statements import Kind
from onrecord.domain.utterances import Rendering
from onrecord.reading.acts import act_of
from onrecord.weighing.docket import Later, best, entry, evidence, suggested
from onrecord.weighing.docket.due import last_day

EVENING: Final = datetime(2031, 3, 11, 23, 30, tzinfo=UTC)
Key = tuple[str, str]
"""The id of a gold statement and the words of one of its passages."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row of the gold: its entry and evidence, and what the gold has."""

    row: Mapping[str, Any]
    entry: Entry | None
    due: date | None
    status: Status | None
    why: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    wanted: frozenset[str]
    """The utterances of the gold's evidence."""
    unread: int
    """Passages of the gold's evidence that were not read, or not apart from the entry."""

    @property
    def due_right(self) -> bool:
        return self.entry is not None and str(self.due) == str(self.row["due"])

    @property
    def status_right(self) -> bool:
        return self.status is not None and self.status.value == self.row["status"]

    @property
    def hits(self) -> int:
        return len({one.utterance for one in self.evidence} & self.wanted)


@cache
def gold_passages() -> dict[Key, Rendering]:
    """The gold's passages, with the act that the reader gives them under the gold's cue."""
    texts = dict(reports())
    rows = {str(row["id"]): row for of_report in gold().values() for row in of_report}
    passages, _ = example()
    made = {}
    for one in passages:
        row, text = rows[one.statement], texts[one.report].text
        cue = located(text, row["cue"])  # type: ignore[arg-type]
        acted = act_of(
            text,
            one.span,
            cue,
            Kind(str(row["kind"])),
            row["speaker"] is not None,
        )
        made[one.statement, one.words] = replace(
            one,
            act=acted.act,
            negated=acted.negated,
            conditional=acted.conditional,
            cue=" ".join(span.of(text) for span in cue),
        )
    return made


@cache
def gold_said() -> tuple[list[Said], dict[Key, str]]:
    """The gold's utterances, and the utterance of each gold passage."""
    held = gold_passages()
    by_passage = {one.passage: one for one in held.values()}
    _, groups = example()
    said = [said_of(by_passage[one] for one in group) for group in completed(by_passage.values(), groups)]
    of = {rendering.passage: one.utterance for one in said for rendering in one.renderings}
    return said, {key: of[one.passage] for key, one in held.items()}


def as_read() -> tuple[list[Said], dict[Key, str]]:
    """The example's utterances as read and linked, and the utterance of each gold passage that was read."""
    said, placed = read_said()
    return said, {key: placed[one.passage] for key, one in gold_passages().items() if one.passage in placed}


def labelled_passages() -> Iterator[tuple[Rendering, bool]]:
    """Passages of the gold that are an entry for sure, in whatever wording, and those that are none for sure."""
    _, of = gold_said()
    entered = {of[row["statement"], row["exact"]] for row in _docket()}
    acts = {
        (str(row["id"]), str(part["exact"])): Act(part["act"])
        for of_report in gold().values()
        for row in of_report
        for part in row["passages"]  # type: ignore[attr-defined]
    }
    ahead = (Act.COMMITMENT, Act.DEMAND, Act.WARNING, Act.PREDICTION)
    for key, one in gold_passages().items():
        if of[key] in entered or acts[key] not in ahead:
            yield one, of[key] in entered


def outcomes(said: Sequence[Said], of: Mapping[Key, str]) -> list[Outcome]:
    """What comes of each row of the gold."""
    by_id = {one.utterance: one for one in said}
    later = Later(said)
    found = []
    for row in _docket():
        its = by_id.get(of.get((row["statement"], row["exact"]), ""))
        made = entry(its) if its is not None else None
        wanted = [of.get((one["statement"], one["exact"])) for one in row["evidence"]]
        kept: tuple[Evidence, ...] = ()
        status: Status | None = None
        why: tuple[str, ...] = ()
        if made is not None and its is not None:
            kept = tuple(best(evidence(made, its, later)))
            status, why = suggested(made, kept, EVENING)
        apart = [one for one in wanted if one is not None and (its is None or one != its.utterance)]
        due = last_day(made.start, made.end).date() if made is not None and made.end is not None else None
        found.append(Outcome(row, made, due, status, why, kept, frozenset(apart), len(wanted) - len(apart)))
    return found


def measured() -> dict[str, float]:
    """The scores by name, in percent."""
    scores: dict[str, float] = {}
    for name, (said, of) in (("gold", gold_said()), ("as read", as_read())):
        found = outcomes(said, of)
        entered = [one for one in found if one.entry is not None]
        wanted = sum(len(one.wanted) + one.unread for one in found)
        scores |= {
            f"docket of the example, entries found, {name}": 100 * len(entered) / len(found),
            f"docket of the example, due day right, {name}": 100 * sum(one.due_right for one in found) / len(found),
            f"docket of the example, status right, {name}": 100 * sum(one.status_right for one in found) / len(found),
            f"docket of the example, evidence found, {name}": 100 * sum(one.hits for one in found) / max(1, wanted),
        }
    return scores


def _docket() -> list[dict[str, Any]]:
    return list(rows_of(EXAMPLE / "gold" / "docket.jsonl"))


def _print(name: str, said: Sequence[Said], of: Mapping[Key, str], listed: bool) -> None:
    found = outcomes(said, of)
    by_id = {one.utterance: one for one in said}
    dated = [one for one in found if one.row["due"] is not None]
    wanted = sum(len(one.wanted) + one.unread for one in found)
    given = sum(len(one.evidence) for one in found)
    entries = sum(entry(one) is not None for one in said)
    print(f"{name}: {len(said)} utterances, {entries} entries")
    print(f"  of {len(found)} gold entries found {sum(one.entry is not None for one in found)}")
    print(
        f"  due day right {sum(one.due_right for one in found)}; of {len(dated)} with a day "
        f"{sum(one.due_right for one in dated)}"
    )
    print(f"  status right {sum(one.status_right for one in found)}; by status of the gold:")
    for status in sorted({one.row["status"] for one in found}):
        of_status = [one for one in found if one.row["status"] == status]
        print(f"    {status:15} {sum(one.status_right for one in of_status)} of {len(of_status)}")
    print(f"  evidence: {sum(one.hits for one in found)} of {wanted} found, {given} given")
    if not listed:
        return
    for one in found:
        print(f"# {one.row['statement']} {one.row['exact']} | due {one.row['due']} | {one.row['status']}")
        if one.entry is None:
            print("    not found")
            continue
        print(f"    due {one.due} | {one.status} | {'; '.join(one.why)} | {one.entry.bound} | {one.entry.rule}")
        for piece in one.evidence:
            mark = "+" if piece.utterance in one.wanted else " "
            words = by_id[piece.utterance].fullest.words
            print(f"    {mark} {piece.bearing.value} {piece.score:.2f} {words} ({'; '.join(piece.reasons)})")
        for missed in sorted(one.wanted - {piece.utterance for piece in one.evidence}):
            print(f"    - missed: {by_id[missed].fullest.words}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print every entry with its evidence")
    args = parser.parse_args()
    _print("passages of the gold", *gold_said(), args.list)
    _print("as read", *as_read(), args.list)


if __name__ == "__main__":
    main()
