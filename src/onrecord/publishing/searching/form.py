"""What a person typed to search the record, read into a `Sought`, with a word on each value that is no use.

The page, the feed, the command line and the interface for programs read their values here, so that one query string
means the same to all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.errors import NotOnRecord
from onrecord.ledger.searched import Order, Place, Sought
from onrecord.publishing.filters import NOT_A_DATE, read_moment, typed_values, whole_number

Choice = TypeVar("Choice", bound=StrEnum)


class Shape(StrEnum):
    """How results are shown."""

    TABLE = "table"
    TIMELINE = "timeline"
    ACTORS = "actors"


FIELDS: Final = (
    "q",
    "in",
    "as",
    "order",
    "exact",
    "actor",
    "country",
    "outlet",
    "act",
    "kind",
    "story",
    "origins",
    "said_since",
    "said_until",
    "since",
    "until",
)
"""The names of the values, in the order in which a query string has them."""
DEFAULTS: Final = {"in": Place.STATEMENTS.value, "as": Shape.TABLE.value, "order": Order.BEST.value, "origins": "1"}
"""Values that say nothing, since they are what is meant where none is given."""
FILTERS: Final = FIELDS[FIELDS.index("actor") :]
SHAPES: Final[Mapping[Place, tuple[Shape, ...]]] = {
    Place.STATEMENTS: tuple(Shape),
    Place.UTTERANCES: tuple(Shape),
    Place.REPORTS: (Shape.TABLE, Shape.TIMELINE),
    Place.ACTORS: (Shape.TABLE,),
}
"""How things of each kind can be shown."""


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The values as typed, what they ask for, and for each value that cannot be used a sentence why.

    With problems, `sought` leaves the unusable values out; nothing should be looked up with it then.
    """

    typed: Mapping[str, str]
    problems: Mapping[str, str]
    sought: Sought
    place: Place
    shape: Shape
    order: Order

    def __getitem__(self, name: str) -> str:
        return self.typed[name]

    @property
    def given(self) -> dict[str, str]:
        """The values that say something, by field."""
        return {name: self.typed[name] for name in FIELDS if self.typed[name]}

    @property
    def asks(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.typed["q"]) or any(self.typed[name] for name in FILTERS)

    @property
    def filtered(self) -> int:
        """How many filters are set."""
        return sum(bool(self.typed[name]) for name in FILTERS)

    def query(self, **more: str | int | None) -> str:
        """The query string that asks for the same, the same for the same search; `more` takes the place of values.

        None takes a value out. A search can be kept as this string.
        """
        values = {**self.given, **{name.rstrip("_"): value for name, value in more.items()}}
        kept = {name: str(value) for name, value in values.items() if value is not None and value != ""}
        said = {name: value for name, value in kept.items() if DEFAULTS.get(name) != value}
        return urlencode(said, errors="replace")


def read_search(values: Mapping[str, str], story_id: Callable[[str], str] | None = None) -> SearchForm:
    """The form of some query values; unknown names are left alone.

    `story_id` makes the whole id of what names a story, and raises `NotOnRecord` where there is none.
    """
    typed, problems = typed_values(values, FIELDS)
    typed["q"] = " ".join(typed["q"].split())
    for name, value in DEFAULTS.items():
        typed[name] = "" if typed[name].lower() == value else typed[name]
    typed["exact"] = "1" if typed["exact"] not in ("", "0") else ""
    place = _chosen(Place, "in", typed, problems) or Place.STATEMENTS
    shape = _chosen(Shape, "as", typed, problems) or Shape.TABLE
    order = _chosen(Order, "order", typed, problems)
    if shape not in SHAPES[place]:
        shape, typed["as"] = Shape.TABLE, ""
    act = _chosen(Act, "act", typed, problems)
    kind = _chosen(Kind, "kind", typed, problems)
    moments = {
        name: _moment(name, typed, problems) for name in ("said_since", "said_until", "since", "until") if typed[name]
    }
    for first, last in (("said_since", "said_until"), ("since", "until")):
        since, until = moments.get(first), moments.get(last)
        if since is not None and until is not None and since >= until:
            problems[last] = "This lies before the first day; nothing can be in between."
    story = typed["story"] or None
    if story is not None and story_id is not None and "story" not in problems:
        try:
            story = story_id(story)
        except NotOnRecord as error:
            problems["story"] = str(error)[:1].upper() + str(error)[1:] + "."
    sound = {name: value or None for name, value in typed.items() if name not in problems}
    sought = Sought(
        words=sound.get("q"),
        meaning=not typed["exact"],
        actor=sound.get("actor"),
        outlet=sound.get("outlet"),
        country=sound.get("country"),
        act=act,
        kind=kind,
        story=None if "story" in problems else story,
        origins=_least(typed, problems),
        said_since=moments.get("said_since"),
        said_until=moments.get("said_until"),
        since=moments.get("since"),
        until=moments.get("until"),
    )
    in_time = Order.OLDEST if shape is Shape.TIMELINE else Order.BEST
    return SearchForm(typed, problems, sought, place, shape, order or in_time)


def _chosen(choices: type[Choice], name: str, typed: dict[str, str], problems: dict[str, str]) -> Choice | None:
    if typed[name] and name not in problems:
        try:
            choice = choices(typed[name].lower())
            typed[name] = choice.value
            return choice
        except ValueError:
            problems[name] = f"There is no such choice; there are {', '.join(choices)}."
    return None


def _moment(name: str, typed: Mapping[str, str], problems: dict[str, str]) -> datetime | None:
    if name not in problems:
        try:
            return read_moment(typed[name], last=name.endswith("until"))
        except ValueError:
            problems[name] = NOT_A_DATE
    return None


def _least(typed: Mapping[str, str], problems: dict[str, str]) -> int:
    if "origins" in problems:
        return 1
    number = whole_number(typed["origins"] or "1")
    if number is None:
        problems["origins"] = "This is a whole number from 1 on."
    return number or 1
