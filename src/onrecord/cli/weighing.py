"""The commands that weigh a record and show what was weighed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.console import err, in_words, print_json, print_text, with_progress
from onrecord.cli.linking import IN_A_TABLE, ListFormat, Printed, print_lines, print_table
from onrecord.cli.options import AsJson, AsOf, LedgerPath, Limit, linked_view
from onrecord.domain.docket import Status
from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind
from onrecord.places import Place
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.assessing import Assessment
    from onrecord.ledger.weighed_view import WeighedView

WithActor = Annotated[str | None, typer.Option(help="Said by this actor: an id or a name.")]
WithText = Annotated[str | None, typer.Option(help="Words that stand in it.")]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Tell what is due as of this day; the day it is unless told."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for command in (weigh, relations, relation, figures, figure, docket, entry):
        app.command(name=command.__name__, no_args_is_help=True)(in_words(command))


def weigh(
    ledger: LedgerPath,
    again: Annotated[bool, typer.Option("--again", help="Forget what was weighed and weigh everything anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set claims against claims, follow figures through time, and keep a docket of what was promised and foretold.

    Only what is new or changed is weighed; `read` does so too, unless told --no-link. What a person judged stands.
    Nothing here says what is true: it says what stands against what.

    Examples:

        onrecord weigh --ledger news.ledger

        onrecord weigh --ledger news.ledger --again --json
    """
    result = weigh_all(ledger, Settings.load(), again=again).result()
    print_json(result.as_json()) if as_json else typer.echo(str(result))


def weigh_all(ledger: Place, settings: Settings, *, again: bool = False) -> Assessment:
    """Weighs what waits, or everything anew, with a bar on a terminal; the assessment is closed in the end."""
    from onrecord.assessing import Assessment

    with Assessment(ledger, settings) as assessment:
        if again:
            assessment.forget()
        total = assessment.waiting() if err.is_terminal else None
        for _ in with_progress(assessment.run(), total, "weighing"):
            pass
    return assessment


