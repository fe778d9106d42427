"""What a person typed to choose statements, read into a `StatementFilter`, with a word on each value that is no use.

Used by the pages and the downloads alike, so that both understand a query in the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.ledger.view import StatementFilter

Choice = TypeVar("Choice", bound=StrEnum)
LONGEST_VALUE = 300
LARGEST_PAGE = 1_000_000
NOT_A_DATE = "This is not a date; write it like 2022-02-17, or 2022-02-17T14:05 for a time in UTC."
NOT_A_DAY = "This is not a day; write it like 2022-02-17."
FIELDS = ("text", "speaker", "outlet", "act", "kind", "since", "until", "due")


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The values as typed, the filter they make, and for each value that cannot be used a sentence why.

    With problems, `filter` leaves the unusable values out; nothing should be looked up with it then. `due_day` is the
    day on which docket entries fall due, which no statement has.
    """

    text: str = ""
    speaker: str = ""
    outlet: str = ""
    act: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    due: str = ""
    filter: StatementFilter = field(default_factory=StatementFilter)
    problems: Mapping[str, str] = field(default_factory=dict)
    due_day: date | None = None

    @property
    def given(self) -> dict[str, str]:
        """The values that are not empty, by field."""
        return {name: value for name in FIELDS if (value := getattr(self, name))}

    def query(self, **more: str | int) -> str:
        """The query string that asks for the same statements; `more` is put behind it."""
        return urlencode({**self.given, **{name: str(value) for name, value in more.items()}}, errors="replace")


def read_form(values: Mapping[str, str]) -> FilterForm:
    """The form of some query values; unknown names are left alone, white space at the edges is dropped."""
    typed, problems = typed_values(values, FIELDS)
    kind = _chosen(Kind, "kind", typed, problems)
    act = _chosen(Act, "act", typed, problems)
    bounds: dict[str, datetime] = {}
    for name in ("since", "until"):
        if typed[name] and name not in problems:
            try:
                bounds[name] = read_moment(typed[name], last=name == "until")
            except ValueError:
                problems[name] = NOT_A_DATE
    due_day = None
    if typed["due"] and "due" not in problems:
        try:
            due_day = date.fromisoformat(typed["due"])
        except ValueError:
            problems["due"] = NOT_A_DAY
    if len(bounds) == 2 and bounds["since"] >= bounds["until"]:
        problems["until"] = "This lies before the first day; no report can be in between."
    sound = {name: value or None for name, value in typed.items() if name not in problems}
    chosen = StatementFilter(
        text=sound.get("text"),
        speaker=sound.get("speaker"),
        outlet=sound.get("outlet"),
        kind=kind,
        act=act,
        since=bounds.get("since"),
        until=bounds.get("until"),
    )
    return FilterForm(**typed, filter=chosen, problems=problems, due_day=due_day)


def typed_values(values: Mapping[str, str], names: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values of some fields without white space at the edges, and a sentence on each that is no use."""
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name in names:
        value = values.get(name, "").strip()
        if len(value) > LONGEST_VALUE:
            problems[name] = f"This is longer than {LONGEST_VALUE} characters; use fewer words."
            value = value[:LONGEST_VALUE]
        elif any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
            problems[name] = "This holds a control character that cannot be searched for; type it again."
            value = "".join(c for c in value if unicodedata.category(c) not in ("Cc", "Cs"))
        typed[name] = value
    return typed, problems


def _chosen(choices: type[Choice], name: str, typed: Mapping[str, str], problems: dict[str, str]) -> Choice | None:
    if typed[name] and name not in problems:
        try:
            return choices(typed[name].lower())
        except ValueError:
            problems[name] = f"There is no such {name}; there are {', '.join(choices)}."
    return None


def read_moment(value: str, *, last: bool = False) -> datetime:
    """A day or a time in ISO 8601 as an aware time in UTC; a time without a zone is taken for UTC.

    With `last`, the end of what was named: a day stands for the midnight after it, so that "until that day" takes
    the day in.

    Raises:
        ValueError: when it is neither, or too far off to reckon with.

    >>> read_moment("2022-02-17", last=True).isoformat()
    '2022-02-18T00:00:00+00:00'
    """
    moment = datetime.fromisoformat(value)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    try:
        is_day = moment.timetz() == time(tzinfo=UTC) and len(value) <= len("2022-02-17")
        return moment.astimezone(UTC) + (timedelta(days=1) if last and is_day else timedelta())
    except OverflowError as error:
        raise ValueError(f"{value!r} is too far off") from error


def read_page(values: Mapping[str, str]) -> int | None:
    """The number of the page asked for, 1 when none is, None when it is no such number."""
    return whole_number(values.get("page", "").strip() or "1")


def whole_number(value: str, largest: int = LARGEST_PAGE) -> int | None:
    """The whole number from 1 on that a value is, None when it is none or larger than anything is counted.

    >>> whole_number("90"), whole_number("0"), whole_number("-1"), whole_number("1" * 8), whole_number("²")
    (90, None, None, None, None)
    """
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(largest))):
        return None
    return number if 1 <= (number := int(value)) <= largest else None
