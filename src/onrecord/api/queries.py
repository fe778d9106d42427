"""What can be asked of each list: the names, kinds and limits of the values of its query.

Values that the pages know too (`publishing.filters`) mean here what they mean there, since the same function reads
them. A name that a list does not know is refused and not passed over: a mistyped filter would otherwise choose all.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from onrecord.api.cursors import LENGTH
from onrecord.api.problems import UnusableValue
from onrecord.domain.judgements import UNRELATED
from onrecord.domain.passages import Act
from onrecord.domain.relations import RelationKind
from onrecord.domain.statements import Kind
from onrecord.ledger.searched import Order, Place
from onrecord.publishing.filters import LARGEST_PAGE, LONGEST_VALUE, FilterForm, read_form

MOST = 500
"""Items of one answer."""

RELATION_KINDS = (*RelationKind, UNRELATED)


def _one_of(choices: tuple[str, ...] | type[StrEnum]) -> Any:
    return Field(max_length=LONGEST_VALUE, description=_among(choices))


def _among(choices: tuple[str, ...] | type[StrEnum]) -> str:
    return f"One of: {', '.join(choices)}."


_Words = Annotated[str, Field(max_length=LONGEST_VALUE)]
_Named = Annotated[str, Field(max_length=LONGEST_VALUE, description="Part of a name.")]
_Standing = Annotated[str, Field(max_length=LONGEST_VALUE, description="Words that stand in a wording of it.")]
_Searched = Annotated[
    str, Field(max_length=LONGEST_VALUE, description='Full text search: words, "a phrase", begin*, -without.')
]
_Speaker = Annotated[
    str,
    Field(max_length=LONGEST_VALUE, description="A name or whole words of it, whatever the case and accents."),
]
_Outlet = Annotated[str, Field(max_length=LONGEST_VALUE, description="The whole name of an outlet.")]
_Actor = Annotated[str, Field(max_length=LONGEST_VALUE, description="An actor, by its id or name.")]
_Day = Annotated[
    str, Field(max_length=LONGEST_VALUE, description="A day (2031-03-07) or a time in ISO 8601; UTC unless it says.")
]
_Due = Annotated[str, Field(max_length=LONGEST_VALUE, description="The last day that counts (2031-03-07), in UTC.")]
_Act = Annotated[str, _one_of(Act)]
_Least = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]


class Part(BaseModel):
    """Which part of a list: every list can be asked so."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MOST, description="Items of one answer.")] = 50
    cursor: Annotated[
        str | None, Field(max_length=LENGTH, description="The `next` of the answer before; nothing for the first.")
    ] = None

    def form(self) -> FilterForm:
        """The values that the pages know too, read as the pages read them.

        Raises:
            UnusableValue: when one cannot be used.
        """
        form = read_form({name: value for name, value in self if isinstance(value, str)})
        if form.problems:
            raise UnusableValue(form.problems)
        return form

    @property
    def question(self) -> str:
        """What is asked, whichever part of it."""
        return self.model_dump_json(exclude={"limit", "cursor"})


class Reports(Part):
    """Reports, newest published first."""

    text: _Searched = ""
    outlet: _Outlet = ""
    speaker: _Speaker = ""


class Statements(Part):
    """Statements, newest report first."""

    text: _Searched = ""
    speaker: _Speaker = ""
    outlet: _Outlet = ""
    act: _Act = ""
    kind: Annotated[str, _one_of(Kind)] = ""
    since: _Day = ""
    until: _Day = ""


class Utterances(Part):
    """Utterances, most independent origins first."""

    actor: _Actor = ""
    text: _Standing = ""
    story: Annotated[_Words, Field(description="Said in this story, by its id or that of a report in it.")] = ""
    origins: Annotated[_Least, Field(description="From at least so many independent origins.")] = 1
    reports: Annotated[_Least, Field(description="In at least so many reports.")] = 1


class Actors(Part):
    """Actors, most statements first."""

    text: _Named = ""


class Stories(Part):
    """Stories, newest first."""

    text: Annotated[_Words, Field(description="Words of the title.")] = ""
    reports: Annotated[_Least, Field(description="With at least so many reports.")] = 1


class Relations(Part):
    """Relations, the newest first; what a person overturned only where `kind` asks for it ("unrelated")."""

    kind: Annotated[str, _one_of(RELATION_KINDS)] = ""
    actor: _Actor = ""
    utterance: Annotated[_Words, Field(description="With this utterance on one side, by its id.")] = ""
    text: _Standing = ""

    def form(self) -> FilterForm:
        # `kind` is one of relations here, and the pages' of statements.
        if self.kind and self.kind not in RELATION_KINDS:
            raise UnusableValue({"kind": f"There is no such kind; there are {', '.join(RELATION_KINDS)}."})
        return Actors(text=self.text).form()


class Figures(Part):
    """Figures followed through time, those with disputes first."""

    text: Annotated[_Words, Field(description="Part of what is counted, or of the place.")] = ""
    figures: Annotated[_Least, Field(description="Given at least so many times.")] = 1


class Docket(Part):
    """Docket entries, by the day on which they fall due."""

    act: _Act = ""
    actor: _Actor = ""
    text: _Standing = ""
    due: _Due = ""


class Search(Part):
    """What a search finds, what has the words before what is near to them in meaning."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    q: _Searched = ""
    place: Annotated[str, Field(alias="in", max_length=LONGEST_VALUE, description=_among(Place))] = ""
    order: Annotated[str, _one_of(Order)] = ""
    exact: Annotated[bool, Field(description="Only what has the words.")] = False
    actor: _Named = ""
    country: Annotated[_Words, Field(description="Of who said it: the name of a state or two letters.")] = ""
    outlet: _Outlet = ""
    act: _Act = ""
    kind: Annotated[str, _one_of(Kind)] = ""
    story: Annotated[_Words, Field(description="Told in this story, by its id or that of a report in it.")] = ""
    origins: Annotated[_Least, Field(description="From at least so many independent origins.")] = 1
    said_since: _Day = ""
    said_until: _Day = ""
    since: _Day = ""
    until: _Day = ""

    def typed(self) -> dict[str, str]:
        """The values as a form has them."""
        values = {name: str(value) for name, value in self if isinstance(value, str | int)}
        return {**values, "in": self.place, "exact": "1" if self.exact else ""}
