"""Page objects into HTML: one Jinja environment that escapes everything, and the addresses of pages.

Text of reports is hostile. No template marks anything as safe, every value passes `printable`, and only
`onrecord.publishing.wording.web_address` decides what may become a link to elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from onrecord.domain.docket import FORWARD
from onrecord.domain.people import Role as PersonRole
from onrecord.domain.reports import MarkKind
from onrecord.publishing.entries import StatementEntry
from onrecord.publishing.pages import ReportPage
from onrecord.publishing.passages import ACT_WORDS
from onrecord.publishing.segments import Role, Segment
from onrecord.publishing.versions.flags import place_key
from onrecord.publishing.weighed.entries import upper_first
from onrecord.publishing.wording import KIND_WORDS, MARK_WORDS, counted, printable, when
from onrecord.web.acting import TOKEN_FIELD, acting, asking, form_token

# Past so many statements the rules would slow the page down; the script still marks all parts of one.
HIGHLIGHTED_WITHOUT_SCRIPT = 400
TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))


def page(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """The response with a template filled in."""
    html = environment().get_template(template).render(values)
    return HTMLResponse(html, status_code=status)


def error_page(number: int, title: str, explanation: str) -> HTMLResponse:
    """The page that says what is wrong, under the number of its status."""
    return page("error.html", number, number=number, title=title, explanation=explanation)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of all templates."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(level=level, upper_first=upper_first)
    made.globals.update(
        statement_path=statement_path,
        report_path=report_path,
        changes_path=changes_path,
        place_key=place_key,
        speaker_path=speaker_path,
        utterance_path=utterance_path,
        actor_path=actor_path,
        story_path=story_path,
        relation_path=relation_path,
        figure_path=figure_path,
        docket_path=docket_path,
        listing_path=listing_path,
        counted=counted,
        kinds=KIND_WORDS,
        acts=ACT_WORDS,
        forward=FORWARD,
        mark_words=MARK_WORDS,
        card=card,
        acting=acting,
        asking=asking,
        roles=tuple(PersonRole),
        when=when,
        may_judge=may_judge,
        may_undo=may_undo,
        form_token=form_token,
        token_field=TOKEN_FIELD,
    )
    return made


def _finalized(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def level(text: str) -> str:
    """The text without the characters that turn the direction of writing, for places where nothing isolates them."""
    return text.translate(TURNS)


def statement_path(statement: str) -> str:
    """The address of a statement's page."""
    return f"/statements/{quote(statement, safe='')}"


def report_path(report: str, statement: str | None = None) -> str:
    """The address of a report's page, at one of its statements when given."""
    return f"/reports/{quote(report, safe='')}" + (f"#at-{quote(statement, safe='')}" if statement else "")


def changes_path(report: str, against: str | None = None) -> str:
    """The address of the page that shows a report against another text of its page, by default against what it reads
    now."""
    query = f"?{urlencode({'against': against})}" if against else ""
    return f"{report_path(report)}/changes{query}"


def speaker_path(name: str) -> str:
    """The address of a speaker's page."""
    return f"/speakers/{quote(name, safe='', errors='replace')}"


def utterance_path(utterance: str) -> str:
    """The address of an utterance's page."""
    return f"/utterances/{quote(utterance, safe='')}"


def actor_path(actor: str) -> str:
    """The address of an actor's page."""
    return f"/actors/{quote(actor, safe='')}"


def story_path(story: str) -> str:
    """The address of a story's page."""
    return f"/stories/{quote(story, safe='')}"


def relation_path(relation: str) -> str:
    """The address of a relation's page."""
    return f"/relations/{quote(relation, safe='')}"


def figure_path(lineage: str) -> str:
    """The address of the page of a figure followed through time."""
    return f"/figures/{quote(lineage, safe='')}"


def docket_path(utterance: str) -> str:
    """The address of the page of a docket entry."""
    return f"/docket/{quote(utterance, safe='')}"