def relations(
    ledger: LedgerPath,
    kind: Annotated[RelationKind | None, typer.Option(help="Only such relations.")] = None,
    actor: WithActor = None,
    text: WithText = None,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List how utterances stand to each other: who contradicts, corroborates, revises, denies or answers whom.

    Each line of JSON is {"kind", "a": span, "b": span, "actors", "reasons", "score", "judged_by", …}: a stands to b.

    Examples:

        onrecord relations --kind contradicts --ledger news.ledger

        onrecord relations --actor "Joren Halvik" --format jsonl --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import weighed_exports as exports

    with WeighedView(ledger, Settings.load()) as view:
        who = None if actor is None else view.actor_id(actor)
        if format is ListFormat.TABLE:
            rows = view.relations(kind=kind, actor=who, text=text, limit=limit or IN_A_TABLE)
            total = view.count_relations(kind=kind, actor=who, text=text)
            print_table(
                exports.RELATION_COLUMNS, map(exports.relation_cells, rows), ("says", "who said"), total, "relations"
            )
            return
        rows = view.relations(kind=kind, actor=who, text=text, limit=limit)
        print_lines(map(exports.relation_row, rows))


def relation(
    id: Annotated[str, typer.Argument(help="Of the relation.")],  # noqa: A002
    ledger: LedgerPath,
    as_json: AsJson = False,
) -> None:
    """Show one relation: both passages with their sources at the same height, and why they stand so.

    The beginning of an id will do, six digits or more.

    Examples:

        onrecord relation 5ad0c1 --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import weighed_exports as exports

    with WeighedView(ledger, Settings.load()) as view:
        shown = view.relation(id)
        if as_json:
            print_json(exports.relation_row(shown))
            return
        print_text(exports.relation_lines(shown))


def figures(
    ledger: LedgerPath,
    actor: WithActor = None,
    text: Annotated[str | None, typer.Option(help="Part of what is counted or of the place.")] = None,
    least: Annotated[int, typer.Option("--figures", min=1, help="Given at least so many times.")] = 1,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List the figures followed through time, those in dispute first.

    Each line of JSON is one figure: {"counted", "place", "value", "low", "high", "unit", "as_of", "actor", "passage",
    "lineage", …}; figures of one lineage count one thing.

    Examples:

        onrecord figures --figures 2 --ledger news.ledger

        onrecord figures --text soldiers --format jsonl --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import weighed_exports as exports

    with WeighedView(ledger, Settings.load()) as view:
        who = None if actor is None else view.actor_id(actor)
        if format is ListFormat.TABLE:
            heads = view.lineages(actor=who, text=text, figures=least, limit=limit or IN_A_TABLE)
            total = view.count_lineages(actor=who, text=text, figures=least)
            print_table(exports.LINEAGE_COLUMNS, map(exports.lineage_cells, heads), "counted", total, "figures")
            return
        heads = view.lineages(actor=who, text=text, figures=least, limit=limit)
        shown = (one for lineage in view.whole_lineages(heads) for one in lineage.figures)
        print_lines(map(exports.figure_row, shown))


def figure(
    id: Annotated[str, typer.Argument(help="Of the lineage, or of a figure in it.")],  # noqa: A002
    ledger: LedgerPath,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show one figure through time: who gave which value when, what was revised, and what is in dispute.

    Examples:

        onrecord figure 77ab10 --ledger news.ledger

        onrecord figure 77ab10 --as-of 2031-03-05 --ledger news.ledger
    """
    from onrecord.publishing import weighed_exports as exports

    with linked_view(ledger, as_of) as view:
        shown = view.lineage(id)
        if as_json:
            print_json({"id": shown.head.id, "figures": list(map(exports.figure_row, shown.figures))})
            return
        print_text(exports.lineage_lines(shown))


def docket(
    ledger: LedgerPath,
    actor: WithActor = None,
    act: Annotated[Act | None, typer.Option(help="Only such acts.")] = None,
    text: WithText = None,
    status: Annotated[Status | None, typer.Option(help="Only entries that stand so.")] = None,
    as_of: AsOf = None,
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only entries of which this is the last day that counts."),
    ] = None,
    today: Today = None,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List what was promised, demanded, warned of and foretold, by the day on which it falls due.

    Each line of JSON is {"act", "actor", "passage", "due", "status", "evidence", …}. "due" says that the day has passed
    and nobody has decided; `onrecord judge met ID --why …` decides.

    Examples:

        onrecord docket --ledger news.ledger

        onrecord docket --status due --act commitment --ledger news.ledger

        onrecord docket --due 2031-03-09 --ledger news.ledger

        onrecord docket --actor "Joren Halvik" --format jsonl --ledger news.ledger

        onrecord docket --as-of 2031-03-05 --ledger news.ledger
    """
    from onrecord.publishing import weighed_exports as exports

    with linked_view(ledger, as_of) as view:
        now = _now(view, today)
        who = None if actor is None else view.actor_id(actor)
        rows = view.docket(actor=who, act=act, text=text, due=None if due is None else due.date())
        found = [row for row in rows if status is None or exports.status_of(row, now) is status]
        if format is ListFormat.TABLE:
            cells = (exports.docket_cells(row, now) for row in found[: limit or IN_A_TABLE])
            print_table(exports.DOCKET_COLUMNS, cells, "words", len(found), "docket entries")
            return
        print_lines(exports.docket_row(one, now) for one in view.whole_entries(found[:limit]))


def entry(
    id: Annotated[str, typer.Argument(help="Of the entry: its utterance, or a passage or statement of it.")],  # noqa: A002
    ledger: LedgerPath,
    as_of: AsOf = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show one docket entry: who is bound, what would count as met, by when, and what bears on it.

    Examples:

        onrecord entry 3f09c2 --ledger news.ledger

        onrecord entry 3f09c2 --as-of 2031-03-05 --ledger news.ledger
    """
    from onrecord.assessing import suggestion
    from onrecord.publishing import weighed_exports as exports

    with linked_view(ledger, as_of) as view:
        now = _now(view, today)
        shown = view.docket_entry(id)
        if as_json:
            print_json(exports.docket_row(shown, now))
            return
        print_text(exports.docket_lines(shown, now, suggestion(shown, now)))


def _now(view: WeighedView, today: datetime | None) -> datetime:
    """As of when it is told what is due: the end of the day told, else the view's own time."""
    return view.today() if today is None else datetime.combine(today.date(), time.max, UTC)
