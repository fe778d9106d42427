"""The commands that tell what a person should look at, and put a person's word on the record."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.console import in_words
from onrecord.cli.linking import IN_A_TABLE, ListFormat, Printed, link_all, print_lines, print_table
from onrecord.cli.options import By, LedgerPath, Limit, signer
from onrecord.cli.weighing import weigh_all
from onrecord.domain.judgements import LINKED, SAMENESS, WEIGHED, Judgement, Subject, span_fault, spans_in
from onrecord.domain.spans import Span
from onrecord.errors import RefusedCorrection
from onrecord.places import Place
from onrecord.settings import Settings


class Word(StrEnum):
    """What can be said; most are words of `onrecord.domain.judgements.VERDICTS`, with hyphens for a shell."""

    SAME = "same"
    DIFFERENT = "different"
    CONTRADICTS = "contradicts"
    CORROBORATES = "corroborates"
    REPEATS = "repeats"
    REVISES = "revises"
    NARROWS = "narrows"
    ANSWERS = "answers"
    DENIES = "denies"
    UNRELATED = "unrelated"
    OPEN = "open"
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    WITHDRAWN = "withdrawn"
    CANNOT_BE_TOLD = "cannot-be-told"
    FOR = "for"
    AGAINST = "against"
    WITHDRAWS = "withdraws"
    SAYS_NOTHING = "says-nothing"
    SPEAKER = "speaker"
    CONTENT = "content"
    SOURCE = "source"
    STATEMENT = "statement"
    NO_STATEMENT = "no-statement"
    NOTE = "note"
    UNDO = "undo"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(name="review", no_args_is_help=True)(in_words(review))
    app.command(name="judge", no_args_is_help=True)(in_words(judge))


def review(
    ledger: LedgerPath,
    format: Printed = ListFormat.TABLE,  # noqa: A002
    limit: Limit = None,
) -> None:
    """List what a person should look at: what the program is least sure of and what matters most, first.

    These are statements that the reader is not sure of, speakers who may be one of several, wordings that hardly hold
    together, contradictions that nobody judged, and docket entries whose day has passed. Each line of JSON is {"what",
    "id", "other", "question", "words", "doubt", "weight", "rank", "origins", "resting"}.

    Examples:

        onrecord review --ledger news.ledger

        onrecord review --format jsonl --limit 20 --ledger news.ledger
    """
    from onrecord.assessing import queue
    from onrecord.ledger.review_view import ReviewView
    from onrecord.publishing import review as pages

    with ReviewView(ledger, Settings.load()) as view:
        found = queue(view, view.today())
        if format is ListFormat.TABLE:
            cells = (pages.doubt_cells(view, one) for one in found[: limit or IN_A_TABLE])
            print_table(pages.COLUMNS, cells, "words", len(found), "in doubt")
            return
        print_lines(pages.doubt_row(view, one) for one in found[:limit])


def judge(
    verdict: Annotated[Word, typer.Argument(help="Your word.", metavar="VERDICT")],
    a: Annotated[str, typer.Argument(help="A passage, statement, utterance, actor, report or story, by its id.")],
    ledger: LedgerPath,
    why: Annotated[str, typer.Option(help="The reason; it stays on the record.")],
    b: Annotated[
        str | None, typer.Argument(help="Another of the same sort, where two are judged; a name; a span.")
    ] = None,
    by: By = None,
) -> None:
    """Put your word on the record: who said it, what is the same, what contradicts what, what became of a promise.

    A judgement carries your name and reason and overrides what the program holds. It is never erased: judge again, or
    take it back with undo; the latest that was not taken back counts.

        same, different A B: one act of speech, one actor, one story, or not

        contradicts, corroborates, repeats, revises, narrows, answers, denies, unrelated A B: how A stands to B

        open, met, partly, not-met, withdrawn, cannot-be-told A: how the docket entry A stands

        for, against, withdraws, says-nothing A B: what B says for the docket entry A

        speaker A NAME: who said statement A; an actor's id, a name, or unnamed

        content, source A SPANS: its characters in the report, such as 120-245 or "120-245;260-300"

        statement, no-statement A: whether what was taken for a statement is one

        note A: the reason given stands as a note on anything

        undo A: takes back the judgement A

    Examples:

        onrecord judge speaker 3f09c2 "Ida Holm" --why "the paragraph before names her" --ledger news.ledger

        onrecord judge different 3f09c2 77ab10 --why "another day, another number" --ledger news.ledger

        onrecord judge same local:9c1f03aa person:ida-holm --why "her maiden name" --ledger news.ledger

        onrecord judge contradicts 3f09c2 77ab10 --why "both speak of the same night" --ledger news.ledger

        onrecord judge not-met 3f09c2 --why "the last train never left" --ledger news.ledger

        onrecord judge undo 9d31b0 --why "I had the wrong night" --ledger news.ledger
    """
    settings = Settings.load()
    made = _made(verdict, ledger, a, b, why, signer(by), settings)
    if made.subject in LINKED:
        link_all(ledger, settings)
    if made.subject in WEIGHED:
        weigh_all(ledger, settings)
    typer.echo(f"on the record: {_told(made)} ({made.id})")


def _told(made: Judgement) -> str:
    match made.subject:
        case Subject.SPEAKER:
            return f"speaker of {made.a}: {made.verdict}{f' ({made.b})' if made.b else ''}"
        case Subject.SPAN:
            return f"{made.b} of {made.a}: {f'characters {made.verdict}' if made.verdict else 'none'}"
        case Subject.STATEMENT:
            return f"{made.a} {made.verdict}"
        case Subject.NOTE:
            return f"note on {made.a}"
        case Subject.UNDONE:
            return f"judgement {made.a} taken back"
        case subject if subject in SAMENESS:
            return f"{subject.value} {made.a} and {made.b} are {made.verdict}"
        case subject:
            return f"{subject.value} {made.a} {made.verdict}{f' {made.b}' if made.b else ''}"


def _made(verdict: Word, ledger: Place, a: str, b: str | None, why: str, by: str, settings: Settings) -> Judgement:
    """The judgement, on the record."""
    from onrecord import assessing
    from onrecord.assessing.signing import Signing

    signing: Signing = {"why": why, "by": by, "settings": settings}
    match verdict:
        case Word.SPEAKER | Word.CONTENT | Word.SOURCE if b is None:
            raise RefusedCorrection(
                f"{verdict.value!r} takes what it is behind {a!r}: a name, or characters such as 120-245"
            )
        case Word.STATEMENT | Word.NO_STATEMENT | Word.NOTE | Word.UNDO if b is not None:
            raise RefusedCorrection(f"{verdict.value!r} is said of one thing; leave {b!r} out")
        case Word.SPEAKER:
            return assessing.spoken(ledger, a, b or "", **signing)
        case Word.CONTENT | Word.SOURCE:
            spans = _spans(verdict.value, b or "")
            return assessing.bounded(ledger, a, verdict.value, spans, **signing)
        case Word.STATEMENT | Word.NO_STATEMENT:
            return assessing.standing(ledger, a, verdict is Word.STATEMENT, **signing)
        case Word.NOTE:
            return assessing.noted(ledger, a, **signing)
        case Word.UNDO:
            return assessing.undone(ledger, a, **signing)
        case _:
            return assessing.judged(ledger, verdict.value.replace("-", " "), a, b, **signing)


def _spans(part: str, written: str) -> tuple[Span, ...]:
    """The spans that somebody typed; "none" is an empty source."""
    if part == "source" and written == "none":
        return ()
    fault = span_fault(part, written)
    if fault is not None or not written:
        raise RefusedCorrection(f"{written!r} {fault or 'names no characters'}")
    return spans_in(written)