def may_judge() -> bool:
    """Whether who is asking may put judgements on the record."""
    person = acting()
    return person is not None and person.role.covers(PersonRole.EDITOR)


def may_undo(by: str) -> bool:
    """Whether who is asking may take back what was judged in this name."""
    person = acting()
    return person is not None and may_judge() and (person.name == by or person.role.covers(PersonRole.ADMIN))


def listing_path(place: str, values: Mapping[str, str], **more: str | int | None) -> str:
    """The address of a list with some values and more; what is None or empty is left out."""
    every = {**values, **{name: str(value) for name, value in more.items() if value is not None}}
    query = urlencode({name: value for name, value in every.items() if value}, errors="replace")
    return f"{place}?{query}" if query else place


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as it is printed in an article.

    `statement` is the one a click leads to, None for plain text; `classes` are its classes; `begins` are the
    statements whose content begins here; `mark` is set when the piece alone, not its whole paragraph, is not read.
    """

    text: str
    classes: str = ""
    statement: StatementEntry | None = None
    begins: tuple[StatementEntry, ...] = ()
    mark: MarkKind | None = None


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph's pieces, the white space behind it, and the mark that all of it shares."""

    pieces: tuple[Piece, ...]
    gap: str
    mark: MarkKind | None


def article(shown: ReportPage) -> Iterator[PrintedParagraph]:
    """The paragraphs of a report as they are printed; the text of all pieces and gaps is the report's text."""
    entries = {entry.id: entry for entry in shown.statements}
    begun: set[str] = set()
    for paragraph in shown.paragraphs:
        pieces = tuple(_piece(segment, entries, begun, paragraph.mark) for segment in paragraph.segments)
        yield PrintedParagraph(pieces, "".join(segment.text for segment in paragraph.gap), paragraph.mark)


def _piece(segment: Segment, entries: Mapping[str, StatementEntry], begun: set[str], around: MarkKind | None) -> Piece:
    mark = segment.mark if around is None else None
    if not segment.covers:
        return Piece(segment.text, mark=mark)
    # The innermost part decides where a click leads; content under content is marked as deeper.
    innermost = segment.covers[-1]
    contents = [cover for cover in segment.covers if cover.role is Role.CONTENT]
    classes = ["part"]
    if contents:
        classes += ["content", entries[contents[-1].statement].kind.value]
    if len(contents) > 1:
        classes.append("deeper")
    if innermost.role is not Role.CONTENT:
        classes.append(innermost.role.value)
    classes += [f"n{entries[cover.statement].number}" for cover in segment.covers]
    begins = [cover.statement for cover in contents if cover.statement not in begun]
    begun.update(begins)
    return Piece(
        text=segment.text,
        classes=" ".join(dict.fromkeys(classes)),
        statement=entries[innermost.statement],
        begins=tuple(entries[one] for one in dict.fromkeys(begins)),
        mark=mark,
    )


def card(entry: StatementEntry) -> str:
    """The lines of the small card that stands by a part while it is pointed at."""
    cue = f" · “{entry.cue}”" if entry.cue else ""
    return f"{entry.speaker}\n{entry.kind.value}{cue}\nconfidence {entry.confidence_words}"


def highlights(shown: ReportPage) -> Iterator[str]:
    """Style rules that light up all parts of the statement an address points at, for pages without script."""
    for statement in shown.statements[:HIGHLIGHTED_WITHOUT_SCRIPT]:
        # Ids are hexadecimal; anything else would be another program's and is not put into a rule.
        if statement.id.isascii() and statement.id.isalnum():
            at, note, parts = f"#at-{statement.id}", f"#note-{statement.id}", f".n{statement.number}"
            yield f"main:has({at}:target,{note}:target) {parts}{{background-color:var(--lit);color:var(--lit-ink)}}\n"
            # The pinned note says what the small card would.
            yield f"main:has({note}:target) :is({parts},{at})::after{{content:none}}\n"
