"""The commands of what people define and decide on a weighed record: indicators, hypotheses, grades."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import err, in_words, print_text
from onrecord.cli.linking import ListFormat, Printed, print_lines, print_table
from onrecord.cli.options import By, LedgerPath, Since, Until, day_of, signer
from onrecord.domain.judgements import Subject
from onrecord.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for command in (indicators, hypotheses, scenes, grade):
        app.command(name=command.__name__, no_args_is_help=True)(in_words(command))


def indicators(
    ledger: LedgerPath,
    file: Annotated[Path | None, typer.Option(help="The TOML file; indicators.toml here unless told.")] = None,
    since: Since = None,
    until: Until = None,
    format: Printed = ListFormat.TABLE,  # noqa: A002
) -> None:
    """Show indicators day by day, and where they changed: series from the record on a fixed set of sources.

        [[indicator]]

        name = "talk of a withdrawal"

        unit = "origins"                     # independent origins a day; or "figure": the number that is given

        words = ["withdraw*", "pull back"]   # also acts, actors, examples, place; for figures: counted

        baseline = 28                        # days

        threshold = 2.0                      # standard deviations of the baseline

    An outlet that came on the record inside the window is left out and named, so that a new source makes no false rise.
    Each line of JSON is {"name", "unit", "days": [{"day", "value", "utterances", "passages"}], "changes", "sources",
    "breaks"}.

    Examples:

        onrecord indicators --ledger news.ledger

        onrecord indicators --file signs.toml --since 2031-03-01 --format jsonl --ledger news.ledger
    """
    from onrecord.assessing import indicators_in, watched
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import watched_exports as exports

    settings = Settings.load(indicators=file)
    if settings.indicators is None:
        raise typer.BadParameter("there is no indicators.toml here; name the file: --file")
    defined = indicators_in(settings.indicators)
    with WeighedView(ledger, settings) as view:
        found = watched(view, defined, since=day_of(since), until=day_of(until))
    if format is not ListFormat.TABLE:
        print_lines(exports.series_row(one.series, one.shifts, one.sentences) for one in found)
        return
    for one in found:
        print_text(exports.series_lines(one.series, one.sentences))


def hypotheses(
    ledger: LedgerPath,
    file: Annotated[Path | None, typer.Option(help="The TOML file; hypotheses.toml here unless told.")] = None,
    format: Printed = ListFormat.TABLE,  # noqa: A002
) -> None:
    """Show hypotheses against evidence, after Heuer: what is inconsistent with which, and what to watch next.

    People write the matrix; evidence is a passage of the record by its id, something that was looked for and is not
    there, or an assumption. The hypothesis with the fewest inconsistencies stands first: it is the least refuted, not
    the true one.

        [[matrix]]

        name = "Why the troops stand on the river"

        watch = ["medical supplies moving west"]

        [[matrix.hypothesis]]

        key = "lever"

        text = "To press for concessions"

        [[matrix.hypothesis]]

        key = "deceive"

        text = "To draw eyes away from elsewhere"

        deception = true

        [[matrix.evidence]]

        words = "no sign of a withdrawal"   # as on the record; or passage = ID, absence = "…", assumption = "…"

        lever = "consistent"      # or "inconsistent", or "not applicable"

        deceive = "not applicable"

    Examples:

        onrecord hypotheses --ledger news.ledger

        onrecord hypotheses --file why.toml --format jsonl --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import watched_exports as exports
    from onrecord.publishing.weighed.matrices import found as on_record
    from onrecord.weighing.hypotheses import matrices_in

    settings = Settings.load(hypotheses=file)
    if settings.hypotheses is None:
        raise typer.BadParameter("there is no hypotheses.toml here; name the file: --file")
    found = matrices_in(settings.hypotheses)
    with WeighedView(ledger, settings) as view:
        passages = on_record(view, found).passages
    if format is not ListFormat.TABLE:
        print_lines(exports.matrix_row(one, passages) for one in found)
        return
    for one in found:
        columns = ("evidence", *(hypothesis.key for hypothesis in one.ranked()), "tells apart")
        err.print(one.name, markup=False, highlight=False)
        print_table(columns, exports.matrix_cells(one, passages), "evidence", len(one.rows), "rows")
        print_text(exports.matrix_lines(one))


