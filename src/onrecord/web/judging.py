"""Where the forms of the pages are sent: each makes one judgement, signed with the name of who is asking.

A form names the newest judgement that its page showed. Where another has come since, nothing is recorded, and both
words are shown (409).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from onrecord import assessing
from onrecord.domain.judgements import IS_STATEMENT, SAMENESS, VERDICTS, Judgement, Subject, span_fault, spans_in
from onrecord.domain.people import Person, Role
from onrecord.errors import JudgedMeanwhile
from onrecord.ledger.corrections import Seen
from onrecord.ledger.review_view import ReviewView
from onrecord.places import Place
from onrecord.publishing.judged import said_words
from onrecord.publishing.judging import SUBJECTS, FormKind
from onrecord.publishing.wording import shortened, when
from onrecord.settings import Settings
from onrecord.web.acting import sent
from onrecord.web.entrance import local
from onrecord.web.rendering import page
from onrecord.web.taking_up import Progress, TakingUp

CONFIRMED: Final = "looked at in its report, and confirmed"
"""The reason of who says what the record holds already, and gives no other."""
LONGEST_WHY: Final = 4_000
REVIEW: Final = "/review"
AT_ONCE: Final = 0.1
"""Seconds that somebody waits who goes on to the next thing in doubt, which does not hang on what comes of the last."""

Values = Mapping[str, str]


def add_judging(app: FastAPI, path: Place | str, view: ReviewView, settings: Settings, taking_up: TakingUp) -> None:
    """Adds the address that takes the forms."""

    @app.post("/judge")
    async def judge(request: Request) -> Response:
        person, values = await sent(request, Role.EDITOR)
        return await run_in_threadpool(_judged, person, values)

    def _judged(person: Person, values: Values) -> Response:
        kind, subject = _asked(values)
        a, seen = _thing(values)
        b = values.get("b", "")
        signed = _Signed(path, settings, person, _why(values, kind), _seen(view, kind, subject, a, b, seen))
        back = local(values.get("back", ""), "/review")
        try:
            made = _MAKERS[kind](view, signed, values, a)
        except JudgedMeanwhile:
            return _meanwhile(view, signed.seen, values, person, back)
        to_the_next = back.partition("?")[0] == REVIEW
        progress = taking_up.after(made, AT_ONCE if to_the_next else None)
        if progress is Progress.DONE or (to_the_next and progress is Progress.GOING_ON):
            return RedirectResponse(_telling(back, made), status_code=303)
        failed = progress is Progress.FAILED
        return page("told.html", 202, said=said_words(made), back=_telling(back, made), failed=failed)


def _thing(values: Values) -> tuple[str, str]:
    """What is judged, and the newest judgement that was seen on it; one of several things is sent with its own."""
    if "seen" in values:
        return values.get("a", ""), values["seen"]
    a, _, seen = values.get("a", "").partition(" ")
    return a, seen


class _Signed:
    """What every judgement of a form has: where it goes, who signs it, why, and what was seen."""

    def __init__(self, path: Place | str, settings: Settings, person: Person, why: str, seen: Seen) -> None:
        self.path = path
        self.settings = settings
        self.person = person
        self.why = why
        self.seen = seen

    def by(self, made: Callable[..., Judgement], *what: object) -> Judgement:
        """The judgement that one of the functions of `assessing` makes of it."""
        told = made(
            self.path,
            *what,
            why=self.why,
            by=self.person.name,
            settings=self.settings,
            seen=None if self.seen.subject is Subject.NOTE else self.seen,
        )
        return told


def _asked(values: Values) -> tuple[FormKind, Subject]:
    """What the form judges; of undoing, the judgement that it takes back says more."""
    none_of_these = HTTPException(422, "This form is none of these pages’.")
    try:
        kind = FormKind(values.get("form", ""))
        if kind is FormKind.UNDO:
            return kind, Subject.UNDONE
        subject = SUBJECTS[kind] if kind in SUBJECTS else Subject(values.get("subject", ""))
    except ValueError as error:
        raise none_of_these from error
    if kind is FormKind.PAIR and subject not in SAMENESS:
        # A note on the same thing would be recorded whatever was said of the pair meanwhile.
        raise none_of_these
    return kind, subject


def _why(values: Values, kind: FormKind) -> str:
    why = values.get("why", "").replace("\r\n", "\n").strip()
    if len(why) > LONGEST_WHY:
        raise HTTPException(422, f"A reason has at most {LONGEST_WHY:,} characters; write less.")
    if why:
        return why
    if kind is not FormKind.NOTE and values.get("pick") and values.get("pick") == values.get("held"):
        return CONFIRMED
    raise HTTPException(422, "Say why: the reason stays on the record. Go back and fill it in.")


def _seen(view: ReviewView, kind: FormKind, subject: Subject, a: str, b: str, seen: str) -> Seen:
    if kind is FormKind.UNDO:
        one = view.judgement(a)
        return Seen(one.subject, one.a, one.b, seen)
    return Seen(subject, a, b, seen)


def _spoken(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    name = values.get("other", "").strip() or values.get("pick", "")
    if not name:
        raise HTTPException(422, "Choose who says it, or give a name.")
    return signed.by(assessing.spoken, a, name)


def _bounded(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    part = values.get("pick", "")
    spans = values.get("sentence", "") or _characters(values)
    fault = span_fault(part, spans)
    if fault is not None:
        raise HTTPException(422, f"These characters cannot be taken: the span {fault}.")
    return signed.by(assessing.bounded, a, part, spans_in(spans))


def _characters(values: Values) -> str:
    return f"{values.get('start', '').strip()}-{values.get('end', '').strip()}"


def _standing(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    return signed.by(assessing.standing, a, values.get("pick") == IS_STATEMENT)


def _paired(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    other = values.get("b", "") or values.get("other", "").strip()
    if not other:
        raise HTTPException(422, "Name the other one.")
    return signed.by(assessing.judged, _picked(values, signed.seen.subject), a, other)


def _related(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    return signed.by(assessing.judged, _picked(values, signed.seen.subject), a, values.get("b", ""))


def _decided(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    return signed.by(assessing.judged, _picked(values, signed.seen.subject), a)


def _graded(_view: ReviewView, signed: _Signed, values: Values, a: str) -> Judgement:
    return signed.by(assessing.graded, a, _picked(values, signed.seen.subject))


def _noted(_view: ReviewView, signed: _Signed, _values: Values, a: str) -> Judgement:
    return signed.by(assessing.noted, a)


def _undone(view: ReviewView, signed: _Signed, _values: Values, a: str) -> Judgement:
    one = view.judgement(a)
    if one.by != signed.person.name and not signed.person.role.covers(Role.ADMIN):
        raise HTTPException(403, f"{one.by} put this on the record; only they, or an admin, can take it back.")
    return signed.by(assessing.undone, one.id)


def _picked(values: Values, subject: Subject) -> str:
    if values.get("pick") not in VERDICTS[subject]:
        raise HTTPException(422, "Choose one of the words that the form offers.")
    return values["pick"]


_MAKERS: Final[dict[FormKind, Callable[[ReviewView, _Signed, Values, str], Judgement]]] = {
    FormKind.SPEAKER: _spoken,
    FormKind.SPAN: _bounded,
    FormKind.STATEMENT: _standing,
    FormKind.PAIR: _paired,
    FormKind.RELATION: _related,
    FormKind.EVIDENCE: _related,
    FormKind.STATUS: _decided,
    FormKind.SOURCE: _graded,
    FormKind.ITEM: _graded,
    FormKind.NOTE: _noted,
    FormKind.UNDO: _undone,
}


def _meanwhile(view: ReviewView, seen: Seen, values: Values, person: Person, back: str) -> Response:
    """The page that shows the word that came meanwhile, and the one that was not recorded."""
    newest = view.latest_on(seen.subject, seen.a, seen.b)
    other = view.judgement(newest)
    again = {**values, "a": _thing(values)[0], "seen": newest}
    yours = values.get("other", "").strip() or values.get("pick", "")
    if values.get("form") == FormKind.SPAN:
        yours = f"{yours}: characters {values.get('sentence', '') or _characters(values)}"
    if values.get("form") == FormKind.UNDO:
        yours = "taken back"
    return page(
        "meanwhile.html",
        409,
        said=said_words(other),
        other=other,
        made=when(other.made),
        yours=shortened(yours, 200),
        why=values.get("why", "") or CONFIRMED,
        person=person,
        again=again,
        back=back,
    )


def _telling(back: str, made: Judgement) -> str:
    """The page to go back to, where the judgement is told."""
    if back.partition("?")[0] == REVIEW:
        return f"{back}{'&' if '?' in back else '?'}told={made.id}"
    return f"{back.partition('#')[0]}#judged"
