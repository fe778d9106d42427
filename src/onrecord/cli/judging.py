"""The command by which a person's word is put on the record."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.console import in_words
from onrecord.cli.linking import link_all
from onrecord.cli.options import By, LedgerPath, signer
from onrecord.cli.weighing import weigh_all
from onrecord.domain.judgements import SAMENESS
from onrecord.settings import Settings


class Word(StrEnum):
    """What can be said; the words of `onrecord.domain.judgements.VERDICTS`, with hyphens for a shell."""

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


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(name="judge", no_args_is_help=True)(in_words(judge))


def judge(
    verdict: Annotated[Word, typer.Argument(help="Your word.", metavar="VERDICT")],
    a: Annotated[str, typer.Argument(help="A passage, statement, utterance, actor, report or story, by its id.")],
    ledger: LedgerPath,
    why: Annotated[str, typer.Option(help="The reason; it stays on the record.")],
    b: Annotated[str | None, typer.Argument(help="Another of the same sort, where two are judged.")] = None,
    by: By = None,
) -> None:
    """Put your word on the record: what is the same, what contradicts what, what became of a promise.

    A judgement carries your name and reason and overrides what the program holds. It is never erased: to take it back,
    judge again; the latest counts.

        same, different A B: one act of speech, one actor, one story, or not

        contradicts, corroborates, repeats, revises, narrows, answers, denies, unrelated A B: how A stands to B

        open, met, partly, not-met, withdrawn, cannot-be-told A: how the docket entry A stands

        for, against, withdraws, says-nothing A B: what B says for the docket entry A

    Examples:

        onrecord judge different 3f09c2 77ab10 --why "another day, another number" --ledger news.ledger

        onrecord judge same local:9c1f03aa person:ida-holm --why "her maiden name" --ledger news.ledger

        onrecord judge contradicts 3f09c2 77ab10 --why "both speak of the same night" --ledger news.ledger

        onrecord judge not-met 3f09c2 --why "the last train never left" --ledger news.ledger
    """
    from onrecord.assessing import judged

    settings = Settings.load()
    made = judged(ledger, verdict.value.replace("-", " "), a, b, why=why, by=signer(by), settings=settings)
    if made.subject in SAMENESS:
        link_all(ledger, settings)
    weigh_all(ledger, settings)
    both = f"{made.a} and {made.b} are" if made.subject in SAMENESS else f"{made.a}"
    behind = "" if made.subject in SAMENESS or not made.b else f" {made.b}"
    typer.echo(f"on the record: {made.subject.value} {both} {made.verdict}{behind} ({made.id})")