def scenes(
    ledger: LedgerPath,
    stac: Annotated[Path, typer.Option(help="The folder of a static STAC catalogue.")],
    places: Annotated[Path, typer.Option(help="Places, a line each: name, tab, latitude, tab, longitude.")],
    id: Annotated[str | None, typer.Argument(help="Of one utterance; all unless told.")] = None,  # noqa: A002
    format: Printed = ListFormat.TABLE,  # noqa: A002
) -> None:
    """Tell which claims with a place and a day could be checked on satellite scenes of a catalogue.

    Nothing is fetched and no image is opened: it says that scenes are there, how many, of which days, under how much
    cloud. They are "not inspected". Needs pystac: pip install 'onrecord\\[stac]'.

    Examples:

        onrecord scenes --stac sentinel/ --places places.tsv --ledger news.ledger

        onrecord scenes 3f09c2 --stac sentinel/ --places places.tsv --format jsonl --ledger news.ledger
    """
    from onrecord.assessing.checkable import checkable
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import weighed_exports as exports

    with WeighedView(ledger, Settings.load()) as view:
        found = checkable(view, stac, places, utterance=id)
        passages = view.passages_named({one.passage for one in found})
    rows = [(one, passages[one.passage]) for one in found if one.passage in passages]
    if format is ListFormat.TABLE:
        cells = (
            (one.place, one.days, exports.who(two), two.span.text, one.words, two.passage[:12]) for one, two in rows
        )
        print_table(("place", "days", "who", "words", "scenes", "id"), cells, "words", len(rows), "claims")
        return
    print_lines(
        {
            "passage": exports.passage_row(two),
            "place": one.place,
            "days": one.days,
            "scenes": list(one.scenes),
            "told": one.words,
        }
        for one, two in rows
    )


def grade(
    ledger: LedgerPath,
    what: Annotated[str | None, typer.Argument(help="An outlet or actor by its name, or a passage by its id.")] = None,
    grade: Annotated[str | None, typer.Argument(help="A to F of a source, 1 to 6 of an item.")] = None,
    why: Annotated[str | None, typer.Option(help="The reason; it stays on the record.")] = None,
    by: By = None,
    format: Printed = ListFormat.TABLE,  # noqa: A002
) -> None:
    """Grade a source or an item after the Admiralty code, or list the grades that were given.

    A to F say how reliable a source is, 1 to 6 how credible one item is, and neither says anything of the other. A
    source that nobody graded is F: nothing is known of it. 1 is refused without two independent origins.

    Examples:

        onrecord grade "Harvenia One" D --why "repeated the chlorine story after it was taken back" --ledger news.ledger

        onrecord grade 3f09c2 2 --why "two observers, one of them there" --ledger news.ledger

        onrecord grade --ledger news.ledger
    """
    from onrecord.ledger.weighed_view import WeighedView
    from onrecord.publishing import weighed_exports as exports

    if what is None:
        with WeighedView(ledger, Settings.load()) as view:
            given = [(one, subject) for subject in (Subject.SOURCE, Subject.ITEM) for one in view.grades(subject)]
        if format is ListFormat.TABLE:
            cells = (exports.grade_cells(one) for one, _ in given)
            print_table(exports.GRADE_COLUMNS, cells, "why", len(given), "grades")
            return
        print_lines(exports.grade_row(one, subject) for one, subject in given)
        return
    if grade is None or why is None:
        raise typer.BadParameter("a grade needs A to F or 1 to 6, and a reason: --why")
    from onrecord.assessing import graded

    made = graded(ledger, what, grade.upper(), why=why, by=signer(by), settings=Settings.load())
    typer.echo(f"on the record: {made.a} is graded {made.verdict}, {exports.grade_words(made)} ({made.id})")
