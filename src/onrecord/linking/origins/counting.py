"""How many independent origins some reports have: what is not shown to be independent counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def independent_origins(reports: Sequence[str], tied: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Groups of reports that count as one origin each; the number of groups is the number of independent origins.

    `tied` are the pairs that are not shown to be independent; a group holds what hangs together through them. Groups
    come in the order of their first report in `reports`, and so do the reports within each: hand them over earliest
    first, and the first of a group is the origin and the others stand behind it.

    >>> independent_origins(["wire", "blog", "courier"], [("wire", "courier")])
    [('wire', 'courier'), ('blog',)]
    """
    leader = {report: report for report in reports}

    def led(report: str) -> str:
        while leader[report] != report:
            leader[report] = leader[leader[report]]
            report = leader[report]
        return report

    for a, b in tied:
        if a in leader and b in leader:
            leader[led(a)] = led(b)
    groups: dict[str, list[str]] = {}
    for report in dict.fromkeys(reports):
        groups.setdefault(led(report), []).append(report)
    return [tuple(group) for group in groups.values()]
